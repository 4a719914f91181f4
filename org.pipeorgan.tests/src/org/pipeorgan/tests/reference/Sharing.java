package org.pipeorgan.tests.reference;

import java.util.Comparator;

import org.pipeorgan.engine.organization.SplitRule;
import org.pipeorgan.engine.workload.Operator;

/** Section 2 of the page: how the PEs of an operator share a tile. */
record Sharing(Loops loops, int kParts, int pParts, int qParts, int cParts, int contracted, long cycles) {

	/** The best split that uses at most so many PEs. */
	static Sharing best(Operator operator, Loops loops, int pes, long lanes, SplitRule rule) {
		Comparator<Sharing> better = Comparator.comparingLong(Sharing::cycles).thenComparingInt(Sharing::cParts).thenComparingInt(Sharing::pes)
				.thenComparingInt(Sharing::kParts).thenComparingInt(Sharing::pParts);
		int contracted = (int) operator.contracted();
		boolean spatial = rule != SplitRule.CHANNELS_ONLY;
		Sharing best = null;
		for (int k = 1; k <= Math.min(pes, loops.kTile()); k++) {
			for (int p = 1; p <= (spatial ? Math.min(pes / k, loops.pTile()) : 1); p++) {
				for (int q = 1; q <= (spatial ? Math.min(pes / (k * p), loops.qTile()) : 1); q++) {
					if (wasteful(k, loops.kTile()) || wasteful(p, loops.pTile()) || wasteful(q, loops.qTile())) {
						continue;
					}
					int c = operator.kind().splitsContraction() ? Math.min(contracted, pes / (k * p * q)) : 1;
					while (wasteful(c, contracted)) {
						c--;
					}
					Sharing sharing = of(operator, loops, k, p, q, c, lanes);
					if (best == null || better.compare(sharing, best) < 0) {
						best = sharing;
					}
				}
			}
		}
		return best;
	}

	/** A split into so many parts. */
	static Sharing of(Operator operator, Loops loops, int k, int p, int q, int c, long lanes) {
		int contracted = (int) operator.contracted();
		long work = (long) slice(loops.kTile(), k) * slice(loops.pTile(), p) * slice(loops.qTile(), q) * slice(contracted, c) * operator.filterRows()
				* operator.filterColumns();
		return new Sharing(loops, k, p, q, c, contracted, Math.ceilDiv(work, lanes));
	}

	/** Whether fewer parts give the same slice. */
	static boolean wasteful(int parts, int extent) {
		return parts > 1 && slice(extent, parts - 1) == slice(extent, parts);
	}

	private static int slice(int extent, int parts) {
		return Math.ceilDiv(extent, parts);
	}

	int pes() {
		return kParts * pParts * qParts * cParts;
	}

	int kSlice() {
		return slice(loops.kTile(), kParts);
	}

	int pSlice() {
		return slice(loops.pTile(), pParts);
	}

	int qSlice() {
		return slice(loops.qTile(), qParts);
	}

	/** All contracted channels where C is not split. */
	int cSlice() {
		return slice(contracted, cParts);
	}

	/** Output elements of a slice. */
	long elements() {
		return (long) kSlice() * pSlice() * qSlice();
	}

	int pPart(int position) {
		return position / cParts / kParts / qParts;
	}

	int qPart(int position) {
		return position / cParts / kParts % qParts;
	}

	int kPart(int position) {
		return position / cParts % kParts;
	}

	int cPart(int position) {
		return position % cParts;
	}

	int position(int kPart, int pPart, int qPart, int cPart) {
		return ((pPart * qParts + qPart) * kParts + kPart) * cParts + cPart;
	}

	/** Position in the share of the PE that owns an output element. */
	int owner(int channel, int row, int column) {
		return position(channel % loops.kTile() / kSlice(), row % loops.pTile() / pSlice(), column % loops.qTile() / qSlice(), 0);
	}

	/** Whether the PE at a position works on an output element, on whatever part of C. */
	boolean worksOn(int position, int channel, int row, int column) {
		return position < pes() && position - position % cParts == owner(channel, row, column);
	}
}
