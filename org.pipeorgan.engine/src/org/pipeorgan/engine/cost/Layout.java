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
		/** Units from when the first PE of its producer has what it needs from other PEs until the last one has, for each hand-over, if they are not kept in step; 0 where the slowest link is a PE's own port. */
		long[] apart;
		/** Units between chunks on the slowest link on their way, for each hand-over. */
		long[] paces;
		String[] limits;
		long hopBits;
		long busiestLinkBits;
		int busiestLink = -1;
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
		/** The port that operators wait at for each other, as results name it; {@code null} for none. */
		final String sharedPort;
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
			sharedPort = recurrence.sharedPort();
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
			sharedPort = null;
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
	/** By what they depend on: the forwarded hand-overs, and how often weights travel over the network between the PEs, if they do. */
	final Map<Numbers, Flows> flows = new HashMap<>();
	/** By what they depend on: that, and all times. */
	final Map<Numbers, Schedule> schedules = new HashMap<>();

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
