package org.pipeorgan.dsl.ide.server;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.inject.Inject;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.eclipse.lsp4j.CodeAction;
import org.eclipse.lsp4j.CodeActionKind;
import org.eclipse.lsp4j.Command;
import org.eclipse.lsp4j.Diagnostic;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.TextEdit;
import org.eclipse.lsp4j.WorkspaceEdit;
import org.eclipse.lsp4j.jsonrpc.messages.Either;
import org.eclipse.xtext.ide.server.Document;
import org.eclipse.xtext.ide.server.codeActions.ICodeActionService2;
import org.eclipse.xtext.resource.XtextResource;
import org.pipeorgan.dsl.ide.Fixes;

/** Quick fixes of the problems at a place. */
public class CodeActions implements ICodeActionService2 {
	@Inject
	private Fixes fixes;

	@Override
	public List<Either<Command, CodeAction>> getCodeActions(Options options) {
		return options.getLanguageServerAccess()
				.doSyncRead(options.getURI(), context -> context.getResource() instanceof XtextResource resource ? actions(options, resource, context.getDocument()) : List.of());
	}

	private List<Either<Command, CodeAction>> actions(Options options, XtextResource resource, Document document) {
		List<Either<Command, CodeAction>> actions = new ArrayList<>();
		for (Diagnostic diagnostic : options.getCodeActionParams().getContext().getDiagnostics()) {
			if (diagnostic.getCode() == null || !diagnostic.getCode().isLeft()) {
				continue;
			}
			int start = document.getOffSet(diagnostic.getRange().getStart());
			int length = document.getOffSet(diagnostic.getRange().getEnd()) - start;
			boolean first = true;
			for (Fixes.Fix fix : fixes.of(resource, diagnostic.getCode().getLeft(), start, length, data(diagnostic.getData()))) {
				CodeAction action = new CodeAction(fix.label());
				action.setKind(CodeActionKind.QuickFix);
				action.setDiagnostics(List.of(diagnostic));
				action.setIsPreferred(first);
				action.setEdit(new WorkspaceEdit(Map.of(options.getURI(), fix.edits().stream().map(edit -> edit(edit, document)).toList())));
				actions.add(Either.forRight(action));
				first = false;
			}
		}
		return actions;
	}

	private static TextEdit edit(Fixes.Edit edit, Document document) {
		return new TextEdit(new Range(document.getPosition(edit.offset()), document.getPosition(edit.offset() + edit.length())), edit.text());
	}

	/** What was reported with the problem, as it came back from the client. */
	private static List<String> data(Object data) {
		return switch (data) {
		case JsonArray array -> array.asList().stream().filter(JsonElement::isJsonPrimitive).map(JsonElement::getAsString).toList();
		case String[] strings -> Arrays.asList(strings);
		case null, default -> List.of();
		};
	}
}
