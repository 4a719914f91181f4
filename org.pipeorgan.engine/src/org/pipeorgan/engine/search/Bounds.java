package org.pipeorgan.engine.search;

import org.pipeorgan.engine.cost.CostModel;
import org.pipeorgan.engine.workload.Operator;
import org.pipeorgan.engine.workload.Workload;

/**
 * How much time a segment may take at most if the mapping is still to beat a known one: the known mapping's cycles less
 * what the operators before took at least and what those behind must take at least. Only latency is bounded; for other
 * objectives, or without a known mapping, there is no limit.
 */
final class Bounds {
	private final long unitsPerCycle;
	private final long known;
	private final long[] behind;
	private long before;

	Bounds(CostModel model, Objective objective, Mapping incumbent) {
		unitsPerCycle = model.unitsPerCycle();
		known = incumbent == null || objective != Objective.LATENCY ? Long.MAX_VALUE
				: incumbent.steps().stream().mapToLong(s -> s.cost().latencyCycles()).sum();
		Workload workload = model.workload();
		int operators = workload.operators().size();
		behind = new long[operators + 1];
		long work = 0;
		for (int i = operators - 1; i >= 0; i--) {
			Operator operator = workload.operators().get(i);
			work = Math.addExact(work, operator.work());
			behind[i] = Math.ceilDiv(work, model.accelerator().peakMacsPerCycle());
		}
	}

	/** The search stands at a cut that cannot be reached in fewer cycles. */
	void reach(long cycles) {
		before = cycles;
	}

	/** Units of time that a segment from there to {@code end} may compute at most. */
	long budget(int end) {
		return known == Long.MAX_VALUE ? Long.MAX_VALUE : Math.max(0, known - before - behind[end]) * unitsPerCycle;
	}
}
