package org.pipeorgan.engine.cost;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.pipeorgan.engine.organization.Organization;
import org.pipeorgan.engine.organization.Placement;
import org.pipeorgan.engine.organization.Split;
import org.pipeorgan.engine.pipelining.Dataflow;
import org.pipeorgan.engine.pipelining.OrderClass;

/**
 * The part of a plan that does not depend on where weights wait: dataflows, shares, splits, places and hand-overs, and
 * the schedules for each choice of forwarded hand-overs.
 */
final class Layout {

	/** What a layout is made from. */
	record Key(int first, int depth, OrderClass orderClass, long chunks, Organization organization) {
		static Key of(MappingPoint point) {
			return new Key(point.first(), point.depth(), point.orderClass(), point.chunks(), point.organization());
		}
	}

	/**
	 * What a schedule depends on.
	 *
	 * @param forwarded    a bit for each hand-over: whether it goes from PE to PE
	 * @param weightPasses how often each operator's weights travel over the network between the PEs; empty if none do
	 */
	record ScheduleKey(long forwarded, List<Long> weightPasses) {
	}

	/** Network and recurrence. */
	static final class Schedule {
		long[] intervalUnits;
		long[] latencies;
		int[] capacities;
		long recurrenceUnits;
		long hopBits;
		long deliveredBits;
		long deliveredHopBits;
		long busiestLinkBits;
		int busiestLink = -1;
		String[] limits;
		int slowest;
	}

	final List<Dataflow> dataflows;
	final List<Split> splits;
	final Placement placement;
	final List<HandOver> handOvers;
	final int[] intervals;
	final long[] compute;
	/** Leads of joins when only computation takes time. */
	int[] computeCapacities;
	final Map<ScheduleKey, Schedule> schedules = new HashMap<>();

	Layout(List<Dataflow> dataflows, List<Split> splits, Placement placement, List<HandOver> handOvers, long[] compute) {
		this.dataflows = dataflows;
		this.splits = splits;
		this.placement = placement;
		this.handOvers = handOvers;
		this.compute = compute;
		intervals = dataflows.stream().mapToInt(d -> (int) d.intervals()).toArray();
	}
}
