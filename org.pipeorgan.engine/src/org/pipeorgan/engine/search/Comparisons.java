package org.pipeorgan.engine.search;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

import org.pipeorgan.engine.result.Comparison;
import org.pipeorgan.engine.result.RunResult;

/** Puts the runs of a study against its baseline: one comparison for each accelerator, policy and interconnect. */
final class Comparisons {
	private Comparisons() {
	}

	/** The comparisons of a study; none if it names no baseline. A workload counts where both have a mapping. */
	static List<Comparison> of(Study study, List<RunResult> runs) {
		if (study.baseline() == null) {
			return List.of();
		}
		String onInterconnect = study.baselineInterconnect() != null ? study.baselineInterconnect() : study.targets().get(0).interconnect().name();
		record Group(String accelerator, String policy, String interconnect) {
		}
		Map<String, RunResult> baselines = new LinkedHashMap<>();
		Map<Group, List<RunResult>> groups = new LinkedHashMap<>();
		for (RunResult run : runs) {
			boolean baseline = run.policy().equals(study.baseline().name()) && run.interconnect().equals(onInterconnect);
			if (baseline) {
				baselines.put(run.accelerator() + "\n" + run.workloadLabel(), run);
			} else {
				groups.computeIfAbsent(new Group(run.accelerator(), run.policy(), run.interconnect()), g -> new ArrayList<>()).add(run);
			}
		}
		List<Comparison> comparisons = new ArrayList<>();
		groups.forEach((group, members) -> {
			Map<String, Comparison.Ratios> ratios = new LinkedHashMap<>();
			for (RunResult run : members) {
				RunResult baseline = baselines.get(run.accelerator() + "\n" + run.workloadLabel());
				if (baseline != null) {
					ratios.put(run.workloadLabel(), new Comparison.Ratios((double) baseline.latencyCycles() / run.latencyCycles(),
							(double) baseline.latencyCycles() / run.lowerBoundCycles(), baseline.energyPicojoules() / run.energyPicojoules(),
							(double) baseline.memoryBytes() / run.memoryBytes()));
				}
			}
			if (!ratios.isEmpty()) {
				comparisons.add(new Comparison(group.accelerator(), study.baseline().name(), onInterconnect, group.policy(), group.interconnect(),
						geomean(ratios, Comparison.Ratios::speedup), geomean(ratios, Comparison.Ratios::ceiling),
						geomean(ratios, Comparison.Ratios::energyRatio), geomean(ratios, Comparison.Ratios::memoryRatio), ratios));
			}
		});
		return comparisons;
	}

	private static double geomean(Map<String, Comparison.Ratios> ratios, ToDoubleFunction<Comparison.Ratios> of) {
		return Math.exp(ratios.values().stream().mapToDouble(r -> Math.log(of.applyAsDouble(r))).average().orElseThrow());
	}
}
