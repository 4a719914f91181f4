package org.pipeorgan.engine.cost;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

import org.pipeorgan.engine.hardware.Accelerator;
import org.pipeorgan.engine.hardware.Rational;
import org.pipeorgan.engine.interconnect.LinkLoads;
import org.pipeorgan.engine.interconnect.LinkLoads.TransferVisitor;
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
 * that sums are exact; what memory moves before and after a segment and the body between are rounded up to cycles.
 */
public final class CostModel {
	/** Most intervals of one operator; finer chunks are not in the space. */
	public static final long MAX_INTERVALS = 1L << 14;
	/** Most hand-overs of one segment; more are not in the space. */
	public static final int MAX_HAND_OVERS = Long.SIZE;

	private record DependenceKey(Dataflow producer, Dataflow consumer, TensorShape view, long channelOffset, AxisAccess channels, AxisAccess rows,
			AxisAccess columns, TensorShape shape) {
	}

	private final Workload workload;
	private final Accelerator accelerator;
	private final Network network;
	private final Splits splits;
	private final Map<DependenceKey, Dependence> dependences = new ConcurrentHashMap<>();
	private final TimeUnits units;
	private final double bufferBandwidth;
	/** 0 where reads and writes share the bandwidth. */
	private final double bufferWriteBandwidth;
	private final DataMovement movement;
	private final SegmentTraffic traffic;
	private final SegmentScheduler scheduler;

	/** Mutable working space of one thread: link loads, and what was found out about the segment that was last asked for. */
	public static final class Scratch {
		private final LinkLoads loads;
		private final Map<Layout.Key, Optional<Layout>> layouts = new HashMap<>();
		private final Map<Tiling, Optional<Tiled>> tiled = new HashMap<>();
		private int first = -1;
		private int depth = -1;
		private List<OperatorChoice> choices = List.of();
		private long handOvers;

		private Scratch(Network network) {
			loads = LinkLoads.merging(network);
		}

		private void select(MappingPoint point, CostModel model) {
			if (point.first() != first || point.depth() != depth || !point.choices().equals(choices)) {
				layouts.clear();
				tiled.clear();
				first = point.first();
				depth = point.depth();
				choices = point.choices();
				handOvers = model.handOvers(first, depth);
			}
		}
	}

	/**
	 * What layouts of a segment under one tiling have in common.
	 *
	 * @param needed      elements that all intervals of each operator need of each of its operands
	 * @param shares      units of each operator, by what the array is shared in: PEs, rows, columns
	 * @param recurrences found so far
	 */
	private record Tiled(List<Dataflow> dataflows, List<HandOver> handOvers, Recurrence.Graph graph, long[][] needed, int[][] shares, Map<Recurrence.Times, Long> recurrences) {
	}

	/**
	 * A model of one workload on one accelerator.
	 *
	 * @param workload  its open precisions become the accelerator's
	 * @param splitRule along which ranks the PEs of an operator may share its work
	 * @throws org.pipeorgan.engine.hardware.HardwareException if the bandwidths have no common measure of a reasonable size
	 */
	public CostModel(Workload workload, Accelerator accelerator, Network network, SplitRule splitRule) {
		this.workload = WorkloadBuilder.withPrecision(workload, accelerator.precisionBits());
		this.accelerator = accelerator;
		this.network = network;
		splits = new Splits(accelerator.macsPerCycle(), accelerator.pes(), splitRule);
		bufferBandwidth = accelerator.buffer().bandwidth().toDouble();
		bufferWriteBandwidth = accelerator.buffer().writeBandwidth().map(Rational::toDouble).orElse(0.0);
		units = TimeUnits.of(accelerator, network.interconnect());
		movement = new DataMovement(this.workload, accelerator, units);
		traffic = new SegmentTraffic(this.workload, accelerator, movement, network.interconnect().bufferPorts().isPresent());
		scheduler = new SegmentScheduler(traffic, network, units, accelerator.partialSumBytes());
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
		return units.perCycle();
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
		long handOvers = 0;
		for (Operator operator : workload.operators().subList(first, first + depth)) {
			for (Operand operand : operator.operands()) {
				handOvers += workload.tensors().get(operand.tensor()).producer() >= first ? 1 : 0;
			}
		}
		return handOvers;
	}

	/**
	 * Plans a point.
	 *
	 * @return the plan, or {@code null} if the point is infeasible: more operators than the organization can lay out,
	 *         more intervals than {@link #MAX_INTERVALS}, or more hand-overs than {@link #MAX_HAND_OVERS}
	 */
	public SegmentPlan plan(MappingPoint point, Scratch scratch) {
		SegmentPlan plan = sketch(point, scratch);
		return plan == null ? null : complete(plan, scratch);
	}

