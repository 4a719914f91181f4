package org.pipeorgan.engine.simulation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import org.pipeorgan.engine.cost.MappingPoint.WeightLevel;
import org.pipeorgan.engine.cost.SegmentPlan;
import org.pipeorgan.engine.hardware.Accelerator;
import org.pipeorgan.engine.organization.Split;
import org.pipeorgan.engine.pipelining.Dataflow;
import org.pipeorgan.engine.pipelining.OrderClass;
import org.pipeorgan.engine.workload.AxisAccess;
import org.pipeorgan.engine.workload.Operand;
import org.pipeorgan.engine.workload.Operator;
import org.pipeorgan.engine.workload.Tensor;

/** When one operator asks the buffer and the memory for how many bytes, interval by interval. */
final class OperatorTransfers {
	/**
	 * Bytes that come from memory.
	 *
	 * @param bytes    how many
	 * @param after    how many intervals must be computed before they are asked for: their space is free then
	 * @param by       the interval that cannot end without them
	 * @param streamed whether they go on to the PEs as they come, while that interval runs
	 */
	record Load(long bytes, int after, int by, boolean streamed) {
	}

	/** Weights from memory before the segment begins; they may have been fetched during the segment before. */
	long firstWeightBytes;
	/** Operands from memory before the segment begins. */
	long firstOperandBytes;
	/** Weights that go into the register files before the first interval ends. */
	long residentBytes;
	/** Bytes that the buffer delivers for each interval. */
	final long[] delivered;
	/** What comes from memory while the segment runs. */
	final List<Load> loads = new ArrayList<>();

	private final Operator operator;
	private final Dataflow dataflow;
	private final Split split;
	private final Accelerator accelerator;
	private final int intervals;
	private final long sumTiles;

	OperatorTransfers(Operator operator, Dataflow dataflow, Split split, Accelerator accelerator) {
		this.operator = operator;
		this.dataflow = dataflow;
		this.split = split;
		this.accelerator = accelerator;
		intervals = Math.toIntExact(dataflow.intervals());
		delivered = new long[intervals];
		long half = Math.max(accelerator.partialSumBytes(), accelerator.registerBytes() / 2);
		sumTiles = Math.ceilDiv(split.sliceOutputs() * accelerator.partialSumBytes(), half);
	}

	/** Sorts the loads into the order in which they are asked for. */
	void settle() {
		loads.removeIf(load -> load.bytes() == 0);
		loads.sort(Comparator.comparingInt(Load::after).thenComparingInt(Load::by));
	}

	/**
	 * Weights.
	 *
	 * @param level     where they were to wait
	 * @param registers bytes of a register file that are not taken
	 * @return bytes that they take in each register file
	 */
	long weights(WeightLevel level, long registers) {
		long all = operator.weightBytes();
		if (all == 0) {
			return 0;
		}
		if (dataflow.orderClass() == OrderClass.WEIGHT_OUTER) {
			weightsPartByPart(all);
			return 0;
		}
		long sums = Math.min(split.sliceOutputs() * accelerator.partialSumBytes(), accelerator.registerBytes() / 2);
		long slice = Math.ceilDiv(split.kSlice() * split.cSlice() * operator.filterRows() * operator.filterColumns() * operator.weightBits(), 8);
		long slices = slice * dataflow.kParts();
		if ((level == WeightLevel.REGISTERS || level == WeightLevel.REGISTERS_OR_MEMORY) && slices <= registers - sums) {
			firstWeightBytes += all;
			residentBytes += all;
			return slices;
		}
		boolean streamed = level == WeightLevel.MEMORY || level == WeightLevel.REGISTERS_OR_MEMORY;
		long there = streamed ? Math.ceilDiv(all, Math.max(1, Math.ceilDiv(slice, Math.max(1, accelerator.registerBytes() / 2)))) : all;
		firstWeightBytes += there;
		for (int k = 0; k < intervals; k++) {
			long bytes = partOfWeights(all, dataflow.part(k).k()) * sumTiles;
			delivered[k] += bytes;
			if (streamed) {
				loads.add(new Load(Math.max(0, bytes - there), k, k, true));
				there = Math.max(0, there - bytes);
			}
		}
		return 0;
	}

	/** Bytes of the weights of a part of K; shared bytes fall to the part that completes them. */
	private long partOfWeights(long all, long part) {
		return upToPart(all, part + 1) - upToPart(all, part);
	}

	private long upToPart(long all, long parts) {
		return parts >= dataflow.kParts() ? all : Math.multiplyExact(all, parts * dataflow.kTile()) / dataflow.out().c();
	}

