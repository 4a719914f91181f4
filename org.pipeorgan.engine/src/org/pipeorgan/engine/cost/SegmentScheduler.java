package org.pipeorgan.engine.cost;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.LongStream;

import org.pipeorgan.engine.interconnect.LinkLoads;
import org.pipeorgan.engine.interconnect.Network;
import org.pipeorgan.engine.organization.Split;
import org.pipeorgan.engine.pipelining.Dataflow;
import org.pipeorgan.engine.workload.AxisAccess;
import org.pipeorgan.engine.workload.Operand;
import org.pipeorgan.engine.workload.Operator;
import org.pipeorgan.engine.workload.TensorShape;

/** When the intervals of a segment run: compute, link loads, recurrence (sections 4 and 5 of the model). Safe for many threads. */
final class SegmentScheduler {
	private record ReductionKey(Dataflow dataflow, Split split) {
	}

	private final Network network;
	private final TimeUnits units;
	private final SegmentTraffic traffic;
	private final Map<ReductionKey, Layout.Schedule> reductions = new ConcurrentHashMap<>();

	SegmentScheduler(SegmentTraffic traffic, Network network, TimeUnits units) {
		this.traffic = traffic;
		this.network = network;
		this.units = units;
	}

	/**
	 * Schedules a plan, and decides which hand-overs go from PE to PE.
	 *
	 * @param free bytes of each operator's register files that are left for incoming chunks
	 */
	void schedule(SegmentPlan plan, List<Operator> operators, long[] free, LinkLoads loads) {
		if (!plan.point.organization().spatial()) {
			plan.schedule = plan.layout.schedules.computeIfAbsent(key(plan, 0), none -> takeTurns(plan, operators, loads));
		} else {
			plan.forwarded = forwardable(plan, operators, free);
			plan.schedule = schedule(plan, operators, loads);
			for (long fewer = retreat(plan, operators, free); fewer != plan.forwarded; fewer = retreat(plan, operators, free)) {
				plan.forwarded = fewer;
				plan.schedule = schedule(plan, operators, loads);
			}
		}
	}

	private Layout.ScheduleKey key(SegmentPlan plan, long forwarded) {
		return new Layout.ScheduleKey(forwarded, traffic.dependsOn(plan));
	}

	/** Operators one after the other on the whole array, chunk by chunk: the time is the sum, chunks wait in the buffer. */
	private Layout.Schedule takeTurns(SegmentPlan plan, List<Operator> operators, LinkLoads loads) {
		Layout layout = plan.layout;
		Layout.Schedule schedule = new Layout.Schedule();
		schedule.intervalUnits = layout.compute.clone();
		schedule.limits = new String[layout.compute.length];
		for (int i = 0; i < schedule.limits.length; i++) {
			schedule.limits[i] = "compute";
			if (traffic.isBusyAlone(layout, i)) {
				takeTurn(schedule, plan, operators, i, loads);
			}
		}
		slowest(schedule, layout.intervals);
		Recurrence recurrence = Recurrence.takeTurns(layout.intervals, schedule.intervalUnits, layout.handOvers);
		schedule.recurrenceUnits = recurrence.end();
		schedule.capacities = layout.handOvers.stream().mapToInt(recurrence::largestLead).toArray();
		return schedule;
	}

	/** Traffic of an operator that has the whole array; the same shape loads the same links. */
	private void takeTurn(Layout.Schedule schedule, SegmentPlan plan, List<Operator> operators, int i, LinkLoads loads) {
		Layout layout = plan.layout;
		Layout.Schedule alone = traffic.isLocal()
				? reductions.computeIfAbsent(new ReductionKey(layout.dataflows.get(i), layout.splits.get(i)), key -> alone(plan, operators, i, loads))
				: alone(plan, operators, i, loads);
		if (alone.intervalUnits[0] > schedule.intervalUnits[i]) {
			schedule.intervalUnits[i] = alone.intervalUnits[0];
			schedule.limits[i] = alone.limits[0];
		}
		schedule.hopBits = Math.addExact(schedule.hopBits, alone.hopBits);
		schedule.deliveredBits = Math.addExact(schedule.deliveredBits, alone.deliveredBits);
		schedule.deliveredHopBits = Math.addExact(schedule.deliveredHopBits, alone.deliveredHopBits);
		if (alone.busiestLinkBits > schedule.busiestLinkBits) {
			schedule.busiestLink = alone.busiestLink;
			schedule.busiestLinkBits = alone.busiestLinkBits;
		}
	}

	private Layout.Schedule alone(SegmentPlan plan, List<Operator> operators, int i, LinkLoads loads) {
		Layout.Schedule alone = new Layout.Schedule();
		alone.intervalUnits = new long[1];
		loads.clear();
		loads.beginGroup();
		traffic.add(plan, operators, i, 0, new long[plan.layout.handOvers.size()], loads);
		alone.limits = new String[] { slowestLink(alone, loads, loads.groupLinks(), plan.layout.intervals[i], 0) };
		countLoads(alone, loads);
		return alone;
	}

	/** Chunks go from PE to PE where the consumer's register files have room for them, edge by edge in operand order: a bit for each. */
	private long forwardable(SegmentPlan plan, List<Operator> operators, long[] free) {
		Layout layout = plan.layout;
		if (!plan.point.organization().forwards() || layout.handOvers.isEmpty()) {
			return 0;
		}
		if (layout.computeCapacities == null) {
			layout.computeCapacities = capacities(layout,
					layout.handOvers.stream().allMatch(HandOver::bounded) ? null
							: Recurrence.run(layout.intervals, layout.compute, layout.handOvers, new long[layout.handOvers.size()]));
		}
		return fitting(plan, operators, free, layout.computeCapacities, -1L);
	}