	/**
	 * Lays a point out and says where its weights wait, and which hand-overs may go from PE to PE: the beginning of a plan.
	 *
	 * @return {@code null} if the point is infeasible
	 */
	public SegmentPlan sketch(MappingPoint point, Scratch scratch) {
		Layout layout = layout(point, scratch);
		if (layout == null) {
			return null;
		}
		SegmentPlan plan = new SegmentPlan();
		plan.point = point;
		plan.layout = layout;
		plan.freeRegisters = movement.weights(plan, operators(point));
		plan.forwarded = scheduler.mayForward(plan, operators(point));
		return plan;
	}

	/** Schedules a sketched plan and counts what it moves. */
	private SegmentPlan complete(SegmentPlan plan, Scratch scratch) {
		List<Operator> operators = operators(plan.point);
		scheduler.schedule(plan, operators, scratch.loads);
		movement.boundary(plan, operators, movement.throughBuffer(plan));
		plan.limit = plan.slowestLimit();
		return plan;
	}

	/**
	 * What a plan moves over the network between the PEs in the whole segment, in bits: the loads of all links, ports included.
	 * Where operators take turns, these are the sums over all turns.
	 *
	 * @param visitor told of each transfer, operator by operator; {@code null} for nobody
	 */
	public LinkLoads traffic(SegmentPlan plan, TransferVisitor visitor) {
		LinkLoads loads = new LinkLoads(network, visitor);
		List<Operator> operators = operators(plan.point());
		long[] hops = new long[plan.layout.handOvers.size()];
		for (int i = 0; i < operators.size(); i++) {
			traffic.add(plan, operators, i, plan.forwarded, hops, loads);
		}
		return loads;
	}

	private List<Operator> operators(MappingPoint point) {
		return workload.operators().subList(point.first(), point.first() + point.depth());
	}

	private Layout layout(MappingPoint point, Scratch scratch) {
		scratch.select(point, this);
		Layout.Key key = Layout.Key.of(point);
		Optional<Layout> layout = scratch.layouts.get(key);
		if (layout == null) {
			layout = scratch.tiled.computeIfAbsent(new Tiling(point.orderClass(), point.chunks()), tiling -> tile(point, scratch)).map(tiled -> layOut(point, tiled));
			scratch.layouts.put(key, layout);
		}
		return layout.orElse(null);
	}

	/** Empty if there are more hand-overs or intervals than are possible. */
	private Optional<Tiled> tile(MappingPoint point, Scratch scratch) {
		if (scratch.handOvers > MAX_HAND_OVERS) {
			return Optional.empty();
		}
		List<Dataflow> dataflows = dataflows(point);
		if (dataflows.stream().anyMatch(dataflow -> dataflow.intervals() > MAX_INTERVALS)) {
			return Optional.empty();
		}
		List<HandOver> handOvers = handOvers(point, operators(point), dataflows);
		return Optional.of(new Tiled(dataflows, handOvers, Recurrence.Graph.of(dataflows, handOvers), movement.needed(operators(point), dataflows), new int[3][], new HashMap<>()));
	}

	/** Dataflow of each operator of a point. */
	public List<Dataflow> dataflows(MappingPoint point) {
		List<Operator> operators = operators(point);
		return IntStream.range(0, point.depth()).mapToObj(
				i -> point.choice(i).tile().of(Dataflow.of(point.orderClass(), workload.outputOf(operators.get(i)).shape(), point.chunks()))).toList();
	}

	/** Where the operators of a point are; empty if the organization cannot lay them out. */
	public Optional<Placement> placement(MappingPoint point) {
		return Optional.ofNullable(shares(point, dataflows(point)))
				.map(units -> Placement.of(point.organization(), accelerator.rows(), accelerator.columns(), units));
	}

	/**
	 * Units of the array for each operator: as stated, of the rest so that the slowest is fastest.
	 *
	 * @return {@code null} if there are too few units, or a share is no whole number of them
	 */
	private int[] shares(MappingPoint point, List<Dataflow> dataflows) {
		Organization organization = point.organization();
		boolean stated = IntStream.range(0, point.depth()).anyMatch(i -> point.choice(i).share() > 0);
		if (!organization.spatial()) {
			return stated ? null : new int[point.depth()];
		}
		int units = Placement.units(organization, accelerator.rows(), accelerator.columns());
		int unitPes = Placement.unitPes(organization, accelerator.rows(), accelerator.columns());
		if (!stated) {
			return Shares.minimizeSlowest(operators(point), dataflows, splits, units, unitPes);
		}
		int[] shares = point.choices().stream().mapToInt(OperatorChoice::share).toArray();
		if (Arrays.stream(shares).anyMatch(share -> share % unitPes != 0)) {
			return null;
		}
		int left = units - Arrays.stream(shares).sum() / unitPes;
		int[] open = IntStream.range(0, shares.length).filter(i -> shares[i] == 0).toArray();
		if (left < open.length) {
			return null;
		}
		int[] rest = open.length == 0 ? open : Shares.minimizeSlowest(Arrays.stream(open).mapToObj(operators(point)::get).toList(),
				Arrays.stream(open).mapToObj(dataflows::get).toList(), splits, left, unitPes);
		for (int i = 0, next = 0; i < shares.length; i++) {
			shares[i] = shares[i] == 0 ? rest[next++] : shares[i] / unitPes;
		}
		return shares;
	}

