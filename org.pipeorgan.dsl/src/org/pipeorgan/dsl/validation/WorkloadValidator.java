package org.pipeorgan.dsl.validation;

import static org.pipeorgan.dsl.pipeorgan.PipeorganPackage.Literals.NAMED_ELEMENT__NAME;
import static org.pipeorgan.dsl.pipeorgan.PipeorganPackage.Literals.OPERATOR__OPERANDS;
import static org.pipeorgan.dsl.pipeorgan.PipeorganPackage.Literals.OUTPUT__VALUE;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.eclipse.emf.ecore.EObject;
import org.eclipse.emf.ecore.EReference;
import org.eclipse.xtext.nodemodel.util.NodeModelUtils;
import org.eclipse.xtext.validation.Check;
import org.eclipse.xtext.validation.CheckType;
import org.pipeorgan.dsl.pipeorgan.Block;
import org.pipeorgan.dsl.pipeorgan.BlockUse;
import org.pipeorgan.dsl.pipeorgan.Extent;
import org.pipeorgan.dsl.pipeorgan.Graph;
import org.pipeorgan.dsl.pipeorgan.Operator;
import org.pipeorgan.dsl.pipeorgan.Output;
import org.pipeorgan.dsl.pipeorgan.PipeorganPackage.Literals;
import org.pipeorgan.dsl.pipeorgan.Rank;
import org.pipeorgan.dsl.pipeorgan.Shape;
import org.pipeorgan.dsl.pipeorgan.Value;
import org.pipeorgan.dsl.pipeorgan.Workload;
import org.pipeorgan.dsl.pipeorgan.WorkloadMember;
import org.pipeorgan.dsl.translation.WorkloadTranslator;

/** Workloads are graphs without cycles whose shapes fit. */
public class WorkloadValidator extends AreaValidator {
	private static final Set<Rank> AXES = EnumSet.of(Rank.N, Rank.C, Rank.H, Rank.W);

	/** A workload computes something. */
	@Check(CheckType.FAST)
	public void checkNotEmpty(Workload workload) {
		if (workload.getName() != null && !computes(workload)) {
			report(IssueCode.EMPTY_WORKLOAD, "workload '" + workload.getName() + "' has no operator; add one, such as 'y = conv(x) K 8 R 3 S 3 pad 1'", workload,
					NAMED_ELEMENT__NAME);
		}
	}

	/** Values are read only after the line that defines them, so that there is no cycle. */
	@Check(CheckType.NORMAL)
	public void checkDefinedBeforeUse(Graph graph) {
		Set<Value> defined = new HashSet<>();
		if (graph instanceof Block block) {
			defined.addAll(block.getInputs());
		}
		for (WorkloadMember member : graph.getMembers()) {
			switch (member) {
			case Operator operator -> {
				checkOperands(operator, OPERATOR__OPERANDS, operator.getOperands(), List.of(operator), defined);
				defined.add(operator);
			}
			case BlockUse use -> {
				checkOperands(use, Literals.BLOCK_USE__OPERANDS, use.getOperands(), use.getResults(), defined);
				defined.addAll(use.getResults());
			}
			case Value value -> defined.add(value);
			case Output output -> {
				if (output.getValue() != null && !output.getValue().eIsProxy() && !defined.contains(output.getValue())) {
					report(IssueCode.USED_BEFORE_DEFINITION, message("output", output.getValue(), false), output, OUTPUT__VALUE);
				}
			}
			default -> {
				// parameters read no values
			}
			}
		}
	}

	private void checkOperands(EObject reader, EReference feature, List<Value> operands, List<? extends Value> results, Set<Value> defined) {
		for (int i = 0; i < operands.size(); i++) {
			Value operand = operands.get(i);
			if (operand != null && !operand.eIsProxy() && !defined.contains(operand)) {
				report(IssueCode.USED_BEFORE_DEFINITION, message(results.get(0).getName(), operand, results.contains(operand)), reader, feature, i);
			}
		}
	}

	private static String message(String reader, Value value, boolean itself) {
		if (itself) {
			return "'" + reader + "' reads itself; a workload has no cycles";
		}
		var node = NodeModelUtils.getNode(value);
		return "'" + reader + "' reads '" + value.getName() + "' before " + (node == null ? "its definition" : "line " + node.getStartLine() + " defines it")
				+ "; move the definition up (a workload has no cycles)";
	}

	/** A shape gives N, C, H and W at most once each. */
	@Check(CheckType.FAST)
	public void checkShape(Shape shape) {
		if (shape.getExtents().isEmpty()) {
			report(IssueCode.MISSING_OPTION, "the shape is empty; write, for example, '[C 3, H 224, W 224]'", shape, null, "C 1");
		}
		Set<Rank> seen = EnumSet.noneOf(Rank.class);
		for (Extent extent : shape.getExtents()) {
			if (!AXES.contains(extent.getRank())) {
				report(IssueCode.UNEXPECTED_OPTION, "a tensor has no axis " + extent.getRank() + "; its axes are N, C, H and W", extent, Literals.EXTENT__RANK);
			} else if (!seen.add(extent.getRank())) {
				report(IssueCode.DUPLICATE_OPTION, "'" + extent.getRank() + "' is written twice; keep one of them", extent, Literals.EXTENT__RANK,
						extent.getRank().getLiteral());
			}
		}
	}

	/** Shapes fit, as the engine infers them. */
	@Check(CheckType.NORMAL)
	public void checkShapesFit(Workload workload) {
		if (computes(workload)) {
			WorkloadTranslator.translate(workload, this::report);
		}
	}

	private static boolean computes(Workload workload) {
		return workload.getMembers().stream().anyMatch(member -> member instanceof Operator || member instanceof BlockUse);
	}
}
