package org.pipeorgan.engine.cost;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.pipeorgan.engine.interconnect.LinkLoads;
import org.pipeorgan.engine.interconnect.Network;
import org.pipeorgan.engine.organization.Placement;
import org.pipeorgan.engine.organization.Split;
import org.pipeorgan.engine.pipelining.Dataflow;
import org.pipeorgan.engine.pipelining.OrderClass;
import org.pipeorgan.engine.workload.Operator;

/** When the intervals of a segment run: compute, link loads, recurrence (sections 4 and 5 of the model). Safe for many threads. */
final class SegmentScheduler {
	/** Most bytes of a packet of sums. */
	private static final long PACKET_BYTES = 64;
	private static final long[] NOTHING = {};
	/** What bounds an interval that waits for nothing else. */
	private static final String COMPUTE = "compute";

	private record ReductionKey(Dataflow dataflow, Split split) {
	}

	/**
	 * What the operators of a plan ask of the buffer, for each operator.
	 *
	 * @param reads  bytes that it delivers while the segment runs
	 * @param heads  units in which it delivers the first burst of an interval
	 * @param writes bytes that are written to it in an interval
	 * @param sums   units that sums travel to their owners after the end of an interval
	 * @param after  units from the end of an interval until its results are there: sums travel to their owners, the last part of a chunk that goes to the buffer is stored
	 */
	private record Asked(long[] reads, long[] heads, long[] writes, long[] sums, long[] after) {
	}

	private final Network network;
	private final TimeUnits units;
	private final int partialSumBytes;
	private final SegmentTraffic traffic;
	private final Map<ReductionKey, Layout.Flows> reductions = new ConcurrentHashMap<>();

	SegmentScheduler(SegmentTraffic traffic, Network network, TimeUnits units, int partialSumBytes) {
		this.traffic = traffic;
		this.network = network;
		this.units = units;
		this.partialSumBytes = partialSumBytes;
	}

	/** Schedules a sketched plan, and decides which hand-overs go from PE to PE. */
	void schedule(SegmentPlan plan, List<Operator> operators, LinkLoads loads) {
		plan.schedule = recurrence(plan, operators, loads);
		for (long fewer = retreat(plan); fewer != plan.forwarded; fewer = retreat(plan)) {
			plan.forwarded = fewer;
			plan.schedule = recurrence(plan, operators, loads);
		}
	}

	/** How long partial sums travel along C, from PE to PE, after the last of them is made, for each operator: the hops of their way, and the last packet over a link. */
	long[] reductionUnits(Placement placement, SlicedOperator[] operators) {
		long[] travel = new long[operators.length];
		for (int i = 0; i < travel.length; i++) {
			Split split = operators[i].split();
			if (split.cParts() > 1) {
				travel[i] = Math.addExact(lastSums(split), hopUnits(placement.longestReduction(i, split, network)));
			}
		}
		return travel;
	}

	/** Units that the last packet of a PE's sums takes over a link. */
	private long lastSums(Split split) {
		long bytes = Math.min(PACKET_BYTES, Math.multiplyExact(TimeUnits.lastPartOf(split.sliceOutputs()), (long) partialSumBytes));
		return Math.multiplyExact(8 * bytes, Math.max(units.perLinkBit(), units.perLocalBit()));
	}

	private long hopUnits(long hops) {
		return Math.multiplyExact(hops * network.interconnect().hopCycles(), units.perCycle());
	}

