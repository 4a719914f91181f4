package org.pipeorgan.engine.cost;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.pipeorgan.engine.organization.Split;
import org.pipeorgan.engine.organization.Splits;
import org.pipeorgan.engine.pipelining.Dataflow;
import org.pipeorgan.engine.pipelining.Dependence;
import org.pipeorgan.engine.workload.Operator;

/**
 * An operator whose result is cut into intervals; operators of the same shape share it, whatever the segments that they are in. What follows for a number of
 * PEs, and from the tiling of a producer, is remembered: there are few of either, since networks repeat few shapes. Safe for many threads.
 */
final class TiledOperator {
	private record Source(TiledOperator producer, int operand) {
	}

	private final TiledOperators all;
	/** One of its shape. */
	final Operator operator;
	final Dataflow dataflow;
	/** Number of intervals. */
	final long intervals;
	/** Splits of an interval. */
	final Splits.Table splits;
	/** Elements that all intervals need of each operand, halo anew in each interval; {@code null} if there are too many intervals. */
	final long[] needed;
	/** Bits that its lane operations read from and write to registers. */
	final long registerBits;
	private final Map<Integer, SlicedOperator> onPes = new ConcurrentHashMap<>();
	private final Map<Source, Dependence> dependences = new ConcurrentHashMap<>();

	TiledOperator(TiledOperators all, Operator operator, Dataflow dataflow, Splits.Table splits, long[] needed, long registerBits) {
		this.all = all;
		this.operator = operator;
		this.dataflow = dataflow;
		this.splits = splits;
		this.needed = needed;
		this.registerBits = registerBits;
		intervals = dataflow.intervals();
	}

	/** The operator on so many PEs, under the split that needs the fewest cycles. */
	SlicedOperator on(int pes) {
		SlicedOperator known = onPes.get(pes);
		return known != null ? known : onPes.computeIfAbsent(pes, count -> all.slice(this, splits.on(count)));
	}

	/** The operator under a split that is stated. */
	SlicedOperator under(Split split) {
		return all.slice(this, split);
	}

	/** Which intervals of the producer of an operand its own wait for. */
	Dependence on(TiledOperator producer, int operand) {
		Source source = new Source(producer, operand);
		Dependence known = dependences.get(source);
		return known != null ? known : dependences.computeIfAbsent(source, key -> all.dependence(producer, this, operand));
	}
}
