package org.pipeorgan.dsl.validation;

import org.eclipse.emf.ecore.resource.Resource.Diagnostic;
import org.eclipse.xtext.diagnostics.AbstractDiagnostic;
import org.eclipse.xtext.diagnostics.Severity;
import org.eclipse.xtext.util.IAcceptor;
import org.eclipse.xtext.validation.CheckType;
import org.eclipse.xtext.validation.DiagnosticConverterImpl;
import org.eclipse.xtext.validation.Issue;

/**
 * Xtext cannot count the lines of a text that ends in a carriage return alone, and would then report none of its errors; here
 * such an error is reported at the first line.
 */
public class SafeDiagnosticConverter extends DiagnosticConverterImpl {
	@Override
	public void convertResourceDiagnostic(Diagnostic diagnostic, Severity severity, IAcceptor<Issue> acceptor) {
		try {
			super.convertResourceDiagnostic(diagnostic, severity, acceptor);
		} catch (IndexOutOfBoundsException e) {
			acceptor.accept(first(severity, diagnostic.getMessage(), diagnostic instanceof AbstractDiagnostic known ? known.getCode() : IssueCode.SYNTAX_ERROR.id()));
		}
	}

	@Override
	public void convertValidatorDiagnostic(org.eclipse.emf.common.util.Diagnostic diagnostic, IAcceptor<Issue> acceptor) {
		try {
			super.convertValidatorDiagnostic(diagnostic, acceptor);
		} catch (IndexOutOfBoundsException e) {
			acceptor.accept(first(getSeverity(diagnostic), diagnostic.getMessage(), getIssueCode(diagnostic)));
		}
	}

	private static Issue first(Severity severity, String message, String code) {
		Issue.IssueImpl issue = new Issue.IssueImpl();
		issue.setSeverity(severity);
		issue.setMessage(message);
		issue.setCode(code);
		issue.setType(CheckType.FAST);
		issue.setLineNumber(1);
		issue.setColumn(1);
		issue.setOffset(0);
		issue.setLength(0);
		return issue;
	}
}
