package org.pipeorgan.dsl.sweep;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.pipeorgan.engine.exploration.Column;
import org.pipeorgan.engine.exploration.PointResult;
import org.pipeorgan.engine.exploration.Totals;

/** Points as rows: their numbers, their properties, and what they come to; units in the names of columns. */
public final class PointTable {
	private final List<String> titles = new ArrayList<>(List.of("point", "status", "front"));

	/** @param columns properties of every point */
	public PointTable(List<Column> columns) {
		columns.forEach(column -> titles.add(column.name() + (column.unit() == null || column.unit().isEmpty() ? "" : " [" + column.unit() + "]")));
		titles.addAll(Totals.NAMES);
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
		cells.addAll(result.totals() == null ? Collections.nCopies(Totals.NAMES.size(), null) : result.totals().values());
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
