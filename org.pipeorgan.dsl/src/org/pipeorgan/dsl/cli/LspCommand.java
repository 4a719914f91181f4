package org.pipeorgan.dsl.cli;

import com.google.inject.Guice;
import com.google.inject.Injector;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.util.concurrent.Callable;

import org.eclipse.lsp4j.jsonrpc.Launcher;
import org.eclipse.lsp4j.launch.LSPLauncher;
import org.eclipse.lsp4j.services.LanguageClient;
import org.eclipse.xtext.ide.server.ServerModule;
import org.eclipse.xtext.ide.server.semantictokens.SemanticTokensService;
import org.eclipse.xtext.util.Modules2;
import org.pipeorgan.dsl.ide.server.PipeOrganLanguageServer;
import org.pipeorgan.dsl.ide.server.SemanticTokens;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Serves editors. */
@Command(name = "lsp", description = "Serve the language server protocol on standard input and output.")
final class LspCommand implements Callable<Integer> {
	@Option(names = { "-h", "--help" }, usageHelp = true, description = "Print this text.")
	private boolean help;

	@Override
	public Integer call() throws Exception {
		// only the protocol may use the standard output; a log entry there would end the conversation
		OutputStream protocol = new FileOutputStream(FileDescriptor.out);
		System.setOut(System.err);
		Injector injector = Guice.createInjector(Modules2.mixin(new ServerModule(), binder -> binder.bind(SemanticTokensService.class).to(SemanticTokens.class)));
		PipeOrganLanguageServer server = injector.getInstance(PipeOrganLanguageServer.class);
		Launcher<LanguageClient> launcher = LSPLauncher.createServerLauncher(server, System.in, protocol);
		server.connect(launcher.getRemoteProxy());
		launcher.startListening().get();
		return ExitCode.DONE.code();
	}
}
