package org.pipeorgan.engine.search;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.pipeorgan.engine.cost.CostModel;
import org.pipeorgan.engine.cost.MappingPoint;
import org.pipeorgan.engine.cost.SegmentCost;
import org.pipeorgan.engine.cost.SegmentPlan;

/**
 * A complete mapping of a workload.
 *
 * @param steps its segments in order
 */
record Mapping(List<Step> steps) {

	/** Cycles. */
	double latency() {
		return steps.stream().mapToDouble(step -> step.cost().latencyCycles()).sum();
	}

	/** Picojoules. */
	double energy() {
		return steps.stream().mapToDouble(step -> step.cost().energyPicojoules()).sum();
	}

	/** Bytes to and from memory. */
	double memory() {
		return steps.stream().mapToDouble(step -> step.cost().memoryReadBytes() + step.cost().memoryWriteBytes()).sum();
	}

	/**
	 * Sums over the segments.
	 *
	 * @param latencyCycles    cycles
	 * @param energyPicojoules pJ
	 * @param memoryReadBytes  bytes read from memory
	 * @param memoryWriteBytes bytes written to memory
	 * @param bufferReadBytes  bytes read from the global buffer
	 * @param bufferWriteBytes bytes written to the global buffer
	 */
	record Sums(long latencyCycles, double energyPicojoules, long memoryReadBytes, long memoryWriteBytes, long bufferReadBytes, long bufferWriteBytes) {
		private Sums and(SegmentCost cost) {
			return new Sums(Math.addExact(latencyCycles, cost.latencyCycles()), energyPicojoules + cost.energyPicojoules(), Math.addExact(memoryReadBytes, cost.memoryReadBytes()),
					Math.addExact(memoryWriteBytes, cost.memoryWriteBytes()), Math.addExact(bufferReadBytes, cost.bufferReadBytes()), Math.addExact(bufferWriteBytes, cost.bufferWriteBytes()));
		}
	}

	/** @throws ArithmeticException if a sum does not fit into 64 bits */
	Sums sums() {
		Sums sums = new Sums(0, 0, 0, 0, 0, 0);
		for (Step step : steps) {
			sums = sums.and(step.cost());
		}
		return sums;
	}

	/** The same with everything that is known of its plans. */
	Mapping complete(CostModel model) {
		CostModel.Scratch scratch = model.scratch();
		Map<RepeatedPoint, SegmentPlan> known = new HashMap<>();
		List<Step> complete = new ArrayList<>();
		for (Step step : steps) {
			MappingPoint point = step.plan().point();
			SegmentPlan plan = known.computeIfAbsent(RepeatedPoint.of(model, point), repeated -> model.plan(point, scratch));
			complete.add(new Step(model.repeat(plan, point.first()), step.cost(), step.held()));
		}
		return new Mapping(complete);
	}

	/**
	 * One segment.
	 *
	 * @param plan what runs
	 * @param cost what it costs with its residence
	 * @param held tensors in the buffer after it
	 */
	record Step(SegmentPlan plan, SegmentCost cost, Held held) {
	}
}
