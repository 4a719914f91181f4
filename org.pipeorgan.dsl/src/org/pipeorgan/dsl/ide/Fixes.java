package org.pipeorgan.dsl.ide;

import java.util.ArrayList;
import java.util.List;

import org.eclipse.emf.ecore.EObject;
import org.eclipse.xtext.EcoreUtil2;
import org.eclipse.xtext.nodemodel.ICompositeNode;
import org.eclipse.xtext.nodemodel.INode;
import org.eclipse.xtext.nodemodel.util.NodeModelUtils;
import org.eclipse.xtext.resource.XtextResource;
import org.eclipse.xtext.validation.Issue;
import org.pipeorgan.dsl.expressions.NumberRole;
import org.pipeorgan.dsl.pipeorgan.Block;
import org.pipeorgan.dsl.pipeorgan.Declaration;
import org.pipeorgan.dsl.pipeorgan.Expression;
import org.pipeorgan.dsl.pipeorgan.Import;
import org.pipeorgan.dsl.pipeorgan.Mapping;
import org.pipeorgan.dsl.pipeorgan.Operator;
import org.pipeorgan.dsl.pipeorgan.OperatorOption;
import org.pipeorgan.dsl.pipeorgan.Output;
import org.pipeorgan.dsl.pipeorgan.Parameter;
import org.pipeorgan.dsl.pipeorgan.PeArray;
import org.pipeorgan.dsl.pipeorgan.PipeorganPackage.Literals;
import org.pipeorgan.dsl.pipeorgan.Segment;
import org.pipeorgan.dsl.pipeorgan.Value;
import org.pipeorgan.dsl.validation.IssueCode;

/** Changes of the text that mend a problem. */
public final class Fixes {
	/**
	 * A change.
	 *
	 * @param offset where text is taken out
	 * @param length how much
	 * @param text   what is put there
	 */
	public record Edit(int offset, int length, String text) {
	}

	/**
	 * A way to mend a problem.
	 *
	 * @param label what it does
	 * @param edits what it changes, in order and apart
	 */
	public record Fix(String label, List<Edit> edits) {
	}

	/**
	 * The ways to mend a problem, best first; none if there is no safe one.
	 *
	 * @param code   code of the problem
	 * @param offset where it stands
	 * @param length length of its place
	 * @param data   what was reported with it, as in {@code Issue.getData()}
	 */
	public List<Fix> of(XtextResource resource, String code, int offset, int length, List<String> data) {
		IssueCode known = IssueCode.of(code).orElse(null);
		if (known == null || resource.getParseResult() == null) {
			return List.of();
		}
		INode leaf = NodeModelUtils.findLeafNodeAtOffset(resource.getParseResult().getRootNode(), offset);
		EObject element = leaf == null ? null : NodeModelUtils.findActualSemanticObjectFor(leaf);
		String written = text(resource, offset, length);
		List<Fix> fixes = new ArrayList<>();
		switch (known) {
		case MISSING_UNIT -> {
			// only a number may be followed by a unit
			if (written.matches("[\\d.]+")) {
				data.forEach(unit -> fixes.add(fix("Add the unit " + unit, offset + length, 0, " " + unit)));
			}
		}
		case UNKNOWN_UNIT, WRONG_DIMENSION -> data.forEach(unit -> fixes.add(fix("Change the unit to " + unit, offset, length, unit)));
		case UNRESOLVED_NAME -> data.forEach(name -> fixes.add(fix("Change to '" + name + "'", offset, length, name)));
		case NON_POSITIVE_VALUE -> {
			INode number = element instanceof Expression expression ? NodeModelUtils.findActualNodeFor(NumberRole.outermost(expression)) : null;
			if (number != null) {
				data.forEach(value -> fixes.add(fix("Change to " + value, number.getOffset(), number.getLength(), value)));
			}
		}
		case DUPLICATE_NAME -> fixes.add(fix("Rename to '" + free(resource, written) + "'", offset, length, free(resource, written)));
		case UNEXPECTED_OPTION, DUPLICATE_OPTION -> {
			OperatorOption option = element == null ? null : EcoreUtil2.getContainerOfType(element, OperatorOption.class);
			if (option != null) {
				fixes.add(remove("Remove '" + written + "'", NodeModelUtils.findActualNodeFor(option), resource));
			}
		}
		case MISSING_OPTION -> data.forEach(example -> addMissing(resource, element, example, fixes));
		case MISSING_INTERCONNECT -> {
			ICompositeNode mapping = element == null ? null : NodeModelUtils.findActualNodeFor(EcoreUtil2.getContainerOfType(element, Mapping.class));
			if (mapping != null) {
				fixes.add(fix("Add 'with mesh'", mapping.getEndOffset(), 0, " with mesh"));
			}
		}
		case UNUSED_IMPORT, UNUSED_PARAMETER, UNUSED_DECLARATION -> {
			EObject whole = element == null ? null : known == IssueCode.UNUSED_IMPORT ? EcoreUtil2.getContainerOfType(element, Import.class)
					: known == IssueCode.UNUSED_PARAMETER ? EcoreUtil2.getContainerOfType(element, Parameter.class) : EcoreUtil2.getContainerOfType(element, Declaration.class);
			if (whole != null) {
				fixes.add(remove("Remove it", NodeModelUtils.findActualNodeFor(whole), resource));
			}
		}
		case UNUSED_VALUE -> {
			if (element instanceof Value value && value.eContainer() instanceof Block block && block.getMembers().stream().anyMatch(Output.class::isInstance)) {
				fixes.add(fix("Make it a result", NodeModelUtils.findActualNodeFor(block).getEndOffset() - 1, 0, "  output " + written + "\n"));
			}
		}
		default -> {
			// the message says what to do, but not with which words
		}
		}
		return fixes;
	}

