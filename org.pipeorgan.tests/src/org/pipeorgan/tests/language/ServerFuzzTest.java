package org.pipeorgan.tests.language;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.google.inject.Guice;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import org.eclipse.lsp4j.CodeActionContext;
import org.eclipse.lsp4j.CodeActionParams;
import org.eclipse.lsp4j.CompletionParams;
import org.eclipse.lsp4j.DefinitionParams;
import org.eclipse.lsp4j.DidChangeTextDocumentParams;
import org.eclipse.lsp4j.DidCloseTextDocumentParams;
import org.eclipse.lsp4j.DidOpenTextDocumentParams;
import org.eclipse.lsp4j.DocumentFormattingParams;
import org.eclipse.lsp4j.DocumentSymbolParams;
import org.eclipse.lsp4j.FoldingRangeRequestParams;
import org.eclipse.lsp4j.FormattingOptions;
import org.eclipse.lsp4j.HoverParams;
import org.eclipse.lsp4j.InitializeParams;
import org.eclipse.lsp4j.InitializedParams;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.PublishDiagnosticsParams;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.ReferenceContext;
import org.eclipse.lsp4j.ReferenceParams;
import org.eclipse.lsp4j.RenameParams;
import org.eclipse.lsp4j.SemanticTokensParams;
import org.eclipse.lsp4j.SignatureHelpParams;
import org.eclipse.lsp4j.TextDocumentContentChangeEvent;
import org.eclipse.lsp4j.TextDocumentIdentifier;
import org.eclipse.lsp4j.TextDocumentItem;
import org.eclipse.lsp4j.VersionedTextDocumentIdentifier;
import org.eclipse.lsp4j.jsonrpc.ResponseErrorException;
import org.eclipse.lsp4j.services.LanguageClient;
import org.eclipse.lsp4j.services.TextDocumentService;
import org.eclipse.xtext.ide.server.ServerModule;
import org.eclipse.xtext.ide.server.semantictokens.SemanticTokensService;
import org.eclipse.xtext.util.Modules2;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pipeorgan.dsl.ide.server.PipeOrganLanguageServer;
import org.pipeorgan.dsl.ide.server.SemanticTokens;
import org.pipeorgan.tests.Fuzzing;

/** Documents that change into anything bring the language server down with no request. */
class ServerFuzzTest {
	private static final int COUNT = Fuzzing.count(150);
	private static final String URI = "file:///fuzz/test.pog";
	private static final TextDocumentIdentifier DOCUMENT = new TextDocumentIdentifier(URI);

	@Test
	@Timeout(value = 6, unit = TimeUnit.HOURS)
	void everyRequestIsAnswered() throws Exception {
		// what sets the language up for texts comes first: the server's own set-up has to be the last
		List<String> sources = FuzzTest.sources();
		PipeOrganLanguageServer server = Guice.createInjector(Modules2.mixin(new ServerModule(), binder -> binder.bind(SemanticTokensService.class).to(SemanticTokens.class)))
				.getInstance(PipeOrganLanguageServer.class);
		Object[] last = new Object[1];
		server.connect((LanguageClient) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] { LanguageClient.class }, (proxy, method, arguments) -> {
			if (arguments != null && arguments.length == 1 && arguments[0] instanceof PublishDiagnosticsParams diagnostics) {
				last[0] = diagnostics;
			}
			return method.getReturnType() == CompletableFuture.class ? CompletableFuture.completedFuture(null) : method.getName().equals("hashCode") ? (Object) 1 : method.getName().equals("equals") ? (Object) false : null;
		}));
		server.initialize(new InitializeParams()).get(60, TimeUnit.SECONDS);
		server.initialized(new InitializedParams());
		TextDocumentService documents = server.getTextDocumentService();
		documents.didOpen(new DidOpenTextDocumentParams(new TextDocumentItem(URI, "pipeorgan", 1, "workload W {\n  input i [C 4]\n  y = \n}\n")));
		var proposals = documents.completion(new CompletionParams(DOCUMENT, new Position(2, 6))).get(60, TimeUnit.SECONDS).getRight().getItems();
		assertTrue(proposals.stream().anyMatch(item -> item.getLabel().startsWith("relu")), () -> "these are not the services of the language: " + proposals);
		for (int seed = Fuzzing.SEED; seed < Fuzzing.SEED + COUNT; seed++) {
			Random random = new Random(seed);
			// a carriage return alone is a line break for some clients, and none for others
			String text = FuzzTest.mutate(sources, random).replace("\r", "");
			documents.didChange(new DidChangeTextDocumentParams(new VersionedTextDocumentIdentifier(URI, seed + 1), List.of(new TextDocumentContentChangeEvent(text))));
			String[] lines = text.split("\n", -1);
			int line = random.nextInt(lines.length);
			Position position = new Position(line, random.nextInt(lines[line].length() + 1));
			answered(seed, text, documents.completion(new CompletionParams(DOCUMENT, position)));
			answered(seed, text, documents.hover(new HoverParams(DOCUMENT, position)));
			answered(seed, text, documents.definition(new DefinitionParams(DOCUMENT, position)));
			answered(seed, text, documents.references(new ReferenceParams(DOCUMENT, position, new ReferenceContext(true))));
			answered(seed, text, documents.signatureHelp(new SignatureHelpParams(DOCUMENT, position)));
			answered(seed, text, documents.documentSymbol(new DocumentSymbolParams(DOCUMENT)));
			answered(seed, text, documents.foldingRange(new FoldingRangeRequestParams(DOCUMENT)));
			answered(seed, text, documents.semanticTokensFull(new SemanticTokensParams(DOCUMENT)));
			answered(seed, text, documents.formatting(new DocumentFormattingParams(DOCUMENT, new FormattingOptions(2, true))));
			answered(seed, text, documents.codeAction(new CodeActionParams(DOCUMENT, new Range(position, position), new CodeActionContext(((PublishDiagnosticsParams) last[0]).getDiagnostics()))));
			answered(seed, text, documents.rename(new RenameParams(DOCUMENT, position, "other")));
		}
		documents.didClose(new DidCloseTextDocumentParams(DOCUMENT));
		assertNotNull(last[0], "problems were told");
		server.shutdown().get(60, TimeUnit.SECONDS);
	}

	private static void answered(int seed, String text, CompletableFuture<?> answer) {
		try {
			answer.get(30, TimeUnit.SECONDS);
		} catch (ExecutionException e) {
			// an answer too: what stands there has no name
			Throwable cause = e.getCause() instanceof ExecutionException inner ? inner.getCause() : e.getCause();
			assertTrue(cause instanceof ResponseErrorException refused && refused.getMessage().equals("Refactoring cannot be performed"), () -> "seed " + seed + ": " + cause + "\n" + text);
		} catch (Exception e) {
			fail("seed " + seed + ": " + e + "\n" + text, e);
		}
	}
}
