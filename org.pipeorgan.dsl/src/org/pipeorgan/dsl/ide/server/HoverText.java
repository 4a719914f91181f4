package org.pipeorgan.dsl.ide.server;

import com.google.inject.Inject;

import java.util.Locale;

import org.eclipse.emf.ecore.EObject;
import org.eclipse.xtext.documentation.IEObjectDocumentationProvider;
import org.eclipse.xtext.ide.server.hover.HoverService;
import org.pipeorgan.dsl.ide.Facts;
import org.pipeorgan.dsl.pipeorgan.NamedElement;

/** Hovers: what an element is called, its documentation, and what the engine computes about it. */
public class HoverText extends HoverService {
	@Inject
	private Facts facts;
	@Inject
	private IEObjectDocumentationProvider documentation;

	@Override
	public String getContents(EObject element) {
		StringBuilder text = new StringBuilder();
		if (element instanceof NamedElement named) {
			text.append("**").append(element.eClass().getName().toLowerCase(Locale.ROOT)).append(' ').append(named.getName()).append("**\n\n");
		}
		String comment = documentation.getDocumentation(element);
		if (comment != null && !comment.isBlank()) {
			text.append(comment.strip()).append("\n\n");
		}
		facts.of(element).forEach(fact -> text.append("- ").append(fact).append('\n'));
		return text.toString();
	}
}
