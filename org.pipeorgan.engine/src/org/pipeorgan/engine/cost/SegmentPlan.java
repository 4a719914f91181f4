package org.pipeorgan.engine.cost;

import java.util.List;

import org.pipeorgan.engine.hardware.GlobalBuffer;
import org.pipeorgan.engine.organization.Placement;
import org.pipeorgan.engine.organization.Split;
import org.pipeorgan.engine.pipelining.Dataflow;
import org.pipeorgan.engine.pipelining.Dependence;
import org.pipeorgan.engine.workload.Operand;
import org.pipeorgan.engine.workload.Tensor;
import org.pipeorgan.engine.workload.Workload;

/**
 * A mapping point with everything that follows from it, but for the residence of its boundary tensors. Times are in
 * {@linkplain CostModel#unitsPerCycle() units}, amounts in bytes unless a name says bits.
 */
public final class SegmentPlan {
	MappingPoint point;
	Layout layout;
	Layout.Schedule schedule;
	/** A bit for each hand-over of the layout: whether it goes from PE to PE. */
	long forwarded;
	List<BoundaryInput> inputs;
	List<BoundaryOutput> outputs;

	/** How often each operator's weights are read from the buffer. */
	long[] weightPasses;
	/** Bytes of weights that the buffer delivers while the segment runs, for each operator. */
	long[] weightFeedBytes;
	/** Bytes of weights that come from memory while the segment runs, for each operator. */
	long[] weightStreamBytes;
	/** Whether memory, rather than the buffer, takes longer for each operator's intervals. */
	boolean[] feedsFromMemory;
	/** Bytes of weights that go into each operator's registers at the beginning. */
	long[] residentBytes;
	/** Bytes of each operator's register files that are left for incoming chunks. */
	long[] freeRegisters;
	/** Number of operators whose weights stay in registers, and of those whose weights do not fit there. */
	int resident;
	int walked;
	long weightMemoryBytes;
	/** Of each operator. */
	long[] weightMemoryBytesOf;
	long firstWeightBytes;
	long weightBufferReadBytes;
	long handOverWriteBytes;
	long handOverReadBytes;
	long spaceBytes;
	/** Cycles over the banks of what takes space whatever the residence, the largest. */
	long bankCycles;
	long registerBits;
	long macs;
	/** What the operator that takes longest in all waits for. */
	String limit;

	SegmentPlan() {
	}

	/**
	 * A tensor that enters the segment.
	 *
	 * @param tensor       its index
	 * @param deliverBytes bytes that the buffer delivers to PEs
	 * @param memoryBytes  bytes read from memory if it is not held in the buffer
	 * @param stagingBytes buffer space if it is not held
	 * @param firstBytes   bytes that the first interval needs
	 * @param heldCycles   cycles over its banks if it is held
	 * @param stagedCycles cycles over its banks if it is not held
	 */
	public record BoundaryInput(int tensor, long deliverBytes, long memoryBytes, long stagingBytes, long firstBytes, long heldCycles, long stagedCycles) {
		BoundaryInput(int tensor, long deliverBytes, long memoryBytes, long stagingBytes, long firstBytes) {
			this(tensor, deliverBytes, memoryBytes, stagingBytes, firstBytes, 0, 0);
		}

		/** The same in a buffer, as a tensor of so many bytes. */
		BoundaryInput over(GlobalBuffer buffer, long bytes) {
			return new BoundaryInput(tensor, deliverBytes, memoryBytes, stagingBytes, firstBytes, buffer.bankCycles(deliverBytes, 0, bytes),
					buffer.bankCycles(deliverBytes, memoryBytes, stagingBytes));
		}

		BoundaryInput of(int other) {
			return new BoundaryInput(other, deliverBytes, memoryBytes, stagingBytes, firstBytes, heldCycles, stagedCycles);
		}
	}

	/**
	 * A tensor that leaves the segment: a later segment reads it, or it leaves the network.
	 *
	 * @param tensor       its index
	 * @param bytes        its size
	 * @param stagingBytes buffer space if it is not held, enough for its readers inside the segment too
	 * @param lastBytes    bytes of the last interval
	 * @param firstUnits   when the results of the first interval are there, units after the begin
	 * @param pacedUnits   when those of the last interval are there at least if the tensor goes to memory, units: an interval begins when the chunk of the
	 *                     last but one has left the buffer
	 * @param keptCycles   cycles over its banks if it stays in the buffer
	 * @param stagedCycles cycles over its banks if it does not
	 */
	public record BoundaryOutput(int tensor, long bytes, long stagingBytes, long lastBytes, long firstUnits, long pacedUnits, long keptCycles,
			long stagedCycles) {
		BoundaryOutput of(int other) {
			return new BoundaryOutput(other, bytes, stagingBytes, lastBytes, firstUnits, pacedUnits, keptCycles, stagedCycles);
		}
	}

