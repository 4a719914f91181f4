package org.pipeorgan.engine.cost;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.pipeorgan.engine.cost.MappingPoint.WeightLevel;
import org.pipeorgan.engine.cost.SegmentPlan.BoundaryInput;
import org.pipeorgan.engine.cost.SegmentPlan.BoundaryOutput;
import org.pipeorgan.engine.hardware.Accelerator;
import org.pipeorgan.engine.organization.Split;
import org.pipeorgan.engine.pipelining.Dataflow;
import org.pipeorgan.engine.pipelining.OrderClass;
import org.pipeorgan.engine.workload.AxisAccess;
import org.pipeorgan.engine.workload.Operand;
import org.pipeorgan.engine.workload.Operator;
import org.pipeorgan.engine.workload.OperatorKind;
import org.pipeorgan.engine.workload.Tensor;
import org.pipeorgan.engine.workload.TensorShape;
import org.pipeorgan.engine.workload.Workload;

/** What a segment moves between memory, global buffer and register files, and the space that it takes (section 6 of the model). */
final class DataMovement {
	private final Workload workload;
	private final Accelerator accelerator;
	private final TimeUnits units;

	DataMovement(Workload workload, Accelerator accelerator, TimeUnits units) {
		this.workload = workload;
		this.accelerator = accelerator;
		this.units = units;
	}

	/**
	 * Decides where each operator's weights wait, and counts their movement.
	 *
	 * @return bytes of the register file that are left for incoming chunks, for each operator
	 */
	long[] weights(SegmentPlan plan) {
		long registers = accelerator.registerBytes();
		boolean spatial = plan.point.organization().spatial();
		SlicedOperator[] operators = plan.layout.operators;
		// operators that take turns share every register file
		long resident = 0;
		long[] free = new long[operators.length];
		plan.weightPasses = new long[operators.length];
		plan.weightFeedBytes = new long[operators.length];
		plan.weightStreamBytes = new long[operators.length];
		plan.residentBytes = new long[operators.length];
		plan.weightMemoryBytesOf = new long[operators.length];
		for (int i = 0; i < operators.length; i++) {
			SlicedOperator sliced = operators[i];
			Operator operator = sliced.tiled().operator;
			free[i] = registers - sliced.sumRegisters() - (spatial ? 0 : resident);
			plan.registerBits = Math.addExact(plan.registerBits, sliced.tiled().registerBits);
			plan.macs += operator.macs();
			if (operator.weights() == 0) {
				continue;
			}
			long all = operator.weightBytes();
			long piece = sliced.weightPiece();
			boolean walkedOnce = plan.point.orderClass() == OrderClass.WEIGHT_OUTER;
			if (!walkedOnce && plan.point.weightLevel().registers() && sliced.weightRegisters() <= free[i]) {
				free[i] -= sliced.weightRegisters();
				resident += sliced.weightRegisters();
				plan.resident++;
				plan.weightPasses[i] = 1;
				plan.residentBytes[i] = all;
				addWeights(plan, i, all, all, all, 0);
				continue;
			}
			plan.walked += walkedOnce ? 0 : 1;
			plan.weightPasses[i] = sliced.weightPasses();
			long walked = Math.multiplyExact(all, sliced.weightPasses());
			plan.weightFeedBytes[i] = walked;
			if (walkedOnce) {
				// each part of K is walked once: two parts wait in the buffer
				plan.weightStreamBytes[i] = all - piece;
				addWeights(plan, i, all, walked, piece, Math.min(all, 2 * piece));
			} else if (plan.point.weightLevel().memory()) {
				plan.weightStreamBytes[i] = walked - piece;
				addWeights(plan, i, walked, walked, piece, Math.min(all, 2 * piece));
			} else {
				addWeights(plan, i, all, walked, all, all);
			}
		}
		return free;
	}

