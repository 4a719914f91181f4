package org.pipeorgan.dsl.translation;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.eclipse.emf.ecore.EObject;
import org.eclipse.emf.ecore.EStructuralFeature;
import org.eclipse.xtext.validation.ValidationMessageAcceptor;
import org.pipeorgan.dsl.expressions.ExpressionException;
import org.pipeorgan.dsl.expressions.Numbers;
import org.pipeorgan.dsl.expressions.Refinement;
import org.pipeorgan.dsl.pipeorgan.LoopExtent;
import org.pipeorgan.dsl.pipeorgan.LoopRank;
import org.pipeorgan.dsl.pipeorgan.OperatorMapping;
import org.pipeorgan.dsl.pipeorgan.PipeorganPackage.Literals;
import org.pipeorgan.dsl.pipeorgan.Policy;
import org.pipeorgan.dsl.pipeorgan.PolicyUse;
import org.pipeorgan.dsl.pipeorgan.Segment;
import org.pipeorgan.dsl.pipeorgan.Study;
import org.pipeorgan.dsl.validation.IssueCode;
import org.pipeorgan.engine.cost.OperatorChoice;
import org.pipeorgan.engine.pipelining.OrderClass;
import org.pipeorgan.engine.result.InfeasibleRun;
import org.pipeorgan.engine.search.FixedMapping;
import org.pipeorgan.engine.search.PolicyKind;
import org.pipeorgan.engine.workload.TensorShape;

/** Translates the mappings that users write into policies, and looks up what they name. */
public final class FixedMappings {
	private FixedMappings() {
	}

	/** The segments that a policy has, of its own or from its base. */
	public static List<Segment> segments(Policy policy) {
		return Refinement.lineage(policy).stream().map(Policy::getSegments).filter(segments -> !segments.isEmpty()).findFirst().map(List::copyOf)
				.orElse(List.of());
	}

	/** The engine's mapping; empty if there is no segment, or one that lacks something (a fast check tells). */
	static Optional<FixedMapping> translate(Policy policy) {
		List<FixedMapping.Segment> segments = new ArrayList<>();
		for (Segment segment : segments(policy)) {
			boolean halfTyped = segment.getKept().contains(null) || segment.getOperators().stream().anyMatch(operator -> operator.getName() == null);
			if (segment.getFirst() == null || segment.getChunks() == null || halfTyped) {
				return Optional.empty();
			}
			try {
				Numbers numbers = Numbers.of(segment);
				segments.add(new FixedMapping.Segment(segment.getFirst(), segment.getLast() == null ? segment.getFirst() : segment.getLast(), Enums.of(segment.getOrder()),
						numbers.count(segment.getChunks()), Enums.of(segment.getOrganization()), Enums.of(segment.getWeights()), segment.getKept(),
						segment.getOperators().stream().map(operator -> new FixedMapping.NamedChoice(operator.getName(), choice(operator, numbers))).toList()));
			} catch (ExpressionException e) {
				return Optional.empty();
			}
		}
		return segments.isEmpty() ? Optional.empty() : Optional.of(new FixedMapping(segments));
	}

	/**
	 * What keeps the fixed mappings of a study from being mappings of its workloads. A problem stands at the segment, or, if that is
	 * in another file, where the study uses the policy.
	 */
	public static Set<Problem> problems(Study study) {
		Set<Problem> problems = new LinkedHashSet<>();
		List<org.pipeorgan.engine.workload.Workload> workloads = workloads(study);
		for (PolicyUse use : study.getPolicies()) {
			Policy policy = use.getPolicy();
			if (policy == null || policy.eIsProxy() || !PolicyTranslator.kind(policy).equals(Optional.of(PolicyKind.FIXED))) {
				continue;
			}
			List<Segment> segments = segments(policy);
			translate(policy).ifPresent(mapping -> workloads.stream().flatMap(workload -> mapping.faults(workload).stream())
					.map(fault -> problem(fault, segments.get(fault.segment()), use)).forEach(problems::add));
		}
		return problems;
	}

	/** Segments with more chunks than the largest of their operators' outputs has parts; they are cut into as many as there are. */
	public static Set<Problem> excessChunks(Study study) {
		Set<Problem> problems = new LinkedHashSet<>();
		List<org.pipeorgan.engine.workload.Workload> workloads = workloads(study);
		for (PolicyUse use : study.getPolicies()) {
			Policy policy = use.getPolicy();
			if (policy == null || policy.eIsProxy() || !PolicyTranslator.kind(policy).equals(Optional.of(PolicyKind.FIXED))) {
				continue;
			}
			List<Segment> segments = segments(policy);
			translate(policy).ifPresent(mapping -> {
				for (int i = 0; i < segments.size(); i++) {
					FixedMapping.Segment segment = mapping.segments().get(i);
					long parts = workloads.stream().mapToLong(workload -> parts(workload, segment)).max().orElse(0);
					if (parts > 0 && segment.chunks() > parts && segments.get(i).eResource() == study.eResource()) {
						problems.add(Problem.at(segments.get(i), Literals.SEGMENT__CHUNKS, IssueCode.EXCESS_CHUNKS,
								segment.chunks() + " chunks, but the largest output of the segment has " + parts + " "
										+ (segment.orderClass() == OrderClass.WEIGHT_OUTER ? "channels" : "rows times columns") + "; it is cut into " + parts));
					}
				}
			});
		}
		return problems;
	}

