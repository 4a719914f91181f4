package org.pipeorgan.dsl.ide.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.eclipse.emf.common.util.URI;
import org.eclipse.lsp4j.InitializeParams;
import org.eclipse.lsp4j.InitializeResult;
import org.eclipse.lsp4j.InlayHint;
import org.eclipse.lsp4j.InlayHintKind;
import org.eclipse.lsp4j.InlayHintParams;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.RenameParams;
import org.eclipse.lsp4j.ServerCapabilities;
import org.eclipse.lsp4j.SignatureHelpOptions;
import org.eclipse.lsp4j.WorkspaceEdit;
import org.eclipse.lsp4j.jsonrpc.ResponseErrorException;
import org.eclipse.lsp4j.jsonrpc.messages.Either;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseError;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseErrorCode;
import org.eclipse.xtext.ide.server.Document;
import org.eclipse.xtext.ide.server.LanguageServerImpl;
import org.eclipse.xtext.util.TextRegion;
import org.pipeorgan.dsl.ide.InlayHints;

/** The language server: Xtext's, with inlay hints. */
public class PipeOrganLanguageServer extends LanguageServerImpl {
	/** Also serves clients that open single files without a folder: they get an empty one. */
	@Override
	public CompletableFuture<InitializeResult> initialize(InitializeParams parameters) {
		if (parameters.getRootUri() == null && parameters.getRootPath() == null && (parameters.getWorkspaceFolders() == null || parameters.getWorkspaceFolders().isEmpty())) {
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

	@Override
	protected ServerCapabilities createServerCapabilities(InitializeParams parameters) {
		ServerCapabilities capabilities = super.createServerCapabilities(parameters);
		capabilities.setInlayHintProvider(true);
		capabilities.setFoldingRangeProvider(true);
		capabilities.setSignatureHelpProvider(new SignatureHelpOptions(List.of("(", ",", " ")));
		return capabilities;
	}

	@Override
	public CompletableFuture<List<InlayHint>> inlayHint(InlayHintParams parameters) {
		return getRequestManager().runRead(cancel -> {
			URI uri = getURI(parameters.getTextDocument());
			InlayHints hints = getService(uri, InlayHints.class);
			return hints == null ? List.of() : getWorkspaceManager().doRead(uri, (document, resource) -> {
				if (resource == null) {
					return List.of();
				}
				int start = offset(parameters.getRange().getStart(), document);
				return hints.in(resource, new TextRegion(start, offset(parameters.getRange().getEnd(), document) - start)).stream().map(hint -> hint(hint, document)).toList();
			});
		});
	}

	/** What has no name, or is half-typed, is refused as what cannot be renamed. */
	@Override
	public CompletableFuture<WorkspaceEdit> rename(RenameParams parameters) {
		return super.rename(parameters).exceptionally(failure -> {
			Throwable cause = failure;
			while (cause.getCause() != null && !(cause instanceof ResponseErrorException)) {
				cause = cause.getCause();
			}
			throw cause instanceof ResponseErrorException refused ? refused
					: new ResponseErrorException(new ResponseError(ResponseErrorCode.InvalidParams, "Refactoring cannot be performed", null));
		});
	}

	/** Editors may ask beyond the end of the text. */
	private static int offset(Position position, Document document) {
		return position.getLine() >= document.getLineCount() ? document.getContents().length() : document.getOffSet(position);
	}

	private static InlayHint hint(InlayHints.Hint hint, Document document) {
		InlayHint shown = new InlayHint(document.getPosition(hint.offset()), Either.forLeft(hint.label()));
		shown.setKind(InlayHintKind.Type);
		shown.setPaddingLeft(true);
		return shown;
	}
}
