package org.pipeorgan.engine.organization;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;

import org.pipeorgan.engine.interconnect.Network;

/**
 * The PEs of each operator of a segment, in the order of their positions in the operator's share. A PE is numbered
 * {@code row * columns + column}. Sizes are known at once, PEs are listed when first asked for all. Safe for many threads.
 */
public final class Placement {
	private final int rows;
	private final int columns;
	private final int[] sizes;
	private final boolean whole;
	private final Places places;
	private final AtomicReferenceArray<int[]> listed;
	private final AtomicReferenceArray<int[]> extents;
	private final Map<Chains, Long> reductions = new ConcurrentHashMap<>();

	/** The PEs of an operator along which sums travel. */
	private record Chains(int operator, int cParts, int pes) {
	}

	/** Where the PEs of operators are. */
	@FunctionalInterface
	private interface Places {
		/** The PE at a position of an operator's share. */
		int pe(int operator, int position);

		/** So many PEs of an operator's share, by position. */
		default int[] list(int operator, int size) {
			int[] pes = new int[size];
			for (int j = 0; j < size; j++) {
				pes[j] = pe(operator, j);
			}
			return pes;
		}
	}

	/** @param whole whether each operator has the whole array, row by row */
	private Placement(int rows, int columns, int[] sizes, boolean whole, Places places) {
		this.whole = whole;
		this.rows = rows;
		this.columns = columns;
		this.sizes = sizes;
		this.places = places;
		listed = new AtomicReferenceArray<>(sizes.length);
		extents = new AtomicReferenceArray<>(sizes.length);
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

	/** The first organization under which operators have as many PEs as under another, and hand over as there, from PE to PE or through the buffer. */
	public static Organization alike(Organization organization, int rows, int columns) {
		return switch (organization) {
			case BLOCKED_COLUMNS -> Organization.BLOCKED_ROWS;
			case STRIPED_COLUMNS -> rows == columns ? Organization.STRIPED_ROWS : organization;
			default -> organization;
		};
	}

	/**
	 * Lays out a segment.
	 *
	 * @param units units of each operator (see {@link #units}), each at least 1, together at most all of the array;
	 *              blocked 2-D takes them as wishes and rounds to rectangles
	 * @return the placement, or {@code null} if the organization cannot give each operator a PE
	 */
	public static Placement of(Organization organization, int rows, int columns, int[] units) {
		Placement placement = switch (organization) {
			case BLOCKED_ROWS, THROUGH_BUFFER -> runs(rows, columns, units, false);
			case BLOCKED_COLUMNS -> runs(rows, columns, units, true);
			case BLOCKED_2D -> rectangles(rows, columns, units);
			case STRIPED_ROWS -> stripes(rows, columns, units, false);
			case STRIPED_COLUMNS -> stripes(rows, columns, units, true);
			case CHECKERBOARD -> diagonals(rows, columns, units);
			case TURN_TAKING -> {
				int[] sizes = new int[units.length];
				Arrays.fill(sizes, rows * columns);
				yield new Placement(rows, columns, sizes, true, new Whole(rows * columns));
			}
		};
		return placement == null || placement.lacksPes() ? null : placement;
	}

	/** All PEs for each operator, listed once. */
	private static final class Whole implements Places {
		private final int[] all;

		Whole(int size) {
			all = IntStream.range(0, size).toArray();
		}

		@Override
		public int pe(int operator, int position) {
			return position;
		}

		@Override
		public int[] list(int operator, int size) {
			return all;
		}
	}

	private boolean lacksPes() {
		for (int size : sizes) {
			if (size == 0) {
				return true;
			}
		}
		return false;
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
		return sizes.length;
	}

	/** Number of PEs of an operator. */
	public int size(int operator) {
		return sizes[operator];
	}

	/** The PEs of an operator's share by their positions; not to be changed. */
	int[] pes(int operator) {
		int[] pes = listed.getAcquire(operator);
		if (pes == null) {
			pes = places.list(operator, sizes[operator]);
			listed.setRelease(operator, pes);
		}
		return pes;
	}

	/** The PE at a position of an operator's share. */
	public int pe(int operator, int position) {
		return places.pe(operator, position);
	}

	/** The rectangle around the PEs of an operator; see {@link Network#extent}. */
	public int[] extent(int operator, Network network) {
		int[] extent = extents.getAcquire(operator);
		if (extent == null) {
			extent = network.extent(pes(operator));
			extents.setRelease(operator, extent);
		}
		return extent;
	}

	/** Hops that partial sums take on their way along C, from the PE with the highest c to the owner: the most of any group of PEs of an operator. */
	public long longestReduction(int operator, Split split, Network network) {
		return split.cParts() == 1 ? 0 : reductions.computeIfAbsent(new Chains(whole ? 0 : operator, split.cParts(), split.pes()), chains -> {
			int[] pes = pes(operator);
			long longest = 0;
			for (int group = 0; group < split.pes(); group += split.cParts()) {
				long hops = 0;
				for (int c = split.cParts() - 1; c > 0; c--) {
					hops += network.hops(pes[group + c], pes[group + c - 1]);
				}
				longest = Math.max(longest, hops);
			}
			return longest;
		});
	}

	/** For each PE the operator that owns it, or -1; when operators take turns, the first one. */
	public int[] owners() {
		int[] owners = new int[rows * columns];
		Arrays.fill(owners, -1);
		for (int operator = sizes.length - 1; operator >= 0; operator--) {
			for (int pe : pes(operator)) {
				owners[pe] = operator;
			}
		}
		return owners;
	}

	private static Placement runs(int rows, int columns, int[] units, boolean columnMajor) {
		int[] starts = starts(units);
		return new Placement(rows, columns, units, !columnMajor && units[0] == rows * columns, columnMajor ? (operator, position) -> {
			int at = starts[operator] + position;
			return at % rows * columns + at / rows;
		} : (operator, position) -> starts[operator] + position);
	}

	/** Where the units of each operator begin if they follow each other. */
	private static int[] starts(int[] units) {
		int[] starts = new int[units.length];
		for (int i = 1; i < units.length; i++) {
			starts[i] = starts[i - 1] + units[i - 1];
		}
		return starts;
	}

	private static Placement stripes(int rows, int columns, int[] units, boolean vertical) {
		int lines = vertical ? columns : rows;
		int across = vertical ? rows : columns;
		int[] starts = starts(units);
		int[] next = starts.clone();
		// the lines of one operator after those of another
		int[] owned = new int[lines];
		int[] owner = deal(units, lines);
		for (int line = 0; line < lines; line++) {
			if (owner[line] >= 0) {
				owned[next[owner[line]]++] = line;
			}
		}
		int[] sizes = new int[units.length];
		for (int i = 0; i < sizes.length; i++) {
			sizes[i] = units[i] * across;
		}
		return new Placement(rows, columns, sizes, false, (operator, position) -> {
			int line = owned[starts[operator] + position / across];
			return vertical ? position % across * columns + line : line * columns + position % across;
		});
	}

	/** One diagonal pattern of {@code period} slots, shifted by one slot from row to row. */
	private static Placement diagonals(int rows, int columns, int[] units) {
		int depth = units.length;
		int period = 1;
		while (period < 4 * depth && 2 * period <= Math.max(rows, columns)) {
			period *= 2;
		}
		if (period < depth) {
			return null;
		}
		int slots = period;
		int[] owner = deal(apportion(units, slots), slots);
		int[] sizes = new int[depth];
		for (int slot = 0; slot < slots; slot++) {
			for (int y = 0; owner[slot] >= 0 && y < rows; y++) {
				// columns of the row that the pattern gives to this slot, of a power of two
				sizes[owner[slot]] += columns - (slot - y & slots - 1) + slots - 1 >> Integer.numberOfTrailingZeros(slots);
			}
		}
		return new Placement(rows, columns, sizes, false, new Diagonals(rows, columns, sizes, owner));
	}

	/** PEs in a pattern of diagonals, listed for all operators at once. */
	private static final class Diagonals implements Places {
		private final int rows;
		private final int columns;
		private final int[] sizes;
		private final int[] owner;
		private volatile int[][] pes;

		/** @param owner of each slot of the pattern; as many as a power of two */
		Diagonals(int rows, int columns, int[] sizes, int[] owner) {
			this.rows = rows;
			this.columns = columns;
			this.sizes = sizes;
			this.owner = owner;
		}

		@Override
		public int pe(int operator, int position) {
			return list(operator, sizes[operator])[position];
		}

		@Override
		public int[] list(int operator, int size) {
			int[][] made = pes;
			if (made == null) {
				made = list();
				pes = made;
			}
			return made[operator];
		}

		private int[][] list() {
			int[][] lists = new int[sizes.length][];
			for (int i = 0; i < lists.length; i++) {
				lists[i] = new int[sizes[i]];
			}
			int[] next = new int[sizes.length];
			for (int y = 0; y < rows; y++) {
				for (int x = 0; x < columns; x++) {
					int i = owner[x + y & owner.length - 1];
					if (i >= 0) {
						lists[i][next[i]++] = y * columns + x;
					}
				}
			}
			return lists;
		}
	}

	/** Bands of rows, each cut into rectangles, in serpentine order; the number of bands is near the square root of the depth. */
	private static Placement rectangles(int rows, int columns, int[] units) {
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
		int[] tops = new int[depth];
		int[] lefts = new int[depth];
		int[] widths = new int[depth];
		int[] sizes = new int[depth];
		for (int b = 0, top = 0; b < bands; top += heights[b++]) {
			int[] across = apportion(Arrays.copyOfRange(units, start[b], start[b + 1]), columns);
			int left = 0;
			for (int m = 0; m < across.length; m++) {
				int i = b % 2 == 0 ? start[b] + m : start[b + 1] - 1 - m;
				tops[i] = top;
				lefts[i] = left;
				widths[i] = across[i - start[b]];
				sizes[i] = widths[i] * heights[b];
				left += widths[i];
			}
		}
		return new Placement(rows, columns, sizes, false, (operator, position) -> (tops[operator] + position / widths[operator]) * columns + lefts[operator] + position % widths[operator]);
	}

	/**
	 * Deals out {@code slots} places in turn so that owner i gets {@code counts[i]} of them, evenly spread: each place
	 * goes to the owner furthest behind its proportion, ties to the earlier. Places left over stay empty (-1).
	 */
	static int[] deal(int[] counts, int slots) {
		long total = 0;
		for (int count : counts) {
			total += count;
		}
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
		long sum = 0;
		for (int wish : wishes) {
			sum += wish;
		}
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
