package org.pipeorgan.engine.result;

import java.util.Map;
import java.util.TreeMap;

/**
 * A policy on an interconnect against the study's baseline, over all workloads of one accelerator. Ratios are baseline
 * over policy: above 1 the policy is better.
 *
 * @param accelerator          name of the accelerator
 * @param baseline             name of the baseline policy
 * @param baselineInterconnect interconnect of the baseline
 * @param policy               name of the policy
 * @param interconnect         interconnect of the policy
 * @param speedupGeomean       geometric mean of the latency ratios
 * @param ceilingGeomean       geometric mean of baseline latency over lower bound: the most that any mapping could win
 * @param energyRatioGeomean   geometric mean of the energy ratios
 * @param memoryRatioGeomean   geometric mean of the ratios of bytes to and from memory
 * @param perWorkload          ratios of each workload, by {@link RunResult#workloadLabel()}, sorted
 */
public record Comparison(String accelerator, String baseline, String baselineInterconnect, String policy, String interconnect,
		double speedupGeomean, double ceilingGeomean, double energyRatioGeomean, double memoryRatioGeomean,
		Map<String, Ratios> perWorkload) {

	/**
	 * Ratios for one workload.
	 *
	 * @param speedup     latency of the baseline over latency of the policy
	 * @param ceiling     latency of the baseline over the lower bound
	 * @param energyRatio energy of the baseline over energy of the policy
	 * @param memoryRatio memory bytes of the baseline over memory bytes of the policy
	 */
	public record Ratios(double speedup, double ceiling, double energyRatio, double memoryRatio) {
	}

	/**
	 * The part of the room above the baseline that the policy takes: log(speedup) over log(ceiling), of the geometric means. 1 is the lower bound,
	 * 0 the baseline; 0 too where there is no room.
	 */
	public double shareOfRoom() {
		return ceilingGeomean <= 1 ? 0 : Math.log(speedupGeomean) / Math.log(ceilingGeomean);
	}

	/** Copies and sorts its map. */
	public Comparison {
		perWorkload = java.util.Collections.unmodifiableMap(new TreeMap<>(perWorkload));
	}
}
