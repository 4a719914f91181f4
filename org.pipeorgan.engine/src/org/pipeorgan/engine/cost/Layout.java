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
		/** What an interval of each operator takes while it runs: the larger of computation and the links of its sums, with nothing else on them if it hands nothing over from PE to PE. */
		long[] workUnits;
		/** Units between the ends of intervals on the links of its sums, which carry hand-overs too. */
		long[] ownPaces;
		/** The larger of these, or the links of its hand-overs if they take longer: they pass chunks on at this pace. */
		long[] intervalUnits;
		long[] latencies;
		/** A bit for each hand-over: whether it goes from PE to PE. */
		long forwarded;
		/** Units of the longest route of each hand-over that are not behind the slowest link. */
		long[] spare;
		/** Units between chunks on the slowest link on their way, for each hand-over. */
		long[] paces;
		String[] limits;
		long hopBits;
		long busiestLinkBits;
		int busiestLink = -1;
	}

	/**
	 * What a schedule depends on. In turns, the times are those that intervals take over the ports, and what follows but for {@code settled} is empty.
	 *
	 * @param flows           its link loads
	 * @param times           units that each operator's intervals take but for the buffer's port
	 * @param heads           units of that port for the first burst that an interval is delivered
	 * @param delivered       likewise for the rest; 0 where it is in nobody's way
	 * @param stored          likewise for what it stores
	 * @param settled         units after which the weights that stay there are in each operator's registers
	 * @param room            units after which an interval has left room for the next but one
	 * @param sharedDelivered all that is delivered, where operators may wait for each other at the port; else empty
	 * @param sharedStored    likewise all that is stored
	 * @param sharedResident  likewise the weights that go into registers
	 */
	record ScheduleKey(Flows flows, long[] times, long[] heads, long[] delivered, long[] stored, long[] settled, long[] room, long[] sharedDelivered, long[] sharedStored, long[] sharedResident) {
		@Override
		public boolean equals(Object other) {
			return other instanceof ScheduleKey key && flows == key.flows && Arrays.equals(times, key.times) && Arrays.equals(heads, key.heads) && Arrays.equals(delivered, key.delivered) && Arrays.equals(stored, key.stored)
					&& Arrays.equals(settled, key.settled) && Arrays.equals(room, key.room) && Arrays.equals(sharedDelivered, key.sharedDelivered) && Arrays.equals(sharedStored, key.sharedStored)
					&& Arrays.equals(sharedResident, key.sharedResident);
		}

		@Override
		public int hashCode() {
			return 31 * (31 * (31 * (31 * System.identityHashCode(flows) + Arrays.hashCode(times)) + Arrays.hashCode(settled)) + Arrays.hashCode(delivered)) + Arrays.hashCode(stored);
		}
	}

	/** The recurrence. */
	static final class Schedule {
		final Flows flows;
		/** What an interval of each operator takes at least, ports and the links of its hand-overs included. */
		final long[] intervalUnits;
		/** What an interval of each operator takes at least until its results are there. */
		final long[] roundUnits;
		/** The operator that takes longest in all, and whether its intervals wait for a port. */
		final int slowest;
		final boolean slowestIsFed;
		/** Whether operators wait for each other at the port of the buffer. */
		final boolean waitsAtPort;
		final int[] capacities;
		/** When the results of each operator's first interval are there. */
		final long[] firstUnits;
		/** When each operator's first interval begins, and when the results of its last one are there. */
		final long[] beginUnits;
		final long[] endUnits;
		final long recurrenceUnits;

		/**
		 * @param times       units that intervals take but for the buffer's port
		 * @param feeds       units that they take over the ports of buffer and memory
		 * @param roundUnits  see there
		 * @param afterUnits  units from the end of an interval until its results are there, where the interval's own do not contain them
		 */
		Schedule(Flows flows, long[] times, long[] feeds, long[] roundUnits, int[] intervals, Recurrence recurrence, long[] afterUnits, int[] capacities) {
			this.flows = flows;
			this.roundUnits = roundUnits;
			intervalUnits = new long[times.length];
			int longest = 0;
			for (int i = 0; i < intervals.length; i++) {
				intervalUnits[i] = Math.max(Math.max(times[i], feeds[i]), flows.intervalUnits[i]);
			}
			for (int i = 1; i < intervals.length; i++) {
				if (intervalUnits[i] * intervals[i] > intervalUnits[longest] * intervals[longest]) {
					longest = i;
				}
			}
			slowest = longest;
			slowestIsFed = feeds[slowest] > flows.intervalUnits[slowest];
			waitsAtPort = recurrence.isShared();
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
			intervalUnits = null;
			roundUnits = null;
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