	/** What follows for an operator from the split of its intervals. @param compute units of an interval */
	SlicedOperator slice(TiledOperator tiled, Split split, long compute) {
		Operator operator = tiled.operator;
		Dataflow dataflow = tiled.dataflow;
		long half = accelerator.registerBytes() / 2;
		long[] delivered = new long[operator.operands().size()];
		long[] chunks = new long[delivered.length];
		for (int o = 0; o < delivered.length; o++) {
			Operand operand = operator.operands().get(o);
			Tensor tensor = workload.tensors().get(operand.tensor());
			delivered[o] = tensor.bytes(Math.multiplyExact(tiled.needed[o], deliveries(operator, split, operand)));
			chunks[o] = chunkRegisters(operator, dataflow, split, operand, tensor);
		}
		long sums = Math.min(split.sliceOutputs() * accelerator.partialSumBytes(), half);
		if (operator.weights() == 0) {
			return new SlicedOperator(tiled, split, compute, delivered, chunks, sums, 0, 0, 0);
		}
		long all = operator.weightBytes();
		long slice = Math.ceilDiv(split.kSlice() * split.cSlice() * operator.filterRows() * operator.filterColumns() * operator.weightBits(), 8);
		// in an interval its part of K is read once for every tile of partial sums
		long passes = Math.multiplyExact(dataflow.intervals() / dataflow.kParts(), sumTiles(split));
		long pieces = dataflow.orderClass() == OrderClass.WEIGHT_OUTER ? dataflow.kParts() : Math.max(1, Math.ceilDiv(slice, Math.max(1, half)));
		return new SlicedOperator(tiled, split, compute, delivered, chunks, sums, Math.multiplyExact(slice, dataflow.kParts()), passes, Math.min(all, Math.ceilDiv(all, pieces)));
	}

	/**
	 * Register bytes that a chunk of an operand takes in each PE if it is forwarded: what the PE needs in an interval. They are taken once
	 * more for the chunk that arrives meanwhile - or for as many as a join's lead asks for.
	 */
	private static long chunkRegisters(Operator operator, Dataflow to, Split split, Operand operand, Tensor tensor) {
		TensorShape view = operand.view();
		long channels = operand.channels().reach(split.kSlice(), view.c());
		if (operator.kind().splitsContraction()) {
			// of each group of channels that an output sums over, a PE takes its part
			channels = operand.channels() instanceof AxisAccess.Group group ? channels / group.inputs() * split.cSlice() : Math.min(channels, split.cSlice());
		}
		long rows = operand.rows().reach(split.pSlice(), view.h());
		long columns = operand.columns().reach(split.qSlice(), view.w());
		boolean rowsAgain = operand.rows().reach(2, view.h()) < 2 * operand.rows().reach(1, view.h());
		boolean columnsAgain = operand.columns().reach(2, view.w()) < 2 * operand.columns().reach(1, view.w());
		boolean allAgain = to.orderClass() == OrderClass.WEIGHT_OUTER && needed(operand.channels(), to.out().c(), to.kTile(), view.c()) > view.c();
		if (allAgain) {
			// the next part of K walks all pixels again
			rows = Math.min(view.h(), Math.multiplyExact(rows, to.pParts()));
		}
		if (to.qParts() > 1 && (rowsAgain || allAgain)) {
			// the next row needs them again, after all parts of this one
			columns = Math.min(view.w(), Math.multiplyExact(columns, to.qParts()));
		}
		if (to.kParts() > 1 && to.orderClass() == OrderClass.ACTIVATION_OUTER && !(operand.channels() instanceof AxisAccess.Whole) && (rowsAgain || columnsAgain)) {
			// the next pixels need them again, after all parts of K
			channels = Math.min(view.c(), Math.multiplyExact(channels, to.kParts()));
		}
		return tensor.bytes(Math.multiplyExact(channels, Math.multiplyExact(rows, columns)));
	}

	private void addWeights(SegmentPlan plan, int i, long memoryBytes, long bufferReadBytes, long firstBytes, long space) {
		plan.weightMemoryBytesOf[i] = memoryBytes;
		plan.weightMemoryBytes = Math.addExact(plan.weightMemoryBytes, memoryBytes);
		plan.weightBufferReadBytes = Math.addExact(plan.weightBufferReadBytes, bufferReadBytes);
		plan.firstWeightBytes = Math.addExact(plan.firstWeightBytes, firstBytes);
		occupy(plan, bufferReadBytes, memoryBytes, space);
	}

