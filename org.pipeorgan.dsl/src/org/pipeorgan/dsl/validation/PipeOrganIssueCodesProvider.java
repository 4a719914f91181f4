package org.pipeorgan.dsl.validation;

import org.eclipse.xtext.preferences.PreferenceKey;
import org.eclipse.xtext.util.IAcceptor;
import org.eclipse.xtext.validation.ConfigurableIssueCodesProvider;
import org.eclipse.xtext.validation.SeverityConverter;

/** Makes the severity of every {@link IssueCode} a preference of the same id. */
public class PipeOrganIssueCodesProvider extends ConfigurableIssueCodesProvider {
	@Override
	protected void initialize(IAcceptor<PreferenceKey> acceptor) {
		super.initialize(acceptor);
		for (IssueCode code : IssueCode.values()) {
			String severity = switch (code.severity()) {
			case ERROR -> SeverityConverter.SEVERITY_ERROR;
			case WARNING -> SeverityConverter.SEVERITY_WARNING;
			case INFO -> SeverityConverter.SEVERITY_INFO;
			case IGNORE -> SeverityConverter.SEVERITY_IGNORE;
			};
			acceptor.accept(create(code.id(), severity));
		}
	}
}
