package org.pipeorgan.engine.organization;

import java.util.Arrays;

/**
 * The PEs of each operator of a segment, in the order of their positions in the operator's share. A PE is numbered
 * {@code row * columns + column}.
 */
public final class Placement {
	private final int rows;
	private final int columns;
	private final int[][] pes;

	private Placement(int rows, int columns, int[][] pes) {
		this.rows = rows;
		this.columns = columns;
		this.pes = pes;
	}

	/** Number of units in which the organization hands out the array: single PEs, whole rows, whole columns. */
	public static int units(Organization organization, int rows, int columns) {
		return switch (organization) {
			case STRIPED_ROWS -> rows;
			case STRIPED_COLUMNS -> columns;
			default -> rows * columns;
		};
	}

	/** PEs of one unit. */
	public static int unitPes(Organization organization, int rows, int columns) {
		return rows * columns / units(organization, rows, columns);
	}

	/**
	 * Lays out a segment.
	 *
	 * @param units units of each operator (see {@link #units}), each at least 1, together at most all of the array;
	 *              blocked 2-D takes them as wishes and rounds to rectangles
	 * @return the placement, or {@code null} if the organization cannot give each operator a PE
	 */
	public static Placement of(Organization organization, int rows, int columns, int[] units) {
		int depth = units.length;
		int[][] pes = switch (organization) {
			case BLOCKED_ROWS, THROUGH_BUFFER -> runs(rows, columns, units, false);
			case BLOCKED_COLUMNS -> runs(rows, columns, units, true);
			case BLOCKED_2D -> rectangles(rows, columns, units);
			case STRIPED_ROWS -> stripes(rows, columns, units, false);
			case STRIPED_COLUMNS -> stripes(rows, columns, units, true);
			case CHECKERBOARD -> diagonals(rows, columns, units);
			case TURN_TAKING -> {
				int[] all = new int[rows * columns];
				Arrays.setAll(all, i -> i);
				int[][] everybody = new int[depth][];
				Arrays.fill(everybody, all);
				yield everybody;
			}
		};
		if (pes == null) {
			return null;
		}
		for (int[] share : pes) {
			if (share.length == 0) {
				return null;
			}
		}
		return new Placement(rows, columns, pes);
	}

	/** Rows of the array. */
	public int rows() {
		return rows;
	}

	/** Columns of the array. */
	public int columns() {
		return columns;
	}

	/** Number of operators. */
	public int depth() {
		return pes.length;
	}

	/** Number of PEs of an operator. */
	public int size(int operator) {
		return pes[operator].length;
	}

	/** The PE at a position of an operator's share. */
	public int pe(int operator, int position) {
		return pes[operator][position];
	}

	/** For each PE the operator that owns it, or -1; when operators take turns, the first one. */
	public int[] owners() {
		int[] owners = new int[rows * columns];
		Arrays.fill(owners, -1);
		for (int operator = pes.length - 1; operator >= 0; operator--) {
			for (int pe : pes[operator]) {
				owners[pe] = operator;
			}
		}
		return owners;
	}

	private static int[][] runs(int rows, int columns, int[] units, boolean columnMajor) {
		int[][] pes = new int[units.length][];
		int next = 0;
		for (int i = 0; i < units.length; i++) {
			pes[i] = new int[units[i]];
			for (int j = 0; j < units[i]; j++, next++) {
				pes[i][j] = columnMajor ? next % rows * columns + next / rows : next;
			}
		}
		return pes;
	}

	private static int[][] stripes(int rows, int columns, int[] units, boolean vertical) {
		int lines = vertical ? columns : rows;
		int across = vertical ? rows : columns;
		int[] owner = deal(units, lines);
		int[][] pes = new int[units.length][];
		for (int i = 0; i < units.length; i++) {
			pes[i] = new int[units[i] * across];
			int next = 0;
			for (int line = 0; line < lines; line++) {
				if (owner[line] == i) {
					for (int a = 0; a < across; a++) {
						pes[i][next++] = vertical ? a * columns + line : line * columns + a;
					}
				}
			}
		}
		return pes;
	}