	/** Takes space whatever the residence, which is read and written so much. */
	private void occupy(SegmentPlan plan, long readBytes, long writtenBytes, long space) {
		plan.spaceBytes = Math.addExact(plan.spaceBytes, space);
		plan.bankCycles = Math.max(plan.bankCycles, accelerator.buffer().bankCycles(readBytes, writtenBytes, space));
	}

	/** Parts into which a PE cuts its slice so that the partial sums fit into half its register file. */
	private long sumTiles(Split split) {
		long half = Math.max(accelerator.partialSumBytes(), accelerator.registerBytes() / 2);
		return Math.ceilDiv(split.sliceOutputs() * accelerator.partialSumBytes(), half);
	}

	/** Each lane operation reads its operands and reads and writes a partial sum; one without weights reads and writes elements. */
	long registerBits(Operator operator) {
		long element = workload.tensors().get(operator.operands().get(0).tensor()).bits();
		long each = operator.kind().multiplies()
				? element + Math.max(operator.weightBits(), 1) + 16L * accelerator.partialSumBytes()
				: element + workload.outputOf(operator).bits();
		return Math.multiplyExact(operator.work(), each);
	}

	/**
	 * What all hand-overs of one tensor through the buffer come to.
	 *
	 * @param space     bytes that hold as many chunks as the readers ask for
	 * @param readBytes bytes that the readers are delivered
	 */
	record ThroughBuffer(long space, long readBytes) {
		static final ThroughBuffer NONE = new ThroughBuffer(0, 0);

		ThroughBuffer and(ThroughBuffer other) {
			return new ThroughBuffer(Math.max(space, other.space), Math.addExact(readBytes, other.readBytes));
		}
	}

	/** Counts what is handed over through the buffer, by the tensor's index. */
	Map<Integer, ThroughBuffer> throughBuffer(SegmentPlan plan) {
		Map<Integer, ThroughBuffer> tensors = new LinkedHashMap<>();
		for (int e = 0; e < plan.layout.handOvers.size(); e++) {
			if ((plan.forwarded >> e & 1) == 0) {
				HandOver edge = plan.layout.handOvers.get(e);
				Tensor tensor = edge.tensor();
				long delivered = plan.layout.feeds.handOvers()[e];
				plan.handOverReadBytes = Math.addExact(plan.handOverReadBytes, delivered);
				long chunk = tensor.bytes(plan.layout.dataflows.get(edge.producer()).chunkElements());
				long space = Math.min(tensor.bytes(), Math.multiplyExact(chunk, (long) plan.schedule.capacities[e]));
				tensors.merge(tensor.index(), new ThroughBuffer(space, delivered), ThroughBuffer::and);
			}
		}
		return tensors;
	}

	/** Elements that all intervals of an operator need of each of its operands, halo anew in each interval. */
	static long[] needed(Operator operator, Dataflow to) {
		List<Operand> operands = operator.operands();
		long[] elements = new long[operands.size()];
		for (int o = 0; o < elements.length; o++) {
			Operand operand = operands.get(o);
			TensorShape view = operand.view();
			long channels = needed(operand.channels(), to.out().c(), to.kTile(), view.c());
			long rows = needed(operand.rows(), to.out().h(), to.pTile(), view.h());
			long columns = needed(operand.columns(), to.out().w(), to.qTile(), view.w());
			elements[o] = Math.multiplyExact(Math.multiplyExact(channels, rows), Math.multiplyExact(columns, Math.min(view.n(), to.out().n())));
		}
		return elements;
	}