	/**
	 * The same plan for another segment of an equal signature.
	 *
	 * @param from  signature of this plan's segment
	 * @param to    signature of the other
	 * @param first index of the other's first operator
	 */
	public SegmentPlan movedTo(Workload workload, SegmentSignature from, SegmentSignature to, int first) {
		if (first == point.first()) {
			return this;
		}
		SegmentPlan moved = copy();
		moved.point = point.startingAt(first);
		moved.inputs = inputs.stream().map(i -> i.of(to.outside().get(from.outside().indexOf(i.tensor())))).toList();
		moved.outputs = outputs.stream().map(o -> {
			int operator = workload.tensors().get(o.tensor()).producer() - point.first() + first;
			return o.of(workload.operators().get(operator).output());
		}).toList();
		return moved;
	}

	private SegmentPlan copy() {
		SegmentPlan copy = new SegmentPlan();
		copy.point = point;
		copy.layout = layout;
		copy.schedule = schedule;
		copy.forwarded = forwarded;
		copy.inputs = inputs;
		copy.outputs = outputs;
		copy.weightPasses = weightPasses;
		copy.weightFeedBytes = weightFeedBytes;
		copy.weightStreamBytes = weightStreamBytes;
		copy.feedsFromMemory = feedsFromMemory;
		copy.residentBytes = residentBytes;
		copy.freeRegisters = freeRegisters;
		copy.resident = resident;
		copy.walked = walked;
		copy.weightMemoryBytes = weightMemoryBytes;
		copy.weightMemoryBytesOf = weightMemoryBytesOf;
		copy.firstWeightBytes = firstWeightBytes;
		copy.weightBufferReadBytes = weightBufferReadBytes;
		copy.handOverWriteBytes = handOverWriteBytes;
		copy.handOverReadBytes = handOverReadBytes;
		copy.spaceBytes = spaceBytes;
		copy.bankCycles = bankCycles;
		copy.registerBits = registerBits;
		copy.macs = macs;
		copy.limit = limit;
		return copy;
	}

	/** What decides over the cost of this plan, without what is large: its layout, and how the operators' weights move. */
	public SegmentPlan withoutLayout() {
		SegmentPlan bare = copy();
		bare.layout = null;
		bare.weightPasses = null;
		bare.weightFeedBytes = null;
		bare.weightStreamBytes = null;
		bare.feedsFromMemory = null;
		bare.residentBytes = null;
		bare.weightMemoryBytesOf = null;
		bare.freeRegisters = null;
		if (schedule != null) {
			bare.schedule = schedule.totals();
		}
		return bare;
	}

	/** PEs of each operator's share. */
	public List<Integer> pes() {
		return java.util.stream.IntStream.range(0, layout.operators.length).mapToObj(layout.placement::size).toList();
	}

	/** Tile, share and split of each operator; stated in a mapping point they give the same plan. */
	public List<OperatorChoice> choices() {
		return java.util.stream.IntStream.range(0, layout.operators.length)
				.mapToObj(i -> OperatorChoice.of(layout.dataflows.get(i), layout.shares[i], layout.operators[i].split())).toList();
	}

	/** Which PE belongs to which operator. */
	public Placement placement() {
		return layout.placement;
	}

	/** Dataflow of each operator. */
	public List<Dataflow> dataflows() {
		return layout.dataflows;
	}

	/** Split of each operator over the PEs of its share. */
	public List<Split> splits() {
		return java.util.Arrays.stream(layout.operators).map(SlicedOperator::split).toList();
	}

	/** Elements of a chunk, for each hand-over, ordered by consumer. */
	public List<Long> granularities() {
		return layout.handOvers.stream().map(h -> layout.dataflows.get(h.producer()).chunkElements()).toList();
	}

	/** What the operator that takes longest in all waits for. */
	String slowestLimit() {
		int slowest = schedule.slowest;
		if (schedule.sharedPort != null) {
			return schedule.sharedPort;
		}
		if (schedule.slowestIsFed) {
			return feedsFromMemory[slowest] ? "memory" : "buffer";
		}
		return schedule.flows.limits[slowest];
	}

