package org.pipeorgan.engine.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.pipeorgan.engine.result.InfeasibleRun;
import org.pipeorgan.engine.result.RunResult;
import org.pipeorgan.engine.result.StudyResult;

/** Writes {@code result.csv}: a row a run, those without a mapping last and with the reason only, units in the column names, RFC 4180 quoting, line feeds. */
public final class CsvReport {
	private CsvReport() {
	}

	/** The text of the file. */
	public static String write(StudyResult result) {
		StringBuilder text = new StringBuilder();
		CSVFormat format = CSVFormat.RFC4180.builder().setRecordSeparator("\n")
				.setHeader("workload", "form", "accelerator", "interconnect", "policy", "macs", "latency_cycles", "latency_seconds",
						"energy_picojoules", "memory_read_bytes", "memory_write_bytes", "buffer_read_bytes", "buffer_write_bytes", "noc_byte_hops",
						"max_link_load_cycles", "pe_utilization", "lower_bound_cycles", "lower_bound_memory_bytes", "segments", "deepest_segment", "simulated_cycles", "infeasible")
				.get();
		try (CSVPrinter csv = new CSVPrinter(text, format)) {
			for (RunResult run : result.runs()) {
				List<Object> row = new ArrayList<>(List.of(run.workload(), run.form(), run.accelerator(), run.interconnect(), run.policy(), run.macs(),
						run.latencyCycles(), run.latencySeconds(), run.energyPicojoules(), run.memoryReadBytes(), run.memoryWriteBytes(),
						run.bufferReadBytes(), run.bufferWriteBytes(), run.nocByteHops(), run.maxLinkLoadCycles(), run.peUtilization(),
						run.lowerBoundCycles(), run.lowerBoundMemoryBytes(), run.segments().size(),
						run.segments().stream().mapToInt(s -> s.depth()).max().orElse(0),
						run.simulation() != null && run.simulation().isDone() ? run.simulation().latencyCycles() : "", ""));
				csv.printRecord(row);
			}
			for (InfeasibleRun run : result.infeasible()) {
				List<Object> row = new ArrayList<>(List.of(run.workload(), run.form(), run.accelerator(), run.interconnect(), run.policy()));
				row.addAll(Collections.nCopies(format.getHeader().length - row.size() - 1, ""));
				row.add(run.reason());
				csv.printRecord(row);
			}
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
		return text.toString();
	}
}