	/** The recurrence of a plan with its choice of forwarded hand-overs. */
	private Layout.Schedule recurrence(SegmentPlan plan, List<Operator> operators, LinkLoads loads) {
		Layout layout = plan.layout;
		boolean spatial = plan.point.organization().spatial();
		Asked asked = asked(plan);
		long[] forwarded = { plan.forwarded };
		long[] delivers = traffic.dependsOn(plan);
		Layout.Flows flows = layout.flows.computeIfAbsent(new Numbers(forwarded, delivers), key -> spatial ? flows(plan, operators, asked, loads) : flowsInTurn(plan, operators, loads));
		plan.feedsFromMemory = new boolean[layout.intervals.length];
		long[] feeds = portUnits(plan, asked);
		long[] settled = settled(plan, asked.reads);
		if (!spatial) {
			return layout.schedules.computeIfAbsent(new Numbers(forwarded, delivers, feeds, settled), key -> inTurn(layout, flows, feeds, settled, asked.after));
		}
		Recurrence.Ports ports = ports(plan, asked);
		long[] times = times(plan, flows.workUnits);
		Recurrence.Ports delays = ports.inTheWayOf(times);
		long[] room = room(asked);
		// no schedule ends before its longest operator
		boolean mayBeBusy = ports.isBusy(layout.intervals, longest(layout.intervals, times, ports));
		Numbers key = new Numbers(forwarded, delivers, times, asked.heads, delays.delivered(), delays.stored(), settled, room, mayBeBusy ? ports.delivered() : NOTHING,
				mayBeBusy ? ports.stored() : NOTHING, mayBeBusy ? ports.resident() : NOTHING);
		return layout.schedules.computeIfAbsent(key, k -> {
			Recurrence.Waits waits = new Recurrence.Waits(latencies(layout, flows, times, ports), flows.paces, flows.ownPaces, asked.heads, settled, room, flows.forwarded);
			return together(layout, flows, times, feeds, waits, ports, delays);
		});
	}

	/** Units that the operator takes which takes longest in all. */
	private static long longest(int[] intervals, long[] times, Recurrence.Ports ports) {
		long longest = 0;
		for (int i = 0; i < times.length; i++) {
			longest = Math.max(longest, intervals[i] * Math.max(times[i], ports.busy(i)));
		}
		return longest;
	}

	/** The hand-overs of a sketched plan that may go from PE to PE: where the consumer's register files have room for them, edge by edge in operand order. A bit for each. */
	long mayForward(SegmentPlan plan) {
		Layout layout = plan.layout;
		if (!plan.point.organization().forwards() || layout.handOvers.isEmpty()) {
			return 0;
		}
		if (layout.computeCapacities == null) {
			layout.computeCapacities = capacities(layout,
					layout.handOvers.stream().allMatch(HandOver::bounded) ? null
							: Recurrence.run(layout.graph, layout.compute, Recurrence.Waits.none(layout.graph), Recurrence.Ports.none(layout.graph)));
		}
		return fitting(plan, layout.computeCapacities, -1L);
	}

	/** The hand-overs of an outlined plan that go from PE to PE at most: each has room in the consumer's register files by itself, with the fewest chunks. A bit for each. */
	long mayForwardAtMost(SegmentPlan plan) {
		long forwarded = 0;
		List<HandOver> edges = plan.layout.handOvers;
		for (int e = 0; e < edges.size() && plan.point.organization().forwards(); e++) {
			int consumer = edges.get(e).consumer();
			forwarded |= 2 * plan.layout.operators[consumer].chunkRegisters()[edges.get(e).number()] <= plan.freeRegisters[consumer] ? 1L << e : 0;
		}
		return forwarded;
	}

	/**
	 * Units that each operator's intervals of a sketched plan take at least: computation, and the ports of buffer and memory, where all hand-overs
	 * go from PE to PE that may; in turns, sums too.
	 */
	long[] leastIntervalUnits(SegmentPlan plan) {
		Asked asked = asked(plan);
		boolean spatial = plan.point.organization().spatial();
		long[] least = spatial ? times(plan, plan.layout.compute) : portUnits(plan, asked);
		Recurrence.Ports ports = spatial ? ports(plan, asked) : null;
		for (int i = 0; i < least.length; i++) {
			least[i] = spatial ? Math.max(least[i], ports.busy(i)) : Math.max(least[i], plan.layout.compute[i]) + asked.after[i];
		}
		return least;
	}

