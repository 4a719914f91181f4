package org.pipeorgan.engine.interconnect;

import java.util.Arrays;

import org.pipeorgan.engine.interconnect.PositionSets.PositionSet;

/**
 * Link loads of many multicasts at once. A multicast takes a tree along the row of its source, to all columns of its destinations, and from
 * there a tree along each of these columns. Trees along a row to the same columns are added up over their sources; those along neighbouring
 * columns to the same rows are kept as differences from one column to the next, and runs of links as their two ends. What is left to do for
 * each single link is two sums, once for a group of multicasts. Not safe for many threads.
 */
final class MulticastTrees {
	/** Told of the load of each link that is used. */
	interface LoadVisitor {
		/** @param units its load, above 0 */
		void visit(int link, long units);
	}

	/** Trees along one row to one set of columns. */
	private static final class Row {
		int row;
		PositionSet columns;
		final long[] units;
		int low;
		int high;
		/** Another one along the same row; {@code null} if there is none. */
		Row next;

		Row(int size) {
			units = new long[size];
		}
	}

	private final Network network;
	private final Line alongRow;
	private final Line alongColumn;
	private final int columns;
	private final int columnWords;
	private final PositionSets columnSets;
	private final PositionSets rowSets;
	private final long[] columnBits;
	private final long[] rowBits;
	private final long[] anyRow;
	private final long[] ports;
	private final int[] usedPorts;
	private int usedPortCount;
	private final int[] portStamp;
	private int stamp = 1;

	private Row[] rows = new Row[0];
	private int rowCount;
	/** For each row the last that was made along it; {@code null} if there is none. */
	private final Row[] alike;
	private int[] rowTable = new int[1024];
	private final Lines rowLoads;
	private final Lines columnLoads;
	private final long[] running;
	private int firstColumn = Integer.MAX_VALUE;
	private int lastColumn = -1;
	private final long[] sourceUnits;
	private long total;

	private int[] runFrom = new int[16];
	private int[] runTo = new int[16];
	private PositionSet[] runRows = new PositionSet[16];
	private int runs;

	private int longest;

	/**
	 * Loads of the links of a line, or differences of them from one line to the next: of links that are taken in runs, differences from one link
	 * to the next. Only what lies between the first and the last link that was taken of either direction, and of the single links, is looked at.
	 */
	private static final class Lines implements Line.Links {
		private final Line line;
		final long[] loads;
		private final int[] low = new int[3];
		private final int[] high = new int[3];
		/** Where the line that is added to begins; where the next one but a run of equal ones does. */
		int from;
		int end;

		Lines(Line line, int lines) {
			this.line = line;
			loads = new long[lines * line.links()];
			end = loads.length;
			clear();
		}

		void clear() {
			Arrays.fill(low, Integer.MAX_VALUE);
			Arrays.fill(high, -1);
		}

		@Override
		public void run(int first, int last, long units) {
			int direction = first < line.run() ? 0 : 1;
			low[direction] = Math.min(low[direction], first);
			high[direction] = Math.max(high[direction], last);
			put(first, units);
			if (last + 1 != (direction + 1) * line.run()) {
				put(last + 1, -units);
			}
		}

		@Override
		public void add(int link, long units) {
			low[2] = Math.min(low[2], link);
			high[2] = Math.max(high[2], link);
			put(link, units);
		}

		private void put(int link, long units) {
			loads[from + link] += units;
			if (end < loads.length) {
				loads[end + link] -= units;
			}
		}

		/** Hands out the loads of a line that begins at {@code at}, and forgets them; {@code running} holds those of the line before it, and then its own. */
		void settle(int at, long[] running, int base, LoadVisitor visitor) {
			for (int direction = 0; direction < 3; direction++) {
				long load = 0;
				for (int link = low[direction]; link <= high[direction]; link++) {
					running[link] += loads[at + link];
					loads[at + link] = 0;
					load = direction < 2 ? load + running[link] : running[link];
					if (load != 0) {
						visitor.visit(base + link, load);
					}
				}
				rest(direction, at, running);
			}
		}

		/** The end of a run lies behind its last link. */
		private void rest(int direction, int at, long[] running) {
			int behind = high[direction] + 1;
			if (direction < 2 && behind > 0 && behind < (direction + 1) * line.run()) {
				running[behind] += loads[at + behind];
				loads[at + behind] = 0;
			}
		}

