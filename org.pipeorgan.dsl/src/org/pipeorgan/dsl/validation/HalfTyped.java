package org.pipeorgan.dsl.validation;

import org.eclipse.emf.ecore.EObject;
import org.eclipse.xtext.nodemodel.ICompositeNode;
import org.eclipse.xtext.nodemodel.INode;
import org.eclipse.xtext.nodemodel.util.NodeModelUtils;
import org.eclipse.xtext.resource.XtextResource;
import org.pipeorgan.dsl.pipeorgan.Declaration;
import org.pipeorgan.dsl.pipeorgan.WorkloadMember;

/** Tells what the parser may have lost parts of, so that one mistake is reported once. */
final class HalfTyped {
	private HalfTyped() {
	}

	/** Whether there is a syntax error in the line of a workload, or else the declaration, that an element belongs to, or right behind it. */
	static boolean isHalfTyped(EObject object) {
		if (!(object.eResource() instanceof XtextResource resource) || resource.getParseResult() == null || !resource.getParseResult().hasSyntaxErrors()) {
			return false;
		}
		ICompositeNode node = NodeModelUtils.findActualNodeFor(whole(object));
		if (node == null) {
			return true;
		}
		int end = next(node);
		for (INode error : resource.getParseResult().getSyntaxErrors()) {
			if (error.getOffset() >= node.getOffset() && error.getOffset() <= end) {
				return true;
			}
		}
		return false;
	}

	/** Offset of the first word behind a node. */
	private static int next(INode node) {
		int end = node.getEndOffset();
		String text = node.getRootNode().getText();
		while (end < text.length() && Character.isWhitespace(text.charAt(end))) {
			end++;
		}
		return end;
	}

	/** The line of a workload, else the declaration, else the file. */
	private static EObject whole(EObject object) {
		EObject whole = object;
		while (whole.eContainer() != null && !(whole instanceof WorkloadMember) && !(whole instanceof Declaration)) {
			whole = whole.eContainer();
		}
		return whole;
	}
}
