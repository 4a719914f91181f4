package org.pipeorgan.dsl.ide;

import org.eclipse.emf.ecore.EObject;
import org.eclipse.emf.ecore.EReference;
import org.eclipse.emf.ecore.EStructuralFeature;
import org.eclipse.xtext.ide.editor.syntaxcoloring.DefaultSemanticHighlightingCalculator;
import org.eclipse.xtext.ide.editor.syntaxcoloring.HighlightingStyles;
import org.eclipse.xtext.ide.editor.syntaxcoloring.IHighlightedPositionAcceptor;
import org.eclipse.xtext.util.CancelIndicator;

/**
 * Colours names by their role: where a name is declared as {@link HighlightingStyles#DEFINITION_ID}, where it refers to
 * a declaration as {@link HighlightingStyles#TYPE_ID}. So a name that happens to be a keyword is not coloured as one.
 */
public class PipeOrganSemanticHighlightingCalculator extends DefaultSemanticHighlightingCalculator {
	private static final String NAME = "name";

	@Override
	protected boolean highlightElement(EObject object, IHighlightedPositionAcceptor acceptor, CancelIndicator cancelIndicator) {
		EStructuralFeature name = object.eClass().getEStructuralFeature(NAME);
		if (name != null) {
			highlightFeature(acceptor, object, name, HighlightingStyles.DEFINITION_ID);
		}
		for (EReference reference : object.eClass().getEAllReferences()) {
			if (!reference.isContainment() && !reference.isContainer() && !reference.isDerived()) {
				highlightFeature(acceptor, object, reference, HighlightingStyles.TYPE_ID);
			}
		}
		return false;
	}
}
