package org.pipeorgan.engine.organization;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.pipeorgan.engine.pipelining.Dataflow;
import org.pipeorgan.engine.workload.Operator;

/** Best splits, remembered by shape: the networks repeat few shapes many times. Safe for many threads. */
public final class Splits {
	private record Key(long k, long p, long q, long c, long perOutput, boolean reduces, int pes) {
	}

	private final long lanes;
	private final Map<Key, Split> known = new ConcurrentHashMap<>();

	/** @param lanes lane operations of a PE in a cycle */
	public Splits(long lanes) {
		this.lanes = lanes;
	}

	/** The split of an operator's interval over so many PEs; see {@link Split#best}. */
	public Split of(Operator operator, Dataflow dataflow, int pes) {
		Key key = new Key(dataflow.kTile(), dataflow.pTile(), dataflow.qTile(), operator.contracted(),
				operator.filterRows() * operator.filterColumns(), operator.kind().splitsContraction(), pes);
		Split split = known.get(key);
		if (split == null) {
			split = Split.best(operator, dataflow, pes, lanes);
			known.put(key, split);
		}
		return split;
	}

	/** Cycles of a full interval on so many PEs, rounded up. */
	public long cycles(Operator operator, Dataflow dataflow, int pes) {
		return Math.ceilDiv(of(operator, dataflow, pes).sliceWork(operator), lanes);
	}
}