	/**
	 * The recurrence of a sketched plan, if its intervals take no longer than computation and the ports of buffer and memory, and nothing takes longer on its way than
	 * {@link SegmentTraffic#leastHops}: a bound from below. The same for layouts whose operators take the same times.
	 */
	long leastRecurrenceUnits(SegmentPlan plan, List<Operator> operators, Map<Numbers, Long> known) {
		Layout layout = plan.layout;
		Asked asked = asked(plan);
		long[] least = times(plan, layout.compute);
		Recurrence.Ports asking = ports(plan, asked);
		Recurrence.Ports ports = asking.inTheWayOf(least);
		long[] latencies = latencies(plan, traffic.leastHops(plan, operators, network), asked);
		wait(latencies, layout, plan.forwarded, asked.heads);
		Recurrence.Waits waits = new Recurrence.Waits(latencies, new long[latencies.length], new long[least.length], asked.heads, settled(plan, asked.reads), room(asked), -1L);
		// weights of parts of K, and the intervals of these, are the same for all layouts of a tiling; the rest of what ports are asked for is for operators that share one
		Numbers key = new Numbers(least, latencies, asked.heads, waits.settled(), waits.room(), ports.delivered(), ports.stored(), asked.after);
		return known.computeIfAbsent(key, k -> leastEnd(layout, least, asking, Recurrence.run(layout.graph, least, waits, ports).end(asked.after),
				(times, memory) -> Recurrence.run(layout.graph, times, waits, memory).end(asked.after)));
	}

	/** A bound from below on the recurrence of an outlined plan, the same wherever its operators' PEs are: sums take a hop from PE to PE, and nothing else takes any. */
	long leastEndUnits(SegmentPlan plan) {
		Layout layout = plan.layout;
		long[] sums = new long[layout.intervals.length];
		for (int i = 0; i < sums.length; i++) {
			Split split = layout.operators[i].split();
			sums[i] = split.cParts() == 1 ? 0 : Math.addExact(lastSums(split), hopUnits(split.cParts() - 1));
		}
		Asked asked = asked(plan, sums);
		long[] least = times(plan, layout.compute);
		long[] latencies = latencies(plan, new long[layout.handOvers.size()], asked);
		wait(latencies, layout, plan.forwarded, asked.heads);
		Recurrence.Waits waits = new Recurrence.Waits(latencies, null, null, asked.heads, settled(plan, asked.reads), room(asked), plan.forwarded);
		Recurrence.Ports asking = ports(plan, asked);
		return leastEnd(layout, least, asking, LeastEnd.of(layout.graph, least, waits, asking.inTheWayOf(least)), (times, memory) -> LeastEnd.of(layout.graph, times, waits, memory));
	}

	/** When a recurrence ends at least whose intervals take so long, and that asks so much of the ports of buffer and memory. */
	private interface End {
		long of(long[] times, Recurrence.Ports ports);
	}

	/**
	 * When a recurrence ends at least in which operators may share the memory's port. They do if it is busy for more than half of the time until the end of the one
	 * in which they do not: so either that ends after twice the time for which it is busy, or the second one counts.
	 *
	 * @param alone when the one ends at least in which they do not
	 * @param end   says when one ends with what operators wait for at the memory's port
	 */
	private static long leastEnd(Layout layout, long[] least, Recurrence.Ports ports, long alone, End end) {
		long busy = ports.memoryBusy(layout.intervals);
		if (alone >= busy + busy) {
			return alone;
		}
		long[] times = least.clone();
		for (int i = 0; i < times.length; i++) {
			times[i] = Math.max(times[i], ports.delivered()[i]);
		}
		return Math.max(alone, Math.min(busy + busy, end.of(times, ports.ofMemory(layout.intervals))));
	}

	/** Units that each operator's intervals take over the ports of buffer and memory. */
	private long[] portUnits(SegmentPlan plan, Asked asked) {
		long[] feeds = new long[asked.reads.length];
		for (int i = 0; i < feeds.length; i++) {
			long intervals = plan.layout.intervals[i];
			long stream = streamed(plan, i);
			long buffer = units.buffer(Math.ceilDiv(asked.reads[i], intervals), asked.writes[i] + stream);
			long memory = Math.multiplyExact(stream, units.perMemoryByte());
			feeds[i] = Math.max(buffer, memory);
			TimeUnits.check(feeds[i], intervals);
			if (plan.feedsFromMemory != null) {
				plan.feedsFromMemory[i] = memory > buffer;
			}
		}
		return feeds;
	}

