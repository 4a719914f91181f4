package org.pipeorgan.engine.cost;

import org.pipeorgan.engine.hardware.Accelerator;
import org.pipeorgan.engine.hardware.Rational;
import org.pipeorgan.engine.workload.Workload;

/**
 * What no mapping can beat: the larger of MACs over the array's peak and compulsory bytes (all weights, network inputs
 * and network outputs, once each) over the memory's bandwidth.
 *
 * @param cycles      cycles, rounded up
 * @param memoryBytes compulsory bytes
 */
public record LowerBound(long cycles, long memoryBytes) {

	/** The bound for a workload, whose precisions must be settled, on an accelerator. */
	public static LowerBound of(Workload workload, Accelerator accelerator) {
		long bytes = workload.compulsoryBytes();
		long compute = Math.ceilDiv(workload.macs(), accelerator.peakMacsPerCycle());
		long memory = Rational.of(bytes).dividedBy(accelerator.memoryBandwidth()).ceil();
		return new LowerBound(Math.max(compute, memory), bytes);
	}
}
