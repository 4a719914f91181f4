package org.pipeorgan.engine.cost;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import org.pipeorgan.engine.organization.Placement;
import org.pipeorgan.engine.pipelining.Dataflow;

/**
 * The part of a plan that does not depend on where weights wait: dataflows, shares, splits, places and hand-overs, and
 * the schedules for each choice of forwarded hand-overs.
 */
final class Layout {

	/**
	 * What the operators ask of the buffer's ports, wherever weights wait, in bytes over the whole segment.
	 *
	 * @param outside   what each operator is delivered of tensors from outside of the segment
	 * @param handOvers what the reader of each hand-over is delivered if it goes through the buffer
	 * @param stored    what each operator stores for later segments
	 */
	record Feeds(long[] outside, long[] handOvers, long[] stored) {
	}

	/**
	 * What link loads depend on.
	 *
	 * @param forwarded    a bit for each hand-over: whether it goes from PE to PE
	 * @param weightPasses how often each operator's weights travel over the network between the PEs; empty if none do
	 */
	record FlowsKey(long forwarded, List<Long> weightPasses) {
	}

	/** Link loads, and the interval times that follow. */
	static final class Flows {
		/** What an interval of each operator takes while it runs: the larger of computation and the links of its sums. */
		long[] workUnits;
		/** That, or the links of its hand-overs if they take longer: they pass chunks on at this pace. */
		long[] intervalUnits;
		long[] latencies;
		/** Units between chunks on the slowest link on their way, for each hand-over. */
		long[] paces;
		String[] limits;
		long hopBits;
		long busiestLinkBits;
		int busiestLink = -1;
	}

	/**
	 * What a schedule depends on.
	 *
	 * @param flows   its link loads
	 * @param feeds   units that each operator's intervals take over the ports of buffer and memory; 0 where the PEs work as long
	 * @param settled units after which the weights that stay there are in each operator's registers
	 * @param sums    units after which the sums of an interval have made room for those of the next but one
	 * @param reads   bytes that the buffer delivers to each operator, where they may wait for each other at its port; else empty
	 * @param streams bytes of weights that memory delivers to each operator, likewise
	 */
	record ScheduleKey(Flows flows, long[] feeds, long[] settled, long[] sums, long[] reads, long[] streams) {
		@Override
		public boolean equals(Object other) {
			return other instanceof ScheduleKey key && flows == key.flows && Arrays.equals(feeds, key.feeds) && Arrays.equals(settled, key.settled)
					&& Arrays.equals(sums, key.sums) && Arrays.equals(reads, key.reads) && Arrays.equals(streams, key.streams);
		}

		@Override
		public int hashCode() {
			return 31 * (31 * (31 * System.identityHashCode(flows) + Arrays.hashCode(feeds)) + Arrays.hashCode(settled)) + Arrays.hashCode(sums);
		}
	}

	/** The recurrence. */
	static final class Schedule {
		final Flows flows;
		/** What an interval of each operator takes while it runs, and until the next one can follow. */
		final long[] workUnits;
		final long[] intervalUnits;
		/** The operator that takes longest in all, and whether its intervals wait for a port. */
		final int slowest;
		final boolean slowestIsFed;
		/** Whether operators wait for each other at the port of the buffer. */
		final boolean waitsAtPort;
		/** Units from the end of an interval until its results are there, where the interval's own do not contain them. */
		final long[] afterUnits;
		final int[] capacities;
		/** When the results of each operator's first interval are there. */
		final long[] firstUnits;
		/** When each operator's first interval begins, and when the results of its last one are there. */
		final long[] beginUnits;
		final long[] endUnits;
		final long recurrenceUnits;

		Schedule(ScheduleKey key, long[] workUnits, int[] intervals, Recurrence recurrence, long[] afterUnits, int[] capacities) {
			flows = key.flows();
			this.workUnits = workUnits;
			intervalUnits = workUnits.clone();
			int longest = 0;
			for (int i = 0; i < intervals.length; i++) {
				intervalUnits[i] = Math.max(workUnits[i], flows.intervalUnits[i]);
			}
			for (int i = 1; i < intervals.length; i++) {
				if (intervalUnits[i] * intervals[i] > intervalUnits[longest] * intervals[longest]) {
					longest = i;
				}
			}
			slowest = longest;
			slowestIsFed = key.feeds()[slowest] > flows.intervalUnits[slowest];
			waitsAtPort = recurrence.isShared();
			this.afterUnits = afterUnits;
			this.capacities = capacities;
			firstUnits = recurrence.first(afterUnits);
			beginUnits = recurrence.begin();
			endUnits = recurrence.ends(afterUnits);
			recurrenceUnits = recurrence.end(afterUnits);
		}

		private Schedule(Flows flows, long recurrenceUnits) {
			this.flows = flows;
			this.recurrenceUnits = recurrenceUnits;
			slowest = 0;
			slowestIsFed = false;
			waitsAtPort = false;
			workUnits = null;
			intervalUnits = null;
			afterUnits = null;
			capacities = null;
			firstUnits = null;
			beginUnits = null;
			endUnits = null;
		}

		/** Only what the whole segment comes to. */
		Schedule totals() {
			Flows sum = new Flows();
			sum.hopBits = flows.hopBits;
			return new Schedule(sum, recurrenceUnits);
		}
	}

	final List<Dataflow> dataflows;
	final SlicedOperator[] operators;
	/** PEs that each operator wishes; 0 for all of them, in turns. */
	final int[] shares;
	final Placement placement;
	final List<HandOver> handOvers;
	final int[] intervals;
	final long[] compute;
	/** Leads of joins when only computation takes time. */
	int[] computeCapacities;
	/** Hops that the longest route of each hand-over has at least; below 0 where that is not known yet. */
	final long[] leastHops;
	private final Supplier<long[]> reductions;
	private long[] reductionUnits;
	final Feeds feeds;
	/** Which intervals wait for which. */
	final Recurrence.Graph graph;
	final Map<FlowsKey, Flows> flows = new HashMap<>();
	final Map<ScheduleKey, Schedule> schedules = new HashMap<>();

	Layout(TiledSegment segment, SlicedOperator[] operators, int[] shares, Placement placement, Feeds feeds, Supplier<long[]> reductions) {
		this.operators = operators;
		this.shares = shares;
		this.placement = placement;
		this.reductions = reductions;
		this.feeds = feeds;
		dataflows = segment.dataflows;
		handOvers = segment.handOvers;
		graph = segment.graph;
		intervals = graph.intervals();
		compute = new long[operators.length];
		for (int i = 0; i < compute.length; i++) {
			compute[i] = operators[i].compute();
		}
		leastHops = new long[handOvers.size()];
		Arrays.fill(leastHops, -1);
	}

	/** The same layout of a segment that repeats its own. */
	Layout of(TiledSegment segment) {
		return new Layout(segment, operators, shares, placement, feeds, reductions);
	}

	/** Units from the end of an operator's computation until its sums along C are with their owners, for each operator. */
	long[] reductionUnits() {
		if (reductionUnits == null) {
			reductionUnits = reductions.get();
		}
		return reductionUnits;
	}
}
