package org.pipeorgan.engine.search;

import java.util.List;
import java.util.Locale;

import org.pipeorgan.engine.cost.CostModel;
import org.pipeorgan.engine.cost.SegmentCost;
import org.pipeorgan.engine.cost.SegmentPlan;
import org.pipeorgan.engine.result.NextBest;
import org.pipeorgan.engine.workload.Operator;

/** Says why a segment is as it is: what the next-best choice would have cost, and why its depth ended where it did. */
final class Explanation {
	private final CostModel model;
	private final SegmentSpace space;
	private final Objective objective;
	private final Policy policy;

	Explanation(CostModel model, SegmentSpace space, Objective objective, Policy policy) {
		this.model = model;
		this.space = space;
		this.objective = objective;
		this.policy = policy;
	}

	/**
	 * The best other plan of a segment, with the same boundary tensors held and kept, among those that no plan beats in
	 * everything; {@code null} if there is none.
	 */
	NextBest nextBest(Mapping.Step before, Mapping.Step step) {
		SegmentPlan chosen = step.plan();
		NextBest best = null;
		double least = Double.POSITIVE_INFINITY;
		for (SegmentPlan plan : space.plans(chosen.point().first(), chosen.point().depth(), budget(2 * step.cost().latencyCycles()))) {
			if (plan.point().equals(chosen.point())) {
				continue;
			}
			SegmentCost cost = cost(before, plan, step.held());
			if (cost != null && objective.value(cost) < least) {
				least = objective.value(cost);
				best = new NextBest(chosen.point().depth() == 1 ? "whole-array" : plan.point().organization().label(),
						plan.dataflows().stream().mapToLong(d -> d.intervals()).max().orElseThrow(), plan.point().orderClass().order().toString(),
						cost.latencyCycles(), cost.energyPicojoules(), cost.memoryReadBytes() + cost.memoryWriteBytes());
			}
		}
		return best;
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
		SegmentCost apart = cheapest(step, next, 1, Long.MAX_VALUE);
		if (apart == null) {
			return policy.kind() == PolicyKind.FIXED ? "the mapping is fixed" : "chosen with what follows in view";
		}
		long cycles = 2 * (step.cost().latencyCycles() + apart.latencyCycles());
		SegmentCost together = cheapest(before, first, depth + 1, budget(cycles));
		if (together == null) {
			return String.format(Locale.ROOT, "with %s it would not fit into the buffer%s", name,
					policy.kind() == PolicyKind.OPTIMAL ? String.format(Locale.ROOT, ", or compute more than %,d cycles", cycles) : "");
		}
		double cut = objective.value(step.cost()) + objective.value(apart);
		return String.format(Locale.ROOT, "with %s it would take %s, cut here %s%s", name, amount(objective.value(together)), amount(cut),
				objective.value(together) >= cut ? "" : policy.kind() == PolicyKind.FIXED ? "; the cut is fixed" : "; what follows makes up for it");
	}

	/** The whole declared space is large: of it only what is not hopeless is looked at again. */
	private long budget(long cycles) {
		return policy.kind() == PolicyKind.OPTIMAL && objective == Objective.LATENCY ? Math.multiplyExact(cycles, model.unitsPerCycle()) : Long.MAX_VALUE;
	}

	private SegmentCost cheapest(Mapping.Step before, int first, int depth, long budget) {
		SegmentCost best = null;
		for (SegmentPlan plan : space.plans(first, depth, budget)) {
			Held results = Held.of(plan.outputTensors()).readFrom(model.workload(), first + depth);
			for (Held kept : List.of(results, Held.NONE)) {
				SegmentCost cost = cost(before, plan, kept);
				if (cost != null && (best == null || objective.value(cost) < objective.value(best))) {
					best = cost;
				}
			}
		}
		return best;
	}

	private SegmentCost cost(Mapping.Step before, SegmentPlan plan, Held kept) {
		Held held = before == null ? Held.NONE : before.held();
		return SegmentCost.of(model, plan, held, kept, held.bytes(model.workload()), before == null ? 0 : before.cost().prefetchRoom());
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