	/** With network times the leads of joins may have grown; an edge that no longer fits goes through the buffer. */
	private long retreat(SegmentPlan plan, List<Operator> operators, long[] free) {
		return fitting(plan, operators, free, plan.schedule.capacities, plan.forwarded);
	}

	private long fitting(SegmentPlan plan, List<Operator> operators, long[] free, int[] capacities, long among) {
		long[] left = free.clone();
		long forwarded = 0;
		List<HandOver> edges = plan.layout.handOvers;
		for (int e = 0; e < edges.size(); e++) {
			long bytes = registersFor(plan.layout, operators, edges.get(e), capacities[e]);
			int consumer = edges.get(e).consumer();
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

	/**
	 * Register bytes that a forwarded edge takes in each PE of its consumer: what the PE needs in an interval, and once
	 * more for the chunk that arrives meanwhile - or for as many as a join's lead asks for.
	 */
	private static long registersFor(Layout layout, List<Operator> operators, HandOver edge, int capacity) {
		Split split = layout.splits.get(edge.consumer());
		Operand operand = edge.operand();
		TensorShape view = operand.view();
		boolean parts = operators.get(edge.consumer()).kind().splitsContraction() && operand.channels() instanceof AxisAccess.Whole;
		long channels = parts ? Math.min(view.c(), split.cSlice()) : operand.channels().reach(split.kSlice(), view.c());
		// where intervals are parts of rows, rows that the next row needs again are kept for all parts
		Dataflow to = layout.dataflows.get(edge.consumer());
		boolean keepsRows = to.qParts() > 1 && operand.rows().reach(2, view.h()) < 2 * operand.rows().reach(1, view.h());
		long columns = operand.columns().reach(split.qSlice(), view.w());
		long elements = Math.multiplyExact(channels, Math.multiplyExact(operand.rows().reach(split.pSlice(), view.h()),
				keepsRows ? Math.min(view.w(), Math.multiplyExact(columns, to.qParts())) : columns));
		long copies = edge.bounded() ? 2 : Math.max(2, capacity);
		return Math.multiplyExact(edge.tensor().bytes(elements), copies);
	}

	/** Link loads of the whole segment, the interval times that follow, and the recurrence. */
	private Layout.Schedule schedule(SegmentPlan plan, List<Operator> operators, LinkLoads loads) {
		Layout layout = plan.layout;
		Layout.ScheduleKey key = key(plan, plan.forwarded);
		Layout.Schedule known = layout.schedules.get(key);
		if (known != null) {
			return known;
		}
		Layout.Schedule schedule = new Layout.Schedule();
		loads.clear();
		int depth = operators.size();
		int[][] used = new int[depth][];
		long[] hops = new long[layout.handOvers.size()];
		for (int i = 0; i < depth; i++) {
			loads.beginGroup();
			traffic.add(plan, operators, i, plan.forwarded, hops, loads);
			used[i] = loads.groupLinks();
		}
		countLoads(schedule, loads);
		schedule.latencies = LongStream.of(hops).map(h -> Math.multiplyExact(h * network.interconnect().hopCycles(), units.perCycle())).toArray();
		schedule.intervalUnits = layout.compute.clone();
		schedule.limits = new String[depth];
		for (int i = 0; i < depth; i++) {
			schedule.limits[i] = slowestLink(schedule, loads, used[i], layout.intervals[i], i);
		}
		slowest(schedule, layout.intervals);
		Recurrence recurrence = Recurrence.run(layout.intervals, schedule.intervalUnits, layout.handOvers, schedule.latencies);
		schedule.recurrenceUnits = recurrence.end();
		schedule.capacities = capacities(layout, recurrence);
		layout.schedules.put(key, schedule);
		return schedule;
	}

	private static void countLoads(Layout.Schedule schedule, LinkLoads loads) {
		schedule.hopBits = Math.addExact(schedule.hopBits, loads.hopUnits());
		schedule.deliveredBits = Math.addExact(schedule.deliveredBits, loads.delivered());
		schedule.deliveredHopBits = Math.addExact(schedule.deliveredHopBits, loads.deliveredHops());
		int busiest = loads.busiestRouterLink();
		if (busiest >= 0 && loads.load(busiest) > schedule.busiestLinkBits) {
			schedule.busiestLink = busiest;
			schedule.busiestLinkBits = loads.load(busiest);
		}
	}

	/** Raises the interval time of operator i to what the slowest of these links takes for an interval's share of its load, and says what bounds it. */
	private String slowestLink(Layout.Schedule schedule, LinkLoads loads, int[] links, int intervals, int i) {
		int worst = -1;
		for (int link : links) {
			long bits = wholeBytes(Math.ceilDiv(loads.load(link), (long) intervals));
			long time = Math.multiplyExact(bits, link < network.routerLinks() ? units.perLinkBit() : units.perLocalBit());
			if (time > schedule.intervalUnits[i]) {
				schedule.intervalUnits[i] = time;
				worst = link;
			}
		}
		TimeUnits.check(schedule.intervalUnits[i], intervals);
		return worst < 0 ? "compute" : (worst < network.routerLinks() ? "link " : "") + network.describe(worst);
	}

	private static void slowest(Layout.Schedule schedule, int[] intervals) {
		schedule.slowest = 0;
		for (int i = 1; i < intervals.length; i++) {
			if (schedule.intervalUnits[i] * intervals[i] > schedule.intervalUnits[schedule.slowest] * intervals[schedule.slowest]) {
				schedule.slowest = i;
			}
		}
	}

	/** Bits of a transfer, rounded up to whole bytes. */
	private static long wholeBytes(long bits) {
		return Math.ceilDiv(bits, 8L) * 8;
	}
}