	/** Each part of K has weights of its own; those of the next part come while a part is worked on. */
	private void weightsPartByPart(long all) {
		int parts = (int) dataflow.kParts();
		int perPart = intervals / parts;
		long part = Math.min(all, Math.ceilDiv(all, parts));
		for (int j = 0; j < parts; j++) {
			long bytes = Math.min(all, part * (j + 1)) - Math.min(all, part * j);
			if (j == 0) {
				firstWeightBytes += bytes;
			} else {
				loads.add(new Load(bytes, (j - 1) * perPart, j * perPart, false));
			}
			for (int k = j * perPart; k < (j + 1) * perPart; k++) {
				delivered[k] += bytes * sumTiles;
			}
		}
	}

	/** What the buffer delivers of an operand: what each interval needs, halo anew in each. */
	void deliver(Operand operand, Tensor tensor) {
		boolean again = operator.kind().multiplies() && operand.rows() instanceof AxisAccess.Whole;
		long images = Math.min(operand.view().n(), dataflow.out().n());
		long elements = 0;
		long bytes = 0;
		for (int k = 0; k < intervals; k++) {
			Dataflow.Part part = dataflow.part(k);
			if (part.n() < images) {
				elements += needed(operand.channels(), part.k(), dataflow.kTile(), dataflow.out().c(), operand.view().c())
						* needed(operand.rows(), part.p(), dataflow.pTile(), dataflow.out().h(), operand.view().h())
						* needed(operand.columns(), part.q(), dataflow.qTile(), dataflow.out().w(), operand.view().w()) * (again ? sumTiles : 1);
			}
			delivered[k] += tensor.bytes(elements) - bytes;
			bytes = tensor.bytes(elements);
		}
	}

	private static long needed(AxisAccess access, long part, long tile, long outExtent, long extent) {
		return access.count(part * tile, Math.min(outExtent, (part + 1) * tile) - 1, extent);
	}

	/**
	 * How an operand of the segment's boundary comes from memory.
	 *
	 * @param first bytes that are there before the segment begins
	 * @param total bytes in all
	 */
	void load(Operand operand, WeightLevel level, long first, long total) {
		boolean streamed = rereads(operand);
		boolean whole = streamed && (level == WeightLevel.REGISTERS || level == WeightLevel.BUFFER);
		firstOperandBytes += first;
		long before = first;
		for (int k = 0; k < intervals; k++) {
			long until = whole ? total : Math.min(total, (long) Math.ceil(total * progress(operand, k)));
			if (k == intervals - 1) {
				until = total;
			}
			if (until > before) {
				loads.add(new Load(until - before, streamed ? k : Math.max(0, k - 1), k, streamed));
				before = until;
			}
		}
	}

	/** Whether parts of K need channels that other parts need too, so that they are read from memory anew or stay whole. */
	boolean rereads(Operand operand) {
		return dataflow.orderClass() == OrderClass.WEIGHT_OUTER && walked(operand) > operand.view().c();
	}

	/** Channels that the parts of K need, one after the other. */
	private long walked(Operand operand) {
		long sum = 0;
		for (long part = 0; part < dataflow.kParts(); part++) {
			sum += needed(operand.channels(), part, dataflow.kTile(), dataflow.out().c(), operand.view().c());
		}
		return sum;
	}

	/** The part of an operand that has been needed for the first time when interval k ends. */
	private double progress(Operand operand, int k) {
		Dataflow.Part part = dataflow.part(k);
		long images = Math.min(operand.view().n(), dataflow.out().n());
		if (dataflow.orderClass() == OrderClass.WEIGHT_OUTER) {
			long channels = 0;
			for (long j = 0; j < part.k(); j++) {
				channels += needed(operand.channels(), j, dataflow.kTile(), dataflow.out().c(), operand.view().c());
			}
			double now = needed(operand.channels(), part.k(), dataflow.kTile(), dataflow.out().c(), operand.view().c()) * (double) Math.min(part.n() + 1, images) / images;
			return (channels + now) / walked(operand);
		}
		if (part.n() >= images) {
			return 1;
		}
		long rows = until(operand, part.p());
		long rowsBefore = part.p() == 0 ? 0 : until(operand, part.p() - 1);
		double within = rowsBefore + (rows - rowsBefore) * (double) (part.q() + 1) / dataflow.qParts();
		return (part.n() + within / operand.view().h()) / images;
	}

	private long until(Operand operand, long pPart) {
		return Math.max(0, 1 + operand.rows().last(0, Math.min(dataflow.out().h(), (pPart + 1) * dataflow.pTile()) - 1, operand.view().h()));
	}
}