	/** @return the layout of a point, or {@code null} if there is none */
	private Layout layOut(MappingPoint point, Tiled tiled) {
		List<Operator> operators = operators(point);
		List<Dataflow> dataflows = tiled.dataflows();
		int[] units = units(point, tiled);
		Placement placement = units == null ? null : Placement.of(point.organization(), accelerator.rows(), accelerator.columns(), units);
		if (placement == null) {
			return null;
		}
		int unitPes = Placement.unitPes(point.organization(), accelerator.rows(), accelerator.columns());
		List<Split> chosen = new ArrayList<>(operators.size());
		long[] compute = new long[operators.size()];
		for (int i = 0; i < compute.length; i++) {
			OperatorChoice.Parts parts = point.choice(i).parts();
			Operator operator = operators.get(i);
			if (parts.pes() > placement.size(i) || parts.stated() && !Split.isPossible(operator, dataflows.get(i), parts.k(), parts.p(), parts.q(), parts.c())) {
				return null;
			}
			chosen.add(parts.stated() ? Split.of(operator, dataflows.get(i), parts.k(), parts.p(), parts.q(), parts.c())
					: splits.of(operator, dataflows.get(i)).on(placement.size(i)));
			compute[i] = Math.multiplyExact(splits.cycles(operator, chosen.get(i)), this.units.perCycle());
			TimeUnits.check(compute[i], dataflows.get(i).intervals());
		}
		List<HandOver> handOvers = tiled.handOvers();
		return new Layout(dataflows, chosen, Arrays.stream(units).map(u -> u * unitPes).toArray(), placement, handOvers, compute,
				() -> scheduler.reductionUnits(placement, chosen), movement.feeds(point.first(), operators, tiled.needed(), chosen, handOvers), tiled.needed(), tiled.graph());
	}

	private int[] units(MappingPoint point, Tiled tiled) {
		Organization organization = point.organization();
		if (!organization.spatial()) {
			return new int[point.depth()];
		}
		if (point.depth() > Placement.units(organization, accelerator.rows(), accelerator.columns())) {
			return null;
		}
		int in = organization == Organization.STRIPED_ROWS ? 1 : organization == Organization.STRIPED_COLUMNS ? 2 : 0;
		if (tiled.shares()[in] == null) {
			tiled.shares()[in] = shares(point, tiled.dataflows());
		}
		return tiled.shares()[in];
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

	/** Bytes that the memory moves in a cycle, rounded up. */
	long memoryBytesPerCycle() {
		return accelerator.memoryBandwidth().ceil();
	}

	/** Units of time that so many bytes take over the buffer's ports. */
	long bufferUnits(long reads, long writes) {
		return units.buffer(reads, writes);
	}

	/** Cycles that so many bytes take over the buffer's ports, not rounded. */
	double bufferCycles(double reads, double writes) {
		return bufferWriteBandwidth == 0 ? (reads + writes) / bufferBandwidth : Math.max(reads / bufferBandwidth, writes / bufferWriteBandwidth);
	}

	/** Units of time that so many bytes take over the memory's pins. */
	long memoryUnits(long bytes) {
		return Math.multiplyExact(bytes, units.perMemoryByte());
	}

	/** Cycles that so many bytes take over the memory's pins, rounded up. */
	long memoryCycles(long bytes) {
		return Math.ceilDiv(Math.multiplyExact(bytes, units.perMemoryByte()), units.perCycle());
	}

	/** The splits of an operator's interval. */
	Splits.Table splits(Operator operator, Dataflow dataflow) {
		return splits.of(operator, dataflow);
	}

	/** Units that each operator's intervals of a sketched plan take at least. */
	long[] leastIntervalUnits(SegmentPlan sketch) {
		return scheduler.leastIntervalUnits(sketch);
	}

	/** Cycles that the recurrence of a sketched plan takes at least. The plan must be of the segment that the scratch was last asked for. */
	double leastCycles(SegmentPlan sketch, Scratch scratch) {
		Tiling tiling = new Tiling(sketch.point.orderClass(), sketch.point.chunks());
		return (double) scheduler.leastRecurrenceUnits(sketch, operators(sketch.point), scratch.tiled.get(tiling).orElseThrow().recurrences()) / unitsPerCycle();
	}

	/** What segments move. */
	DataMovement movement() {
		return movement;
	}
}
