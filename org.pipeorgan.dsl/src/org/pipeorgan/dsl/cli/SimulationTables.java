package org.pipeorgan.dsl.cli;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import org.pipeorgan.engine.result.RunResult;
import org.pipeorgan.engine.result.SegmentResult;
import org.pipeorgan.engine.result.Simulation;
import org.pipeorgan.engine.result.StudyResult;

/** The cost model against the simulator, in a few tables of text. */
final class SimulationTables {
	private static final double FAR = 0.1;

	private SimulationTables() {
	}

	/** Runs, their segments if wished, and the deviations by interconnect and organization; of what there is. */
	static String of(StudyResult result, boolean segments) {
		if (result.runs().isEmpty()) {
			return "study " + result.study() + ": no run is feasible, there is nothing to simulate\n";
		}
		StringBuilder text = new StringBuilder("study " + result.study() + ": cycles of the cost model and of the simulator\n" + runs(result));
		result.runs().stream().filter(run -> !run.simulation().isDone()).map(run -> run.simulation().unable()).distinct()
				.forEach(reason -> text.append("not simulated: ").append(reason).append("\n"));
		if (result.runs().stream().noneMatch(run -> run.simulation().isDone())) {
			return text.toString();
		}
		if (segments) {
			text.append("\n").append(segments(result));
		}
		return text.append("\nsegments by interconnect and organization: how far the simulator is from the model\n").append(summary(result)).toString();
	}

	private static TextTable runs(StudyResult result) {
		TextTable table = new TextTable(4, "workload", "accelerator", "interconnect", "policy", "model", "simulated", "deviation");
		for (RunResult run : result.runs()) {
			boolean done = run.simulation().isDone();
			table.add(run.workloadLabel(), run.accelerator(), run.interconnect(), run.policy(), number(run.latencyCycles()),
					done ? number(run.simulation().latencyCycles()) : "-", done ? signed(Simulation.deviation(run.simulation().latencyCycles(), run.latencyCycles())) : "-");
		}
		return table;
	}

	private static TextTable segments(StudyResult result) {
		TextTable table = new TextTable(6, "workload", "interconnect", "policy", "first operator", "organization", "bound by", "depth", "intervals", "model", "simulated",
				"deviation");
		for (RunResult run : result.runs()) {
			for (int i = 0; i < run.simulation().segmentCycles().size(); i++) {
				SegmentResult segment = run.segments().get(i);
				long simulated = run.simulation().segmentCycles().get(i);
				table.add(run.workloadLabel(), run.interconnect(), run.policy(), segment.operators().get(0), segment.organization(), segment.bottleneck(),
						Integer.toString(segment.depth()), number(segment.intervals()), number(segment.latencyCycles()), number(simulated),
						signed(Simulation.deviation(simulated, segment.latencyCycles())));
			}
		}
		return table;
	}

	/** Median, ninth decile and largest of the absolute deviations, and how many are above a tenth. */
	private static TextTable summary(StudyResult result) {
		Map<List<String>, List<Double>> groups = new TreeMap<>((a, b) -> String.join(" ", a).compareTo(String.join(" ", b)));
		List<Double> all = new ArrayList<>();
		for (RunResult run : result.runs()) {
			for (int i = 0; i < run.simulation().segmentCycles().size(); i++) {
				SegmentResult segment = run.segments().get(i);
				double deviation = Math.abs(Simulation.deviation(run.simulation().segmentCycles().get(i), segment.latencyCycles()));
				groups.computeIfAbsent(List.of(run.interconnect(), segment.organization()), key -> new ArrayList<>()).add(deviation);
				all.add(deviation);
			}
		}
		TextTable table = new TextTable(2, "interconnect", "organization", "segments", "median", "90% within", "largest", "above 10%");
		groups.forEach((key, deviations) -> table.add(row(key.get(0), key.get(1), deviations)));
		if (!all.isEmpty()) {
			table.add(row("all", "", all));
		}
		return table;
	}

	private static String[] row(String interconnect, String organization, List<Double> deviations) {
		Collections.sort(deviations);
		return new String[] { interconnect, organization, number(deviations.size()), percent(quantile(deviations, 0.5)), percent(quantile(deviations, 0.9)),
				percent(deviations.get(deviations.size() - 1)), number(deviations.stream().filter(d -> d > FAR).count()) };
	}

	/** The smallest value that at least such a part of all values do not exceed. */
	private static double quantile(List<Double> sorted, double part) {
		return sorted.get(Math.max(0, (int) Math.ceil(part * sorted.size()) - 1));
	}

	private static String number(long value) {
		return String.format(Locale.ROOT, "%,d", value);
	}

	private static String percent(double part) {
		return String.format(Locale.ROOT, "%.1f%%", 100 * part);
	}

	private static String signed(double part) {
		return String.format(Locale.ROOT, "%+.1f%%", 100 * part);
	}
}