	/** What is missing goes behind an operator, or before the closing brace of the section around the place. */
	private static void addMissing(XtextResource resource, EObject element, String example, List<Fix> fixes) {
		if (element == null) {
			return;
		}
		if (example.startsWith("refines")) {
			List<INode> name = NodeModelUtils.findNodesForFeature(element, Literals.NAMED_ELEMENT__NAME);
			if (!name.isEmpty()) {
				fixes.add(fix("Add '" + example + "'", name.get(0).getEndOffset(), 0, " " + example));
			}
			return;
		}
		Operator operator = EcoreUtil2.getContainerOfType(element, Operator.class);
		EObject holder = operator != null ? operator : element;
		INode node = NodeModelUtils.findActualNodeFor(holder);
		if (node == null) {
			return;
		}
		if (operator != null) {
			String text = example.matches("[A-Za-z]+") ? example + (example.equals("scale") ? " 2" : " 3") : "";
			if (!text.isEmpty()) {
				fixes.add(fix("Add '" + text + "'", node.getEndOffset(), 0, " " + text));
			}
		} else if (example.startsWith("at ")) {
			fixes.add(fix("Add '" + example + "'", node.getEndOffset(), 0, " " + example));
		} else if (resource.getParseResult().getRootNode().getText().charAt(node.getEndOffset() - 1) == '}' && (holder instanceof Declaration || holder instanceof Segment
				|| holder instanceof PeArray)) {
			fixes.add(fix("Add '" + example + "'", node.getEndOffset() - 1, 0, "  " + example + "\n"));
		}
	}

	private static Fix fix(String label, int offset, int length, String text) {
		return new Fix(label, List.of(new Edit(offset, length, text)));
	}

	/** Takes a node out, with its line where nothing else stands there. */
	private static Fix remove(String label, INode node, XtextResource resource) {
		String text = resource.getParseResult().getRootNode().getText();
		int start = node.getOffset();
		int end = node.getEndOffset();
		while (start > 0 && (text.charAt(start - 1) == ' ' || text.charAt(start - 1) == '\t')) {
			start--;
		}
		boolean lineStart = start == 0 || text.charAt(start - 1) == '\n';
		if (lineStart && end < text.length() && text.charAt(end) == '\r') {
			end++;
		}
		if (lineStart && end < text.length() && text.charAt(end) == '\n') {
			end++;
		} else if (lineStart) {
			start = node.getOffset();
		}
		return fix(label, start, end - start, "");
	}

	private static String text(XtextResource resource, int offset, int length) {
		String text = resource.getParseResult().getRootNode().getText();
		return text.substring(Math.clamp(offset, 0, text.length()), Math.clamp(offset + length, 0, text.length()));
	}

	private static String free(XtextResource resource, String name) {
		String text = resource.getParseResult().getRootNode().getText();
		for (int i = 2;; i++) {
			if (!text.contains(name + "_" + i)) {
				return name + "_" + i;
			}
		}
	}
}
