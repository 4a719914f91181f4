package org.pipeorgan.engine.cost;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import org.pipeorgan.engine.cost.SegmentPlan.BoundaryInput;
import org.pipeorgan.engine.cost.SegmentPlan.BoundaryOutput;
import org.pipeorgan.engine.hardware.Accelerator;
import org.pipeorgan.engine.hardware.Rational;
import org.pipeorgan.engine.interconnect.LinkLoads;
import org.pipeorgan.engine.interconnect.Network;
import org.pipeorgan.engine.organization.Organization;
import org.pipeorgan.engine.organization.Placement;
import org.pipeorgan.engine.organization.Shares;
import org.pipeorgan.engine.organization.Split;
import org.pipeorgan.engine.organization.SplitRule;
import org.pipeorgan.engine.organization.Splits;
import org.pipeorgan.engine.organization.Traffic;
import org.pipeorgan.engine.pipelining.Dataflow;
import org.pipeorgan.engine.pipelining.Dependence;
import org.pipeorgan.engine.pipelining.OrderClass;
import org.pipeorgan.engine.workload.AxisAccess;
import org.pipeorgan.engine.workload.Operand;
import org.pipeorgan.engine.workload.Operator;
import org.pipeorgan.engine.workload.Tensor;
import org.pipeorgan.engine.workload.TensorShape;
import org.pipeorgan.engine.workload.Workload;
import org.pipeorgan.engine.workload.WorkloadBuilder;

/**
 * The one model by which every policy is costed: turns a {@link MappingPoint} into a {@link SegmentPlan}, and that with
 * a residence of its boundary tensors into a {@link SegmentCost}. All definitions are a reconstruction from first
 * principles; the documentation's page on the model states each one. Safe for many threads but for the
 * {@link Scratch} that each thread brings along.
 *
 * <p>Time is counted in whole units of {@code 1 / unitsPerCycle()} cycles, in which every bandwidth divides evenly, so
 * that sums are exact; a segment's time is rounded up to cycles once.
 */
public final class CostModel {
	/** Most intervals of one operator; finer chunks are not in the space. */
	public static final long MAX_INTERVALS = 1L << 14;
	/** Most hand-overs of one segment; more are not in the space. */
	public static final int MAX_HAND_OVERS = Long.SIZE;

	private record DependenceKey(Dataflow producer, Dataflow consumer, TensorShape view, long channelOffset, AxisAccess channels, AxisAccess rows,
			AxisAccess columns, TensorShape shape) {
	}

	private record ReductionKey(Dataflow dataflow, Split split) {
	}

	private final Map<ReductionKey, Layout.Schedule> reductions = new ConcurrentHashMap<>();
	private final Workload workload;
	private final Accelerator accelerator;
	private final Network network;
	private final Splits splits;
	private final Traffic traffic = new Traffic();
	private final Map<DependenceKey, Dependence> dependences = new ConcurrentHashMap<>();
	private final long unitsPerCycle;
	private final long unitsPerLinkBit;
	private final long unitsPerLocalBit;
	private final long unitsPerBufferByte;
	private final long unitsPerMemoryByte;

	/** Mutable working space of one thread: link loads, and the layouts of the segment that was last asked for. */
	public static final class Scratch {
		private final LinkLoads loads;
		private final Map<Layout.Key, Optional<Layout>> layouts = new HashMap<>();
		private int first = -1;
		private int depth = -1;

		private Scratch(Network network) {
			loads = new LinkLoads(network);
		}

		private Layout layout(MappingPoint point, Function<MappingPoint, Layout> layOut) {
			if (point.first() != first || point.depth() != depth) {
				layouts.clear();
				first = point.first();
				depth = point.depth();
			}
			return layouts.computeIfAbsent(Layout.Key.of(point), key -> Optional.ofNullable(layOut.apply(point))).orElse(null);
		}
	}

