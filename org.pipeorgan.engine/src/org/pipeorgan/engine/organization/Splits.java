package org.pipeorgan.engine.organization;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.pipeorgan.engine.pipelining.Dataflow;
import org.pipeorgan.engine.workload.Operator;

/** Best splits, remembered by shape: the networks repeat few shapes many times. Safe for many threads. */
public final class Splits {
	private record Key(long k, long p, long q, long c, long perOutput, boolean reduces) {
	}

	private final long lanes;
	private final int pes;
	private final SplitRule rule;
	private final Map<Key, Table> known = new ConcurrentHashMap<>();

	/**
	 * @param lanes lane operations of a PE in a cycle
	 * @param pes   PEs of the array
	 * @param rule  along which ranks the work may be cut
	 */
	public Splits(long lanes, int pes, SplitRule rule) {
		this.lanes = lanes;
		this.pes = pes;
		this.rule = rule;
	}

	/** The splits of an operator's interval over any number of PEs. */
	public Table of(Operator operator, Dataflow dataflow) {
		Key key = new Key(dataflow.kTile(), dataflow.pTile(), dataflow.qTile(), operator.contracted(),
				operator.filterRows() * operator.filterColumns(), operator.kind().splitsContraction());
		Table table = known.get(key);
		return table != null ? table : known.computeIfAbsent(key, k -> new Table(operator, dataflow));
	}

	/** Cycles of a full interval with this split, rounded up. */
	public long cycles(Operator operator, Split split) {
		return Math.ceilDiv(split.sliceWork(operator), lanes);
	}

	/** Splits of one shape, found when first asked for. */
	public final class Table {
		private final Operator operator;
		private final Dataflow dataflow;
		/** By the number of PEs. */
		private final Map<Integer, Split> known = new ConcurrentHashMap<>();
		private volatile Split.Steps steps;

		private Table(Operator operator, Dataflow dataflow) {
			this.operator = operator;
			this.dataflow = dataflow;
		}

		/** The best split over so many PEs; see {@link Split#best}. */
		public Split on(int count) {
			return known.computeIfAbsent(count, pes -> Split.best(operator, dataflow, pes, lanes, rule, cycles(pes)));
		}

		/** PEs times cycles that a full interval takes at least: its work over the lanes. */
		public double leastPeCycles() {
			return (double) dataflow.chunkElements() * operator.workPerOutput() / lanes;
		}

		/** Cycles of a full interval on so many PEs, rounded up: those of {@link #on}. */
		public long cycles(int count) {
			return steps().on(count);
		}

		/** Cycles by the number of PEs. */
		Split.Steps steps() {
			Split.Steps found = steps;
			if (found == null) {
				found = Split.steps(operator, dataflow, pes, lanes, rule);
				steps = found;
			}
			return found;
		}
	}
}