	/** Bytes that each operator writes to the buffer in an interval. */
	private static long[] writes(SegmentPlan plan) {
		Layout layout = plan.layout;
		long[] writes = layout.feeds.stored().clone();
		for (int e = 0; e < layout.handOvers.size(); e++) {
			if ((plan.forwarded >> e & 1) == 0) {
				writes[layout.handOvers.get(e).producer()] = layout.handOvers.get(e).tensor().bytes();
			}
		}
		for (int i = 0; i < writes.length; i++) {
			writes[i] = Math.ceilDiv(writes[i], (long) layout.intervals[i]);
		}
		return writes;
	}

	private Asked asked(SegmentPlan plan) {
		return asked(plan, plan.layout.reductionUnits());
	}

	private Asked asked(SegmentPlan plan, long[] sums) {
		long[] writes = writes(plan);
		long[] after = new long[writes.length];
		for (int i = 0; i < after.length; i++) {
			after[i] = Math.addExact(sums[i], units.lastPart(writes[i]));
		}
		long[] reads = reads(plan);
		long[] heads = new long[reads.length];
		for (int i = 0; i < heads.length; i++) {
			heads[i] = Math.min(units.perCycle(), units.buffer(Math.ceilDiv(reads[i], (long) plan.layout.intervals[i]), 0));
		}
		return new Asked(reads, heads, writes, sums, after);
	}

	/** Bytes that the buffer delivers to each operator while the segment runs. */
	private static long[] reads(SegmentPlan plan) {
		Layout layout = plan.layout;
		long[] reads = new long[layout.intervals.length];
		for (int i = 0; i < reads.length; i++) {
			reads[i] = Math.addExact(plan.weightFeedBytes[i], layout.feeds.outside()[i]);
		}
		for (int e = 0; e < layout.handOvers.size(); e++) {
			if ((plan.forwarded >> e & 1) == 0) {
				int consumer = layout.handOvers.get(e).consumer();
				reads[consumer] = Math.addExact(reads[consumer], layout.feeds.handOvers()[e]);
			}
		}
		return reads;
	}

	/**
	 * Units after which an interval has left room for the next but one: what the buffer delivers keeps all PEs of an operator in step, so that it waits
	 * for the longest way of the sums; and two chunks at most wait to be stored.
	 */
	private static long[] room(Asked asked) {
		long[] room = new long[asked.reads.length];
		for (int i = 0; i < room.length; i++) {
			room[i] = asked.writes[i] > 0 ? asked.after[i] : asked.reads[i] > 0 ? asked.sums[i] : 0;
		}
		return room;
	}

	/** When the buffer has delivered what the first interval of each operator needs, and the weights that stay in registers: operator after operator. */
	private long[] settled(SegmentPlan plan, long[] reads) {
		long[] settled = new long[reads.length];
		long before = 0;
		for (int i = 0; i < settled.length; i++) {
			long first = Math.ceilDiv(reads[i], (long) plan.layout.intervals[i]);
			before = Math.addExact(before, plan.residentBytes[i]);
			settled[i] = units.buffer(Math.addExact(before, first), 0);
			// in turns the buffer delivers when their turn comes
			before = plan.point.organization().spatial() ? Math.addExact(before, first) : before;
		}
		return settled;
	}

