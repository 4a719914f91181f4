package org.pipeorgan.dsl.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import org.apache.commons.csv.CSVPrinter;
import org.pipeorgan.dsl.pipeorgan.Format;
import org.pipeorgan.dsl.sweep.PointTable;
import org.pipeorgan.dsl.sweep.SweepPage;
import org.pipeorgan.dsl.sweep.SweepSummary;
import org.pipeorgan.engine.exploration.PointStore;
import org.pipeorgan.engine.report.SweepReport;

/** The files that a sweep writes beside its store. */
final class SweepFiles {
	private SweepFiles() {
	}

	/** Writes what the study asks for, each file whole or not at all. @return their names */
	static List<String> write(Path folder, SweepSummary summary, PointStore store) {
		List<Format> asked = summary.sweep().study().getFormats();
		Set<Format> formats = asked.isEmpty() ? EnumSet.of(Format.HTML, Format.CSV) : EnumSet.copyOf(asked);
		List<String> written = new ArrayList<>();
		if (formats.contains(Format.HTML) || formats.contains(Format.JSON)) {
			SweepReport.Content content = SweepPage.of(summary, store);
			if (formats.contains(Format.HTML)) {
				AtomicFiles.write(folder.resolve("report.html"), SweepReport.write(content));
				written.add("report.html");
			}
			if (formats.contains(Format.JSON)) {
				AtomicFiles.write(folder.resolve("front.json"), SweepReport.writeFront(content));
				written.add("front.json");
			}
		}
		if (formats.contains(Format.CSV)) {
			PointTable table = new PointTable(summary.sweep().columns());
			AtomicFiles.write(folder.resolve("points.csv"), text -> {
				try (CSVPrinter csv = table.csv(text)) {
					store.forEach((planned, result) -> {
						try {
							csv.printRecord(table.cells(result, summary.isOnFront(result.point())));
						} catch (IOException e) {
							throw new UncheckedIOException(e);
						}
					});
				}
			});
			written.add("points.csv");
		}
		return written;
	}
}