	/** What the operators of a layout ask of the buffer, wherever their weights wait. */
	Layout.Feeds feeds(int first, SlicedOperator[] operators, List<HandOver> handOvers) {
		long[] outside = new long[operators.length];
		long[] stored = new long[operators.length];
		long[] handedOver = new long[handOvers.size()];
		int edge = 0;
		for (int i = 0; i < outside.length; i++) {
			Operator operator = workload.operators().get(first + i);
			long[] delivered = operators[i].delivered();
			for (int o = 0; o < delivered.length; o++) {
				if (workload.tensors().get(operator.operands().get(o).tensor()).producer() < first) {
					outside[i] = Math.addExact(outside[i], delivered[o]);
				} else {
					// in the order of the hand-overs
					handedOver[edge++] = delivered[o];
				}
			}
			Tensor out = workload.outputOf(operator);
			stored[i] = out.leaves(first + operators.length) ? out.bytes() : 0;
		}
		return new Layout.Feeds(outside, handedOver, stored);
	}

	/** How often the buffer delivers what an interval needs: the right operand of a matrix product, needed whole for every row, once for each tile of partial sums. */
	long deliveries(Operator operator, Split split, Operand operand) {
		return operator.kind() == OperatorKind.MATMUL && operand.rows() instanceof AxisAccess.Whole ? sumTiles(split) : 1;
	}

	/** Coordinates needed along an axis, summed over the parts into which the intervals cut the output's axis. */
	static long needed(AxisAccess access, long outExtent, long tile, long extent) {
		long sum = 0;
		for (long from = 0; from < outExtent; from += tile) {
			sum += access.count(from, Math.min(outExtent, from + tile) - 1, extent);
		}
		return sum;
	}

	/**
	 * Counts what enters and leaves the segment, and what stays in it: a result is written to the buffer once, whoever reads it there.
	 *
	 * @param handedOver what is handed over through the buffer, by the tensor's index
	 */
	void boundary(SegmentPlan plan, List<Operator> operators, Map<Integer, ThroughBuffer> handedOver) {
		int first = plan.point.first();
		plan.inputs = inputs(first, operators, plan.layout.dataflows, plan.layout.operators, plan.point.weightLevel());
		plan.outputs = outputs(first, operators, plan.layout.dataflows, handedOver, plan.schedule);
		for (Operator operator : operators) {
			Tensor out = workload.outputOf(operator);
			ThroughBuffer inside = handedOver.getOrDefault(out.index(), ThroughBuffer.NONE);
			if (!out.leaves(first + operators.size()) && inside.space() > 0) {
				plan.handOverWriteBytes = Math.addExact(plan.handOverWriteBytes, out.bytes());
				occupy(plan, inside.readBytes(), out.bytes(), inside.space());
			}
		}
	}

	/**
	 * What leaves a segment.
	 *
	 * @param handedOver what is handed over through the buffer, by the tensor's index
	 * @param schedule   {@code null} if none is known: then results are there at once, and what is read inside may wait in the buffer whole, over as many banks as it has there
	 */
	List<BoundaryOutput> outputs(int first, List<Operator> operators, List<Dataflow> dataflows, Map<Integer, ThroughBuffer> handedOver, Layout.Schedule schedule) {
		List<BoundaryOutput> outputs = new ArrayList<>();
		for (int i = 0; i < operators.size(); i++) {
			Tensor out = workload.outputOf(operators.get(i));
			if (out.leaves(first + operators.size())) {
				long chunk = Math.min(out.bytes(), out.bytes(dataflows.get(i).chunkElements()));
				ThroughBuffer inside = handedOver.getOrDefault(out.index(), ThroughBuffer.NONE);
				long staging = Math.max(inside.space(), Math.min(out.bytes(), 2 * chunk));
				long spread = schedule == null && isReadInside(out, first + operators.size()) ? out.bytes() : staging;
				outputs.add(output(out, chunk, staging, spread, inside.readBytes(), schedule == null ? 0 : schedule.firstUnits[i],
						schedule == null ? 0 : pacedUnits(schedule, i, dataflows.get(i).intervals(), chunk)));
			}
		}
		return outputs;
	}

	/** When the results of an operator's last interval are there at least, if each chunk has left the buffer for memory before the next but one begins. */
	private long pacedUnits(Layout.Schedule schedule, int i, long intervals, long chunk) {
		long round = Math.addExact(schedule.roundUnits[i], Math.multiplyExact(chunk, units.perMemoryByte()));
		return Math.addExact(schedule.firstUnits[i], Math.multiplyExact((intervals - 1) / 2, round));
	}

