package org.pipeorgan.engine.interconnect;

import java.util.Arrays;

/** Sets of positions on a line, each kept once, with what the routes to them ask for. Not safe for many threads. */
final class PositionSets {
	private static final int MOST = 1 << 14;

	private final Line line;
	private final int words;
	private PositionSet[] table = new PositionSet[256];
	private int count;

	PositionSets(Line line) {
		this.line = line;
		words = words(line);
	}

	/** How many words the bits of a line's positions take. */
	static int words(Line line) {
		return line.size() + Long.SIZE - 1 >> 6;
	}

	/** Forgets all sets if there are very many; their numbers are given out anew. */
	void trim() {
		if (count > MOST) {
			table = new PositionSet[256];
			count = 0;
		}
	}

	/**
	 * The set of a bit for each position.
	 *
	 * @param bits words of bits, from {@code from} on; not empty
	 */
	PositionSet of(long[] bits, int from) {
		int slot = slot(table, bits, from);
		PositionSet set = table[slot];
		if (set == null) {
			set = new PositionSet(line, Arrays.copyOfRange(bits, from, from + words), count++);
			table[slot] = set;
			if (2 * count > table.length) {
				PositionSet[] larger = new PositionSet[2 * table.length];
				for (PositionSet each : table) {
					if (each != null) {
						larger[slot(larger, each.bits, 0)] = each;
					}
				}
				table = larger;
			}
		}
		return set;
	}

	private int slot(PositionSet[] in, long[] bits, int from) {
		long hash = 0;
		for (int w = 0; w < words; w++) {
			hash = (hash ^ bits[from + w]) * 0x9E3779B97F4A7C15L;
			hash ^= hash >>> 29;
		}
		int slot = (int) (hash ^ hash >>> Integer.SIZE) & in.length - 1;
		while (in[slot] != null && !in[slot].is(bits, from)) {
			slot = slot + 1 & in.length - 1;
		}
		return slot;
	}

	/** A set. */
	static final class PositionSet {
		/** Its number, from 0 on. */
		final int number;
		/** Its members, ascending. */
		final int[] positions;
		private final Line line;
		private final long[] bits;
		private final int[] farthest;
		private int[] above;
		private int[] below;

		private PositionSet(Line line, long[] bits, int number) {
			this.line = line;
			this.bits = bits;
			this.number = number;
			int members = 0;
			for (long word : bits) {
				members += Long.bitCount(word);
			}
			positions = new int[members];
			for (int w = 0, i = 0; w < bits.length; w++) {
				for (long rest = bits[w]; rest != 0; rest &= rest - 1) {
					positions[i++] = w * Long.SIZE + Long.numberOfTrailingZeros(rest);
				}
			}
			farthest = new int[line.size()];
			Arrays.fill(farthest, -1);
		}

		private boolean is(long[] others, int from) {
			for (int w = 0; w < bits.length; w++) {
				if (bits[w] != others[from + w]) {
					return false;
				}
			}
			return true;
		}

		int first() {
			return positions[0];
		}

		int last() {
			return positions[positions.length - 1];
		}

		/** Hops of the longest of the routes from a position to the members. */
		int farthest(int source) {
			int hops = farthest[source];
			if (hops < 0) {
				for (int position : positions) {
					hops = Math.max(hops, line.hops(source, position));
				}
				farthest[source] = hops;
			}
			return hops;
		}

		/** For each position the last member from it on that is less than so far away; -1 if there is none. Always asked for the same distance. */
		int[] above(int distance) {
			if (above == null) {
				int[] found = new int[line.size()];
				Arrays.fill(found, -1);
				for (int position : positions) {
					for (int from = Math.max(0, position - distance + 1); from <= position; from++) {
						found[from] = position;
					}
				}
				above = found;
			}
			return above;
		}

		/** For each position the first member up to it that is less than so far away; -1 if there is none. Always asked for the same distance. */
		int[] below(int distance) {
			if (below == null) {
				int[] found = new int[line.size()];
				Arrays.fill(found, -1);
				for (int i = positions.length - 1; i >= 0; i--) {
					for (int from = positions[i]; from < Math.min(line.size(), positions[i] + distance); from++) {
						found[from] = positions[i];
					}
				}
				below = found;
			}
			return below;
		}
	}
}
