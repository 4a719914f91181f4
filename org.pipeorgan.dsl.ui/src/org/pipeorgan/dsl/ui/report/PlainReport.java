package org.pipeorgan.dsl.ui.report;

import java.util.Locale;
import org.pipeorgan.dsl.cli.ResultTable;
import org.pipeorgan.engine.result.RunResult;
import org.pipeorgan.engine.result.SegmentResult;
import org.pipeorgan.engine.result.StudyResult;

/** A result as text, for platforms without a browser: the table that the command line prints, and the segments of each run. */
final class PlainReport {
	private PlainReport() {
	}

	/** The text. */
	static String of(StudyResult result) {
		StringBuilder text = new StringBuilder(ResultTable.of(result));
		for (RunResult run : result.runs()) {
			text.append(String.format(Locale.ROOT, "%n%s on %s with %s: %s%n", run.workloadLabel(), run.accelerator(), run.interconnect(), run.policy()));
			text.append(String.format(Locale.ROOT, "  %-46s %12s  %-20s %s%n", "operators", "cycles", "organization", "bound by"));
			for (SegmentResult segment : run.segments()) {
				String names = segment.operators().get(0) + (segment.depth() == 1 ? "" : " .. " + segment.operators().get(segment.depth() - 1));
				text.append(String.format(Locale.ROOT, "  %-46s %,12d  %-20s %s%n", names, segment.latencyCycles(), segment.organization(), segment.bottleneck()));
			}
		}
		return text.toString();
	}
}