	/** What enters a segment. @param sliced {@code null} if splits are not known: then nothing is delivered */
	List<BoundaryInput> inputs(int first, List<Operator> operators, List<Dataflow> dataflows, SlicedOperator[] sliced, WeightLevel level) {
		record Part(int tensor, long firstChannel, long channels) {
		}
		Map<Part, BoundaryInput> parts = new LinkedHashMap<>();
		for (int i = 0; i < operators.size(); i++) {
			Operator operator = operators.get(i);
			for (int o = 0; o < operator.operands().size(); o++) {
				Operand operand = operator.operands().get(o);
				Tensor tensor = workload.tensors().get(operand.tensor());
				if (tensor.producer() < first) {
					// a part of a tensor that several operators read enters once and is staged for each; a view may regroup all its channels
					boolean whole = operand.view().elements() == tensor.shape().elements();
					long delivered = sliced == null ? 0 : sliced[i].delivered()[o];
					parts.merge(new Part(tensor.index(), operand.channelOffset(), whole ? tensor.shape().c() : operand.view().c()),
							input(dataflows.get(i), level, delivered, operand, tensor),
							(x, y) -> new BoundaryInput(x.tensor(), x.deliverBytes() + y.deliverBytes(), Math.max(x.memoryBytes(), y.memoryBytes()),
									x.stagingBytes() + y.stagingBytes(), Math.max(x.firstBytes(), y.firstBytes())));
				}
			}
		}
		Map<Integer, BoundaryInput> tensors = new LinkedHashMap<>();
		for (BoundaryInput part : parts.values()) {
			tensors.merge(part.tensor(), part, (x, y) -> new BoundaryInput(x.tensor(), x.deliverBytes() + y.deliverBytes(),
					x.memoryBytes() + y.memoryBytes(), x.stagingBytes() + y.stagingBytes(), x.firstBytes() + y.firstBytes()));
		}
		return tensors.values().stream().map(input -> input.over(accelerator.buffer(), workload.tensors().get(input.tensor()).bytes())).toList();
	}

	private static boolean isReadInside(Tensor tensor, int end) {
		for (int reader : tensor.consumers()) {
			if (reader < end) {
				return true;
			}
		}
		return false;
	}

	/**
	 * @param staging bytes that it takes if it does not stay
	 * @param spread  bytes over whose banks it goes then
	 * @param read    bytes that the segment's own operators are delivered of it
	 */
	private BoundaryOutput output(Tensor out, long chunk, long staging, long spread, long read, long firstUnits, long pacedUnits) {
		long stored = Math.addExact(read, out.bytes());
		return new BoundaryOutput(out.index(), out.bytes(), staging, chunk, firstUnits, pacedUnits,
				accelerator.buffer().bankCycles(out.output() ? stored : read, out.bytes(), out.bytes()),
				accelerator.buffer().bankCycles(stored, out.bytes(), spread));
	}

	/**
	 * How an operand enters the segment. Where intervals are parts of the output's rows, or parts of K that need channels of
	 * their own, it is read from memory once and staged for an interval and the next. Where each part of K needs channels
	 * that others need too, it is staged whole, or streamed anew for each part.
	 */
	private BoundaryInput input(Dataflow to, WeightLevel level, long deliver, Operand operand, Tensor tensor) {
		TensorShape view = operand.view();
		long shown = tensor.bytes(view.elements());
		// with pixels outside, the rows of all channels are staged; with channels outside, those of a part of K
		long channels = operand.channels().reach(to.orderClass() == OrderClass.ACTIVATION_OUTER ? to.out().c() : to.kTile(), view.c());
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
		if (!level.memory()) {
			return new BoundaryInput(tensor.index(), deliver, shown, shown, first);
		}
		long row = operand.rows().reach(1, view.h());
		return new BoundaryInput(tensor.index(), deliver, Math.ceilDiv(Math.multiplyExact(shown, walked), view.c()),
				Math.min(shown, Math.multiplyExact(rowBytes, Math.min(view.h(), 2 * row))), Math.min(shown, Math.multiplyExact(rowBytes, row)));
	}
}
