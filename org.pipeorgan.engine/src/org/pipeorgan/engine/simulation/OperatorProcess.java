package org.pipeorgan.engine.simulation;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.pipeorgan.engine.cost.SegmentPlan;
import org.pipeorgan.engine.hardware.Accelerator;
import org.pipeorgan.engine.organization.Split;
import org.pipeorgan.engine.pipelining.Dataflow;
import org.pipeorgan.engine.workload.Operator;
import org.pipeorgan.engine.workload.Tensor;

/** An operator of the simulated segment: what its PEs have to do in each interval, and how far they are. PEs go by their positions in its share. */
final class OperatorProcess {
	/** Intervals whose sums may be on their way at the same time, and some more so that none is mistaken for another. */
	static final int SUM_SLOTS = 4;
	/** Parts in which what an interval makes sets off while it is computed: results for other PEs and for the buffer, sums for their owners (these in more, if packets are small). */
	static final int PARTS = 8;

	final int number;
	final Operator operator;
	final Tensor output;
	final Dataflow dataflow;
	final Split split;
	final OperatorTransfers transfers;
	final int intervals;
	final int pes;
	/** Numbers of the hand-overs into it and out of it. */
	final int[] into;
	final int[] outOf;
	/** Whether its result goes to the buffer, and on to memory. */
	boolean stored;
	boolean written;

	/** For each PE the interval that it works on or waits for, whether it works, and when its slice is computed. */
	final int[] next;
	final boolean[] running;
	final long[] computedAt;
	/** For each PE the intervals whose sums it has passed on, or has added up; packets of sums that came and went; when the interval began. */
	final int[] retired;
	final int[][] sumsArrived;
	final int[][] sumsSent;
	final long[][] startedAt;
	/** Of how many of its parts what an interval makes for other PEs has set off. */
	final int[][] partsSent;

	/** Intervals that all PEs have begun, that all have computed, whose results are whole, in the buffer, and off the chip. */
	int begun;
	int computed;
	int done;
	int handed;
	int drained;
	final int[] startedPes;
	final int[] computedPes;
	final int[] doneOwners;
	/** How far the buffer is with the first bursts of its deliveries, and the rest of them. */
	int headsAsked;
	int headsDone;
	int deliveriesAsked;
	int deliveriesDone;
	int loadsAsked;
	int loadsDone;
	boolean residentDone;

	private final Accelerator accelerator;
	private final long unitsPerCycle;
	private final int packetBytes;
	private final int[] positionOf;
	private final Map<List<Long>, long[]> computeUnits = new HashMap<>();

	OperatorProcess(SegmentPlan plan, int number, Operator operator, Tensor output, List<SegmentPlan.Edge> edges, Accelerator accelerator, long unitsPerCycle, int packetBytes) {
		this.number = number;
		this.operator = operator;
		this.output = output;
		this.accelerator = accelerator;
		this.unitsPerCycle = unitsPerCycle;
		this.packetBytes = packetBytes;
		dataflow = plan.dataflows().get(number);
		split = plan.splits().get(number);
		transfers = new OperatorTransfers(operator, dataflow, split, accelerator);
		intervals = Math.toIntExact(dataflow.intervals());
		pes = split.pes();
		into = java.util.stream.IntStream.range(0, edges.size()).filter(e -> edges.get(e).consumer() == number).toArray();
		outOf = java.util.stream.IntStream.range(0, edges.size()).filter(e -> edges.get(e).producer() == number).toArray();
		next = new int[pes];
		running = new boolean[pes];
		computedAt = new long[pes];
		retired = new int[pes];
		sumsArrived = new int[pes][SUM_SLOTS];
		sumsSent = new int[pes][SUM_SLOTS];
		startedAt = new long[pes][SUM_SLOTS];
		partsSent = new int[pes][SUM_SLOTS];
		startedPes = new int[intervals];
		computedPes = new int[intervals];
		doneOwners = new int[intervals];
		positionOf = new int[accelerator.pes()];
		for (int position = 0; position < pes; position++) {
			positionOf[plan.placement().pe(number, position)] = position;
		}
	}

	/** Position of a PE in the share. */
	int positionOf(int pe) {
		return positionOf[pe];
	}

	/** Whether sums are cut along C. */
	boolean reduces() {
		return split.cParts() > 1;
	}

	/** Which part of C the PE sums over; the one with 0 owns the result. */
	int partOfC(int position) {
		return position % split.cParts();
	}

	/** PEs that own results. */
	int owners() {
		return pes / split.cParts();
	}

	/** Units of time that each PE computes in an interval: its own slice, which is smaller at the end of an axis. */
	long[] computeUnits(int interval) {
		long[] tile = tile(interval);
		return computeUnits.computeIfAbsent(Arrays.stream(tile).boxed().toList(), key -> {
			long[] each = new long[pes];
			for (int position = 0; position < pes; position++) {
				long alongC = operator.kind().splitsContraction() ? part(operator.contracted(), split.cSlice(), partOfC(position)) : operator.contracted();
				long work = outputs(position, tile) * alongC * operator.filterRows() * operator.filterColumns();
				each[position] = Math.ceilDiv(work, accelerator.macsPerCycle()) * unitsPerCycle;
			}
			return each;
		});
	}

	/** Packets in which the sums of a PE leave, as they are made. */
	int sumPackets(int position, int interval) {
		return (int) Math.ceilDiv(outputs(position, tile(interval)), sumsOfPacket(position, interval));
	}

	/** Size of one of these packets. */
	long sumBits(int position, int interval, int packet) {
		long each = sumsOfPacket(position, interval);
		return 8L * accelerator.partialSumBytes() * Math.min(each, outputs(position, tile(interval)) - packet * each);
	}

	private long sumsOfPacket(int position, int interval) {
		return Math.max(1, Math.min(Math.ceilDiv(outputs(position, tile(interval)), PARTS), packetBytes / accelerator.partialSumBytes()));
	}

	/** Bytes of the result that an interval makes; shared bytes fall to the interval that completes them. */
	long chunkBytes(int interval) {
		return made(interval + 1) - made(interval);
	}

	private long made(int intervalsDone) {
		return intervalsDone == intervals ? output.bytes() : output.bytes() / intervals * intervalsDone + output.bytes() % intervals * intervalsDone / intervals;
	}

	/** Output channels, rows and columns of an interval. */
	private long[] tile(int interval) {
		Dataflow.Part part = dataflow.part(interval);
		return new long[] { part(dataflow.out().c(), dataflow.kTile(), part.k()), part(dataflow.out().h(), dataflow.pTile(), part.p()),
				part(dataflow.out().w(), dataflow.qTile(), part.q()) };
	}

	/** Outputs of a PE's slice of a tile. */
	private long outputs(int position, long[] tile) {
		int group = position / split.cParts();
		int pixel = group / split.kParts();
		return part(tile[0], split.kSlice(), group % split.kParts()) * part(tile[1], split.pSlice(), pixel / split.qParts())
				* part(tile[2], split.qSlice(), pixel % split.qParts());
	}

	private static long part(long extent, long size, long number) {
		return Math.max(0, Math.min(size, extent - number * size));
	}
}