	/**
	 * A model of one workload on one accelerator.
	 *
	 * @param workload  its open precisions become the accelerator's
	 * @param splitRule along which ranks the PEs of an operator may share its work
	 */
	public CostModel(Workload workload, Accelerator accelerator, Network network, SplitRule splitRule) {
		this.workload = WorkloadBuilder.withPrecision(workload, accelerator.precisionBits());
		this.accelerator = accelerator;
		this.network = network;
		splits = new Splits(accelerator.macsPerCycle(), accelerator.pes(), splitRule);
		Rational link = network.interconnect().linkBandwidth();
		Rational local = network.interconnect().localBandwidth();
		// a bit takes denominator / (8 numerator) cycles on a link of numerator / denominator bytes a cycle
		BigInteger units = lcm(lcm(eight(link), eight(local)),
				lcm(BigInteger.valueOf(accelerator.bufferBandwidth().numerator()), BigInteger.valueOf(accelerator.memoryBandwidth().numerator())));
		if (units.bitLength() > 40) {
			throw new IllegalArgumentException("the bandwidths of " + accelerator.name() + " and " + network.interconnect().name()
					+ " have no common measure of a reasonable size; state them with fewer digits");
		}
		unitsPerCycle = units.longValueExact();
		unitsPerLinkBit = unitsPerCycle / (8 * link.numerator()) * link.denominator();
		unitsPerLocalBit = unitsPerCycle / (8 * local.numerator()) * local.denominator();
		unitsPerBufferByte = unitsPerCycle / accelerator.bufferBandwidth().numerator() * accelerator.bufferBandwidth().denominator();
		unitsPerMemoryByte = unitsPerCycle / accelerator.memoryBandwidth().numerator() * accelerator.memoryBandwidth().denominator();
	}

	/** The workload, with all precisions settled. */
	public Workload workload() {
		return workload;
	}

	/** The accelerator. */
	public Accelerator accelerator() {
		return accelerator;
	}

	/** The network. */
	public Network network() {
		return network;
	}

	/** Units of time in a cycle. */
	public long unitsPerCycle() {
		return unitsPerCycle;
	}

	/** Working space for one thread. */
	public Scratch scratch() {
		return new Scratch(network);
	}

	/** Whether an operator can take a tensor from its neighbours in a segment: an in-segment operand must not be regrouped across channels. */
	public boolean canJoin(int first, int operator) {
		for (Operand operand : workload.operators().get(operator).operands()) {
			Tensor tensor = workload.tensors().get(operand.tensor());
			if (tensor.producer() >= first && !Traffic.forwardable(operand, tensor)) {
				return false;
			}
		}
		return true;
	}

	/**
	 * Whether an operator shares a tensor with the operators from {@code first} up to it: reads a result of theirs or an
	 * input that one of them reads too. Where it does not, the cut is forced.
	 */
	public boolean sharesTensor(int first, int operator) {
		for (Operand operand : workload.operators().get(operator).operands()) {
			Tensor tensor = workload.tensors().get(operand.tensor());
			if (tensor.producer() >= first || tensor.consumers().stream().anyMatch(reader -> reader >= first && reader < operator)) {
				return true;
			}
		}
		return false;
	}

	/** How many operands the operators of a segment take from each other. */
	public long handOvers(int first, int depth) {
		return workload.operators().subList(first, first + depth).stream().flatMap(operator -> operator.operands().stream())
				.filter(operand -> workload.tensors().get(operand.tensor()).producer() >= first).count();
	}

	/**
	 * Plans a point.
	 *
	 * @return the plan, or {@code null} if the point is infeasible: more operators than the organization can lay out,
	 *         more intervals than {@link #MAX_INTERVALS}, or more hand-overs than {@link #MAX_HAND_OVERS}
	 */
	public SegmentPlan plan(MappingPoint point, Scratch scratch) {
		Layout layout = scratch.layout(point, this::layOut);
		if (layout == null) {
			return null;
		}
		List<Operator> operators = operators(point);
		SegmentPlan plan = new SegmentPlan();
		plan.point = point;
		plan.layout = layout;
		long[] free = weights(plan, operators);
		time(plan, operators, free, scratch);
		boundary(plan, operators);
		return plan;
	}

	private List<Operator> operators(MappingPoint point) {
		return workload.operators().subList(point.first(), point.first() + point.depth());
	}

	/**
	 * A bound from below on the units of time of a point's recurrence: what its slowest operator computes, or all of them
	 * together when they take turns. {@code Long.MAX_VALUE} if the point has no layout.
	 */
	public long computeUnits(MappingPoint point, Scratch scratch) {
		Layout layout = scratch.layout(point, this::layOut);
		if (layout == null) {
			return Long.MAX_VALUE;
		}
		long most = 0;
		long sum = 0;
		for (int i = 0; i < layout.compute.length; i++) {
			long units = layout.compute[i] * layout.intervals[i];
			most = Math.max(most, units);
			sum = Math.addExact(sum, units);
		}
		return point.organization().spatial() ? most : sum;
	}