	/** @param delays what of the ports is in the way of an operator's own intervals */
	private static Layout.Schedule together(Layout layout, Layout.Flows flows, long[] times, long[] feeds, Recurrence.Waits waits, Recurrence.Ports ports, Recurrence.Ports delays) {
		long[] after = ports.after();
		Recurrence recurrence = Recurrence.run(layout.graph, times, waits, delays);
		// only where it may be by the longest operator, as the key has it
		if (ports.isBusy(layout.intervals, recurrence.end(after))) {
			Recurrence shared = Recurrence.share(layout.graph, times, waits, ports);
			recurrence = shared.end(after) > recurrence.end(after) ? shared : recurrence;
		}
		long[] rounds = new long[times.length];
		for (int i = 0; i < rounds.length; i++) {
			rounds[i] = Math.max(Math.addExact(times[i], after[i]), ports.busy(i));
		}
		return new Layout.Schedule(flows, times, feeds, rounds, layout.intervals, recurrence, after, capacities(layout, recurrence));
	}

	/** Units that the intervals of each operator take but for the buffer's port. @param work those of the PEs, and of their own links */
	private long[] times(SegmentPlan plan, long[] work) {
		long[] times = work.clone();
		for (int i = 0; i < times.length; i++) {
			if (plan.point.orderClass() == OrderClass.ACTIVATION_OUTER) {
				times[i] = Math.max(times[i], Math.multiplyExact(streamed(plan, i), units.perMemoryByte()));
			}
		}
		return times;
	}

	/** What the operators of a plan ask of the ports of buffer and memory. */
	private Recurrence.Ports ports(SegmentPlan plan, Asked asked) {
		boolean apart = units.perBufferWriteByte() > 0;
		Layout layout = plan.layout;
		int depth = asked.reads.length;
		long[] delivered = new long[depth];
		long[] stored = new long[depth];
		long[] lastStored = new long[depth];
		long[] resident = new long[depth];
		long[] loaded = new long[depth];
		int[] partIntervals = new int[depth];
		for (int i = 0; i < depth; i++) {
			long stream = streamed(plan, i);
			long reads = Math.ceilDiv(asked.reads[i], (long) layout.intervals[i]);
			delivered[i] = units.buffer(reads, apart ? 0 : stream) - asked.heads[i];
			stored[i] = units.buffer(0, asked.writes[i] + (apart ? stream : 0));
			lastStored[i] = units.lastPart(asked.writes[i]);
			resident[i] = units.buffer(plan.residentBytes[i], 0);
			Dataflow dataflow = layout.dataflows.get(i);
			partIntervals[i] = (int) (dataflow.intervals() / dataflow.kParts());
			if (plan.point.orderClass() == OrderClass.WEIGHT_OUTER && dataflow.kParts() > 1) {
				loaded[i] = Math.multiplyExact(layout.operators[i].weightPiece(), units.perMemoryByte());
			}
		}
		return new Recurrence.Ports(asked.heads, delivered, stored, lastStored, resident, asked.after, loaded, partIntervals, null, apart);
	}

	/** Bytes of weights that memory delivers for an interval. */
	private static long streamed(SegmentPlan plan, int i) {
		return Math.ceilDiv(plan.weightStreamBytes[i], (long) plan.layout.intervals[i]);
	}

	/** Operators one after the other on the whole array, chunk by chunk: the time is the sum, chunks wait in the buffer. */
	private static Layout.Schedule inTurn(Layout layout, Layout.Flows flows, long[] feeds, long[] settled, long[] after) {
		long[] times = flows.intervalUnits.clone();
		long[] first = settled.clone();
		for (int i = 0; i < times.length; i++) {
			times[i] = Math.addExact(Math.max(times[i], feeds[i]), after[i]);
			first[i] = Math.addExact(first[i], after[i]);
		}
		Recurrence recurrence = Recurrence.takeTurns(layout.graph, times, first);
		return new Layout.Schedule(flows, times, times, times, layout.intervals, recurrence, new long[times.length], layout.handOvers.stream().mapToInt(recurrence::largestLead).toArray());
	}

	private Layout.Flows flowsInTurn(SegmentPlan plan, List<Operator> operators, LinkLoads loads) {
		Layout.Flows flows = new Layout.Flows();
		flows.workUnits = plan.layout.compute.clone();
		flows.intervalUnits = flows.workUnits;
		flows.limits = new String[operators.size()];
		for (int i = 0; i < flows.limits.length; i++) {
			flows.limits[i] = COMPUTE;
			if (traffic.isBusyAlone(plan.layout, i)) {
				takeTurn(flows, plan, operators, i, loads);
			}
		}
		return flows;
	}

