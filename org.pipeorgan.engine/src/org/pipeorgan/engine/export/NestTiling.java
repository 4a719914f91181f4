package org.pipeorgan.engine.export;

import java.util.Arrays;

import org.pipeorgan.engine.export.OperatorNest.Rank;
import org.pipeorgan.engine.hardware.Accelerator;
import org.pipeorgan.engine.pipelining.OrderClass;

/**
 * The loops of an operator dealt out to the levels of an accelerator, so that the tile at each level fits there. From the
 * inside: lanes of a PE, loops over its register file, PEs, loops over the global buffer, loops over memory. Times of
 * the levels multiply to at least the extents; the tile of an interval and the slices of the PEs are the mapping's.
 */
final class NestTiling {
	/** A level of the loop nest. */
	enum Level {
		LANES, REGISTERS, PES, BUFFER, MEMORY
	}

	private static final Rank[] LANE_PREFERENCE = { Rank.C, Rank.K, Rank.Q, Rank.P, Rank.S, Rank.R, Rank.G };

	private final OperatorNest nest;
	private final long[][] factors = new long[Level.values().length][Rank.values().length];

	NestTiling(OperatorNest nest, Accelerator accelerator) {
		this.nest = nest;
		for (long[] level : factors) {
			Arrays.fill(level, 1);
		}
		long[] slice = slice();
		factors[Level.PES.ordinal()] = parts(slice);
		factors[Level.LANES.ordinal()] = lanes(slice, accelerator.macsPerCycle());
		Rank[] order = innermostFirst(nest.dataflow().orderClass());
		fill(Level.REGISTERS, order, remaining(slice, Level.LANES), accelerator.registerBytes(), accelerator.partialSumBytes());
		fill(Level.BUFFER, order, remaining(tile(), Level.LANES, Level.REGISTERS, Level.PES), accelerator.bufferBytes(), accelerator.partialSumBytes());
		factors[Level.MEMORY.ordinal()] = remaining(nest.extents(), Level.LANES, Level.REGISTERS, Level.PES, Level.BUFFER);
	}

	/** Iterations of a loop at a level. */
	long factor(Level level, Rank rank) {
		return factors[level.ordinal()][rank.ordinal()];
	}

	/** Iterations of a loop at a level when all loops outside of it are in their last: less where the extent is no multiple. */
	long last(Level level, Rank rank) {
		long below = 1;
		for (int l = 0; l < level.ordinal(); l++) {
			below *= factors[l][rank.ordinal()];
		}
		return (Math.ceilDiv(nest.extent(rank), below) - 1) % factor(level, rank) + 1;
	}

	/** What the loops of all levels make together: the extent, or more. */
	long covered(Rank rank) {
		long covered = 1;
		for (Level level : Level.values()) {
			covered = Math.multiplyExact(covered, factor(level, rank));
		}
		return covered;
	}

	/**
	 * MACs of a tool that gives all PEs as much work as the first of them: with every extent that they share rounded up to
	 * what the loop over PEs and those inside of it make together.
	 */
	long evenMacs() {
		long macs = 1;
		for (Rank rank : Rank.values()) {
			long pes = factor(Level.PES, rank);
			long step = pes > 1 ? factor(Level.LANES, rank) * factor(Level.REGISTERS, rank) * pes : 1;
			macs = Math.multiplyExact(macs, Math.ceilDiv(nest.extent(rank), step) * step);
		}
		return macs;
	}

	/** The loops of a class of orders, the innermost first; groups go with the channels. */
	static Rank[] innermostFirst(OrderClass orderClass) {
		return orderClass == OrderClass.ACTIVATION_OUTER ? new Rank[] { Rank.S, Rank.R, Rank.C, Rank.K, Rank.G, Rank.Q, Rank.P, Rank.N }
				: new Rank[] { Rank.S, Rank.R, Rank.C, Rank.Q, Rank.P, Rank.N, Rank.K, Rank.G };
	}

	/** Work of a PE in an interval. Its channels, which run over all groups, become channels of whole groups, or of a part of one. */
	private long[] slice() {
		long[] slice = nest.extents().clone();
		long k = nest.extent(Rank.K);
		slice[Rank.N.ordinal()] = 1;
		slice[Rank.K.ordinal()] = Math.min(nest.split().kSlice(), k);
		slice[Rank.G.ordinal()] = Math.max(1, nest.split().kSlice() / k);
		slice[Rank.C.ordinal()] = nest.operator().kind().splitsContraction() ? nest.split().cSlice() : nest.extent(Rank.C);
		slice[Rank.P.ordinal()] = nest.split().pSlice();
		slice[Rank.Q.ordinal()] = nest.split().qSlice();
		return slice;
	}

