package org.pipeorgan.engine.cost;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

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

	private record DependenceKey(Dataflow producer, Dataflow consumer, Operand operand, TensorShape shape) {
	}

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

	/** Mutable working space of one thread. */
	public static final class Scratch {
		private final LinkLoads loads;

		private Scratch(Network network) {
			loads = new LinkLoads(network);
		}
	}

	/**
	 * A model of one workload on one accelerator.
	 *
	 * @param workload its open precisions become the accelerator's
	 */
	public CostModel(Workload workload, Accelerator accelerator, Network network) {
		this.workload = WorkloadBuilder.withPrecision(workload, accelerator.precisionBits());
		this.accelerator = accelerator;
		this.network = network;
		splits = new Splits(accelerator.macsPerCycle());
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

	/**
	 * Plans a point.
	 *
	 * @return the plan, or {@code null} if the point is infeasible: more operators than the organization can lay out, or more
	 *         intervals than {@link #MAX_INTERVALS}
	 */
	public SegmentPlan plan(MappingPoint point, Scratch scratch) {
		List<Operator> operators = workload.operators().subList(point.first(), point.first() + point.depth());
		List<Dataflow> dataflows = new ArrayList<>(point.depth());
		for (Operator operator : operators) {
			Dataflow dataflow = Dataflow.of(point.orderClass(), workload.outputOf(operator).shape(), point.chunks());
			if (dataflow.intervals() > MAX_INTERVALS) {
				return null;
			}
			dataflows.add(dataflow);
		}
		SegmentPlan plan = new SegmentPlan();
		plan.point = point;
		plan.dataflows = dataflows;
		if (!layOut(plan, operators)) {
			return null;
		}
		plan.handOvers = handOvers(plan, operators);
		long[] free = weights(plan, operators);
		time(plan, operators, free, scratch);
		boundary(plan, operators);
		return plan;
	}

	private boolean layOut(SegmentPlan plan, List<Operator> operators) {
		Organization organization = plan.point.organization();
		int rows = accelerator.rows();
		int columns = accelerator.columns();
		int[] shares = new int[operators.size()];
		if (organization.spatial()) {
			shares = Shares.minimizeSlowest(operators, plan.dataflows, splits, Placement.units(organization, rows, columns),
					Placement.unitPes(organization, rows, columns));
			if (shares == null) {
				return false;
			}
		}
		plan.placement = Placement.of(organization, rows, columns, shares);
		if (plan.placement == null) {
			return false;
		}
		plan.splits = new ArrayList<>(operators.size());
		for (int i = 0; i < operators.size(); i++) {
			plan.splits.add(splits.of(operators.get(i), plan.dataflows.get(i), plan.placement.size(i)));
		}
		return true;
	}

	private List<HandOver> handOvers(SegmentPlan plan, List<Operator> operators) {
		List<HandOver> edges = new ArrayList<>();
		for (int i = 0; i < operators.size(); i++) {
			List<Operand> inside = operators.get(i).operands().stream().filter(o -> workload.tensors().get(o.tensor()).producer() >= plan.point.first())
					.toList();
			for (Operand operand : inside) {
				Tensor tensor = workload.tensors().get(operand.tensor());
				int producer = tensor.producer() - plan.point.first();
				Dataflow from = plan.dataflows.get(producer);
				Dataflow to = plan.dataflows.get(i);
				Dependence dependence = dependences.computeIfAbsent(new DependenceKey(from, to, operand, tensor.shape()),
						k -> Dependence.of(from, to, operand, tensor));
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
			Dataflow dataflow = plan.dataflows.get(i);
			Split split = plan.splits.get(i);
			long sums = split.sliceOutputs() * accelerator.partialSumBytes();
			long tiles = sumTiles(split);
			free[i] = registers - Math.min(sums, registers / 2) - (spatial ? 0 : resident);
			plan.work = Math.addExact(plan.work, operator.work());
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
		int depth = operators.size();
		int[] intervals = plan.dataflows.stream().mapToInt(d -> (int) d.intervals()).toArray();
		long[] compute = new long[depth];
		for (int i = 0; i < depth; i++) {
			compute[i] = Math.multiplyExact(Math.ceilDiv(plan.splits.get(i).sliceWork(operators.get(i)), accelerator.macsPerCycle()), unitsPerCycle);
			checkTime(compute[i], intervals[i]);
		}
		plan.intervalUnits = compute;
		if (!plan.point.organization().spatial()) {
			takeTurns(plan, operators, intervals, compute, scratch);
			return;
		}
		chooseForwarding(plan, operators, free, intervals, compute);
		Recurrence recurrence;
		do {
			link(plan, operators, intervals, compute, scratch);
			recurrence = Recurrence.run(intervals, plan.intervalUnits, plan.handOvers);
		} while (retreat(plan, operators, free, recurrence));
		plan.recurrenceUnits = recurrence.end();
		for (HandOver edge : plan.handOvers) {
			chargeHandOver(plan, operators, edge);
		}
	}

	/** Operators one after the other on the whole array, chunk by chunk: the time is the sum, chunks wait in the buffer. */
	private void takeTurns(SegmentPlan plan, List<Operator> operators, int[] intervals, long[] compute, Scratch scratch) {
		String[] limits = new String[compute.length];
		plan.intervalUnits = compute.clone();
		plan.busiestLink = -1;
		for (int i = 0; i < compute.length; i++) {
			LinkLoads loads = scratch.loads;
			loads.clear();
			loads.beginGroup();
			Traffic.reduce(side(plan, operators, i), 8 * accelerator.partialSumBytes(), plan.placement, loads);
			limits[i] = slowestLink(plan, loads, loads.groupLinks(), intervals[i], i);
			countLoads(plan, loads);
		}
		slowest(plan, intervals, limits);
		Recurrence recurrence = Recurrence.takeTurns(intervals, plan.intervalUnits, plan.handOvers);
		plan.recurrenceUnits = recurrence.end();
		for (HandOver edge : plan.handOvers) {
			edge.capacity = recurrence.largestLead(edge);
			chargeHandOver(plan, operators, edge);
		}
	}

	/** Chunks go from PE to PE where the consumer's register files have room for them, edge by edge in operand order. */
	private void chooseForwarding(SegmentPlan plan, List<Operator> operators, long[] free, int[] intervals, long[] compute) {
		if (!plan.point.organization().forwards() || plan.handOvers.isEmpty()) {
			return;
		}
		boolean joins = plan.handOvers.stream().anyMatch(e -> !e.bounded);
		Recurrence schedule = joins ? Recurrence.run(intervals, compute, plan.handOvers) : null;
		long[] left = free.clone();
		for (HandOver edge : plan.handOvers) {
			if (!edge.bounded) {
				edge.capacity = schedule.largestLead(edge);
			}
			long bytes = registersFor(plan, operators, edge);
			if (bytes <= left[edge.consumer]) {
				edge.forwarded = true;
				left[edge.consumer] -= bytes;
			}
		}
	}

	/** With network times the leads of joins may have grown; an edge that no longer fits goes through the buffer. */
	private boolean retreat(SegmentPlan plan, List<Operator> operators, long[] free, Recurrence recurrence) {
		boolean again = false;
		long[] left = free.clone();
		for (HandOver edge : plan.handOvers) {
			if (!edge.bounded) {
				edge.capacity = recurrence.largestLead(edge);
			}
			if (edge.forwarded) {
				left[edge.consumer] -= registersFor(plan, operators, edge);
				if (left[edge.consumer] < 0) {
					edge.forwarded = false;
					again = true;
					left[edge.consumer] += registersFor(plan, operators, edge);
				}
			}
		}
		return again;
	}

	/**
	 * Register bytes that a forwarded edge takes in each PE of its consumer: what the PE needs in an interval, and once
	 * more for the chunk that arrives meanwhile - or for as many as a join's lead asks for.
	 */
	private long registersFor(SegmentPlan plan, List<Operator> operators, HandOver edge) {
		Split split = plan.splits.get(edge.consumer);
		Operand operand = edge.operand;
		TensorShape view = operand.view();
		boolean parts = operators.get(edge.consumer).kind().splitsContraction() && operand.channels() instanceof AxisAccess.Whole;
		long channels = parts ? Math.min(view.c(), split.cSlice()) : operand.channels().reach(split.kSlice(), view.c());
		long elements = Math.multiplyExact(channels,
				Math.multiplyExact(operand.rows().reach(split.pSlice(), view.h()), operand.columns().reach(split.qSlice(), view.w())));
		long copies = Math.max(2, edge.bounded ? 2 : edge.capacity);
		return Math.multiplyExact(edge.tensor.bytes(elements), copies);
	}

	/** Link loads of all forwarded edges and reductions, and the interval times that follow. */
	private void link(SegmentPlan plan, List<Operator> operators, int[] intervals, long[] compute, Scratch scratch) {
		LinkLoads loads = scratch.loads;
		loads.clear();
		int depth = operators.size();
		int[][] incoming = new int[depth][];
		for (int i = 0; i < depth; i++) {
			loads.beginGroup();
			Traffic.Side consumer = side(plan, operators, i);
			for (HandOver edge : plan.handOvers) {
				if (edge.consumer == i) {
					edge.latency = 0;
					if (edge.forwarded) {
						loads.takeLongestRoute();
						traffic.forward(side(plan, operators, edge.producer), consumer, edge.operand, edge.tensor, plan.placement, loads);
						edge.latency = Math.multiplyExact(loads.takeLongestRoute() * network.interconnect().hopCycles(), unitsPerCycle);
					}
				}
			}
			Traffic.reduce(consumer, 8 * accelerator.partialSumBytes(), plan.placement, loads);
			incoming[i] = loads.groupLinks();
		}
		plan.hopBits = 0;
		plan.deliveredBits = 0;
		plan.deliveredHopBits = 0;
		plan.busiestLink = -1;
		plan.busiestLinkBits = 0;
		countLoads(plan, loads);
		plan.intervalUnits = compute.clone();
		String[] limits = new String[depth];
		for (int i = 0; i < depth; i++) {
			limits[i] = slowestLink(plan, loads, incoming[i], intervals[i], i);
		}
		slowest(plan, intervals, limits);
	}

	private static void countLoads(SegmentPlan plan, LinkLoads loads) {
		plan.hopBits = Math.addExact(plan.hopBits, loads.hopUnits());
		plan.deliveredBits = Math.addExact(plan.deliveredBits, loads.delivered());
		plan.deliveredHopBits = Math.addExact(plan.deliveredHopBits, loads.deliveredHops());
		int busiest = loads.busiestRouterLink();
		if (busiest >= 0 && loads.load(busiest) > plan.busiestLinkBits) {
			plan.busiestLink = busiest;
			plan.busiestLinkBits = loads.load(busiest);
		}
	}

	/** Raises the interval time of operator i to what the slowest of these links takes for an interval's share of its load, and says what bounds it. */
	private String slowestLink(SegmentPlan plan, LinkLoads loads, int[] links, int intervals, int i) {
		int worst = -1;
		for (int link : links) {
			long bits = wholeBytes(Math.ceilDiv(loads.load(link), (long) intervals));
			long units = Math.multiplyExact(bits, link < network.routerLinks() ? unitsPerLinkBit : unitsPerLocalBit);
			if (units > plan.intervalUnits[i]) {
				plan.intervalUnits[i] = units;
				worst = link;
			}
		}
		checkTime(plan.intervalUnits[i], intervals);
		return worst < 0 ? "compute" : (worst < network.routerLinks() ? "link " : "") + network.describe(worst);
	}

	private static void slowest(SegmentPlan plan, int[] intervals, String[] limits) {
		plan.slowest = 0;
		for (int i = 1; i < limits.length; i++) {
			if (plan.intervalUnits[i] * intervals[i] > plan.intervalUnits[plan.slowest] * intervals[plan.slowest]) {
				plan.slowest = i;
			}
		}
		plan.limit = limits[plan.slowest];
	}

	/** Bits of a transfer, rounded up to whole bytes. */
	private static long wholeBytes(long bits) {
		return Math.ceilDiv(bits, 8L) * 8;
	}

	private static Traffic.Side side(SegmentPlan plan, List<Operator> operators, int i) {
		return new Traffic.Side(operators.get(i), plan.dataflows.get(i), plan.splits.get(i), i);
	}

	/** A hand-over through the buffer is written once and read as its consumer's intervals ask; it holds its capacity in chunks. */
	private void chargeHandOver(SegmentPlan plan, List<Operator> operators, HandOver edge) {
		if (edge.forwarded) {
			return;
		}
		plan.handOverWriteBytes = Math.addExact(plan.handOverWriteBytes, edge.tensor.bytes());
		plan.handOverReadBytes = Math.addExact(plan.handOverReadBytes, delivered(plan, operators.get(edge.consumer), edge.consumer, edge.operand, edge.tensor));
		long chunk = edge.tensor.bytes(plan.dataflows.get(edge.producer).chunkElements());
		plan.spaceBytes = Math.addExact(plan.spaceBytes, Math.min(edge.tensor.bytes(), Math.multiplyExact(chunk, (long) edge.capacity)));
	}

	/** Bytes that the buffer delivers of an operand: what each interval needs, halo anew in each; an operand needed whole for every row, once more for each tile of partial sums. */
	private long delivered(SegmentPlan plan, Operator operator, int position, Operand operand, Tensor tensor) {
		Dataflow to = plan.dataflows.get(position);
		TensorShape view = operand.view();
		long channels = needed(operand.channels(), to.out().c(), to.kTile(), view.c());
		long rows = needed(operand.rows(), to.out().h(), to.pTile(), view.h());
		long columns = needed(operand.columns(), to.out().w(), to.qTile(), view.w());
		long elements = Math.multiplyExact(Math.multiplyExact(channels, rows), Math.multiplyExact(columns, Math.min(view.n(), to.out().n())));
		boolean weightLike = operator.kind().multiplies() && operand.rows() instanceof AxisAccess.Whole && view.h() > 1;
		return tensor.bytes(weightLike ? Math.multiplyExact(elements, sumTiles(plan.splits.get(position))) : elements);
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
		plan.inputs = new ArrayList<>();
		plan.outputs = new ArrayList<>();
		int end = plan.point.first() + operators.size();
		for (int i = 0; i < operators.size(); i++) {
			Operator operator = operators.get(i);
			for (Operand operand : operator.operands()) {
				Tensor tensor = workload.tensors().get(operand.tensor());
				if (tensor.producer() < plan.point.first()) {
					plan.inputs.add(input(plan, operator, i, operand, tensor));
				}
			}
			Tensor out = workload.outputOf(operator);
			if (out.output() || out.lastConsumer() >= end) {
				Dataflow dataflow = plan.dataflows.get(i);
				long chunk = Math.min(out.bytes(), out.bytes(dataflow.chunkElements()));
				plan.outputs.add(new BoundaryOutput(out.index(), out.bytes(), Math.min(out.bytes(), 2 * chunk), chunk));
			}
		}
		merge(plan.inputs);
	}

	private BoundaryInput input(SegmentPlan plan, Operator operator, int position, Operand operand, Tensor tensor) {
		Dataflow to = plan.dataflows.get(position);
		TensorShape view = operand.view();
		long deliver = delivered(plan, operator, position, operand, tensor);
		long shown = tensor.bytes(view.elements());
		long rowBytes = Math.ceilDiv(shown, view.h() * view.n());
		long rows = operand.rows().reach(to.pTile(), view.h());
		long ahead = Math.min(view.h(), rows + operand.rows().reach(to.pTile(), view.h()));
		long window = Math.min(shown, Math.multiplyExact(rowBytes, ahead));
		long first = Math.min(shown, Math.multiplyExact(rowBytes, rows));
		boolean contracts = operand.channels() instanceof AxisAccess.Whole || operand.channels() instanceof AxisAccess.Group;
		if (to.orderClass() == OrderClass.WEIGHT_OUTER && to.kParts() > 1 && contracts) {
			// walked anew for each part of K: staged whole, or streamed from memory again for each part
			return plan.point.weightLevel().memory()
					? new BoundaryInput(tensor.index(), deliver, Math.multiplyExact(shown, to.kParts()), window, first)
					: new BoundaryInput(tensor.index(), deliver, shown, shown, first);
		}
		return new BoundaryInput(tensor.index(), deliver, shown, window, first);
	}

	/** A tensor read by several operators of the segment enters once and is staged for the one that needs most. */
	private static void merge(List<BoundaryInput> inputs) {
		for (int i = 0; i < inputs.size(); i++) {
			for (int j = inputs.size() - 1; j > i; j--) {
				BoundaryInput a = inputs.get(i);
				BoundaryInput b = inputs.get(j);
				if (a.tensor() == b.tensor()) {
					inputs.set(i, new BoundaryInput(a.tensor(), a.deliverBytes() + b.deliverBytes(), Math.max(a.memoryBytes(), b.memoryBytes()),
							a.stagingBytes() + b.stagingBytes(), Math.max(a.firstBytes(), b.firstBytes())));
					inputs.remove(j);
				}
			}
		}
	}

	/** Units of time that so many bytes take over the buffer's ports. */
	long bufferUnits(long bytes) {
		return Math.multiplyExact(bytes, unitsPerBufferByte);
	}

	/** Units of time that so many bytes take over the memory's pins. */
	long memoryUnits(long bytes) {
		return Math.multiplyExact(bytes, unitsPerMemoryByte);
	}

	private void checkTime(long interval, int intervals) {
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
