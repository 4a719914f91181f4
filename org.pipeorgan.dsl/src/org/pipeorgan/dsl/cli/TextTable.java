package org.pipeorgan.dsl.cli;

import java.util.ArrayList;
import java.util.List;

/** Rows of text in columns of equal width: the first ones to the left, the others, of numbers, to the right. */
final class TextTable {
	private final int textColumns;
	private final List<List<String>> rows = new ArrayList<>();

	/** @param textColumns columns of text before those of numbers */
	TextTable(int textColumns, String... titles) {
		this.textColumns = textColumns;
		rows.add(List.of(titles));
	}

	/** Adds a row, with a cell for each title. */
	void add(String... cells) {
		rows.add(List.of(cells));
	}

	@Override
	public String toString() {
		int[] width = new int[rows.get(0).size()];
		rows.forEach(row -> {
			for (int i = 0; i < width.length; i++) {
				width[i] = Math.max(width[i], row.get(i).length());
			}
		});
		StringBuilder text = new StringBuilder();
		for (List<String> row : rows) {
			StringBuilder line = new StringBuilder();
			for (int i = 0; i < width.length; i++) {
				String padding = " ".repeat(width[i] - row.get(i).length());
				line.append(i == 0 ? "" : "  ").append(i < textColumns ? row.get(i) + padding : padding + row.get(i));
			}
			text.append(line.toString().stripTrailing()).append("\n");
		}
		return text.toString();
	}
}
