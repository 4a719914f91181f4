package org.pipeorgan.dsl.ide;

import com.google.inject.Inject;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.eclipse.xtext.nodemodel.INode;
import org.eclipse.xtext.nodemodel.util.NodeModelUtils;
import org.eclipse.xtext.resource.XtextResource;
import org.eclipse.xtext.util.ITextRegion;
import org.pipeorgan.dsl.pipeorgan.Input;
import org.pipeorgan.dsl.pipeorgan.Model;
import org.pipeorgan.dsl.pipeorgan.Operator;
import org.pipeorgan.dsl.pipeorgan.PipeorganPackage.Literals;
import org.pipeorgan.dsl.pipeorgan.Value;
import org.pipeorgan.dsl.pipeorgan.Workload;
import org.pipeorgan.dsl.pipeorgan.WorkloadMember;
import org.pipeorgan.engine.workload.TensorShape;

/** Shapes of values, to be shown behind their names, and what operators compute. */
public final class InlayHints {
	@Inject
	private Facts facts;

	/**
	 * A hint.
	 *
	 * @param offset where it stands
	 * @param label  its text
	 */
	public record Hint(int offset, String label) {
	}

	/** The hints in a part of a file, in order. */
	public List<Hint> in(XtextResource resource, ITextRegion region) {
		List<Hint> hints = new ArrayList<>();
		workloads(resource).stream().filter(workload -> touches(workload, region)).forEach(workload -> add(facts.shapes(workload), region, hints));
		hints.sort(Comparator.comparingInt(Hint::offset));
		return hints;
	}

	/** What the operators of a file compute, to be shown at the end of what declares each; only those that multiply, in order. */
	public List<Hint> work(XtextResource resource) {
		List<Hint> hints = new ArrayList<>();
		for (Workload workload : workloads(resource)) {
			for (WorkloadMember member : workload.getMembers()) {
				INode node = member instanceof Operator ? NodeModelUtils.findActualNodeFor(member) : null;
				if (node != null) {
					facts.macs((Operator) member).ifPresent(macs -> hints.add(new Hint(node.getEndOffset(), String.format(Locale.ROOT, "%,d MACs", macs))));
				}
			}
		}
		return hints;
	}

	private static List<Workload> workloads(XtextResource resource) {
		return resource.getContents().isEmpty() || !(resource.getContents().get(0) instanceof Model model) ? List.of()
				: model.getDeclarations().stream().filter(Workload.class::isInstance).map(Workload.class::cast).toList();
	}

	private static boolean touches(Workload workload, ITextRegion region) {
		INode node = NodeModelUtils.findActualNodeFor(workload);
		return node != null && node.getOffset() <= region.getOffset() + region.getLength() && node.getEndOffset() >= region.getOffset();
	}

	private static void add(Map<Value, TensorShape> shapes, ITextRegion region, List<Hint> hints) {
		shapes.forEach((value, shape) -> {
			List<INode> names = value instanceof Input ? List.of() : NodeModelUtils.findNodesForFeature(value, Literals.NAMED_ELEMENT__NAME);
			if (!names.isEmpty() && names.get(0).getEndOffset() >= region.getOffset() && names.get(0).getEndOffset() <= region.getOffset() + region.getLength()) {
				hints.add(new Hint(names.get(0).getEndOffset(), shape.toString()));
			}
		});
	}
}
