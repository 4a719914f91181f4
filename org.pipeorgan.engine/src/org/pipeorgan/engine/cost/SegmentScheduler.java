package org.pipeorgan.engine.cost;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.pipeorgan.engine.hardware.Accelerator;
import org.pipeorgan.engine.interconnect.LinkLoads;
import org.pipeorgan.engine.interconnect.Network;
import org.pipeorgan.engine.organization.Split;
import org.pipeorgan.engine.organization.Traffic;
import org.pipeorgan.engine.pipelining.Dataflow;
import org.pipeorgan.engine.workload.AxisAccess;
import org.pipeorgan.engine.workload.Operand;
import org.pipeorgan.engine.workload.Operator;
import org.pipeorgan.engine.workload.TensorShape;

/** When the intervals of a segment run: compute, link loads, recurrence (sections 4 and 5 of the model). Safe for many threads. */
final class SegmentScheduler {
	private record ReductionKey(Dataflow dataflow, Split split) {
	}

	private final Accelerator accelerator;
	private final Network network;
	private final TimeUnits units;
	private final Traffic traffic = new Traffic();
	private final Map<ReductionKey, Layout.Schedule> reductions = new ConcurrentHashMap<>();

	SegmentScheduler(Accelerator accelerator, Network network, TimeUnits units) {
		this.accelerator = accelerator;
		this.network = network;
		this.units = units;
	}

	/**
	 * Schedules a plan, and decides which hand-overs go from PE to PE.
	 *
	 * @param free bytes of each operator's register files that are left for incoming chunks
	 */
	void schedule(SegmentPlan plan, List<Operator> operators, long[] free, LinkLoads loads) {
		Layout layout = plan.layout;
		if (!plan.point.organization().spatial()) {
			plan.schedule = layout.schedules.computeIfAbsent(0L, none -> takeTurns(layout, operators, loads));
		} else {
			plan.forwarded = forwardable(plan, operators, free);
			plan.schedule = schedule(layout, operators, plan.forwarded, loads);
			for (long fewer = retreat(plan, operators, free); fewer != plan.forwarded; fewer = retreat(plan, operators, free)) {
				plan.forwarded = fewer;
				plan.schedule = schedule(layout, operators, fewer, loads);
			}
		}
	}

	/** Operators one after the other on the whole array, chunk by chunk: the time is the sum, chunks wait in the buffer. */
	private Layout.Schedule takeTurns(Layout layout, List<Operator> operators, LinkLoads loads) {
		Layout.Schedule schedule = new Layout.Schedule();
		schedule.intervalUnits = layout.compute.clone();
		schedule.limits = new String[layout.compute.length];
		for (int i = 0; i < schedule.limits.length; i++) {
			schedule.limits[i] = "compute";
			if (layout.splits.get(i).cParts() > 1) {
				reduceInTurn(schedule, layout, operators, i, loads);
			}
		}
		slowest(schedule, layout.intervals);
		Recurrence recurrence = Recurrence.takeTurns(layout.intervals, schedule.intervalUnits, layout.handOvers);
		schedule.recurrenceUnits = recurrence.end();
		schedule.capacities = layout.handOvers.stream().mapToInt(recurrence::largestLead).toArray();
		return schedule;
	}

	/** Reductions of an operator that has the whole array; the same shape loads the same links. */
	private void reduceInTurn(Layout.Schedule schedule, Layout layout, List<Operator> operators, int i, LinkLoads loads) {
		Layout.Schedule alone = reductions.computeIfAbsent(new ReductionKey(layout.dataflows.get(i), layout.splits.get(i)), key -> {
			Layout.Schedule one = new Layout.Schedule();
			one.intervalUnits = new long[1];
			loads.clear();
			loads.beginGroup();
			Traffic.reduce(side(layout, operators, i), 8 * accelerator.partialSumBytes(), layout.placement, loads);
			one.limits = new String[] { slowestLink(one, loads, loads.groupLinks(), layout.intervals[i], 0) };
			countLoads(one, loads);
			return one;
		});
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

	/** Link loads of all forwarded edges and reductions, the interval times that follow, and the recurrence. */
	private Layout.Schedule schedule(Layout layout, List<Operator> operators, long forwarded, LinkLoads loads) {
		Layout.Schedule known = layout.schedules.get(forwarded);
		if (known != null) {
			return known;
		}
		Layout.Schedule schedule = new Layout.Schedule();
		loads.clear();
		int depth = operators.size();
		int[][] incoming = new int[depth][];
		schedule.latencies = new long[layout.handOvers.size()];
		for (int i = 0; i < depth; i++) {
			loads.beginGroup();
			Traffic.Side consumer = side(layout, operators, i);
			for (int e = 0; e < layout.handOvers.size(); e++) {
				HandOver edge = layout.handOvers.get(e);
				if (edge.consumer() == i && (forwarded >> e & 1) == 1) {
					loads.takeLongestRoute();
					traffic.forward(side(layout, operators, edge.producer()), consumer, edge.operand(), edge.tensor(), layout.placement, loads);
					schedule.latencies[e] = Math.multiplyExact(loads.takeLongestRoute() * network.interconnect().hopCycles(), units.perCycle());
				}
			}
			Traffic.reduce(consumer, 8 * accelerator.partialSumBytes(), layout.placement, loads);
			incoming[i] = loads.groupLinks();
		}
		countLoads(schedule, loads);
		schedule.intervalUnits = layout.compute.clone();
		schedule.limits = new String[depth];
		for (int i = 0; i < depth; i++) {
			schedule.limits[i] = slowestLink(schedule, loads, incoming[i], layout.intervals[i], i);
		}
		slowest(schedule, layout.intervals);
		Recurrence recurrence = Recurrence.run(layout.intervals, schedule.intervalUnits, layout.handOvers, schedule.latencies);
		schedule.recurrenceUnits = recurrence.end();
		schedule.capacities = capacities(layout, recurrence);
		layout.schedules.put(forwarded, schedule);
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

	private static Traffic.Side side(Layout layout, List<Operator> operators, int i) {
		return new Traffic.Side(operators.get(i), layout.dataflows.get(i), layout.splits.get(i), i);
	}
}
