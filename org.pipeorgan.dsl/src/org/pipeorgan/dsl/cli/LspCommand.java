package org.pipeorgan.dsl.cli;

import com.google.inject.Guice;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

import org.eclipse.lsp4j.InitializeParams;
import org.eclipse.lsp4j.InitializeResult;
import org.eclipse.lsp4j.jsonrpc.Launcher;
import org.eclipse.lsp4j.launch.LSPLauncher;
import org.eclipse.lsp4j.services.LanguageClient;
import org.eclipse.xtext.ide.server.LanguageServerImpl;
import org.eclipse.xtext.ide.server.ServerModule;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Serves editors. */
@Command(name = "lsp", description = "Serve the language server protocol on standard input and output.")
final class LspCommand implements Callable<Integer> {
	@Option(names = { "-h", "--help" }, usageHelp = true, description = "Print this text.")
	private boolean help;

	@Override
	public Integer call() throws Exception {
		Server server = Guice.createInjector(new ServerModule()).getInstance(Server.class);
		Launcher<LanguageClient> launcher = LSPLauncher.createServerLauncher(server, System.in, System.out);
		server.connect(launcher.getRemoteProxy());
		launcher.startListening().get();
		return ExitCode.DONE.code();
	}

	/** Also serves clients that open single files without a folder: they get an empty one. */
	private static final class Server extends LanguageServerImpl {
		@Override
		public CompletableFuture<InitializeResult> initialize(InitializeParams parameters) {
			if (parameters.getRootUri() == null && parameters.getRootPath() == null
					&& (parameters.getWorkspaceFolders() == null || parameters.getWorkspaceFolders().isEmpty())) {
				try {
					Path empty = Files.createTempDirectory("pipeorgan-lsp-");
					empty.toFile().deleteOnExit();
					parameters.setRootUri(empty.toUri().toString());
				} catch (IOException e) {
					return CompletableFuture.failedFuture(e);
				}
			}
			return super.initialize(parameters);
		}
	}
}