	/** Traffic of an operator that has the whole array; the same shape loads the same links. */
	private void takeTurn(Layout.Flows flows, SegmentPlan plan, List<Operator> operators, int i, LinkLoads loads) {
		Layout layout = plan.layout;
		Layout.Flows alone = traffic.isLocal()
				? reductions.computeIfAbsent(new ReductionKey(layout.dataflows.get(i), layout.operators[i].split()), key -> alone(plan, operators, i, loads))
				: alone(plan, operators, i, loads);
		if (alone.intervalUnits[0] > flows.intervalUnits[i]) {
			flows.intervalUnits[i] = alone.intervalUnits[0];
			flows.limits[i] = alone.limits[0];
		}
		flows.hopBits = Math.addExact(flows.hopBits, alone.hopBits);
		if (alone.busiestLinkBits > flows.busiestLinkBits) {
			flows.busiestLink = alone.busiestLink;
			flows.busiestLinkBits = alone.busiestLinkBits;
		}
	}

	private Layout.Flows alone(SegmentPlan plan, List<Operator> operators, int i, LinkLoads loads) {
		Layout.Flows alone = new Layout.Flows();
		loads.clear();
		loads.beginGroup();
		traffic.addOwn(plan, operators, i, 0, new long[plan.layout.handOvers.size()], loads);
		int link = slowestLink(loads, loads.busiest(0), plan.layout.intervals[i]);
		alone.intervalUnits = new long[] { linkUnits(loads, link, plan.layout.intervals[i]) };
		alone.limits = new String[] { limit(link) };
		countLoads(alone, loads);
		return alone;
	}

	/** With network times the leads of joins may have grown; an edge that no longer fits goes through the buffer. */
	private static long retreat(SegmentPlan plan) {
		return plan.forwarded == 0 ? 0 : fitting(plan, plan.schedule.capacities, plan.forwarded);
	}

	private static long fitting(SegmentPlan plan, int[] capacities, long among) {
		long[] left = plan.freeRegisters.clone();
		long forwarded = 0;
		List<HandOver> edges = plan.layout.handOvers;
		for (int e = 0; e < edges.size(); e++) {
			HandOver edge = edges.get(e);
			int consumer = edge.consumer();
			long bytes = Math.multiplyExact(plan.layout.operators[consumer].chunkRegisters()[edge.number()], edge.bounded() ? 2 : Math.max(2, capacities[e]));
			if ((among >> e & 1) == 1 && bytes <= left[consumer]) {
				forwarded |= 1L << e;
				left[consumer] -= bytes;
			}
		}
		return forwarded;
	}

	private static int[] capacities(Layout layout, Recurrence recurrence) {
		return layout.handOvers.stream().mapToInt(e -> e.bounded() ? e.boundedCapacity() : recurrence.largestLead(e)).toArray();
	}