		/** Forgets a line that begins at {@code at}, and what is known of the one before it. */
		void forget(int at, long[] running) {
			for (int direction = 0; direction < 3; direction++) {
				int last = Math.min(high[direction] + 1, line.links() - 1);
				for (int link = low[direction]; link <= last; link++) {
					running[link] = 0;
					if (at < loads.length) {
						loads[at + link] = 0;
					}
				}
			}
			clear();
		}
	}

	MulticastTrees(Network network) {
		this.network = network;
		alongRow = network.alongRow();
		alongColumn = network.alongColumn();
		columns = alongRow.size();
		columnWords = PositionSets.words(alongColumn);
		columnSets = new PositionSets(alongRow);
		rowSets = new PositionSets(alongColumn);
		columnBits = new long[PositionSets.words(alongRow)];
		rowBits = new long[columns * columnWords];
		anyRow = new long[columnWords];
		alike = new Row[alongColumn.size()];
		ports = new long[network.links() - network.routerLinks()];
		usedPorts = new int[ports.length];
		portStamp = new int[ports.length];
		rowLoads = new Lines(alongRow, 1);
		columnLoads = new Lines(alongColumn, alongColumn.links() == 0 ? 0 : columns);
		running = new long[Math.max(alongRow.links(), alongColumn.links())];
		sourceUnits = new long[alongColumn.size()];
	}

	/**
	 * Adds a multicast from each of several PEs to the same others. What goes from a PE to itself costs nothing.
	 *
	 * @param sources      nodes; the first {@code sourceCount} count
	 * @param units        size of the multicast of each
	 * @param destinations nodes, each once; the first {@code count} count
	 */
	void add(int[] sources, long[] units, int sourceCount, int[] destinations, int count) {
		for (int i = 0; i < count; i++) {
			int x = network.rowEnd(destinations[i]);
			int y = network.columnPosition(destinations[i]);
			columnBits[x >> 6] |= 1L << x;
			rowBits[x * columnWords + (y >> 6)] |= 1L << y;
			anyRow[y >> 6] |= 1L << y;
		}
		PositionSet to = columnSets.of(columnBits, 0);
		PositionSet toRows = rowSets.of(anyRow, 0);
		long sum = 0;
		int low = Integer.MAX_VALUE;
		int high = -1;
		int lastRow = -1;
		Row along = null;
		for (int i = 0; i < sourceCount; i++) {
			int source = sources[i];
			if (units[i] == 0 || count == 1 && destinations[0] == source) {
				continue;
			}
			int x = network.rowStart(source);
			int y = network.columnPosition(source);
			sum = Math.addExact(sum, units[i]);
			carry(network.injection(source), units[i]);
			if ((rowBits[network.rowEnd(source) * columnWords + (y >> 6)] >> y & 1) == 1) {
				carry(network.ejection(source), -units[i]);
			}
			if (along == null || y != lastRow) {
				along = row(y, to);
				lastRow = y;
			}
			along.units[x] += units[i];
			along.low = Math.min(along.low, x);
			along.high = Math.max(along.high, x);
			sourceUnits[y] += units[i];
			low = Math.min(low, y);
			high = Math.max(high, y);
		}
		if (sum > 0) {
			// no link carries more than everything
			total = Math.addExact(total, sum);
			for (int i = 0; i < count; i++) {
				carry(network.ejection(destinations[i]), sum);
			}
			columns(to, low, high);
			lengthen(sources, units, sourceCount, to, toRows);
			Arrays.fill(sourceUnits, low, high + 1, 0);
		}
		for (int x : to.positions) {
			Arrays.fill(rowBits, x * columnWords, (x + 1) * columnWords, 0);
		}
		Arrays.fill(columnBits, 0);
		Arrays.fill(anyRow, 0);
	}

	private void carry(int port, long units) {
		int p = port - network.routerLinks();
		ports[p] += units;
		if (portStamp[p] != stamp) {
			portStamp[p] = stamp;
			usedPorts[usedPortCount++] = p;
		}
	}

	private Row row(int row, PositionSet to) {
		int slot = slot(row, to);
		if (rowTable[slot] != 0) {
			return rows[rowTable[slot] - 1];
		}
		if (rowCount == rows.length) {
			rows = Arrays.copyOf(rows, Math.max(64, 2 * rows.length));
			for (int i = rowCount; i < rows.length; i++) {
				rows[i] = new Row(columns);
			}
		}
		Row made = rows[rowCount++];
		made.row = row;
		made.columns = to;
		made.next = alike[row];
		alike[row] = made;
		made.low = Integer.MAX_VALUE;
		made.high = -1;
		rowTable[slot] = rowCount;
		if (2 * rowCount > rowTable.length) {
			rowTable = new int[2 * rowTable.length];
			for (int i = 0; i < rowCount; i++) {
				rowTable[slot(rows[i].row, rows[i].columns)] = i + 1;
			}
		}
		return made;
	}

