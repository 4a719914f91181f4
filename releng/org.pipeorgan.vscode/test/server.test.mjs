// Speaks to the language server as an editor does, with the client library that editors use.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import protocol from 'vscode-languageserver-protocol/node.js';

const ROOT = join(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '../../..');
/** The command line; another one may be given, for a build of one's own. */
const COMMAND = process.env.PIPEORGAN ?? join(ROOT, 'releng/pipeorgan');
const LIMIT = 60_000;

const TEXT = `workload T {
  precision 8 bit
  input image [C 3, H 32, W 32]
  conv1 = conv(image) K 16 R 3 S 3 pad 1
  pool = maxpool(conv1) R 2 S 2 stride 2
}

accelerator A {
  clock 1
  array 4 x 4 { registers 64 B }
  buffer 1 KiB at 8 B/cycle
  memory 1 GB/s
}
`;

/** A server with a client; collects the diagnostics of each document. */
class Session {
	constructor() {
		this.process = spawn(COMMAND, ['lsp'], { stdio: ['pipe', 'pipe', 'pipe'] });
		this.errors = '';
		this.process.stderr.on('data', data => { this.errors += data; });
		this.exit = new Promise(resolve => this.process.on('exit', resolve));
		this.connection = protocol.createProtocolConnection(new protocol.StreamMessageReader(this.process.stdout), new protocol.StreamMessageWriter(this.process.stdin));
		this.diagnostics = new Map();
		this.waiting = [];
		this.connection.onNotification('textDocument/publishDiagnostics', ({ uri, diagnostics }) => {
			this.diagnostics.set(uri, diagnostics);
			this.waiting = this.waiting.filter(wait => !wait(uri, diagnostics));
		});
		for (const method of ['window/logMessage', 'window/showMessage', 'telemetry/event', '$/progress']) {
			this.connection.onNotification(method, () => {});
		}
		this.connection.onRequest('client/registerCapability', () => null);
		this.connection.onRequest('workspace/semanticTokens/refresh', () => null);
		this.connection.onRequest('window/workDoneProgress/create', () => null);
		this.connection.listen();
	}

	async start() {
		const folder = mkdtempSync(join(tmpdir(), 'pipeorgan-'));
		this.folder = pathToFileURL(folder).href;
		this.path = folder;
		const result = await this.connection.sendRequest('initialize', {
			processId: process.pid, rootUri: this.folder, workspaceFolders: null,
			capabilities: { textDocument: { documentSymbol: { hierarchicalDocumentSymbolSupport: true }, codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix'] } } },
				rename: { prepareSupport: true } } }
		});
		this.connection.sendNotification('initialized', {});
		return result;
	}

	/** Opens a document and waits for its diagnostics. */
	async open(name, text) {
		const uri = `${this.folder}/${name}`;
		const published = this.published(uri);
		this.connection.sendNotification('textDocument/didOpen', { textDocument: { uri, languageId: 'pipeorgan', version: 1, text } });
		return { uri, text, diagnostics: await published };
	}

	/** Replaces the whole text and waits for the diagnostics. */
	async change(uri, version, text) {
		const published = this.published(uri);
		this.connection.sendNotification('textDocument/didChange', { textDocument: { uri, version }, contentChanges: [{ text }] });
		return await published;
	}

	published(uri) {
		return new Promise((resolve, reject) => {
			const timer = setTimeout(() => reject(new Error(`no diagnostics of ${uri}; the server said ${this.errors}`)), LIMIT);
			this.waiting.push((which, diagnostics) => {
				if (which !== uri) {
					return false;
				}
				clearTimeout(timer);
				resolve(diagnostics);
				return true;
			});
		});
	}

	request(method, uri, rest) {
		return this.connection.sendRequest(method, { textDocument: { uri }, ...rest });
	}

	async stop() {
		await this.connection.sendRequest('shutdown');
		this.connection.sendNotification('exit');
		return await this.exit;
	}
}

/** The position of the first, or a later, occurrence of a word. */
function at(text, word, from = 0, inside = 0) {
	const offset = text.indexOf(word, from) + inside;
	const lines = text.slice(0, offset).split('\n');
	return { line: lines.length - 1, character: lines.at(-1).length };
}

function apply(text, edits) {
	const offset = position => text.split('\n').slice(0, position.line).reduce((sum, line) => sum + line.length + 1, 0) + position.character;
	return [...edits].sort((a, b) => offset(b.range.start) - offset(a.range.start))
		.reduce((changed, edit) => changed.slice(0, offset(edit.range.start)) + edit.newText + changed.slice(offset(edit.range.end)), text);
}