	/** @return the layout of a point, or {@code null} if there is none */
	private Layout layOut(MappingPoint point) {
		List<Operator> operators = operators(point);
		if (handOvers(point.first(), point.depth()) > MAX_HAND_OVERS) {
			return null;
		}
		List<Dataflow> dataflows = new ArrayList<>(point.depth());
		for (Operator operator : operators) {
			Dataflow dataflow = Dataflow.of(point.orderClass(), workload.outputOf(operator).shape(), point.chunks());
			if (dataflow.intervals() > MAX_INTERVALS) {
				return null;
			}
			dataflows.add(dataflow);
		}
		Organization organization = point.organization();
		int rows = accelerator.rows();
		int columns = accelerator.columns();
		int[] shares = new int[operators.size()];
		if (organization.spatial()) {
			shares = Shares.minimizeSlowest(operators, dataflows, splits, Placement.units(organization, rows, columns),
					Placement.unitPes(organization, rows, columns));
			if (shares == null) {
				return null;
			}
		}
		Placement placement = Placement.of(organization, rows, columns, shares);
		if (placement == null) {
			return null;
		}
		List<Split> chosen = new ArrayList<>(operators.size());
		long[] compute = new long[operators.size()];
		for (int i = 0; i < compute.length; i++) {
			Splits.Table table = splits.of(operators.get(i), dataflows.get(i));
			chosen.add(table.on(placement.size(i)));
			compute[i] = Math.multiplyExact(table.cycles(placement.size(i)), unitsPerCycle);
			checkTime(compute[i], dataflows.get(i).intervals());
		}
		return new Layout(dataflows, chosen, placement, handOvers(point, operators, dataflows), compute);
	}

	private List<HandOver> handOvers(MappingPoint point, List<Operator> operators, List<Dataflow> dataflows) {
		List<HandOver> edges = new ArrayList<>();
		for (int i = 0; i < operators.size(); i++) {
			List<Operand> inside = operators.get(i).operands().stream().filter(o -> workload.tensors().get(o.tensor()).producer() >= point.first()).toList();
			for (Operand operand : inside) {
				Tensor tensor = workload.tensors().get(operand.tensor());
				int producer = tensor.producer() - point.first();
				Dataflow from = dataflows.get(producer);
				Dataflow to = dataflows.get(i);
				DependenceKey key = new DependenceKey(from, to, operand.view(), operand.channelOffset(), operand.channels(), operand.rows(), operand.columns(),
						tensor.shape());
				Dependence dependence = dependences.computeIfAbsent(key, k -> Dependence.of(from, to, operand, tensor));
				edges.add(new HandOver(producer, i, operand, tensor, dependence, inside.size() == 1));
			}
		}
		return edges;
	}

	/**
	 * Decides where each operator's weights wait, and counts their movement.
	 *
	 * @return bytes of the register file that are left for incoming chunks, for each operator
	 */
	private long[] weights(SegmentPlan plan, List<Operator> operators) {
		long registers = accelerator.registerBytes();
		boolean spatial = plan.point.organization().spatial();
		// operators that take turns share every register file
		long resident = 0;
		long[] free = new long[operators.size()];
		for (int i = 0; i < operators.size(); i++) {
			Operator operator = operators.get(i);
			Dataflow dataflow = plan.layout.dataflows.get(i);
			Split split = plan.layout.splits.get(i);
			long sums = split.sliceOutputs() * accelerator.partialSumBytes();
			long tiles = sumTiles(split);
			free[i] = registers - Math.min(sums, registers / 2) - (spatial ? 0 : resident);
			plan.registerBits = Math.addExact(plan.registerBits, registerBits(operator));
			if (operator.weights() == 0) {
				continue;
			}
			long all = operator.weightBytes();
			long intervals = dataflow.intervals();
			if (plan.point.orderClass() == OrderClass.WEIGHT_OUTER) {
				// each part of K is walked once: two parts wait in the buffer, each is read once for every tile of partial sums and image
				long part = Math.min(all, Math.ceilDiv(all, dataflow.kParts()));
				plan.weightMemoryBytes = Math.addExact(plan.weightMemoryBytes, all);
				plan.weightBufferReadBytes = Math.addExact(plan.weightBufferReadBytes, Math.multiplyExact(all, tiles * dataflow.out().n()));
				plan.firstWeightBytes = Math.addExact(plan.firstWeightBytes, part);
				plan.spaceBytes = Math.addExact(plan.spaceBytes, Math.min(all, 2 * part));
				continue;
			}
			long slice = Math.ceilDiv(split.kSlice() * split.cSlice() * operator.filterRows() * operator.filterColumns() * operator.weightBits(), 8);
			if (plan.point.weightLevel().registers() && slice <= free[i]) {
				free[i] -= slice;
				resident += slice;
				plan.weightMemoryBytes = Math.addExact(plan.weightMemoryBytes, all);
				plan.weightBufferReadBytes = Math.addExact(plan.weightBufferReadBytes, all);
				plan.firstWeightBytes = Math.addExact(plan.firstWeightBytes, all);
				continue;
			}
			long passes = Math.multiplyExact(intervals, tiles);
			plan.weightBufferReadBytes = Math.addExact(plan.weightBufferReadBytes, Math.multiplyExact(all, passes));
			if (plan.point.weightLevel().memory()) {
				long pieces = Math.max(1, Math.ceilDiv(slice, Math.max(1, registers / 2)));
				long tile = Math.ceilDiv(all, pieces);
				plan.weightMemoryBytes = Math.addExact(plan.weightMemoryBytes, Math.multiplyExact(all, passes));
				plan.firstWeightBytes = Math.addExact(plan.firstWeightBytes, tile);
				plan.spaceBytes = Math.addExact(plan.spaceBytes, Math.min(all, 2 * tile));
			} else {
				plan.weightMemoryBytes = Math.addExact(plan.weightMemoryBytes, all);
				plan.firstWeightBytes = Math.addExact(plan.firstWeightBytes, all);
				plan.spaceBytes = Math.addExact(plan.spaceBytes, all);
			}
		}
		return free;
	}