	/** Work of all PEs in an interval. */
	private long[] tile() {
		long[] tile = nest.extents().clone();
		long k = nest.extent(Rank.K);
		tile[Rank.N.ordinal()] = 1;
		tile[Rank.K.ordinal()] = Math.min(nest.dataflow().kTile(), k);
		tile[Rank.G.ordinal()] = Math.ceilDiv(nest.dataflow().kTile(), k);
		tile[Rank.P.ordinal()] = nest.dataflow().pTile();
		tile[Rank.Q.ordinal()] = nest.dataflow().qTile();
		return tile;
	}

	/** PEs along each loop; slices across groups are widened until they need no more PEs than the mapping has. */
	private long[] parts(long[] slice) {
		long[] tile = tile();
		long[] parts = new long[slice.length];
		int k = Rank.K.ordinal();
		int g = Rank.G.ordinal();
		while (Math.ceilDiv(tile[k], slice[k]) * Math.ceilDiv(tile[g], slice[g]) > nest.split().kParts()) {
			slice[slice[k] < tile[k] ? k : g]++;
		}
		for (int rank = 0; rank < parts.length; rank++) {
			parts[rank] = Math.ceilDiv(tile[rank], slice[rank]);
		}
		parts[Rank.R.ordinal()] = 1;
		parts[Rank.S.ordinal()] = 1;
		return parts;
	}

	/** The lanes of a PE over the loops of its slice, so that it takes the fewest steps; the first of equals. */
	private static long[] lanes(long[] slice, long lanes) {
		long[] best = new long[slice.length];
		Arrays.fill(best, 1);
		search(slice, lanes, 0, best.clone(), best);
		return best;
	}

	private static void search(long[] slice, long left, int position, long[] chosen, long[] best) {
		if (position == LANE_PREFERENCE.length) {
			if (steps(slice, chosen) < steps(slice, best)) {
				System.arraycopy(chosen, 0, best, 0, best.length);
			}
			return;
		}
		int rank = LANE_PREFERENCE[position].ordinal();
		// only numbers of lanes that make the steps fewer
		for (long lanes = Math.min(left, slice[rank]); lanes >= 1; lanes--) {
			long steps = Math.ceilDiv(slice[rank], lanes);
			lanes = Math.ceilDiv(slice[rank], steps);
			chosen[rank] = lanes;
			search(slice, left / lanes, position + 1, chosen, best);
		}
		chosen[rank] = 1;
	}

	private static long steps(long[] slice, long[] lanes) {
		long steps = 1;
		for (int rank = 0; rank < slice.length; rank++) {
			steps *= Math.ceilDiv(slice[rank], lanes[rank]);
		}
		return steps;
	}

	/** What is left of extents outside of these levels. */
	private long[] remaining(long[] extents, Level... levels) {
		long[] left = extents.clone();
		for (int rank = 0; rank < left.length; rank++) {
			long inside = 1;
			for (Level level : levels) {
				inside *= factors[level.ordinal()][rank];
			}
			left[rank] = Math.ceilDiv(extents[rank], inside);
		}
		return left;
	}

	/** Takes into a level, from the inside, of each loop the largest part that divides it and fits. */
	private void fill(Level level, Rank[] order, long[] most, long bytes, int sumBytes) {
		long[] chosen = factors[level.ordinal()];
		for (Rank rank : order) {
			int r = rank.ordinal();
			for (long factor = most[r]; factor > 1; factor--) {
				if (most[r] % factor != 0) {
					continue;
				}
				chosen[r] = factor;
				if (bytes(level, sumBytes) <= bytes) {
					break;
				}
				chosen[r] = 1;
			}
		}
	}

	/** Bytes of the tile of everything inside a level; the PEs are outside of the register files. */
	private long bytes(Level level, int sumBytes) {
		long[] t = new long[Rank.values().length];
		for (int rank = 0; rank < t.length; rank++) {
			t[rank] = 1;
			for (int l = 0; l <= level.ordinal(); l++) {
				t[rank] *= factors[l][rank];
			}
			t[rank] = Math.min(t[rank], nest.extents()[rank]);
		}
		long n = t[Rank.N.ordinal()] * t[Rank.G.ordinal()];
		long k = t[Rank.K.ordinal()];
		long c = t[Rank.C.ordinal()];
		long rows = (t[Rank.P.ordinal()] - 1) * nest.strideRows() + (t[Rank.R.ordinal()] - 1) * nest.dilationRows() + 1;
		long columns = (t[Rank.Q.ordinal()] - 1) * nest.strideColumns() + (t[Rank.S.ordinal()] - 1) * nest.dilationColumns() + 1;
		long weights = Math.ceilDiv(n * k * c * t[Rank.R.ordinal()] * t[Rank.S.ordinal()] * nest.operator().weightBits(), 8);
		long outputs = n * k * t[Rank.P.ordinal()] * t[Rank.Q.ordinal()] * sumBytes;
		return weights + Math.ceilDiv(n * c * rows * columns * nest.operator().weightBits(), 8) + outputs;
	}
}
