package org.pipeorgan.engine.organization;

import java.util.Arrays;

import org.pipeorgan.engine.pipelining.Dataflow;
import org.pipeorgan.engine.workload.Operator;

/**
 * How the PEs of an operator share one interval's work: the output tile is cut along K, P and Q, and the sum along C.
 * PE position {@code ((p * qParts + q) * kParts + k) * cParts + c} of the share works on slice (k, p, q, c); slices are
 * equal but for the last of an axis. The owner of an output element is the PE with c = 0.
 *
 * @param kParts parts along K, each of {@code kSlice} channels
 * @param pParts parts along P, each of {@code pSlice} rows
 * @param qParts parts along Q, each of {@code qSlice} columns
 * @param cParts parts along C, each of {@code cSlice} channels of a group; 1 for operators without weights
 */
public record Split(int kParts, int pParts, int qParts, int cParts, long kSlice, long pSlice, long qSlice, long cSlice) {

	/** PEs in use. */
	public int pes() {
		return kParts * pParts * qParts * cParts;
	}

	/** Output elements of the largest slice. */
	public long sliceOutputs() {
		return kSlice * pSlice * qSlice;
	}

	/** Position in the share of the PE of a slice. */
	public int position(int k, int p, int q, int c) {
		return ((p * qParts + q) * kParts + k) * cParts + c;
	}

	/** Lane operations of the largest slice in one interval. */
	public long sliceWork(Operator operator) {
		long alongC = operator.kind().splitsContraction() ? cSlice : operator.contracted();
		return sliceOutputs() * alongC * operator.filterRows() * operator.filterColumns();
	}

	/** A split into so many parts along K, P, Q and C, each number the smallest that gives its slices. */
	public static Split of(Operator operator, Dataflow dataflow, int kParts, int pParts, int qParts, int cParts) {
		long contracted = operator.kind().splitsContraction() ? operator.contracted() : 1;
		return new Split(kParts, pParts, qParts, cParts, Math.ceilDiv(dataflow.kTile(), kParts), Math.ceilDiv(dataflow.pTile(), pParts),
				Math.ceilDiv(dataflow.qTile(), qParts), Math.ceilDiv(contracted, cParts));
	}

	/** Whether each number of parts is the smallest that gives its slices. */
	public static boolean isPossible(Operator operator, Dataflow dataflow, int kParts, int pParts, int qParts, int cParts) {
		return isPossible(dataflow.kTile(), kParts) && isPossible(dataflow.pTile(), pParts) && isPossible(dataflow.qTile(), qParts)
				&& isPossible(operator.kind().splitsContraction() ? operator.contracted() : 1, cParts);
	}

	private static boolean isPossible(long extent, int parts) {
		return parts == Math.ceilDiv(extent, Math.ceilDiv(extent, parts));
	}

	/**
	 * The split that needs the fewest cycles: {@code ceil(largest slice's work / lanes)}. Ties go to fewer parts along
	 * C (no reduction), then to fewer PEs in use, then to fewer parts along K, then along P.
	 *
	 * @param pes   PEs of the operator, at least 1
	 * @param rule  along which ranks the work may be cut
	 * @param lanes lane operations of a PE in a cycle; the lanes take the operations of a slice in any order, whatever the rank
	 * @param least the fewest cycles, as {@link #steps} tells them
	 */
	static Split best(Operator operator, Dataflow dataflow, int pes, long lanes, SplitRule rule, long least) {
		long k = dataflow.kTile();
		long p = dataflow.pTile();
		long q = dataflow.qTile();
		long mostP = rule == SplitRule.CHANNELS_ONLY ? 1 : p;
		long mostQ = rule == SplitRule.CHANNELS_ONLY ? 1 : q;
		boolean reduces = operator.kind().splitsContraction();
		long c = reduces ? operator.contracted() : 1;
		long perOutput = (reduces ? 1 : operator.contracted()) * operator.filterRows() * operator.filterColumns();
		long most = Math.multiplyExact(least, lanes);
		Cuts alongK = Cuts.of(k, pes);
		Cuts alongP = Cuts.of(p, Math.min(mostP, pes));
		Cuts alongQ = Cuts.of(q, Math.min(mostQ, pes));
		long bestK = 0;
		long bestP = 1;
		long bestQ = 1;
		long bestC = 1;
		for (int ik = 0; ik < alongK.count(); ik++) {
			long kParts = alongK.parts()[ik];
			for (int ip = 0; ip < alongP.count() && kParts * alongP.parts()[ip] <= pes; ip++) {
				long pParts = alongP.parts()[ip];
				long slicePixels = alongK.slices()[ik] * alongP.slices()[ip] * perOutput;
				long room = pes / (kParts * pParts);
				// no cut along Q and C does better than one that uses all the room evenly
				if (slicePixels * Math.ceilDiv(q * c, room) > most) {
					continue;
				}
				for (int iq = 0; iq < alongQ.count() && alongQ.parts()[iq] <= room; iq++) {
					long qParts = alongQ.parts()[iq];
					long sliceOutputs = slicePixels * alongQ.slices()[iq];
					if (sliceOutputs > most) {
						continue;
					}
					long cSlice = Math.ceilDiv(c, Math.min(c, room / qParts));
					if (sliceOutputs * cSlice > most) {
						continue;
					}
					long cParts = Math.ceilDiv(c, cSlice);
					if (bestK == 0 || cParts < bestC || cParts == bestC && beats(kParts, pParts, qParts * cParts, bestK, bestP, bestQ * bestC)) {
						bestK = kParts;
						bestP = pParts;
						bestQ = qParts;
						bestC = cParts;
					}
				}
			}
		}
		return of(operator, dataflow, (int) bestK, (int) bestP, (int) bestQ, (int) bestC);
	}

