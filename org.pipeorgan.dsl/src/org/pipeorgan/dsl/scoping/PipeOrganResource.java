package org.pipeorgan.dsl.scoping;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.util.HashMap;
import java.util.Map;

import org.eclipse.emf.ecore.EObject;
import org.eclipse.emf.ecore.EReference;
import org.eclipse.xtext.diagnostics.DiagnosticMessage;
import org.eclipse.xtext.linking.lazy.LazyLinkingResource;
import org.eclipse.xtext.nodemodel.INode;
import org.eclipse.xtext.util.Triple;

/**
 * A text. Xtext composes a message for each name that it does resolve, to withdraw it, as soon as the text has any problem; here
 * what was reported is withdrawn by its place, so that a large text with a mistake is linked as quickly as one without. A byte
 * order mark before the text is passed over.
 */
public class PipeOrganResource extends LazyLinkingResource {
	private final Map<INode, Diagnostic> unresolved = new HashMap<>();

	@Override
	protected Reader createReader(InputStream bytes) throws IOException {
		Reader text = new BufferedReader(super.createReader(bytes));
		text.mark(1);
		if (text.read() != '\uFEFF') {
			text.reset();
		}
		return text;
	}

	@Override
	protected Diagnostic createDiagnostic(Triple<EObject, EReference, INode> triple, DiagnosticMessage message) {
		Diagnostic diagnostic = super.createDiagnostic(triple, message);
		unresolved.put(triple.getThird(), diagnostic);
		return diagnostic;
	}

	@Override
	protected void removeDiagnostic(Triple<EObject, EReference, INode> triple) {
		Diagnostic diagnostic = unresolved.remove(triple.getThird());
		if (diagnostic != null) {
			getErrors().remove(diagnostic);
		}
	}

	@Override
	protected void clearErrorsAndWarnings() {
		super.clearErrorsAndWarnings();
		unresolved.clear();
	}
}
