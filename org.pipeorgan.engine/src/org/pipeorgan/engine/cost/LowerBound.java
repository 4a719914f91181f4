package org.pipeorgan.engine.cost;

import org.pipeorgan.engine.hardware.Accelerator;
import org.pipeorgan.engine.hardware.Rational;
import org.pipeorgan.engine.workload.Operator;
import org.pipeorgan.engine.workload.Workload;

/**
 * What no mapping can beat: the larger of the lane operations of all operators over the array's lanes and compulsory bytes (all
 * weights, network inputs and network outputs, once each) over the memory's bandwidth. Every lane operation occupies a lane of one PE
 * for a cycle in any mapping, those of operators that do not multiply too.
 *
 * @param cycles      cycles, rounded up
 * @param memoryBytes compulsory bytes
 */
public record LowerBound(long cycles, long memoryBytes) {

	/** The bound for a workload, whose precisions must be settled, on an accelerator. */
	public static LowerBound of(Workload workload, Accelerator accelerator) {
		long bytes = workload.compulsoryBytes();
		long work = workload.operators().stream().mapToLong(Operator::work).reduce(0, Math::addExact);
		long compute = Math.ceilDiv(work, accelerator.peakMacsPerCycle());
		long memory = Rational.of(bytes).dividedBy(accelerator.memoryBandwidth()).ceil();
		return new LowerBound(Math.max(compute, memory), bytes);
	}
}
