package org.pipeorgan.engine.exploration;

import java.io.Serializable;
import java.util.List;

/**
 * What one design comes to on all its workloads, each run once: sums over them.
 *
 * @param latencyCycles         cycles
 * @param latencySeconds        seconds at the accelerator's clock
 * @param energyPicojoules      energy, pJ
 * @param memoryReadBytes       bytes read from memory
 * @param memoryWriteBytes      bytes written to memory
 * @param bufferReadBytes       bytes read from the global buffer
 * @param bufferWriteBytes      bytes written to the global buffer
 * @param macs                  multiply-accumulates
 * @param lowerBoundCycles      cycles that any mappings need at least
 * @param lowerBoundMemoryBytes bytes that any mappings move to and from memory at least
 * @param segments              segments of the mappings
 * @param deepestSegment        operators of the deepest segment
 */
public record Totals(long latencyCycles, double latencySeconds, double energyPicojoules, long memoryReadBytes, long memoryWriteBytes, long bufferReadBytes,
		long bufferWriteBytes, long macs, long lowerBoundCycles, long lowerBoundMemoryBytes, int segments, int deepestSegment) implements Serializable {

	/** Names of the numbers in stores and tables, with their units, in the order of {@link #values}. */
	public static final List<String> NAMES = List.of("latency_cycles", "latency_seconds", "energy_picojoules", "memory_read_bytes", "memory_write_bytes", "buffer_read_bytes",
			"buffer_write_bytes", "macs", "lower_bound_cycles", "lower_bound_memory_bytes", "segments", "deepest_segment");

	/** All numbers. */
	public List<Number> values() {
		return List.of(latencyCycles, latencySeconds, energyPicojoules, memoryReadBytes, memoryWriteBytes, bufferReadBytes, bufferWriteBytes, macs, lowerBoundCycles, lowerBoundMemoryBytes,
				segments, deepestSegment);
	}

	/** Bytes to and from memory. */
	public long memoryBytes() {
		return memoryReadBytes + memoryWriteBytes;
	}

	/** Sums, in the order of the list, so that they are the same wherever they are made; of one the same numbers. */
	public static Totals sum(List<Totals> parts) {
		Totals sum = parts.get(0);
		for (Totals part : parts.subList(1, parts.size())) {
			sum = new Totals(Math.addExact(sum.latencyCycles, part.latencyCycles), sum.latencySeconds + part.latencySeconds, sum.energyPicojoules + part.energyPicojoules,
					Math.addExact(sum.memoryReadBytes, part.memoryReadBytes), Math.addExact(sum.memoryWriteBytes, part.memoryWriteBytes),
					Math.addExact(sum.bufferReadBytes, part.bufferReadBytes), Math.addExact(sum.bufferWriteBytes, part.bufferWriteBytes), Math.addExact(sum.macs, part.macs),
					Math.addExact(sum.lowerBoundCycles, part.lowerBoundCycles), Math.addExact(sum.lowerBoundMemoryBytes, part.lowerBoundMemoryBytes),
					sum.segments + part.segments, Math.max(sum.deepestSegment, part.deepestSegment));
		}
		return sum;
	}
}
