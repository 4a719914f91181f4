package org.pipeorgan.dsl.cli;

import java.util.Locale;

import org.pipeorgan.engine.result.Comparison;
import org.pipeorgan.engine.result.InfeasibleRun;
import org.pipeorgan.engine.result.RunResult;
import org.pipeorgan.engine.result.StudyResult;

/** A study's result in a few lines of text. */
public final class ResultTable {
	private ResultTable() {
	}

	/** One line a run: latency, speed-up against the baseline, distance from the lower bound. */
	public static String of(StudyResult result) {
		TextTable table = new TextTable(4, "workload", "accelerator", "interconnect", "policy", "cycles", "time", "speedup", "x bound");
		for (RunResult run : result.runs()) {
			table.add(run.workloadLabel(), run.accelerator(), run.interconnect(), run.policy() + (run.restricted() ? " (restricted)" : ""),
					String.format(Locale.ROOT, "%,d", run.latencyCycles()), time(run.latencySeconds()), speedup(result, run),
					run.lowerBoundCycles() > 0 ? String.format(Locale.ROOT, "%.2f", (double) run.latencyCycles() / run.lowerBoundCycles()) : "-");
		}
		for (InfeasibleRun run : result.infeasible()) {
			table.add(run.workloadLabel(), run.accelerator(), run.interconnect(), run.policy() + (run.restricted() ? " (restricted)" : ""), "infeasible", "-", "-", "-");
		}
		StringBuilder text = new StringBuilder("study " + result.study() + ", objective " + result.objective() + "\n" + table);
		result.infeasible().stream().map(InfeasibleRun::reason).distinct().forEach(reason -> text.append("infeasible: ").append(reason).append('\n'));
		if (!result.comparisons().isEmpty()) {
			Comparison first = result.comparisons().get(0);
			String baseline = first.baseline() + " on " + first.baselineInterconnect();
			text.append("speedup against ").append(baseline).append("; x bound: cycles over the lower bound of any mapping\n");
			if (result.comparisons().stream().anyMatch(c -> c.perWorkload().size() > 1)) {
				text.append("\ngeometric means over the workloads, against ").append(baseline).append("\n").append(means(result))
						.append("ceiling: the baseline over the lower bound; share: log(speedup) over log(ceiling)\n");
			}
		}
		return text.toString();
	}

	private static TextTable means(StudyResult result) {
		TextTable table = new TextTable(3, "accelerator", "interconnect", "policy", "workloads", "speedup", "ceiling", "share", "energy", "memory traffic");
		for (Comparison comparison : result.comparisons()) {
			table.add(comparison.accelerator(), comparison.interconnect(), comparison.policy(), Integer.toString(comparison.perWorkload().size()),
					ratio(comparison.speedupGeomean()), ratio(comparison.ceilingGeomean()), String.format(Locale.ROOT, "%.0f%%", 100 * comparison.shareOfRoom()),
					ratio(comparison.energyRatioGeomean()), ratio(comparison.memoryRatioGeomean()));
		}
		return table;
	}

	private static String ratio(double value) {
		return String.format(Locale.ROOT, "%.3f", value);
	}

	private static String speedup(StudyResult result, RunResult run) {
		for (Comparison comparison : result.comparisons()) {
			if (comparison.accelerator().equals(run.accelerator()) && comparison.policy().equals(run.policy())
					&& comparison.interconnect().equals(run.interconnect()) && comparison.perWorkload().containsKey(run.workloadLabel())) {
				return String.format(Locale.ROOT, "%.2f", comparison.perWorkload().get(run.workloadLabel()).speedup());
			}
		}
		return result.comparisons().stream().anyMatch(c -> c.baseline().equals(run.policy()) && c.baselineInterconnect().equals(run.interconnect())) ? "1.00"
				: "-";
	}

	private static String time(double seconds) {
		String[] units = { "s", "ms", "us", "ns" };
		double value = seconds;
		int unit = 0;
		while (value < 1 && unit < units.length - 1) {
			value *= 1000;
			unit++;
		}
		return String.format(Locale.ROOT, "%.2f %s", value, units[unit]);
	}
}
