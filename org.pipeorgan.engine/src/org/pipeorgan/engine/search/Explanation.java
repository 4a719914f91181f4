package org.pipeorgan.engine.search;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

import org.pipeorgan.engine.cost.CostModel;
import org.pipeorgan.engine.cost.MappingPoint;
import org.pipeorgan.engine.cost.SegmentCost;
import org.pipeorgan.engine.cost.SegmentPlan;
import org.pipeorgan.engine.result.NextBest;
import org.pipeorgan.engine.workload.Operator;

/** Says why a segment is as it is: what the next-best choice would have cost, and why its depth ended where it did. */
final class Explanation {
	private final CostModel model;
	private final SegmentSpace space;
	private final SegmentPlans plans;
	private final Objective objective;
	private final Policy policy;

	/**
	 * @param policy where it is fixed, its mapping is compared with the whole declared space
	 * @param known  points of the policy's search
	 */
	Explanation(CostModel model, Objective objective, Policy policy, SegmentPlans.Points known) {
		this.model = model;
		this.objective = objective;
		this.policy = policy;
		// a segment is compared with one that is an operator longer, whatever the depth that the policy allows
		PolicyKind kind = policy.kind();
		space = new SegmentSpace(model, kind, kind.defaultDepth(), policy.constraints());
		plans = new SegmentPlans(model, space, objective, !policy.restrictions().contains(Restriction.NO_RESIDENCE), known);
	}

	/** The best other plan of a segment, with the same boundary tensors held and kept; {@code null} if there is none. */
	NextBest nextBest(Mapping.Step before, Mapping.Step step) {
		MappingPoint chosen = step.plan().point();
		SegmentPlan plan = plans.cheapest(chosen.first(), chosen.depth(), room(before), other -> value(other.point().equals(chosen) ? null : cost(before, other, step.held())));
		if (plan == null) {
			return null;
		}
		SegmentCost cost = cost(before, plan, step.held());
		return new NextBest(chosen.depth() == 1 ? "whole-array" : plan.point().organization().label(),
				model.dataflows(plan.point()).stream().mapToLong(d -> d.intervals()).max().orElseThrow(), plan.point().orderClass().order().toString(), cost.latencyCycles(),
				cost.energyPicojoules(), cost.memoryReadBytes() + cost.memoryWriteBytes());
	}

	/** Why the segment does not go on with the next operator. */
	String depthEnd(Mapping.Step before, Mapping.Step step) {
		List<Operator> operators = model.workload().operators();
		int first = step.plan().point().first();
		int depth = step.plan().point().depth();
		int next = first + depth;
		if (next == operators.size()) {
			return "the workload ends";
		}
		String name = "'" + operators.get(next).name() + "'";
		if (depth == policy.maxDepth()) {
			return "the policy allows a depth of " + depth;
		}
		if (!model.sharesTensor(first, next)) {
			return "forced: " + name + " shares no tensor with the segment";
		}
		if (!model.canJoin(first, next)) {
			return "forced: " + name + " reads a result of the segment with its channels regrouped";
		}
		if (model.handOvers(first, depth + 1) > CostModel.MAX_HAND_OVERS) {
			return "forced: with " + name + " the segment would hand over more than " + CostModel.MAX_HAND_OVERS + " operands";
		}
		if (!space.goesOn(first, depth)) {
			return "fixed by the policy";
		}
		double apart = cheapest(step, next, 1);
		if (apart == Double.POSITIVE_INFINITY) {
			return policy.kind() == PolicyKind.FIXED ? "the mapping is fixed" : "chosen with what follows in view";
		}
		double together = cheapest(before, first, depth + 1);
		if (together == Double.POSITIVE_INFINITY) {
			return String.format(Locale.ROOT, "with %s it would not fit into the buffer", name);
		}
		double cut = objective.value(step.cost()) + apart;
		return String.format(Locale.ROOT, "with %s it would take %s, cut here %s%s", name, amount(together), amount(cut),
				together >= cut ? "" : policy.kind() == PolicyKind.FIXED ? "; the cut is fixed" : "; what follows makes up for it");
	}

	/** The least that a segment costs behind a step, with all its results kept or none. */
	private double cheapest(Mapping.Step before, int first, int depth) {
		ToDoubleFunction<SegmentPlan> least = plan -> {
			Held results = Held.of(plan.outputTensors()).readFrom(model.workload(), first + depth);
			return Math.min(value(cost(before, plan, results)), value(cost(before, plan, Held.NONE)));
		};
		SegmentPlan plan = plans.cheapest(first, depth, room(before), least);
		return plan == null ? Double.POSITIVE_INFINITY : least.applyAsDouble(plan);
	}

	private static long room(Mapping.Step before) {
		return before == null ? 0 : before.cost().prefetchRoom();
	}

	private double value(SegmentCost cost) {
		return cost == null ? Double.POSITIVE_INFINITY : objective.value(cost);
	}

	private SegmentCost cost(Mapping.Step before, SegmentPlan plan, Held kept) {
		Held held = before == null ? Held.NONE : before.held();
		return SegmentCost.of(model, plan, held, kept, held.bytes(model.workload()), room(before));
	}

	private String amount(double value) {
		return switch (objective) {
			case LATENCY -> String.format(Locale.ROOT, "%,d cycles", (long) value);
			case ENERGY -> String.format(Locale.ROOT, "%.4g pJ", value);
			case MEMORY_TRAFFIC -> String.format(Locale.ROOT, "%,d B of memory traffic", (long) value);
			case ENERGY_DELAY -> String.format(Locale.ROOT, "%.4g pJ cycles", value);
		};
	}
}
