package org.pipeorgan.engine.result;

import java.util.List;

/**
 * What the simulator saw of a run.
 *
 * @param segmentCycles cycles of each segment, in order of execution; empty if the run could not be simulated
 * @param unable        why it could not, for people; empty if it could
 */
public record Simulation(List<Long> segmentCycles, String unable) {

	/** Copies its list. */
	public Simulation {
		segmentCycles = List.copyOf(segmentCycles);
	}

	/** Whether there is something to compare. */
	public boolean isDone() {
		return unable.isEmpty();
	}

	/** Cycles of all segments together. */
	public long latencyCycles() {
		return segmentCycles.stream().mapToLong(Long::longValue).sum();
	}

	/** By how much a number of simulated cycles is above that of the model, as a part of the latter. */
	public static double deviation(long simulated, long model) {
		return model == 0 ? 0 : (double) simulated / model - 1;
	}
}
