// Starts the language server of PipeOrgan Workbench and talks to it; all knowledge of the language is there.
'use strict';

const { commands, window, workspace } = require('vscode');
const { LanguageClient } = require('vscode-languageclient/node');

let client;

/** Called once a .pog file is opened. */
async function activate(context) {
	const command = workspace.getConfiguration('pipeorgan').get('command');
	client = new LanguageClient('pipeorgan', 'PipeOrgan', { command, args: ['lsp'] }, {
		documentSelector: [{ language: 'pipeorgan' }],
		synchronize: { fileEvents: workspace.createFileSystemWatcher('**/*.pog') }
	});
	context.subscriptions.push(commands.registerCommand('pipeorgan.run', () => run(command)));
	try {
		await client.start();
	} catch (error) {
		window.showErrorMessage(`The language server of PipeOrgan did not start: ${error.message}. Set "pipeorgan.command" to releng/pipeorgan of a checkout.`);
	}
}

/** Runs the studies of the file that is open, in a terminal. */
async function run(command) {
	const document = window.activeTextEditor?.document;
	if (document?.languageId !== 'pipeorgan') {
		window.showInformationMessage('Open a .pog file first.');
		return;
	}
	await document.save();
	const terminal = window.createTerminal({ name: 'PipeOrgan', shellPath: command, shellArgs: ['run', document.uri.fsPath] });
	terminal.show();
}

/** Called when the window closes. */
function deactivate() {
	return client?.stop();
}

module.exports = { activate, deactivate };
