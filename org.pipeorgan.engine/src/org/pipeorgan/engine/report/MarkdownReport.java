package org.pipeorgan.engine.report;

import java.util.List;
import java.util.Locale;

import org.pipeorgan.engine.result.Comparison;
import org.pipeorgan.engine.result.InfeasibleRun;
import org.pipeorgan.engine.result.RunResult;
import org.pipeorgan.engine.result.StudyResult;

/** Writes {@code report.md}: the tables of a study in the Markdown of code-review systems, for pull requests. Same result, same bytes. */
public final class MarkdownReport {
	private MarkdownReport() {
	}

	/** The text of the file. */
	public static String write(StudyResult result) {
		StringBuilder text = new StringBuilder("# Study " + escape(result.study()) + "\n\nObjective: " + result.objective() + ".\n");
		if (!result.comparisons().isEmpty()) {
			Comparison any = result.comparisons().get(0);
			text.append("\n## Against ").append(escape(any.baseline())).append(" on ").append(escape(any.baselineInterconnect())).append("\nGeometric means over the workloads, baseline over policy; ")
					.append("the ceiling is the most that any mapping could win.\n\n");
			row(text, List.of("accelerator", "policy", "interconnect", "speedup", "ceiling", "energy", "memory traffic"));
			row(text, List.of("---", "---", "---", "---:", "---:", "---:", "---:"));
			for (Comparison c : result.comparisons()) {
				row(text, List.of(escape(c.accelerator()), escape(c.policy()), escape(c.interconnect()), ratio(c.speedupGeomean()), ratio(c.ceilingGeomean()), ratio(c.energyRatioGeomean()),
						ratio(c.memoryRatioGeomean())));
			}
		}
		text.append("\n## Runs\n\n");
		row(text, List.of("workload", "accelerator", "interconnect", "policy", "cycles", "x lower bound", "energy (pJ)", "memory (B)", "segments", "bound by (longest segment)"));
		row(text, List.of("---", "---", "---", "---", "---:", "---:", "---:", "---:", "---:", "---"));
		for (RunResult run : result.runs()) {
			String bound = run.segments().stream().max((a, b) -> Long.compare(a.latencyCycles(), b.latencyCycles())).map(segment -> escape(segment.bottleneck())).orElse("");
			row(text, List.of(escape(run.workloadLabel()), escape(run.accelerator()), escape(run.interconnect()), escape(run.policy()) + (run.restricted() ? " (restricted)" : ""),
					whole(run.latencyCycles()), run.lowerBoundCycles() > 0 ? ratio((double) run.latencyCycles() / run.lowerBoundCycles()) : "", whole(run.energyPicojoules()),
					whole(run.memoryBytes()), whole(run.segments().size()), bound));
		}
		if (!result.infeasible().isEmpty()) {
			text.append("\n## Runs without a mapping\n\n");
			row(text, List.of("workload", "accelerator", "interconnect", "policy", "reason"));
			row(text, List.of("---", "---", "---", "---", "---"));
			for (InfeasibleRun run : result.infeasible()) {
				row(text, List.of(escape(run.workloadLabel()), escape(run.accelerator()), escape(run.interconnect()), escape(run.policy()) + (run.restricted() ? " (restricted)" : ""),
						escape(run.reason())));
			}
		}
		return text.toString();
	}

	private static void row(StringBuilder text, List<String> cells) {
		text.append("| ").append(String.join(" | ", cells)).append(" |\n");
	}

	private static String ratio(double value) {
		return Double.isFinite(value) ? String.format(Locale.ROOT, "%.2f", value) : "";
	}

	private static String whole(double value) {
		return String.format(Locale.ROOT, "%,.0f", value);
	}

	/** Names as text: no markup, no new cell or line. */
	private static String escape(String name) {
		return name.replaceAll("[\\r\\n]+", " ").replace("&", "&amp;").replace("<", "&lt;").replaceAll("([\\\\`*_\\[\\]|#~])", "\\\\$1");
	}
}