	/** Units that each operator's intervals would take if nothing but its computation took time. */
	public List<Long> computeUnits() {
		return java.util.Arrays.stream(layout.compute).boxed().toList();
	}

	/** Interval time of each operator, in units. */
	public List<Long> intervalUnits() {
		return java.util.Arrays.stream(schedule.intervalUnits).boxed().toList();
	}

	/** Interval time of the operator that takes longest in all, in units. */
	public long slowestIntervalUnits() {
		return schedule.intervalUnits[schedule.slowest];
	}

	/** Intervals of the operator that takes longest in all. */
	public long slowestIntervals() {
		return layout.dataflows.get(schedule.slowest).intervals();
	}

	/** Bits over the busiest link between routers, in the whole segment. */
	public long busiestLinkBits() {
		return schedule.flows.busiestLinkBits;
	}

	/** Bits times hops between routers, each link of a multicast once. */
	public long hopBits() {
		return schedule.flows.hopBits;
	}

	/** Results that later segments may read from the buffer, if they are kept there. */
	public List<Integer> outputTensors() {
		return outputs.stream().map(BoundaryOutput::tensor).toList();
	}

	/** Tensors that enter the segment. */
	public List<Integer> inputTensors() {
		return inputs.stream().map(BoundaryInput::tensor).toList();
	}

	/** Bytes read from the buffer in any residence. */
	long bufferReadBytes() {
		long bytes = weightBufferReadBytes + handOverReadBytes;
		for (BoundaryInput input : inputs) {
			bytes += input.deliverBytes();
		}
		return bytes;
	}

	/**
	 * An intermediate tensor on its way from an operator of the segment to another.
	 *
	 * @param producer   operator that makes it, counted within the segment
	 * @param consumer   operator that reads it
	 * @param operand    how it is read
	 * @param tensor     the tensor
	 * @param dependence which intervals wait for which
	 * @param capacity   chunks that the edge holds
	 * @param forwarded  whether it goes from PE to PE, rather than through the buffer
	 */
	public record Edge(int producer, int consumer, Operand operand, Tensor tensor, Dependence dependence, int capacity, boolean forwarded) {
	}

	/** The hand-overs of the segment, ordered by consumer. */
	public List<Edge> edges() {
		return java.util.stream.IntStream.range(0, layout.handOvers.size()).mapToObj(e -> {
			HandOver edge = layout.handOvers.get(e);
			return new Edge(edge.producer(), edge.consumer(), edge.operand(), edge.tensor(), edge.dependence(), schedule.capacities[e],
					(forwarded >> e & 1) == 1);
		}).toList();
	}

	/**
	 * A tensor that comes from memory unless it is held in the buffer.
	 *
	 * @param tensor      its index
	 * @param memoryBytes bytes in all
	 * @param firstBytes  bytes that are there before the segment begins
	 */
	public record Entering(int tensor, long memoryBytes, long firstBytes) {
	}

	/** The tensors of earlier segments, and the network's inputs, that the segment reads. */
	public List<Entering> entering() {
		return inputs.stream().map(i -> new Entering(i.tensor(), i.memoryBytes(), i.firstBytes())).toList();
	}

	/**
	 * A tensor of which chunks wait in the buffer on their way from or to memory.
	 *
	 * @param tensor its index
	 * @param bytes  space that they take, if the tensor is not held whole
	 */
	public record Staged(int tensor, long bytes) {
	}

	/** The tensors that enter and leave. */
	public List<Staged> staged() {
		return java.util.stream.Stream.concat(inputs.stream().map(i -> new Staged(i.tensor(), i.stagingBytes())), outputs.stream().map(o -> new Staged(o.tensor(), o.stagingBytes())))
				.toList();
	}

	/** Bytes of the buffer that weights and hand-overs take. */
	public long workingBytes() {
		return spaceBytes;
	}

	/** Bytes of each operator's weights that memory delivers. */
	public long[] weightMemoryBytes() {
		return weightMemoryBytesOf.clone();
	}

	/** When each operator's first interval begins, in units. */
	public long[] beginUnits() {
		return schedule.beginUnits.clone();
	}

	/** When the results of each operator's last interval are there, in units. */
	public long[] endUnits() {
		return schedule.endUnits.clone();
	}

	/** The point that this is the plan of. */
	public MappingPoint point() {
		return point;
	}
}