	/** Most parts of an output of a segment's operators in a workload; 0 if they are not there. */
	private static long parts(org.pipeorgan.engine.workload.Workload workload, FixedMapping.Segment segment) {
		long parts = 0;
		boolean inside = false;
		for (var operator : workload.operators()) {
			inside |= operator.name().equals(segment.first());
			if (inside) {
				TensorShape shape = workload.outputOf(operator).shape();
				parts = Math.max(parts, segment.orderClass() == OrderClass.WEIGHT_OUTER ? shape.c() : shape.h() * shape.w());
			}
			if (operator.name().equals(segment.last())) {
				break;
			}
		}
		return parts;
	}

	/** The workloads of a study that can be translated, each once. */
	static List<org.pipeorgan.engine.workload.Workload> workloads(Study study) {
		return study.getMappings().stream().flatMap(mapping -> mapping.getWorkloads().stream()).filter(workload -> workload != null && !workload.eIsProxy()).distinct()
				.map(workload -> WorkloadTranslator.translate(workload, Problem.IGNORE)).flatMap(Optional::stream).toList();
	}

	/** The segment at which a run failed, or the study itself. */
	public static EObject place(Study study, InfeasibleRun failure) {
		return study.getPolicies().stream().map(PolicyUse::getPolicy).filter(policy -> failure.segment() >= 0 && policy.getName().equals(failure.policy())).findFirst()
				.<EObject>map(policy -> segments(policy).get(failure.segment())).orElse(study);
	}

	private static Problem problem(FixedMapping.Fault fault, Segment segment, PolicyUse use) {
		IssueCode code = PolicyConstraints.code(fault.topic());
		if (segment.eResource() != use.eResource()) {
			return Problem.at(use, Literals.POLICY_USE__POLICY, code, "policy '" + use.getPolicy().getName() + "': " + fault.message());
		}
		EStructuralFeature feature = switch (fault.part()) {
		case FIRST -> Literals.SEGMENT__FIRST;
		case LAST -> segment.getLast() == null ? Literals.SEGMENT__FIRST : Literals.SEGMENT__LAST;
		case KEPT -> Literals.SEGMENT__KEPT;
		case OPERATOR -> Literals.OPERATOR_MAPPING__NAME;
		case TILE -> Literals.OPERATOR_MAPPING__TILE;
		case SHARE -> Literals.OPERATOR_MAPPING__SHARE;
		case SPLIT -> Literals.OPERATOR_MAPPING__SPLIT;
		};
		if (feature.getEContainingClass() == Literals.OPERATOR_MAPPING) {
			return new Problem(segment.getOperators().get(fault.index()), feature, feature.isMany() ? 0 : ValidationMessageAcceptor.INSIGNIFICANT_INDEX, code,
					fault.message());
		}
		return new Problem(segment, feature, feature.isMany() ? fault.index() : ValidationMessageAcceptor.INSIGNIFICANT_INDEX, code, fault.message());
	}

	static OperatorChoice choice(OperatorMapping operator, Numbers numbers) {
		OperatorChoice.Tile tile = new OperatorChoice.Tile(extent(operator.getTile(), LoopRank.K, 0, numbers), extent(operator.getTile(), LoopRank.P, 0, numbers),
				extent(operator.getTile(), LoopRank.Q, 0, numbers));
		List<LoopExtent> split = operator.getSplit();
		OperatorChoice.Parts parts = split.isEmpty() ? OperatorChoice.Parts.NONE
				: new OperatorChoice.Parts(extent(split, LoopRank.K, 1, numbers), extent(split, LoopRank.P, 1, numbers), extent(split, LoopRank.Q, 1, numbers),
						extent(split, LoopRank.C, 1, numbers));
		return new OperatorChoice(tile, operator.getShare() == null ? 0 : numbers.smallCount(operator.getShare()), parts);
	}

	private static int extent(List<LoopExtent> extents, LoopRank rank, int absent, Numbers numbers) {
		return extents.stream().filter(extent -> extent.getRank() == rank && extent.getValue() != null).findFirst().map(extent -> numbers.smallCount(extent.getValue()))
				.orElse(absent);
	}
}
