package org.pipeorgan.dsl.ide;

import org.eclipse.emf.ecore.EObject;
import org.eclipse.emf.ecore.EReference;
import org.eclipse.emf.ecore.EStructuralFeature;
import org.eclipse.xtext.ide.editor.syntaxcoloring.DefaultSemanticHighlightingCalculator;
import org.eclipse.xtext.ide.editor.syntaxcoloring.HighlightingStyles;
import org.eclipse.xtext.ide.editor.syntaxcoloring.IHighlightedPositionAcceptor;
import org.eclipse.xtext.nodemodel.INode;
import org.eclipse.xtext.nodemodel.util.NodeModelUtils;
import org.eclipse.xtext.util.CancelIndicator;
import org.pipeorgan.dsl.pipeorgan.PipeorganPackage.Literals;
import org.pipeorgan.dsl.pipeorgan.Segment;

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
			highlightAll(acceptor, object, name, HighlightingStyles.DEFINITION_ID);
		}
		for (EReference reference : object.eClass().getEAllReferences()) {
			if (!reference.isContainment() && !reference.isContainer() && !reference.isDerived()) {
				highlightAll(acceptor, object, reference, HighlightingStyles.TYPE_ID);
			}
		}
		if (object instanceof Segment) {
			// operators and tensors are named, not referred to: a policy belongs to no workload
			highlightAll(acceptor, object, Literals.SEGMENT__FIRST, HighlightingStyles.TYPE_ID);
			highlightAll(acceptor, object, Literals.SEGMENT__LAST, HighlightingStyles.TYPE_ID);
			highlightAll(acceptor, object, Literals.SEGMENT__KEPT, HighlightingStyles.TYPE_ID);
		}
		return false;
	}

	private void highlightAll(IHighlightedPositionAcceptor acceptor, EObject object, EStructuralFeature feature, String style) {
		for (INode node : NodeModelUtils.findNodesForFeature(object, feature)) {
			highlightNode(acceptor, node, style);
		}
	}
}