let session;
let capabilities;
let file;

before(async () => {
	session = new Session();
	capabilities = (await session.start()).capabilities;
	file = await session.open('t.pog', TEXT);
}, { timeout: LIMIT });

after(async () => {
	assert.equal(await session.stop(), 0, session.errors);
}, { timeout: LIMIT });

test('announces what it can do', () => {
	for (const provider of ['hoverProvider', 'completionProvider', 'definitionProvider', 'referencesProvider', 'documentSymbolProvider', 'documentFormattingProvider',
		'documentRangeFormattingProvider', 'renameProvider', 'codeActionProvider', 'foldingRangeProvider', 'semanticTokensProvider', 'signatureHelpProvider', 'inlayHintProvider']) {
		assert.ok(capabilities[provider], provider);
	}
});

test('reports problems with code and place, and mends them', async () => {
	assert.deepEqual(file.diagnostics.map(d => [d.code, d.severity, d.range.start]), [['missing-unit', 1, at(TEXT, 'clock 1', 0, 6)]]);
	const actions = await session.request('textDocument/codeAction', file.uri, { range: file.diagnostics[0].range, context: { diagnostics: file.diagnostics } });
	const action = actions.find(each => each.title === 'Add the unit GHz');
	assert.ok(action, JSON.stringify(actions.map(each => each.title)));
	const mended = apply(TEXT, action.edit.changes[file.uri]);
	assert.ok(mended.includes('clock 1 GHz\n'));
	assert.deepEqual(await session.change(file.uri, 2, mended), []);
	await session.change(file.uri, 3, TEXT);
});

test('hovers say what the engine computes', async () => {
	const hover = await session.request('textDocument/hover', file.uri, { position: at(TEXT, 'conv1 =', 0, 1) });
	// 16 x 32 x 32 outputs of 3 x 3 x 3 products
	assert.match(hover.contents.value, /442,368 MACs/);
	assert.match(hover.contents.value, /shape \[N 1, C 16, H 32, W 32\]/);
});

test('proposes units and names', async () => {
	const completion = await session.request('textDocument/completion', file.uri, { position: at(TEXT, 'GB/s') });
	assert.ok((completion.items ?? completion).some(item => item.label === 'MB/s'));
	const names = await session.request('textDocument/completion', file.uri, { position: at(TEXT, 'conv1)') });
	assert.ok((names.items ?? names).some(item => item.label === 'image'));
});

test('finds definitions and references, and renames', async () => {
	const use = at(TEXT, 'maxpool(conv1', 0, 9);
	const definitions = await session.request('textDocument/definition', file.uri, { position: use });
	assert.deepEqual(definitions.map(each => each.range?.start ?? each.targetSelectionRange.start), [at(TEXT, 'conv1')]);
	const references = await session.request('textDocument/references', file.uri, { position: at(TEXT, 'conv1'), context: { includeDeclaration: true } });
	assert.equal(references.length, 2);
	const edit = await session.request('textDocument/rename', file.uri, { position: use, newName: 'first' });
	const edits = edit.changes?.[file.uri] ?? edit.documentChanges.flatMap(change => change.edits);
	assert.equal(apply(TEXT, edits), TEXT.replaceAll('conv1', 'first'));
});

test('formats, the second time nothing', async () => {
	const options = { tabSize: 2, insertSpaces: true };
	const crowded = TEXT.replace('array 4 x 4 { registers 64 B }', 'array   4 x 4 { registers   64 B }').replace('  pool', '      pool');
	const opened = await session.open('f.pog', crowded);
	const line = at(crowded, '      pool').line;
	const range = { start: { line, character: 0 }, end: { line: line + 1, character: 0 } };
	const part = apply(crowded, await session.request('textDocument/rangeFormatting', opened.uri, { range, options }));
	assert.ok(part.includes('\n  pool') && part.includes('array   4'), part);
	const whole = apply(crowded, await session.request('textDocument/formatting', opened.uri, { options }));
	assert.ok(whole.includes('array 4 x 4 {\n    registers 64 B\n  }'), whole);
	await session.change(opened.uri, 2, whole);
	assert.equal(apply(whole, await session.request('textDocument/formatting', opened.uri, { options })), whole);
});