	/** Parts into which a PE cuts its slice so that the partial sums fit into half its register file. */
	private long sumTiles(Split split) {
		long half = Math.max(accelerator.partialSumBytes(), accelerator.registerBytes() / 2);
		return Math.ceilDiv(split.sliceOutputs() * accelerator.partialSumBytes(), half);
	}

	/** Each lane operation reads its operands and reads and writes a partial sum; one without weights reads and writes elements. */
	private long registerBits(Operator operator) {
		long element = workload.tensors().get(operator.operands().get(0).tensor()).bits();
		long each = operator.kind().multiplies()
				? element + Math.max(operator.weightBits(), 1) + 16L * accelerator.partialSumBytes()
				: element + workload.outputOf(operator).bits();
		return Math.multiplyExact(operator.work(), each);
	}

	private void time(SegmentPlan plan, List<Operator> operators, long[] free, Scratch scratch) {
		Layout layout = plan.layout;
		if (!plan.point.organization().spatial()) {
			plan.schedule = layout.schedules.computeIfAbsent(0L, none -> takeTurns(layout, operators, scratch));
		} else {
			plan.forwarded = forwardable(plan, operators, free, scratch);
			plan.schedule = schedule(layout, operators, plan.forwarded, scratch);
			for (long fewer = retreat(plan, operators, free); fewer != plan.forwarded; fewer = retreat(plan, operators, free)) {
				plan.forwarded = fewer;
				plan.schedule = schedule(layout, operators, fewer, scratch);
			}
		}
		for (int e = 0; e < layout.handOvers.size(); e++) {
			if ((plan.forwarded >> e & 1) == 0) {
				chargeBuffer(plan, operators, layout.handOvers.get(e), plan.schedule.capacities[e]);
			}
		}
	}

	/** Operators one after the other on the whole array, chunk by chunk: the time is the sum, chunks wait in the buffer. */
	private Layout.Schedule takeTurns(Layout layout, List<Operator> operators, Scratch scratch) {
		Layout.Schedule schedule = new Layout.Schedule();
		schedule.intervalUnits = layout.compute.clone();
		schedule.limits = new String[layout.compute.length];
		for (int i = 0; i < schedule.limits.length; i++) {
			schedule.limits[i] = "compute";
			if (layout.splits.get(i).cParts() > 1) {
				reduceInTurn(schedule, layout, operators, i, scratch);
			}
		}
		slowest(schedule, layout.intervals);
		Recurrence recurrence = Recurrence.takeTurns(layout.intervals, schedule.intervalUnits, layout.handOvers);
		schedule.recurrenceUnits = recurrence.end();
		schedule.capacities = layout.handOvers.stream().mapToInt(recurrence::largestLead).toArray();
		return schedule;
	}

