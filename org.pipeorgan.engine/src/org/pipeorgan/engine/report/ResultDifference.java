package org.pipeorgan.engine.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

import org.pipeorgan.engine.result.RunResult;
import org.pipeorgan.engine.result.StudyResult;

/**
 * What changed from one result to another, run by run. Runs are the same if workload, accelerator, interconnect and policy are.
 *
 * @param changes every metric that differs, in the order of the first result
 * @param missing runs of the first result that the second does not have
 * @param added   runs of the second result that the first does not have
 */
public record ResultDifference(List<Change> changes, List<String> missing, List<String> added) {
	/** What is compared; of each, more is worse. */
	private static final Map<String, ToDoubleFunction<RunResult>> METRICS = new LinkedHashMap<>();

	static {
		METRICS.put("latency_cycles", RunResult::latencyCycles);
		METRICS.put("energy_picojoules", RunResult::energyPicojoules);
		METRICS.put("memory_bytes", RunResult::memoryBytes);
	}

	/**
	 * A metric of a run that differs.
	 *
	 * @param run    the run, for people
	 * @param metric its name, with its unit, as in the file
	 * @param before its value in the first result
	 * @param after  its value in the second
	 */
	public record Change(String run, String metric, double before, double after) {
		/** By how much it is larger, and so worse, as a part of what it was; infinite if it was 0. */
		public double increase() {
			return before == 0 ? Double.POSITIVE_INFINITY : after / before - 1;
		}
	}

	/** Copies its lists. */
	public ResultDifference {
		changes = List.copyOf(changes);
		missing = List.copyOf(missing);
		added = List.copyOf(added);
	}

	/** Compares two results. */
	public static ResultDifference of(StudyResult before, StudyResult after) {
		Map<String, RunResult> first = byName(before);
		Map<String, RunResult> second = byName(after);
		List<Change> changes = new ArrayList<>();
		first.forEach((name, run) -> {
			RunResult other = second.get(name);
			METRICS.forEach((metric, value) -> {
				if (other != null && value.applyAsDouble(run) != value.applyAsDouble(other)) {
					changes.add(new Change(name, metric, value.applyAsDouble(run), value.applyAsDouble(other)));
				}
			});
		});
		return new ResultDifference(changes, first.keySet().stream().filter(name -> !second.containsKey(name)).toList(),
				second.keySet().stream().filter(name -> !first.containsKey(name)).toList());
	}

	/** The changes for the worse by more than a part, such as 0.02. */
	public List<Change> regressions(double above) {
		return changes.stream().filter(change -> change.increase() > above).toList();
	}

	private static Map<String, RunResult> byName(StudyResult result) {
		Map<String, RunResult> runs = new LinkedHashMap<>();
		result.runs().forEach(run -> runs.put(run.workloadLabel() + " on " + run.accelerator() + " with " + run.interconnect() + ": " + run.policy(), run));
		return runs;
	}
}