test('outlines, folds and colours', async () => {
	const symbols = await session.request('textDocument/documentSymbol', file.uri, {});
	assert.deepEqual(symbols.map(symbol => symbol.name), ['T', 'A']);
	assert.deepEqual(symbols[0].children.map(symbol => symbol.name), ['image', 'conv1', 'pool']);
	const folds = await session.request('textDocument/foldingRange', file.uri, {});
	assert.ok(folds.some(fold => fold.startLine === 0 && fold.endLine >= 4), JSON.stringify(folds));
	const tokens = await session.request('textDocument/semanticTokens/full', file.uri, {});
	const { tokenTypes } = capabilities.semanticTokensProvider.legend;
	const types = new Set(tokens.data.filter((_, i) => i % 5 === 3).map(i => tokenTypes[i]));
	assert.ok(types.has('definition') && types.has('type'), [...types].join());
});

test('shows shapes and signatures', async () => {
	const hints = await session.request('textDocument/inlayHint', file.uri, { range: { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } } });
	assert.deepEqual(hints.map(hint => hint.label), ['[N 1, C 16, H 32, W 32]', '[N 1, C 16, H 16, W 16]']);
	const help = await session.request('textDocument/signatureHelp', file.uri, { position: at(TEXT, 'stride 2', 0, 8) });
	assert.match(help.signatures[0].label, /^maxpool\(a\) R S \[stride\]/);
	assert.equal(help.signatures[0].parameters[help.activeParameter].label, '[stride]');
});

test('follows imports between open files', async () => {
	writeFileSync(join(session.path, 'base.pog'), 'param lanes = 2\n');
	const user = await session.open('user.pog', 'import "base.pog"\n\nparam twice = 2 * lanes\n');
	assert.deepEqual(user.diagnostics, []);
});

test('survives half-typed files of every kind', { timeout: 4 * LIMIT }, async () => {
	const sources = [TEXT, readFileSync(join(ROOT, 'org.pipeorgan.dsl.ui/examples/xr/eye-segmentation.pog'), 'utf8'),
		'block b(x) {\n  param k = (2 + 3) * 4\n  y = conv(x) K k R 1 S 1 pad 1 (k) x 0\n}\n\npolicy p {\n  strategy fixed\n\n  segment {\n    operators a.1.b .. c\n    chunks 3\n  }\n}\n'];
	const half = await session.open('half.pog', '');
	let version = 2;
	for (const source of sources) {
		for (let end = 0; end < source.length; end += 29) {
			const text = source.slice(0, end);
			await session.change(half.uri, version++, text);
			const position = at(text + '|', '|', text.length);
			await Promise.all([
				session.request('textDocument/completion', half.uri, { position }),
				session.request('textDocument/hover', half.uri, { position }),
				session.request('textDocument/signatureHelp', half.uri, { position }),
				session.request('textDocument/documentSymbol', half.uri, {}),
				session.request('textDocument/semanticTokens/full', half.uri, {}),
				session.request('textDocument/inlayHint', half.uri, { range: { start: { line: 0, character: 0 }, end: position } }),
				session.request('textDocument/formatting', half.uri, { options: { tabSize: 2, insertSpaces: true } })
			]);
		}
	}
	const hover = await session.request('textDocument/hover', file.uri, { position: at(TEXT, 'conv1 =', 0, 1) });
	assert.match(hover.contents.value, /MACs/);
});

test('survives garbage', { timeout: LIMIT }, async () => {
	const garbage = await session.open('garbage.pog', '\u0000\ufffd{{{{((((workload[[[' + '('.repeat(3000) + ' 1e9999 \u{1F600} "unclosed');
	assert.ok(garbage.diagnostics.length > 0);
	await assert.rejects(session.connection.sendRequest('textDocument/nothing', {}));
	await session.connection.sendRequest('textDocument/hover', { textDocument: { uri: 'file:///nowhere/none.pog' }, position: { line: 9, character: 9 } }).catch(() => {});
	session.connection.sendNotification('textDocument/didChange', { textDocument: { uri: 'file:///nowhere/none.pog', version: 1 }, contentChanges: [{ text: 'x' }] });
	const body = '{"jsonrpc": "2.0", "method": ';
	session.process.stdin.write(`Content-Length: ${body.length}\r\n\r\n${body}`);
	const hover = await session.request('textDocument/hover', file.uri, { position: at(TEXT, 'conv1 =', 0, 1) });
	assert.match(hover.contents.value, /MACs/);
});

test('ends when the editor is gone', { timeout: LIMIT }, async () => {
	const lonely = spawn(COMMAND, ['lsp'], { stdio: ['pipe', 'ignore', 'ignore'] });
	const exit = new Promise(resolve => lonely.on('exit', resolve));
	const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'initialize', params: { processId: null, rootUri: null, capabilities: {} } });
	lonely.stdin.end(`Content-Length: ${body.length}\r\n\r\n${body}`);
	assert.equal(typeof await exit, 'number');
});
