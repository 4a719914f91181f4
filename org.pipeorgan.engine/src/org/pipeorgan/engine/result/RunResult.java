package org.pipeorgan.engine.result;

import java.util.List;

/**
 * One workload mapped on one accelerator with one interconnect by one policy.
 *
 * @param workload              name of the workload
 * @param form                  reading of the workload, or empty
 * @param accelerator           name of the accelerator
 * @param rows                  rows of its PE array
 * @param columns               columns of its PE array
 * @param peakMacsPerCycle      multiply-accumulates of the whole array in a cycle
 * @param memoryBytesPerCycle   memory bandwidth, bytes a cycle, reads and writes together
 * @param interconnect          name of the interconnect
 * @param policy                name of the policy
 * @param restricted            whether the policy is kept from its best choices, so that a comparison with it must say so
 * @param macs                  multiply-accumulates
 * @param latencyCycles         cycles, the sum over the segments
 * @param latencySeconds        seconds at the accelerator's clock
 * @param energyPicojoules      energy, pJ
 * @param memoryReadBytes       bytes read from memory
 * @param memoryWriteBytes      bytes written to memory
 * @param bufferReadBytes       bytes read from the global buffer
 * @param bufferWriteBytes      bytes written to the global buffer
 * @param nocByteHops           bytes times hops between routers
 * @param maxLinkLoadCycles     the largest of its segments'
 * @param peUtilization         MACs over latency times the array's peak, 0 to 1
 * @param lowerBoundCycles      cycles that any mapping needs at least
 * @param lowerBoundMemoryBytes bytes that any mapping moves to and from memory at least
 * @param search                what the search did
 * @param segments              in order of execution
 * @param simulation            what the simulator saw; {@code null} if it was not asked
 */
public record RunResult(String workload, String form, String accelerator, int rows, int columns, long peakMacsPerCycle,
		double memoryBytesPerCycle, String interconnect, String policy, boolean restricted, long macs, long latencyCycles, double latencySeconds, double energyPicojoules, long memoryReadBytes, long memoryWriteBytes,
		long bufferReadBytes, long bufferWriteBytes, long nocByteHops, double maxLinkLoadCycles, double peUtilization, long lowerBoundCycles,
		long lowerBoundMemoryBytes, SearchEffort search, List<SegmentResult> segments, Simulation simulation) {

	/** Copies its list. */
	public RunResult {
		segments = List.copyOf(segments);
	}

	/** The same run with what the simulator saw of it. */
	public RunResult with(Simulation seen) {
		return new RunResult(workload, form, accelerator, rows, columns, peakMacsPerCycle, memoryBytesPerCycle, interconnect, policy, restricted, macs, latencyCycles,
				latencySeconds, energyPicojoules, memoryReadBytes, memoryWriteBytes, bufferReadBytes, bufferWriteBytes, nocByteHops, maxLinkLoadCycles, peUtilization,
				lowerBoundCycles, lowerBoundMemoryBytes, search, segments, seen);
	}

	/** Name of the workload with its form: {@code structured.ES_RITNet}. */
	public String workloadLabel() {
		return form.isEmpty() ? workload : form + "." + workload;
	}

	/** Bytes to and from memory. */
	public long memoryBytes() {
		return memoryReadBytes + memoryWriteBytes;
	}
}