	/** Where in the table the trees along a row to these columns are, or would be: 0 there. */
	private int slot(int row, PositionSet to) {
		int slot = (row * 0x9E3779B1 ^ to.number * 0x85EBCA6B) >>> 7 & rowTable.length - 1;
		while (rowTable[slot] != 0 && (rows[rowTable[slot] - 1].row != row || rows[rowTable[slot] - 1].columns != to)) {
			slot = slot + 1 & rowTable.length - 1;
		}
		return slot;
	}

	/** The trees along the columns; neighbouring ones to the same rows are alike. */
	private void columns(PositionSet to, int low, int high) {
		runs = 0;
		for (int x : to.positions) {
			if (runs > 0 && runTo[runs - 1] == x - 1 && sameRows(x)) {
				runTo[runs - 1] = x;
				continue;
			}
			if (runs == runFrom.length) {
				runFrom = Arrays.copyOf(runFrom, 2 * runs);
				runTo = Arrays.copyOf(runTo, 2 * runs);
				runRows = Arrays.copyOf(runRows, 2 * runs);
			}
			runFrom[runs] = x;
			runTo[runs] = x;
			runRows[runs++] = rowSets.of(rowBits, x * columnWords);
		}
		int links = alongColumn.links();
		for (int r = 0; r < runs && links > 0; r++) {
			columnLoads.from = runFrom[r] * links;
			columnLoads.end = (runTo[r] + 1) * links;
			alongColumn.spread(sourceUnits, low, high, runRows[r], columnLoads);
			firstColumn = Math.min(firstColumn, runFrom[r]);
			lastColumn = Math.max(lastColumn, runTo[r]);
		}
	}

	private boolean sameRows(int x) {
		for (int w = 0; w < columnWords; w++) {
			if (rowBits[x * columnWords + w] != rowBits[(x - 1) * columnWords + w]) {
				return false;
			}
		}
		return true;
	}

	private void lengthen(int[] sources, long[] units, int count, PositionSet to, PositionSet toRows) {
		for (int i = 0; i < count; i++) {
			int x = network.rowStart(sources[i]);
			int y = network.columnPosition(sources[i]);
			if (units[i] == 0 || to.farthest(x) + toRows.farthest(y) <= longest) {
				continue;
			}
			for (int r = 0; r < runs; r++) {
				int rest = runRows[r].farthest(y);
				for (int column = runFrom[r]; column <= runTo[r]; column++) {
					longest = Math.max(longest, alongRow.hops(x, column) + rest);
				}
			}
		}
	}

	/** Hops of the longest route since the last call of this. */
	int takeLongestRoute() {
		int taken = longest;
		longest = 0;
		return taken;
	}

	/** Hands out the loads of all links and forgets them. */
	void settle(LoadVisitor visitor) {
		if (usedPortCount == 0) {
			return;
		}
		for (int i = 0; i < usedPortCount; i++) {
			int port = usedPorts[i];
			if (ports[port] > 0) {
				visitor.visit(network.routerLinks() + port, ports[port]);
				ports[port] = 0;
			}
		}
		usedPortCount = 0;
		stamp++;
		settleRows(visitor);
		settleColumns(visitor);
		total = 0;
		columnSets.trim();
		rowSets.trim();
	}

	private void settleRows(LoadVisitor visitor) {
		Arrays.fill(rowTable, 0);
		for (int row = 0; row < alike.length; row++) {
			for (Row each = alike[row]; each != null; each = each.next) {
				alongRow.spread(each.units, each.low, each.high, each.columns, rowLoads);
				Arrays.fill(each.units, each.low, each.high + 1, 0);
				each.columns = null;
			}
			if (alike[row] != null) {
				rowLoads.settle(0, running, row * alongRow.links(), visitor);
				rowLoads.forget(0, running);
				alike[row] = null;
			}
		}
		rowCount = 0;
	}

	private void settleColumns(LoadVisitor visitor) {
		int links = alongColumn.links();
		for (int x = firstColumn; x <= lastColumn; x++) {
			columnLoads.settle(x * links, running, network.rowLinkCount() + x * links, visitor);
		}
		if (lastColumn >= 0) {
			columnLoads.forget((lastColumn + 1) * links, running);
		}
		firstColumn = Integer.MAX_VALUE;
		lastColumn = -1;
	}
}
