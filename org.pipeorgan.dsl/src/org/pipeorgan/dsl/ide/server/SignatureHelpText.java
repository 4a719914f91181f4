package org.pipeorgan.dsl.ide.server;

import com.google.inject.Inject;

import java.util.List;

import org.eclipse.lsp4j.ParameterInformation;
import org.eclipse.lsp4j.SignatureHelp;
import org.eclipse.lsp4j.SignatureHelpParams;
import org.eclipse.lsp4j.SignatureInformation;
import org.eclipse.xtext.ide.server.Document;
import org.eclipse.xtext.ide.server.signatureHelp.ISignatureHelpService;
import org.eclipse.xtext.resource.XtextResource;
import org.eclipse.xtext.util.CancelIndicator;
import org.pipeorgan.dsl.ide.Signatures;

/** What the operator or block that is typed takes. */
public class SignatureHelpText implements ISignatureHelpService {
	@Inject
	private Signatures signatures;

	@Override
	public SignatureHelp getSignatureHelp(Document document, XtextResource resource, SignatureHelpParams params, CancelIndicator cancel) {
		return signatures.at(resource, document.getOffSet(params.getPosition())).map(signature -> {
			SignatureInformation information = new SignatureInformation(signature.label());
			information.setDocumentation("For example: " + signature.example());
			information.setParameters(signature.parameters().stream().map(ParameterInformation::new).toList());
			return new SignatureHelp(List.of(information), 0, signature.active() < 0 ? null : signature.active());
		}).orElse(EMPTY);
	}
}