	/** Reductions of an operator that has the whole array; the same shape loads the same links. */
	private void reduceInTurn(Layout.Schedule schedule, Layout layout, List<Operator> operators, int i, Scratch scratch) {
		Layout.Schedule alone = reductions.computeIfAbsent(new ReductionKey(layout.dataflows.get(i), layout.splits.get(i)), key -> {
			Layout.Schedule one = new Layout.Schedule();
			one.intervalUnits = new long[1];
			scratch.loads.clear();
			scratch.loads.beginGroup();
			Traffic.reduce(side(layout, operators, i), 8 * accelerator.partialSumBytes(), layout.placement, scratch.loads);
			one.limits = new String[] { slowestLink(one, scratch.loads, scratch.loads.groupLinks(), layout.intervals[i], 0) };
			countLoads(one, scratch.loads);
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
	private long forwardable(SegmentPlan plan, List<Operator> operators, long[] free, Scratch scratch) {
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
		for (int e = 0; e < Math.min(Long.SIZE - 1, edges.size()); e++) {
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
	private Layout.Schedule schedule(Layout layout, List<Operator> operators, long forwarded, Scratch scratch) {
		Layout.Schedule known = layout.schedules.get(forwarded);
		if (known != null) {
			return known;
		}
		Layout.Schedule schedule = new Layout.Schedule();
		LinkLoads loads = scratch.loads;
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
					schedule.latencies[e] = Math.multiplyExact(loads.takeLongestRoute() * network.interconnect().hopCycles(), unitsPerCycle);
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
			long units = Math.multiplyExact(bits, link < network.routerLinks() ? unitsPerLinkBit : unitsPerLocalBit);
			if (units > schedule.intervalUnits[i]) {
				schedule.intervalUnits[i] = units;
				worst = link;
			}
		}
		checkTime(schedule.intervalUnits[i], intervals);
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

	/** A hand-over through the buffer is written once and read as its consumer's intervals ask; it holds its capacity in chunks. */
	private void chargeBuffer(SegmentPlan plan, List<Operator> operators, HandOver edge, int capacity) {
		Tensor tensor = edge.tensor();
		plan.handOverWriteBytes = Math.addExact(plan.handOverWriteBytes, tensor.bytes());
		plan.handOverReadBytes = Math.addExact(plan.handOverReadBytes, delivered(plan, operators.get(edge.consumer()), edge.consumer(), edge.operand(), tensor));
		long chunk = tensor.bytes(plan.layout.dataflows.get(edge.producer()).chunkElements());
		plan.spaceBytes = Math.addExact(plan.spaceBytes, Math.min(tensor.bytes(), Math.multiplyExact(chunk, (long) capacity)));
	}

	/** Bytes that the buffer delivers of an operand: what each interval needs, halo anew in each; an operand needed whole for every row, once more for each tile of partial sums. */
	private long delivered(SegmentPlan plan, Operator operator, int position, Operand operand, Tensor tensor) {
		Dataflow to = plan.layout.dataflows.get(position);
		TensorShape view = operand.view();
		long channels = needed(operand.channels(), to.out().c(), to.kTile(), view.c());
		long rows = needed(operand.rows(), to.out().h(), to.pTile(), view.h());
		long columns = needed(operand.columns(), to.out().w(), to.qTile(), view.w());
		long elements = Math.multiplyExact(Math.multiplyExact(channels, rows), Math.multiplyExact(columns, Math.min(view.n(), to.out().n())));
		boolean weightLike = operator.kind().multiplies() && operand.rows() instanceof AxisAccess.Whole && view.h() > 1;
		return tensor.bytes(weightLike ? Math.multiplyExact(elements, sumTiles(plan.layout.splits.get(position))) : elements);
	}

	/** Coordinates needed along an axis, summed over the parts into which the intervals cut the output's axis. */
	private static long needed(AxisAccess access, long outExtent, long tile, long extent) {
		long sum = 0;
		for (long from = 0; from < outExtent; from += tile) {
			sum += access.count(from, Math.min(outExtent, from + tile) - 1, extent);
		}
		return sum;
	}

	private void boundary(SegmentPlan plan, List<Operator> operators) {
		record Part(int tensor, long firstChannel, long channels) {
		}
		Map<Part, BoundaryInput> parts = new LinkedHashMap<>();
		plan.outputs = new ArrayList<>();
		int end = plan.point.first() + operators.size();
		for (int i = 0; i < operators.size(); i++) {
			Operator operator = operators.get(i);
			for (Operand operand : operator.operands()) {
				Tensor tensor = workload.tensors().get(operand.tensor());
				if (tensor.producer() < plan.point.first()) {
					// a part of a tensor that several operators read enters once and is staged for each; a view may regroup all its channels
					boolean whole = operand.view().elements() == tensor.shape().elements();
					parts.merge(new Part(tensor.index(), operand.channelOffset(), whole ? tensor.shape().c() : operand.view().c()), input(plan, operator, i, operand, tensor),
							(x, y) -> new BoundaryInput(x.tensor(), x.deliverBytes() + y.deliverBytes(), Math.max(x.memoryBytes(), y.memoryBytes()),
									x.stagingBytes() + y.stagingBytes(), Math.max(x.firstBytes(), y.firstBytes())));
				}
			}
			Tensor out = workload.outputOf(operator);
			if (out.output() || out.lastConsumer() >= end) {
				Dataflow dataflow = plan.layout.dataflows.get(i);
				long chunk = Math.min(out.bytes(), out.bytes(dataflow.chunkElements()));
				plan.outputs.add(new BoundaryOutput(out.index(), out.bytes(), Math.min(out.bytes(), 2 * chunk), chunk));
			}
		}
		Map<Integer, BoundaryInput> tensors = new LinkedHashMap<>();
		for (BoundaryInput part : parts.values()) {
			tensors.merge(part.tensor(), part, (x, y) -> new BoundaryInput(x.tensor(), x.deliverBytes() + y.deliverBytes(),
					x.memoryBytes() + y.memoryBytes(), x.stagingBytes() + y.stagingBytes(), x.firstBytes() + y.firstBytes()));
		}
		plan.inputs = List.copyOf(tensors.values());
	}

	/**
	 * How an operand enters the segment. Where intervals are parts of the output's rows, or parts of K that need channels of
	 * their own, it is read from memory once and staged for an interval and the next. Where each part of K needs channels
	 * that others need too, it is staged whole, or streamed anew for each part.
	 */
	private BoundaryInput input(SegmentPlan plan, Operator operator, int position, Operand operand, Tensor tensor) {
		Dataflow to = plan.layout.dataflows.get(position);
		TensorShape view = operand.view();
		long deliver = delivered(plan, operator, position, operand, tensor);
		long shown = tensor.bytes(view.elements());
		long channels = operand.channels().reach(to.kTile(), view.c());
		long rowBytes = Math.ceilDiv(Math.multiplyExact(shown, channels), view.c() * view.h() * view.n());
		long rows = operand.rows().reach(to.pTile(), view.h());
		long first = Math.min(shown, Math.multiplyExact(rowBytes, rows));
		if (to.orderClass() == OrderClass.ACTIVATION_OUTER) {
			return new BoundaryInput(tensor.index(), deliver, shown, Math.min(shown, Math.multiplyExact(rowBytes, Math.min(view.h(), 2 * rows))), first);
		}
		long walked = needed(operand.channels(), to.out().c(), to.kTile(), view.c());
		if (walked <= view.c()) {
			return new BoundaryInput(tensor.index(), deliver, shown, Math.min(shown, 2 * first), first);
		}
		if (!plan.point.weightLevel().memory()) {
			return new BoundaryInput(tensor.index(), deliver, shown, shown, first);
		}
		long row = operand.rows().reach(1, view.h());
		return new BoundaryInput(tensor.index(), deliver, Math.ceilDiv(Math.multiplyExact(shown, walked), view.c()),
				Math.min(shown, Math.multiplyExact(rowBytes, Math.min(view.h(), 2 * row))), Math.min(shown, Math.multiplyExact(rowBytes, row)));
	}

	/** Bytes that the memory moves in a cycle, rounded up. */
	long memoryBytesPerCycle() {
		return accelerator.memoryBandwidth().ceil();
	}

	/** Units of time that so many bytes take over the buffer's ports. */
	long bufferUnits(long bytes) {
		return Math.multiplyExact(bytes, unitsPerBufferByte);
	}

	/** Units of time that so many bytes take over the memory's pins. */
	long memoryUnits(long bytes) {
		return Math.multiplyExact(bytes, unitsPerMemoryByte);
	}

	private static void checkTime(long interval, long intervals) {
		if (interval > Long.MAX_VALUE / 4 / Math.max(1, intervals)) {
			throw new ArithmeticException("the time of an interval does not fit into 64 bits");
		}
	}

	private static BigInteger eight(Rational bandwidth) {
		return BigInteger.valueOf(bandwidth.numerator()).shiftLeft(3);
	}

	private static BigInteger lcm(BigInteger a, BigInteger b) {
		return a.divide(a.gcd(b)).multiply(b);
	}
}