	/**
	 * Cycles of an interval by the number of PEs: they fall in steps.
	 *
	 * @param pes    numbers of PEs at which they fall, ascending; the first is 1
	 * @param cycles what an interval takes from there on
	 */
	record Steps(int[] pes, long[] cycles) {
		long on(int count) {
			int at = Arrays.binarySearch(pes, count);
			return cycles[at >= 0 ? at : -at - 2];
		}

		/** The fewest PEs on which an interval takes at most so many cycles; more than any number of PEs if there are none. */
		int within(long most) {
			int low = 0;
			int high = cycles.length;
			while (low < high) {
				int middle = low + high >>> 1;
				if (cycles[middle] <= most) {
					high = middle;
				} else {
					low = middle + 1;
				}
			}
			return low == cycles.length ? Integer.MAX_VALUE : pes[low];
		}
	}

	/** Cycles of the {@linkplain #best best} split for every number of PEs up to {@code pes}, in one walk over the parts along each rank. */
	static Steps steps(Operator operator, Dataflow dataflow, int pes, long lanes, SplitRule rule) {
		long k = dataflow.kTile();
		long p = dataflow.pTile();
		long q = dataflow.qTile();
		boolean alongPixels = rule != SplitRule.CHANNELS_ONLY;
		boolean reduces = operator.kind().splitsContraction();
		long c = reduces ? operator.contracted() : 1;
		long perOutput = (reduces ? 1 : operator.contracted()) * operator.filterRows() * operator.filterColumns();
		Cuts alongK = Cuts.of(k, pes);
		Cuts alongP = Cuts.of(p, alongPixels ? pes : 1);
		Cuts alongQ = Cuts.of(q, alongPixels ? pes : 1);
		Cuts alongC = Cuts.of(c, pes);
		// work of the largest slice
		long[] least = new long[pes + 1];
		Arrays.fill(least, Long.MAX_VALUE);
		for (int ik = 0; ik < alongK.count(); ik++) {
			long ofK = alongK.slices()[ik] * perOutput;
			for (int ip = 0; ip < alongP.count() && alongK.parts()[ik] * alongP.parts()[ip] <= pes; ip++) {
				long ofP = ofK * alongP.slices()[ip];
				for (int iq = 0; iq < alongQ.count() && alongK.parts()[ik] * alongP.parts()[ip] * alongQ.parts()[iq] <= pes; iq++) {
					long ofQ = ofP * alongQ.slices()[iq];
					long used = alongK.parts()[ik] * alongP.parts()[ip] * alongQ.parts()[iq];
					for (int ic = 0; ic < alongC.count() && used * alongC.parts()[ic] <= pes; ic++) {
						int count = (int) (used * alongC.parts()[ic]);
						least[count] = Math.min(least[count], ofQ * alongC.slices()[ic]);
					}
				}
			}
		}
		int steps = 0;
		int[] at = new int[pes];
		long[] cycles = new long[pes];
		for (int count = 1; count <= pes; count++) {
			if (least[count] < Long.MAX_VALUE && (steps == 0 || Math.ceilDiv(least[count], lanes) < cycles[steps - 1])) {
				at[steps] = count;
				cycles[steps++] = Math.ceilDiv(least[count], lanes);
			}
		}
		return new Steps(Arrays.copyOf(at, steps), Arrays.copyOf(cycles, steps));
	}

	/** Fewer PEs, then fewer parts along K, then along P. */
	private static boolean beats(long k, long p, long rest, long otherK, long otherP, long otherRest) {
		long pes = k * p * rest;
		long others = otherK * otherP * otherRest;
		if (pes != others) {
			return pes < others;
		}
		return k != otherK ? k < otherK : p < otherP;
	}

	/** Numbers of parts of an axis, ascending, each of which makes the slices smaller, and the slices. */
	private record Cuts(long[] parts, long[] slices) {
		/** @param most parts */
		static Cuts of(long extent, long most) {
			long[] parts = new long[8];
			long[] slices = new long[8];
			int count = 0;
			for (long next = 1; next <= most;) {
				if (count == parts.length) {
					parts = Arrays.copyOf(parts, 2 * count);
					slices = Arrays.copyOf(slices, 2 * count);
				}
				parts[count] = next;
				slices[count] = Math.ceilDiv(extent, next);
				// ceil(extent / parts) must fall
				next = slices[count] == 1 ? Long.MAX_VALUE : Math.ceilDiv(extent, slices[count] - 1);
				count++;
			}
			return new Cuts(Arrays.copyOf(parts, count), Arrays.copyOf(slices, count));
		}

		int count() {
			return parts.length;
		}
	}
}