	/** One diagonal pattern of {@code period} slots, shifted by one slot from row to row. */
	private static int[][] diagonals(int rows, int columns, int[] units) {
		int depth = units.length;
		int period = 1;
		while (period < 4 * depth && 2 * period <= Math.max(rows, columns)) {
			period *= 2;
		}
		if (period < depth) {
			return null;
		}
		int[] owner = deal(apportion(units, period), period);
		int[][] pes = new int[depth][rows * columns];
		int[] count = new int[depth];
		for (int y = 0; y < rows; y++) {
			for (int x = 0; x < columns; x++) {
				int i = owner[(x + y) % period];
				if (i >= 0) {
					pes[i][count[i]++] = y * columns + x;
				}
			}
		}
		for (int i = 0; i < depth; i++) {
			pes[i] = Arrays.copyOf(pes[i], count[i]);
		}
		return pes;
	}

	/** Bands of rows, each cut into rectangles, in serpentine order; the number of bands is near the square root of the depth. */
	private static int[][] rectangles(int rows, int columns, int[] units) {
		int depth = units.length;
		int bands = Math.max(1, (int) Math.round(Math.sqrt(depth)));
		while (bands > 1 && (bands > rows || (depth + bands - 1) / bands > columns)) {
			bands--;
		}
		if (bands > rows || (depth + bands - 1) / bands > columns) {
			return null;
		}
		int[] wishes = new int[bands];
		int[] start = new int[bands + 1];
		for (int b = 0; b < bands; b++) {
			start[b + 1] = start[b] + depth / bands + (b < depth % bands ? 1 : 0);
			for (int i = start[b]; i < start[b + 1]; i++) {
				wishes[b] += units[i];
			}
		}
		int[] heights = apportion(wishes, rows);
		int[][] pes = new int[depth][];
		int top = 0;
		for (int b = 0; b < bands; b++) {
			int members = start[b + 1] - start[b];
			int[] widths = apportion(Arrays.copyOfRange(units, start[b], start[b + 1]), columns);
			int left = 0;
			for (int m = 0; m < members; m++) {
				int i = b % 2 == 0 ? start[b] + m : start[b + 1] - 1 - m;
				int width = widths[i - start[b]];
				pes[i] = new int[width * heights[b]];
				int next = 0;
				for (int y = top; y < top + heights[b]; y++) {
					for (int x = left; x < left + width; x++) {
						pes[i][next++] = y * columns + x;
					}
				}
				left += width;
			}
			top += heights[b];
		}
		return pes;
	}

	/**
	 * Deals out {@code slots} places in turn so that owner i gets {@code counts[i]} of them, evenly spread: each place
	 * goes to the owner furthest behind its proportion, ties to the earlier. Places left over stay empty (-1).
	 */
	static int[] deal(int[] counts, int slots) {
		long total = Arrays.stream(counts).sum();
		int[] dealt = new int[counts.length];
		int[] owner = new int[slots];
		Arrays.fill(owner, -1);
		for (int slot = 0; slot < Math.min(total, slots); slot++) {
			int best = -1;
			long behind = Long.MIN_VALUE;
			for (int i = 0; i < counts.length; i++) {
				long lag = counts[i] * (slot + 1L) - total * dealt[i];
				if (dealt[i] < counts[i] && lag > behind) {
					best = i;
					behind = lag;
				}
			}
			owner[slot] = best;
			dealt[best]++;
		}
		return owner;
	}

	/** Whole parts of {@code total} in proportion to wishes, at least one each, by largest remainder, ties to the earlier. */
	static int[] apportion(int[] wishes, int total) {
		int n = wishes.length;
		long sum = Arrays.stream(wishes).asLongStream().sum();
		int[] parts = new int[n];
		long[] remainder = new long[n];
		int used = 0;
		for (int i = 0; i < n; i++) {
			long exact = (long) wishes[i] * (total - n);
			parts[i] = 1 + (int) (exact / sum);
			remainder[i] = exact % sum;
			used += parts[i];
		}
		for (; used < total; used++) {
			int best = 0;
			for (int i = 1; i < n; i++) {
				if (remainder[i] > remainder[best]) {
					best = i;
				}
			}
			parts[best]++;
			remainder[best] = -1;
		}
		return n > total ? new int[n] : parts;
	}
}