	/** Link loads of the whole segment, and the interval times that follow. */
	private Layout.Flows flows(SegmentPlan plan, List<Operator> operators, Asked asked, LinkLoads loads) {
		Layout layout = plan.layout;
		int depth = operators.size();
		long[] hops = new long[layout.handOvers.size()];
		Layout.Flows flows = new Layout.Flows();
		flows.workUnits = layout.compute.clone();
		flows.intervalUnits = layout.compute.clone();
		flows.limits = new String[depth];
		Arrays.fill(flows.limits, COMPUTE);
		flows.paces = new long[hops.length];
		flows.spare = new long[hops.length];
		flows.apart = new long[hops.length];
		flows.forwarded = plan.forwarded;
		loads.clear();
		for (int i = 0; i < depth; i++) {
			loads.beginGroup();
			traffic.addHandOvers(plan, operators, i, plan.forwarded, hops, loads);
		}
		for (int i = 0; i < depth && plan.forwarded != 0; i++) {
			LinkLoads.Busiest busiest = loads.busiest(i);
			takeLinks(flows, loads, busiest, i, layout.intervals[i]);
			pass(flows, plan, i, hops, loads, busiest);
		}
		for (int i = 0; i < depth; i++) {
			loads.beginGroup();
			traffic.addOwn(plan, operators, i, plan.forwarded, hops, loads);
			LinkLoads.Most most = loads.mostOfLastGroup();
			flows.workUnits[i] = Math.max(flows.workUnits[i],
					Math.max(units(most.onRouterLink(), layout.intervals[i], units.perLinkBit()), units(most.onPort(), layout.intervals[i], units.perLocalBit())));
		}
		flows.ownPaces = new long[depth];
		for (int i = 0; i < depth; i++) {
			flows.ownPaces[i] = takeLinks(flows, loads, loads.busiest(depth + i), i, layout.intervals[i]);
			// what it hands over sets off while its sums are under way
			flows.workUnits[i] = handsOver(plan, i) ? Math.max(flows.workUnits[i], flows.ownPaces[i]) : flows.workUnits[i];
		}
		countLoads(flows, loads);
		flows.latencies = latencies(plan, hops, asked);
		return flows;
	}

	private static boolean handsOver(SegmentPlan plan, int i) {
		for (int e = 0; e < plan.layout.handOvers.size(); e++) {
			if ((plan.forwarded >> e & 1) == 1 && plan.layout.handOvers.get(e).producer() == i) {
				return true;
			}
		}
		return false;
	}

	/** Raises the time between intervals of operator i to what the slowest of some links takes for an interval's share of its load, says what bounds it, and returns that. */
	private long takeLinks(Layout.Flows flows, LinkLoads loads, LinkLoads.Busiest busiest, int i, int intervals) {
		int link = slowestLink(loads, busiest, intervals);
		long time = linkUnits(loads, link, intervals);
		TimeUnits.check(time, intervals);
		if (time > flows.intervalUnits[i]) {
			flows.intervalUnits[i] = time;
			flows.limits[i] = limit(link);
		}
		return time;
	}

	/** The pace at which chunks pass the slowest link on their way to operator i, and how far they have come there. Links carry nothing but hand-overs yet. */
	private void pass(Layout.Flows flows, SegmentPlan plan, int i, long[] hops, LinkLoads loads, LinkLoads.Busiest busiest) {
		Layout layout = plan.layout;
		for (int e = 0; e < flows.paces.length; e++) {
			HandOver edge = layout.handOvers.get(e);
			if (edge.consumer() == i && (plan.forwarded >> e & 1) == 1) {
				int intervals = layout.intervals[edge.producer()];
				int link = slowestLink(loads, busiest, intervals);
				flows.paces[e] = linkUnits(loads, link, intervals);
				flows.spare[e] = hopUnits(hops[e] - hopsBehind(plan, edge, link, hops[e]));
				flows.apart[e] = isOutOfPe(link) ? 0 : hopUnits(longestWayTo(plan, edge.producer(), hops));
			}
		}
	}

	private boolean isOutOfPe(int link) {
		return link >= network.routerLinks() && link < network.ejection(0);
	}

	/** Hops of the longest route of the hand-overs into an operator that go from PE to PE. */
	private static long longestWayTo(SegmentPlan plan, int i, long[] hops) {
		long longest = 0;
		for (int e = 0; e < hops.length; e++) {
			if (plan.layout.handOvers.get(e).consumer() == i && (plan.forwarded >> e & 1) == 1) {
				longest = Math.max(longest, hops[e]);
			}
		}
		return longest;
	}

	/**
	 * Most hops that what passes a link last on the way from PE to PE has to go from its beginning on: at most those that are left of the longest route to one that came
	 * from furthest away, as what comes from there comes last.
	 *
	 * @param longest hops of that route
	 */
	private long hopsBehind(SegmentPlan plan, HandOver edge, int link, long longest) {
		if (link < 0 || link >= network.routerLinks()) {
			return link < 0 || isOutOfPe(link) ? longest : 0;
		}
		long before = network.mostHopsBefore(link, plan.layout.placement.extent(edge.producer(), network));
		long over = network.mostHopsOver(link, plan.layout.placement.extent(edge.consumer(), network));
		return Math.max(0, Math.min(longest - before, over));
	}

