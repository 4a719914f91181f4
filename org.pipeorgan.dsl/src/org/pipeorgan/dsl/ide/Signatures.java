package org.pipeorgan.dsl.ide;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.eclipse.emf.ecore.EObject;
import org.eclipse.xtext.EcoreUtil2;
import org.eclipse.xtext.nodemodel.ICompositeNode;
import org.eclipse.xtext.nodemodel.ILeafNode;
import org.eclipse.xtext.nodemodel.INode;
import org.eclipse.xtext.nodemodel.util.NodeModelUtils;
import org.eclipse.xtext.resource.XtextResource;
import org.pipeorgan.dsl.expressions.Evaluator;
import org.pipeorgan.dsl.pipeorgan.Block;
import org.pipeorgan.dsl.pipeorgan.BlockUse;
import org.pipeorgan.dsl.pipeorgan.Graph;
import org.pipeorgan.dsl.pipeorgan.Operator;
import org.pipeorgan.dsl.pipeorgan.WorkloadMember;
import org.pipeorgan.dsl.translation.Graphs;
import org.pipeorgan.dsl.validation.OperatorSignature;

/** What an operator or a block takes, while it is typed. */
public final class Signatures {
	/**
	 * What stands at a place.
	 *
	 * @param label      the whole signature, such as {@code conv(x) K R S [stride] [pad]}
	 * @param parameters its parts in order, each as it stands in the label
	 * @param active     index of the part that is typed, -1 if none is
	 * @param example    a line that is right
	 */
	public record Signature(String label, List<String> parameters, int active, String example) {
	}

	/** The signature of the operator or block that is typed at an offset. */
	public Optional<Signature> at(XtextResource resource, int offset) {
		if (resource.getParseResult() == null) {
			return Optional.empty();
		}
		ILeafNode leaf = lastWord(resource.getParseResult().getRootNode(), offset);
		WorkloadMember member = leaf == null ? null : member(leaf);
		if (member instanceof Operator operator) {
			return Optional.of(of(operator, lastWord(operator, offset), offset));
		}
		return member instanceof BlockUse use && use.getBlock() != null && !use.getBlock().eIsProxy() ? Optional.of(of(use, offset)) : Optional.empty();
	}

	private static Signature of(Operator operator, String word, int offset) {
		OperatorSignature signature = OperatorSignature.of(operator);
		List<String> parts = new ArrayList<>();
		for (int i = 0; i < signature.leastOperands(); i++) {
			parts.add(i == 0 ? "a" : "b");
		}
		if (signature.mostOperands() == OperatorSignature.ANY) {
			parts.add("...");
		}
		int operands = parts.size();
		String label = signature.keyword() + "(" + String.join(", ", parts) + ")";
		List<String> options = Stream.concat(signature.required().stream(), signature.optional().stream().map(option -> "[" + option + "]")).toList();
		parts.addAll(options);
		int active = -1;
		for (int i = operands; i < parts.size() && active < 0; i++) {
			active = parts.get(i).replaceAll("[\\[\\]]", "").equals(word) ? i : -1;
		}
		if (active < 0 && !isClosed(operator, offset)) {
			active = Math.min(operands - 1, commas(operator, offset));
		}
		return new Signature(label + options.stream().map(option -> " " + option).reduce("", String::concat), parts, active, signature.example());
	}

	private static Signature of(BlockUse use, int offset) {
		Block block = use.getBlock();
		List<String> parts = new ArrayList<>(block.getInputs().stream().map(input -> String.valueOf(input.getName())).toList());
		Graphs.parameters(block).forEach(parameter -> parts.add(parameter.getName() + (parameter.getValue() == null ? "" : " = " + Evaluator.text(parameter.getValue()))));
		String label = block.getName() + "(" + String.join(", ", parts) + ")";
		return new Signature(label, parts, isClosed(use, offset) ? -1 : Math.min(parts.size() - 1, commas(use, offset)), "y = " + label);
	}

	private static String before(EObject element, int offset) {
		INode node = NodeModelUtils.findActualNodeFor(element);
		String text = node.getRootNode().getText();
		return text.substring(node.getOffset(), Math.clamp(offset, node.getOffset(), text.length()));
	}

	/** The line that a word belongs to; where it is half typed, the last one that begins before it. */
	private static WorkloadMember member(ILeafNode leaf) {
		EObject element = NodeModelUtils.findActualSemanticObjectFor(leaf);
		WorkloadMember member = element == null ? null : EcoreUtil2.getContainerOfType(element, WorkloadMember.class);
		if (member == null && element != null && EcoreUtil2.getContainerOfType(element, Graph.class) != null) {
			for (WorkloadMember each : EcoreUtil2.getContainerOfType(element, Graph.class).getMembers()) {
				INode node = NodeModelUtils.findActualNodeFor(each);
				member = node != null && node.getOffset() <= leaf.getOffset() ? each : member;
			}
		}
		return member;
	}

	/** The word that ends last before an offset. */
	private static ILeafNode lastWord(ICompositeNode root, int offset) {
		for (int at = Math.max(0, offset - 1); at >= 0;) {
			ILeafNode leaf = NodeModelUtils.findLeafNodeAtOffset(root, at);
			if (leaf == null || !leaf.isHidden()) {
				return leaf;
			}
			at = leaf.getOffset() - 1;
		}
		return null;
	}

	/** The last word that is no number: the option that is typed. */
	private static String lastWord(EObject element, int offset) {
		String[] words = before(element, offset).strip().split("[\\s\\d.x]+");
		return words.length == 0 ? "" : words[words.length - 1];
	}

	private static int commas(EObject element, int offset) {
		return (int) before(element, offset).chars().filter(c -> c == ',').count();
	}

	private static boolean isClosed(EObject element, int offset) {
		return before(element, offset).contains(")");
	}
}
