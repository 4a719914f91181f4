package org.pipeorgan.engine.cost;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

import org.pipeorgan.engine.hardware.Accelerator;
import org.pipeorgan.engine.hardware.Rational;
import org.pipeorgan.engine.interconnect.LinkLoads;
import org.pipeorgan.engine.interconnect.LinkLoads.TransferVisitor;
import org.pipeorgan.engine.interconnect.Network;
import org.pipeorgan.engine.organization.Organization;
import org.pipeorgan.engine.organization.Placement;
import org.pipeorgan.engine.organization.Placements;
import org.pipeorgan.engine.organization.Shares;
import org.pipeorgan.engine.organization.Split;
import org.pipeorgan.engine.organization.SplitRule;
import org.pipeorgan.engine.organization.Splits;
import org.pipeorgan.engine.organization.Traffic;
import org.pipeorgan.engine.pipelining.Dataflow;
import org.pipeorgan.engine.workload.Operand;
import org.pipeorgan.engine.workload.Operator;
import org.pipeorgan.engine.workload.Tensor;
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

	private final Workload workload;
	private final Accelerator accelerator;
	private final Network network;
	private final Splits splits;
	private final TiledOperators tiledOperators;
	private final TimeUnits units;
	private final double memoryBandwidth;
	private final long memoryBytesPerCycle;
	private final double bufferBandwidth;
	/** 0 where reads and writes share the bandwidth. */
	private final double bufferWriteBandwidth;
	private final DataMovement movement;
	private final SegmentTraffic traffic;
	private final SegmentScheduler scheduler;

	/** Mutable working space of one thread: link loads, and what was found out about the segment that was last asked for. */
	public static final class Scratch {
		private final LinkLoads loads;
		private final Placements placements;
		private final Map<Tiling, Optional<TiledSegment>> tiled = new HashMap<>();
		private int first = -1;
		private int depth = -1;
		private List<OperatorChoice> choices = List.of();
		private long handOvers;

		private Scratch(Network network) {
			loads = LinkLoads.merging(network);
			placements = new Placements(network.rows(), network.columns());
		}

		private void select(MappingPoint point, CostModel model) {
			if (point.first() != first || point.depth() != depth || !point.choices().equals(choices)) {
				tiled.clear();
				first = point.first();
				depth = point.depth();
				choices = point.choices();
				handOvers = model.handOvers(first, depth);
			}
		}
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
		memoryBandwidth = accelerator.memoryBandwidth().toDouble();
		memoryBytesPerCycle = accelerator.memoryBandwidth().ceil();
		bufferBandwidth = accelerator.buffer().bandwidth().toDouble();
		bufferWriteBandwidth = accelerator.buffer().writeBandwidth().map(Rational::toDouble).orElse(0.0);
		units = TimeUnits.of(accelerator, network.interconnect());
		movement = new DataMovement(this.workload, accelerator, units);
		tiledOperators = new TiledOperators(this.workload, splits, units, movement);
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

	/** The signature of the segment of {@code depth} operators from {@code first} on. */
	public SegmentSignature signature(int first, int depth) {
		return SegmentSignature.of(workload, tiledOperators, first, depth);
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

	/** A complete plan for another segment of the same signature as its own. @param first index of its first operator */
	public SegmentPlan repeat(SegmentPlan plan, int first) {
		int depth = plan.point.depth();
		if (first == plan.point.first()) {
			return plan;
		}
		SegmentPlan moved = plan.movedTo(workload, signature(plan.point.first(), depth), signature(first, depth), first);
		TiledOperator[] operators = Arrays.stream(plan.layout.operators).map(SlicedOperator::tiled).toArray(TiledOperator[]::new);
		moved.layout = plan.layout.of(new TiledSegment(operators, handOvers(first, operators)));
		return moved;
	}

	/**
	 * Lays a point out and says where its weights wait, and which hand-overs may go from PE to PE: the beginning of a plan.
	 *
	 * @return {@code null} if the point is infeasible
	 */
	public SegmentPlan sketch(MappingPoint point, Scratch scratch) {
		SegmentPlan plan = outline(point, scratch);
		if (plan != null) {
			plan.forwarded = scheduler.mayForward(plan);
		}
		return plan;
	}

	/**
	 * Says how many PEs the operators of a point have, where its weights wait, and which hand-overs go from PE to PE at most: the same for all organizations under
	 * which the operators have as many PEs, and that forward.
	 *
	 * @return {@code null} if the point is infeasible
	 */
	public SegmentPlan outline(MappingPoint point, Scratch scratch) {
		Layout layout = layout(point, scratch);
		if (layout == null) {
			return null;
		}
		SegmentPlan plan = new SegmentPlan();
		plan.point = point;
		plan.layout = layout;
		plan.freeRegisters = movement.weights(plan);
		plan.forwarded = scheduler.mayForwardAtMost(plan);
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
			traffic.addHandOvers(plan, operators, i, plan.forwarded, hops, loads);
			traffic.addOwn(plan, operators, i, plan.forwarded, hops, loads);
		}
		return loads;
	}

	private List<Operator> operators(MappingPoint point) {
		return workload.operators().subList(point.first(), point.first() + point.depth());
	}

	private Layout layout(MappingPoint point, Scratch scratch) {
		scratch.select(point, this);
		TiledSegment segment = scratch.tiled.computeIfAbsent(tiling(point), tiling -> tile(point, scratch)).orElse(null);
		return segment == null ? null : segment.layouts.computeIfAbsent(point.organization(), organization -> Optional.ofNullable(layOut(point, segment, scratch.placements))).orElse(null);
	}

	private static Tiling tiling(MappingPoint point) {
		return new Tiling(point.orderClass(), point.chunks());
	}

	/** Empty if there are more hand-overs or intervals than are possible. */
	private Optional<TiledSegment> tile(MappingPoint point, Scratch scratch) {
		if (scratch.handOvers > MAX_HAND_OVERS) {
			return Optional.empty();
		}
		TiledOperator[] operators = tiledOperators(point);
		for (TiledOperator operator : operators) {
			if (operator.intervals > MAX_INTERVALS) {
				return Optional.empty();
			}
		}
		return Optional.of(new TiledSegment(operators, handOvers(point.first(), operators)));
	}

	private TiledOperator[] tiledOperators(MappingPoint point) {
		Tiling tiling = tiling(point);
		TiledOperator[] operators = new TiledOperator[point.depth()];
		for (int i = 0; i < operators.length; i++) {
			operators[i] = tiledOperators.of(point.first() + i, tiling, point.choice(i).tile());
		}
		return operators;
	}

	/** Dataflow of each operator of a point. */
	public List<Dataflow> dataflows(MappingPoint point) {
		return Arrays.stream(tiledOperators(point)).map(operator -> operator.dataflow).toList();
	}

	/** Where the operators of a point are; empty if the organization cannot lay them out. */
	public Optional<Placement> placement(MappingPoint point) {
		return Optional.ofNullable(units(point, tiledOperators(point)))
				.map(units -> Placement.of(point.organization(), accelerator.rows(), accelerator.columns(), units));
	}

	/**
	 * Units of the array for each operator: as stated, of the rest so that the slowest is fastest; zeros where operators take turns.
	 *
	 * @return {@code null} if there are too few units, or a share is no whole number of them
	 */
	private int[] units(MappingPoint point, TiledOperator[] operators) {
		Organization organization = point.organization();
		int depth = operators.length;
		int[] shares = new int[depth];
		boolean stated = false;
		for (int i = 0; i < depth; i++) {
			shares[i] = point.choice(i).share();
			stated |= shares[i] > 0;
		}
		if (!organization.spatial()) {
			return stated ? null : shares;
		}
		int left = Placement.units(organization, accelerator.rows(), accelerator.columns());
		int unitPes = Placement.unitPes(organization, accelerator.rows(), accelerator.columns());
		if (!stated) {
			return minimizeSlowest(operators, left, unitPes);
		}
		for (int i = 0; i < depth; i++) {
			if (shares[i] % unitPes != 0) {
				return null;
			}
			shares[i] /= unitPes;
			left -= shares[i];
		}
		TiledOperator[] open = IntStream.range(0, depth).filter(i -> shares[i] == 0).mapToObj(i -> operators[i]).toArray(TiledOperator[]::new);
		int[] rest = open.length == 0 && left >= 0 ? shares : minimizeSlowest(open, left, unitPes);
		for (int i = 0, next = 0; rest != null && i < depth; i++) {
			shares[i] = shares[i] == 0 ? rest[next++] : shares[i];
		}
		return rest == null ? null : shares;
	}

	private static int[] minimizeSlowest(TiledOperator[] operators, int units, int unitPes) {
		Splits.Table[] splits = new Splits.Table[operators.length];
		long[] intervals = new long[operators.length];
		for (int i = 0; i < splits.length; i++) {
			splits[i] = operators[i].splits;
			intervals[i] = operators[i].intervals;
		}
		return Shares.minimizeSlowest(splits, intervals, units, unitPes);
	}

	/** @return the layout of a point, or {@code null} if there is none */
	private Layout layOut(MappingPoint point, TiledSegment segment, Placements placements) {
		Organization organization = point.organization();
		int[] units = segment.units(organization, Placement.units(organization, accelerator.rows(), accelerator.columns()), () -> units(point, segment.operators));
		Placement placement = units == null ? null : placements.of(organization, units);
		if (placement == null) {
			return null;
		}
		SlicedOperator[] operators = new SlicedOperator[units.length];
		int[] shares = new int[units.length];
		int unitPes = Placement.unitPes(organization, accelerator.rows(), accelerator.columns());
		for (int i = 0; i < operators.length; i++) {
			operators[i] = slice(segment.operators[i], point.choice(i).parts(), placement.size(i));
			if (operators[i] == null) {
				return null;
			}
			shares[i] = units[i] * unitPes;
		}
		return new Layout(segment, operators, shares, placement, movement.feeds(point.first(), operators, segment.handOvers), () -> scheduler.reductionUnits(placement, operators));
	}

	/** An operator on so many PEs; {@code null} if the parts that are stated are not possible there. */
	private static SlicedOperator slice(TiledOperator tiled, OperatorChoice.Parts parts, int pes) {
		if (!parts.stated()) {
			return tiled.on(pes);
		}
		return parts.pes() > pes || !Split.isPossible(tiled.operator, tiled.dataflow, parts.k(), parts.p(), parts.q(), parts.c()) ? null
				: tiled.under(Split.of(tiled.operator, tiled.dataflow, parts.k(), parts.p(), parts.q(), parts.c()));
	}

	private List<HandOver> handOvers(int first, TiledOperator[] tiled) {
		List<HandOver> edges = new ArrayList<>();
		for (int i = 0; i < tiled.length; i++) {
			List<Operand> operands = workload.operators().get(first + i).operands();
			int inside = 0;
			for (Operand operand : operands) {
				inside += workload.tensors().get(operand.tensor()).producer() >= first ? 1 : 0;
			}
			for (int o = 0; inside > 0 && o < operands.size(); o++) {
				Operand operand = operands.get(o);
				Tensor tensor = workload.tensors().get(operand.tensor());
				int producer = tensor.producer() - first;
				if (producer >= 0) {
					edges.add(new HandOver(producer, i, o, operand, tensor, tiled[i].on(tiled[producer], o), inside == 1));
				}
			}
		}
		return edges;
	}

	/** Bytes that the memory moves in a cycle. */
	double memoryBandwidth() {
		return memoryBandwidth;
	}

	/** Bytes that the memory moves in a cycle, rounded up. */
	long memoryBytesPerCycle() {
		return memoryBytesPerCycle;
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

	/** Number of an operator's shape: operators of the same have the same plans when they are alone. */
	public int shape(int operator) {
		return tiledOperators.shape(operator);
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
		return (double) scheduler.leastRecurrenceUnits(sketch, operators(sketch.point), scratch.tiled.get(tiling(sketch.point)).orElseThrow().recurrences) / unitsPerCycle();
	}

	/** Cycles that the recurrence of an outlined plan takes at least, wherever its operators' PEs are. */
	double leastCycles(SegmentPlan outline) {
		return (double) scheduler.leastEndUnits(outline) / unitsPerCycle();
	}

	/** What segments move. */
	DataMovement movement() {
		return movement;
	}
}