	/**
	 * Time from the end of a producer's interval until its chunk is with its consumer, for each hand-over: the last part has the longest way to go, or passes the
	 * slowest link after the others, which set off part by part, as they were made, and goes on from there. What comes from far away meets none of these there. PEs that
	 * the buffer delivers nothing to are not kept in step: they begin one after the other, as what they need comes from near and far, and what they make is made so much more slowly.
	 */
	private static long[] latencies(Layout layout, Layout.Flows flows, long[] times, Recurrence.Ports ports) {
		long[] latencies = flows.latencies.clone();
		for (int e = 0; e < latencies.length; e++) {
			int producer = layout.handOvers.get(e).producer();
			long made = ports.heads()[producer] == 0 ? times[producer] + flows.apart[e] : Math.max(times[producer], ports.heads()[producer] + ports.delivered()[producer]);
			long queued = Math.max(TimeUnits.lastPartOf(flows.paces[e]), flows.paces[e] - made + TimeUnits.lastPartOf(made));
			latencies[e] = Math.addExact(latencies[e], Math.max(0, queued - flows.spare[e]));
		}
		wait(latencies, layout, flows.forwarded, ports.heads());
		return latencies;
	}

	/**
	 * Time from the end of a producer's interval to the begin of its consumer's, for each hand-over, but for first bursts, and for what the last part of a chunk waits for on its way from PE to PE.
	 *
	 * @param hops of its longest route
	 */
	private long[] latencies(SegmentPlan plan, long[] hops, Asked asked) {
		long[] latencies = new long[hops.length];
		for (int e = 0; e < hops.length; e++) {
			int producer = plan.layout.handOvers.get(e).producer();
			latencies[e] = Math.addExact(hopUnits(hops[e]), (plan.forwarded >> e & 1) == 1 ? asked.sums[producer] : asked.after[producer]);
		}
		return latencies;
	}

	/** A chunk that goes through the buffer is there with its first burst. */
	private static void wait(long[] latencies, Layout layout, long forwarded, long[] heads) {
		for (int e = 0; e < latencies.length; e++) {
			latencies[e] += (forwarded >> e & 1) == 1 ? 0 : heads[layout.handOvers.get(e).consumer()];
		}
	}

	private static void countLoads(Layout.Flows flows, LinkLoads loads) {
		flows.hopBits = Math.addExact(flows.hopBits, loads.hopUnits());
		int busiest = loads.busiestRouterLink();
		if (busiest >= 0 && loads.load(busiest) > flows.busiestLinkBits) {
			flows.busiestLink = busiest;
			flows.busiestLinkBits = loads.load(busiest);
		}
	}

	/** That of the busiest links which takes longest for an interval's share of its load; -1 for none. */
	private int slowestLink(LinkLoads loads, LinkLoads.Busiest busiest, int intervals) {
		return linkUnits(loads, busiest.port(), intervals) > linkUnits(loads, busiest.routerLink(), intervals) ? busiest.port() : busiest.routerLink();
	}

	private String limit(int link) {
		return link < 0 ? COMPUTE : (link < network.routerLinks() ? "link " : "") + network.describe(link);
	}

	/** Units that a link takes for an interval's share of its load; 0 for none. */
	private long linkUnits(LinkLoads loads, int link, int intervals) {
		return link < 0 ? 0 : units(loads.load(link), intervals, link < network.routerLinks() ? units.perLinkBit() : units.perLocalBit());
	}

	private static long units(long bits, int intervals, long perBit) {
		return Math.multiplyExact(wholeBytes(Math.ceilDiv(bits, (long) intervals)), perBit);
	}

	/** Bits of a transfer, rounded up to whole bytes. */
	private static long wholeBytes(long bits) {
		return Math.ceilDiv(bits, 8L) * 8;
	}
}
