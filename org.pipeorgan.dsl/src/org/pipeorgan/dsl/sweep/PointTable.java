package org.pipeorgan.dsl.sweep;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.pipeorgan.engine.exploration.Column;
import org.pipeorgan.engine.exploration.PointResult;
import org.pipeorgan.engine.exploration.Totals;

/** Points as rows: their numbers, their properties, and what they come to; units in the names of columns. */
public final class PointTable {
	private static final List<String> TOTALS = List.of("latency_cycles", "latency_seconds", "energy_picojoules", "memory_read_bytes", "memory_write_bytes", "buffer_read_bytes",
			"buffer_write_bytes", "macs", "lower_bound_cycles", "lower_bound_memory_bytes", "segments", "deepest_segment");
	private final List<String> titles = new ArrayList<>(List.of("point", "status", "front"));

	/** @param columns properties of every point */
	public PointTable(List<Column> columns) {
		columns.forEach(column -> titles.add(column.name() + (column.unit() == null || column.unit().isEmpty() ? "" : " [" + column.unit() + "]")));
		titles.addAll(TOTALS);
		titles.add("message");
	}

	/** Titles of the cells. */
	public List<String> titles() {
		return List.copyOf(titles);
	}

	/** The cells of a point: numbers, texts, or {@code null}. @param front whether it is on the front */
	public List<Object> cells(PointResult result, boolean front) {
		List<Object> cells = new ArrayList<>();
		cells.add(result.point());
		cells.add(result.status().keyword());
		cells.add(front ? 1 : 0);
		cells.addAll(result.properties());
		Totals totals = result.totals();
		if (totals == null) {
			TOTALS.forEach(title -> cells.add(null));
		} else {
			cells.addAll(List.of(totals.latencyCycles(), totals.latencySeconds(), totals.energyPicojoules(), totals.memoryReadBytes(), totals.memoryWriteBytes(),
					totals.bufferReadBytes(), totals.bufferWriteBytes(), totals.macs(), totals.lowerBoundCycles(), totals.lowerBoundMemoryBytes(), totals.segments(),
					totals.deepestSegment()));
		}
		cells.add(result.message());
		return cells;
	}

	/** A printer of rows, RFC 4180, with line feeds; the titles are printed. */
	public CSVPrinter csv(Appendable text) {
		try {
			return new CSVPrinter(text, CSVFormat.RFC4180.builder().setRecordSeparator("\n").setHeader(titles.toArray(String[]::new)).get());
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}
}
