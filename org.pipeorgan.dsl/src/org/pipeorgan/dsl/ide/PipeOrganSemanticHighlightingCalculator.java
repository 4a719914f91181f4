package org.pipeorgan.dsl.ide;

import java.util.List;

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

/**
 * Colours names by their role: where a name is declared as {@link HighlightingStyles#DEFINITION_ID}, where it refers to
 * a declaration as {@link HighlightingStyles#TYPE_ID}. So a name that happens to be a keyword is not coloured as one.
 */
public class PipeOrganSemanticHighlightingCalculator extends DefaultSemanticHighlightingCalculator {
	private static final String NAME = "name";
	/** Operators and tensors are named in policies, not referred to: a policy belongs to no workload. */
	private static final List<EStructuralFeature> NAMES = List.of(Literals.SEGMENT__FIRST, Literals.SEGMENT__LAST, Literals.SEGMENT__KEPT, Literals.TOGETHER__FIRST,
			Literals.TOGETHER__LAST, Literals.POLICY__CUTS, Literals.POLICY__KEPT, Literals.POLICY__SPILLED);

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
		NAMES.stream().filter(feature -> feature.getEContainingClass() == object.eClass()).forEach(feature -> highlightAll(acceptor, object, feature, HighlightingStyles.TYPE_ID));
		return false;
	}

	private void highlightAll(IHighlightedPositionAcceptor acceptor, EObject object, EStructuralFeature feature, String style) {
		for (INode node : NodeModelUtils.findNodesForFeature(object, feature)) {
			highlightNode(acceptor, node, style);
		}
	}
}
