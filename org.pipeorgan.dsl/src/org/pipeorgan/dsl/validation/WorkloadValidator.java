package org.pipeorgan.dsl.validation;

import static org.pipeorgan.dsl.pipeorgan.PipeorganPackage.Literals.NAMED_ELEMENT__NAME;
import static org.pipeorgan.dsl.pipeorgan.PipeorganPackage.Literals.OPERATOR__OPERANDS;
import static org.pipeorgan.dsl.pipeorgan.PipeorganPackage.Literals.OUTPUT__VALUE;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;

import org.eclipse.emf.ecore.EObject;
import org.eclipse.xtext.nodemodel.util.NodeModelUtils;
import org.eclipse.xtext.validation.Check;
import org.eclipse.xtext.validation.CheckType;
import org.pipeorgan.dsl.pipeorgan.Extent;
import org.pipeorgan.dsl.pipeorgan.ExtentOption;
import org.pipeorgan.dsl.pipeorgan.GroupsOption;
import org.pipeorgan.dsl.pipeorgan.Operator;
import org.pipeorgan.dsl.pipeorgan.OperatorOption;
import org.pipeorgan.dsl.pipeorgan.Output;
import org.pipeorgan.dsl.pipeorgan.PadOption;
import org.pipeorgan.dsl.pipeorgan.PairOption;
import org.pipeorgan.dsl.pipeorgan.PipeorganPackage.Literals;
import org.pipeorgan.dsl.pipeorgan.Rank;
import org.pipeorgan.dsl.pipeorgan.Shape;
import org.pipeorgan.dsl.pipeorgan.Value;
import org.pipeorgan.dsl.pipeorgan.Workload;
import org.pipeorgan.dsl.pipeorgan.WorkloadMember;
import org.pipeorgan.dsl.translation.OperatorOptions;
import org.pipeorgan.dsl.translation.WorkloadTranslator;

/** Workloads are graphs without cycles whose shapes fit. */
public class WorkloadValidator extends AreaValidator {
	private static final Set<Rank> AXES = EnumSet.of(Rank.N, Rank.C, Rank.H, Rank.W);

	/** A workload computes something. */
	@Check(CheckType.FAST)
	public void checkNotEmpty(Workload workload) {
		if (workload.getName() != null && workload.getMembers().stream().noneMatch(Operator.class::isInstance)) {
			report(IssueCode.EMPTY_WORKLOAD, "workload '" + workload.getName() + "' has no operator; add one, such as 'y = conv(x) K 8 R 3 S 3 pad 1'", workload,
					NAMED_ELEMENT__NAME);
		}
	}

	/** Values are read only after the line that defines them, so that there is no cycle. */
	@Check(CheckType.NORMAL)
	public void checkDefinedBeforeUse(Workload workload) {
		Set<Value> defined = new HashSet<>();
		for (WorkloadMember member : workload.getMembers()) {
			if (member instanceof Operator operator) {
				for (int i = 0; i < operator.getOperands().size(); i++) {
					Value operand = operator.getOperands().get(i);
					if (operand != null && !operand.eIsProxy() && !defined.contains(operand)) {
						report(IssueCode.USED_BEFORE_DEFINITION, message(operator.getName(), operand, operand == operator), operator, OPERATOR__OPERANDS, i);
					}
				}
			} else if (member instanceof Output output && output.getValue() != null && !output.getValue().eIsProxy()
					&& !defined.contains(output.getValue())) {
				report(IssueCode.USED_BEFORE_DEFINITION, message("output", output.getValue(), false), output, OUTPUT__VALUE);
			}
			if (member instanceof Value value) {
				defined.add(value);
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

	/** Extents are at least 1. */
	@Check(CheckType.FAST)
	public void checkExtent(Extent extent) {
		checkAtLeast(1, extent.getValue(), extent.getRank().getLiteral(), extent, Literals.EXTENT__VALUE);
	}

	/** Shapes fit, as the engine infers them. */
	@Check(CheckType.NORMAL)
	public void checkShapesFit(Workload workload) {
		if (workload.getMembers().stream().anyMatch(Operator.class::isInstance)) {
			WorkloadTranslator.translate(workload, problem -> {
				if (!toldByFastChecks(problem.object())) {
					report(problem);
				}
			});
		}
	}

	/** The engine refuses extents below 1 in its own words; the fast checks have told these with their place. */
	private static boolean toldByFastChecks(EObject element) {
		EObject value = element instanceof OperatorOption ? element.eContainer() : element;
		for (var contents = value.eAllContents(); contents.hasNext();) {
			if (isOutOfRange(contents.next())) {
				return true;
			}
		}
		return false;
	}

	private static boolean isOutOfRange(EObject object) {
		return switch (object) {
		case Extent extent -> extent.getValue() < 1;
		case ExtentOption option -> option.getValue() < 1;
		case GroupsOption groups -> groups.getValue() < 1;
		case PairOption pair -> pair.getRows() < 1 || OperatorOptions.columns(pair) < 1;
		case PadOption pad -> pad.getTop() < 0 || pad.getBottom() < 0 || pad.getLeft() < 0 || pad.getRight() < 0;
		default -> false;
		};
	}
}
