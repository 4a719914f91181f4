package org.pipeorgan.engine.cost;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.pipeorgan.engine.cost.MappingPoint.WeightLevel;
import org.pipeorgan.engine.hardware.Energies;
import org.pipeorgan.engine.organization.Organization;
import org.pipeorgan.engine.organization.Splits;
import org.pipeorgan.engine.pipelining.Dataflow;
import org.pipeorgan.engine.pipelining.Dependence;
import org.pipeorgan.engine.pipelining.OrderClass;
import org.pipeorgan.engine.workload.AxisAccess;
import org.pipeorgan.engine.workload.Operand;
import org.pipeorgan.engine.workload.Operator;
import org.pipeorgan.engine.workload.Tensor;
import org.pipeorgan.engine.workload.TensorShape;
import org.pipeorgan.engine.workload.Workload;

/**
 * Bounds from below on what the points of a segment cost, before anything is laid out: sums over its operators of what each
 * needs whatever its share, so that a segment's bounds follow from those of the segment that is one operator shorter. Not
 * safe for many threads.
 */
public final class SegmentBounds {
	/** Intervals of a consumer, counted from its last, that are looked at for the one that waits for all of its producer. */
	private static final int MOST_TAIL = 64;
	/** More operands of an operator than there can be hand-overs. */
	private static final int MOST_OPERANDS = 1 << 16;
	private static final WeightLevel[] LEVELS = WeightLevel.values();

	private final CostModel model;
	private final Workload workload;
	private final List<Tiling> tilings;
	private final List<OperatorChoice> choices;
	private final boolean levelsDiffer;
	private final int[] classes;
	private final int classCount;
	private final Row[][] rows;
	private final Map<Long, int[]> links = new HashMap<>();
	private final Boundary boundary;
	private final double[] constantEnergy;
	private final double memoryBandwidth;
	/** Bytes of the register files of all PEs, but for a partial sum of each. */
	private final double registers;

	/** For each operator, bytes of all tensors that may be held when a segment begins there. */
	private final double[] live;

	private int first = -1;
	private int depth;
	private final Sums[] sums;
	/** Energy of the selected segment's operations and registers. */
	private double constant;
	private double leastBuffer;
	private double leastBody;
	/** For each operator of the segment, its producer in the segment that has the most operators before it; -1 if it has none. */
	private int[] before = new int[64];
	private int[] edge = new int[64];
	private int[] length = new int[64];
	private int[] path = new int[64];
	private double[] after = new double[64];

	/** What an operator needs under one tiling. */
	private static final class Row {
		Dataflow dataflow;
		double intervals;
		/** Least PE-cycles of an interval, and its cycles on all PEs. */
		double peCycles;
		double alone;
		double chunkBytes;
		/** For each operand: bytes that the buffer delivers; from memory if they are streamed or read once, their space, and those of the first interval. */
		double[] delivered;
		double[] needed;
		double[][] memory;
		double[][] staging;
		double[][] firstBytes;
		/** For each operand: whether parts of the result read the same channels, weights outside. */
		boolean[] again;
		/** For each weight level: memory reads, buffer reads, first bytes and space of weights. */
		double[] weightMemory = new double[LEVELS.length];
		double[] weightBuffer = new double[LEVELS.length];
		double[] weightFirst = new double[LEVELS.length];
		double[] weightSpace = new double[LEVELS.length];
		double misfit = Double.POSITIVE_INFINITY;
		/** Bytes of weights that stay in registers where the level allows it, and how many times more the buffer delivers them if they do not. */
		double resident;
		double more;
		/** For each operand: bytes that wait in registers if it goes from PE to PE. */
		double[] waiting;
		/** For each weight level: what the buffer delivers of weights that do not stay in registers; and what bounds that by the operator's PEs, see {@link #sharing}. */
		double[] walked = new double[LEVELS.length];
		double[] spread = new double[LEVELS.length];
		/** Cycles of all intervals in turns, for each weight level: computation, or the ports of buffer and memory. */
		double[] turns = new double[LEVELS.length];
	}

	/** Sums over operators under one tiling: over those of the selected segment once they were asked for. */
	private static final class Sums {
		/** The first of the operators that are summed up, and how many they are. */
		int begin = -1;
		int count;
		boolean possible;
		double work;
		double slowest;
		double delivered;
		double inside;
		double handedOver;
		/** Whether there are weights, and whether what enters the segment is read again by parts of a result. */
		boolean weights;
		boolean again;
		/** Least memory reads more of an operator whose weights do not fit into registers. */
		double misfit;
		double resident;
		double leastMore;
		double waiting;
		double leastDelivered;
		final double[] walked = new double[LEVELS.length];
		final double[] spread = new double[LEVELS.length];
		@SuppressWarnings("unchecked")
		final List<SegmentPlan.BoundaryInput>[] inputs = new List[2];
		List<SegmentPlan.BoundaryOutput> outputs;
		/** Below 0 before they are asked for, see the methods of these names. */
		double filled = -1;
		double insideSpace = -1;
		double end = -1;
		/** For each operator what {@link SegmentBounds#link} says of it and the one before it; {@code null} before it is asked for. */
		int[][] links = new int[8][];
		final double[] weightMemory = new double[LEVELS.length];
		final double[] weightBuffer = new double[LEVELS.length];
		final double[] first = new double[LEVELS.length];
		final double[] weightFirst = new double[LEVELS.length];
		final double[] weightSpace = new double[LEVELS.length];
		final double[] turns = new double[LEVELS.length];
		final double[] space = new double[LEVELS.length];
		final double[] entering = new double[LEVELS.length];

		/** Forgets what no sum tells. */
		void forget() {
			Arrays.fill(inputs, null);
			outputs = null;
			filled = -1;
			insideSpace = -1;
			end = -1;
		}

		void clear(int operator) {
			begin = operator;
			count = 0;
			Arrays.fill(links, null);
			possible = true;
			work = 0;
			slowest = 0;
			delivered = 0;
			inside = 0;
			handedOver = 0;
			weights = false;
			again = false;
			misfit = Double.POSITIVE_INFINITY;
			resident = 0;
			leastMore = Double.POSITIVE_INFINITY;
			waiting = 0;
			leastDelivered = Double.POSITIVE_INFINITY;
			for (double[] each : new double[][] { weightMemory, weightBuffer, first, weightFirst, weightSpace, turns, space, entering, walked, spread }) {
				Arrays.fill(each, 0);
			}
		}
	}

	/**
	 * @param tilings   under which segments will be bounded
	 * @param residence whether boundary tensors may stay in the buffer
	 * @param choices      what is stated about each operator of the workload; empty for nothing
	 * @param levelsDiffer whether only points are of interest whose weight level is the first that makes their plan
	 */
	public SegmentBounds(CostModel model, List<Tiling> tilings, boolean residence, List<OperatorChoice> choices, boolean levelsDiffer) {
		this.model = model;
		this.choices = choices;
		this.levelsDiffer = levelsDiffer;
		this.tilings = List.copyOf(tilings);
		workload = model.workload();
		int operators = workload.operators().size();
		classes = new int[operators];
		record Class(int shape, OperatorChoice choice) {
		}
		Map<Class, Integer> numbers = new HashMap<>();
		constantEnergy = new double[operators];
		for (int i = 0; i < operators; i++) {
			classes[i] = numbers.computeIfAbsent(new Class(model.shape(i), choice(i)), s -> numbers.size());
			Operator operator = workload.operators().get(i);
			Energies energies = model.accelerator().energies();
			constantEnergy[i] = operator.macs() * energies.mac() + model.movement().registerBits(operator) / 8.0 * energies.registers();
		}
		classCount = numbers.size();
		rows = new Row[tilings.size()][classCount];
		sums = new Sums[tilings.size()];
		for (int t = 0; t < sums.length; t++) {
			sums[t] = new Sums();
		}
		live = new double[operators];
		boundary = new Boundary(workload, residence ? model.accelerator().bufferBytes() : -1);
		for (Tensor tensor : workload.tensors()) {
			for (int i = tensor.producer() + 1; boundary.holdable(tensor) && i <= tensor.lastConsumer(); i++) {
				live[i] += tensor.bytes();
			}
		}
		memoryBandwidth = model.accelerator().memoryBandwidth().toDouble();
		double file = model.accelerator().registerBytes();
		registers = model.accelerator().pes() * (file - Math.min(model.accelerator().partialSumBytes(), Math.floor(file / 2)));
	}

	private OperatorChoice choice(int operator) {
		return choices.isEmpty() ? OperatorChoice.NONE : choices.get(operator);
	}

	/** The tilings; a tiling is known by its position. */
	public List<Tiling> tilings() {
		return tilings;
	}

	/** Selects the segment that {@link #of} and {@link #filled} speak of; cheap if it is the last one made longer by an operator. */
	public void select(int begin, int operators) {
		if (begin == first && operators == depth) {
			return;
		}
		if (begin != first || operators < depth) {
			first = begin;
			depth = 0;
			constant = 0;
		}
		while (depth < operators) {
			extend(workload.operators().get(first + depth));
		}
		boundary.select(first, depth);
	}

	/** First operator of the selected segment. */
	public int first() {
		return first;
	}

	/** Number of its operators. */
	public int depth() {
		return depth;
	}

	private void extend(Operator operator) {
		int position = depth++;
		constant += constantEnergy[operator.index()];
		if (position == before.length) {
			grow();
		}
		before[position] = -1;
		length[position] = 1;
		for (int o = 0; o < operator.operands().size(); o++) {
			int producer = workload.tensors().get(operator.operands().get(o).tensor()).producer() - first;
			if (producer >= 0 && length[producer] >= length[position]) {
				before[position] = producer;
				edge[position] = o;
				length[position] = length[producer] + 1;
			}
		}
	}

	/** The sums over the selected segment; those of a shorter one are made longer. */
	private Sums sums(int tiling) {
		Sums sum = sums[tiling];
		if (sum.begin == first && sum.count == depth) {
			return sum;
		}
		sum.forget();
		if (sum.begin != first || sum.count > depth) {
			sum.clear(first);
		}
		while (sum.count < depth) {
			int operator = first + sum.count++;
			if (sum.possible) {
				add(sum, tiling, operator);
			}
		}
		return sum;
	}

	private void grow() {
		int size = 2 * before.length;
		before = Arrays.copyOf(before, size);
		edge = Arrays.copyOf(edge, size);
		length = Arrays.copyOf(length, size);
		path = Arrays.copyOf(path, size);
		after = Arrays.copyOf(after, size);
	}

	private void add(Sums sum, int tiling, int i) {
		Operator operator = workload.operators().get(i);
		Row row = row(tiling, i);
		if (row.intervals > CostModel.MAX_INTERVALS) {
			sum.possible = false;
			return;
		}
		sum.work += row.peCycles * row.intervals;
		sum.slowest = Math.max(sum.slowest, row.alone * row.intervals);
		sum.misfit = Math.min(sum.misfit, row.misfit);
		sum.weights |= operator.weights() > 0;
		if (row.resident > 0) {
			sum.resident += row.resident;
			sum.leastMore = Math.min(sum.leastMore, row.more);
		}
		for (int l = 0; l < LEVELS.length; l++) {
			sum.weightMemory[l] += row.weightMemory[l];
			sum.weightBuffer[l] += row.weightBuffer[l];
			sum.weightFirst[l] += row.weightFirst[l];
			sum.weightSpace[l] += row.weightSpace[l];
			sum.turns[l] += row.turns[l];
			sum.space[l] += row.weightSpace[l];
			sum.walked[l] += row.walked[l];
			sum.spread[l] += row.spread[l];
		}
		for (int o = 0; o < operator.operands().size(); o++) {
			Tensor tensor = workload.tensors().get(operator.operands().get(o).tensor());
			if (tensor.producer() >= first) {
				sum.inside += row.delivered[o];
				sum.handedOver += row.needed[o];
				sum.waiting += row.waiting[o];
				sum.leastDelivered = Math.min(sum.leastDelivered, row.delivered[o] / row.waiting[o]);
			} else {
				sum.delivered += row.delivered[o];
				sum.again |= row.again[o];
				if (!boundary.holdable(tensor) && boundary.isFirstReader(tensor, i, o)) {
					for (int l = 0; l < LEVELS.length; l++) {
						sum.entering[l] += row.memory[l][o];
						sum.first[l] += row.firstBytes[l][o];
						sum.space[l] += row.staging[l][o];
					}
				}
			}
		}
	}

	private Row row(int tiling, int operator) {
		Row row = rows[tiling][classes[operator]];
		if (row == null) {
			row = row(workload.operators().get(operator), tilings.get(tiling));
			rows[tiling][classes[operator]] = row;
		}
		return row;
	}

	private Row row(Operator operator, Tiling tiling) {
		Row row = new Row();
		Tensor out = workload.outputOf(operator);
		Dataflow to = choice(operator.index()).tile().of(Dataflow.of(tiling.orderClass(), out.shape(), tiling.chunks()));
		row.dataflow = to;
		row.intervals = to.intervals();
		if (row.intervals > CostModel.MAX_INTERVALS) {
			return row;
		}
		Splits.Table table = model.splits(operator, to);
		row.peCycles = table.leastPeCycles();
		row.alone = table.cycles(model.accelerator().pes());
		row.chunkBytes = Math.min(out.bytes(), out.bytes(to.chunkElements()));
		weights(row, operator, tiling.orderClass());
		int operands = operator.operands().size();
		row.delivered = new double[operands];
		row.needed = new double[operands];
		row.waiting = new double[operands];
		row.again = new boolean[operands];
		row.memory = new double[LEVELS.length][operands];
		row.staging = new double[LEVELS.length][operands];
		row.firstBytes = new double[LEVELS.length][operands];
		for (int o = 0; o < operands; o++) {
			operand(row, operator.operands().get(o), o, tiling.orderClass());
		}
		double delivered = Arrays.stream(row.delivered).sum();
		for (int l = 0; l < LEVELS.length; l++) {
			// what comes first from memory, or stays in registers, is not fed to intervals
			boolean fed = row.weightBuffer[l] > row.weightMemory[l] || row.weightMemory[l] > row.weightFirst[l] || tiling.orderClass() == OrderClass.WEIGHT_OUTER;
			double stream = Math.max(0, row.weightMemory[l] - row.weightFirst[l]);
			double ports = Math.max(model.bufferCycles((fed ? row.weightBuffer[l] : 0) + delivered, out.bytes() + stream), stream / memoryBandwidth);
			row.turns[l] = Math.max(row.alone * row.intervals, ports * RelaxedCost.SAFE);
		}
		return row;
	}

	private void weights(Row row, Operator operator, OrderClass orderClass) {
		if (operator.weights() == 0) {
			return;
		}
		double all = operator.weightBytes();
		double registers = model.accelerator().registerBytes();
		double half = Math.max(1, Math.floor(registers / 2));
		double sums = model.accelerator().partialSumBytes();
		double tiles = Math.max(1, Math.ceil(Math.ceil(row.dataflow.chunkElements() / (double) model.accelerator().pes()) * sums / Math.max(sums, half)));
		double part = Math.min(all, Math.ceil(all / row.dataflow.kParts()));
		double piece = Math.min(all, Math.ceil(all / Math.max(1, Math.ceil(all / half))));
		double passes = row.intervals / row.dataflow.kParts() * tiles;
		row.misfit = orderClass == OrderClass.WEIGHT_OUTER ? 0 : all * (passes - 1);
		boolean fits = all / model.accelerator().pes() + sums <= registers + 1;
		if (fits && orderClass == OrderClass.ACTIVATION_OUTER) {
			row.resident = all;
			row.more = passes - 1;
		}
		// of the tiles of partial sums, how many there are for each PE less
		double walks = all * row.intervals / row.dataflow.kParts();
		double spread = Math.sqrt(walks * row.dataflow.chunkElements() * sums / Math.max(sums, Math.floor(registers / 2)));
		for (WeightLevel level : LEVELS) {
			int l = level.ordinal();
			if (orderClass == OrderClass.WEIGHT_OUTER || !level.registers() || !fits) {
				row.walked[l] = walks * tiles;
				row.spread[l] = spread;
			}
			if (orderClass == OrderClass.WEIGHT_OUTER) {
				set(row, l, all, all * tiles * row.dataflow.out().n(), part, Math.min(all, 2 * part));
			} else if (level.registers() && fits) {
				set(row, l, all, all, all, 0);
			} else if (level.memory()) {
				// the first piece may be as large as all weights
				set(row, l, all * passes, all * passes, all, Math.min(all, 2 * piece));
			} else {
				set(row, l, all, all * passes, all, all);
			}
		}
	}

	private static void set(Row row, int l, double memory, double buffer, double firstBytes, double space) {
		row.weightMemory[l] = memory;
		row.weightBuffer[l] = buffer;
		row.weightFirst[l] = firstBytes;
		row.weightSpace[l] = space;
	}

	/** Mirrors what {@link DataMovement} says of an operand that enters from memory. */
	private void operand(Row row, Operand operand, int o, OrderClass orderClass) {
		Tensor tensor = workload.tensors().get(operand.tensor());
		Dataflow to = row.dataflow;
		TensorShape view = operand.view();
		double channels = needed(operand.channels(), to.out().c(), to.kTile(), view.c());
		double elements = channels * needed(operand.rows(), to.out().h(), to.pTile(), view.h())
				* needed(operand.columns(), to.out().w(), to.qTile(), view.w()) * Math.min(view.n(), to.out().n());
		row.delivered[o] = Math.ceil(elements * tensor.bits() / 8);
		row.needed[o] = least(operand, to, tensor);
		row.waiting[o] = 2 * Math.floor((double) operand.channels().count(0, to.kTile() - 1, view.c()) * operand.rows().count(0, to.pTile() - 1, view.h())
				* operand.columns().count(0, to.qTile() - 1, view.w()) * tensor.bits() / 8);
		double shown = tensor.bytes(view.elements());
		double rowBytes = Math.ceil(shown * operand.channels().reach(orderClass == OrderClass.ACTIVATION_OUTER ? to.out().c() : to.kTile(), view.c()) / (double) (view.c() * view.h() * view.n()) * RelaxedCost.SAFE);
		boolean again = orderClass == OrderClass.WEIGHT_OUTER && channels > view.c();
		row.again[o] = again;
		for (WeightLevel level : LEVELS) {
			long reach = operand.rows().reach(again && level.memory() ? 1 : to.pTile(), view.h());
			double begin = Math.min(shown, rowBytes * reach);
			row.firstBytes[level.ordinal()][o] = begin;
			row.memory[level.ordinal()][o] = again && level.memory() ? Math.ceil(shown * channels / view.c() * RelaxedCost.SAFE) : shown;
			row.staging[level.ordinal()][o] = again && !level.memory() ? shown
					: orderClass == OrderClass.WEIGHT_OUTER && !again ? Math.min(shown, 2 * begin) : Math.min(shown, rowBytes * Math.min(view.h(), 2 * reach));
		}
	}

	/** Bytes of an operand that at least one PE needs. */
	private static double least(Operand operand, Dataflow to, Tensor tensor) {
		TensorShape view = operand.view();
		TensorShape out = to.out();
		double elements = (double) operand.channels().count(0, out.c() - 1, view.c()) * operand.rows().count(0, out.h() - 1, view.h())
				* operand.columns().count(0, out.w() - 1, view.w()) * Math.min(view.n(), out.n());
		return Math.floor(elements * tensor.bits() / 8);
	}

	private static double needed(AxisAccess access, long outExtent, long tile, long extent) {
		double sum = 0;
		for (long from = 0; from < outExtent; from += tile) {
			sum += access.count(from, Math.min(outExtent, from + tile) - 1, extent);
		}
		return sum;
	}

	/**
	 * Bounds points of the selected segment.
	 *
	 * @param recurrence cycles that the recurrence is known to take at least
	 * @return the bound, or {@code null} if such points have no layout or do not fit into the buffer
	 */
	public RelaxedCost of(int tiling, WeightLevel level, Organization organization, double recurrence) {
		Sums sum = sums(tiling);
		int l = level.ordinal();
		boolean buffered = depth > 1 && !organization.forwards();
		double space = sum.space[l] + (buffered && sum.possible ? insideSpace(tiling) : 0);
		if (!sum.possible || space > model.accelerator().bufferBytes()) {
			return null;
		}
		double sharing = sharing(sum, level, organization);
		double excess = excess(sum, sharing);
		return cost(streaming(tiling, level), Math.max(recurrence, recurrence(sum, level, organization)), sum.weightFirst[l], sum.first[l], end(tiling),
				weightMemory(tiling, level, sharing) + sum.entering[l], boundary.written, reads(sum, level, buffered, sharing, excess),
				boundary.results + (buffered ? boundary.inner : 0), space, handedOver(sum, buffered, excess));
	}

	/** Bytes of a chunk of each result that only the segment reads: of others, what is kept or staged may be the same. */
	private double insideSpace(int tiling) {
		Sums sum = sums(tiling);
		if (sum.insideSpace < 0) {
			sum.insideSpace = 0;
			for (int i = first; i < first + depth; i++) {
				sum.insideSpace += boundary.isInner(workload.outputOf(workload.operators().get(i))) ? row(tiling, i).chunkBytes : 0;
			}
		}
		return sum.insideSpace;
	}

	/** Where all weights fit into registers, the level that keeps the others in memory is the same as the one that keeps them in the buffer: one does not fit. */
	private double weightMemory(int tiling, WeightLevel level, double sharing) {
		Sums sum = sums(tiling);
		double bytes = sum.weightMemory[level.ordinal()];
		if (levelsDiffer && level == WeightLevel.REGISTERS_OR_MEMORY && sum.misfit < Double.POSITIVE_INFINITY) {
			bytes = Math.max(bytes, sum.weightMemory[WeightLevel.REGISTERS.ordinal()] + sum.misfit);
		}
		return streaming(tiling, level) ? Math.max(bytes, sum.weightMemory[level.ordinal()] + sharing) : bytes;
	}

	/** Bytes that the buffer delivers at least. */
	private static double reads(Sums sum, WeightLevel level, boolean buffered, double sharing, double excess) {
		return sum.weightBuffer[level.ordinal()] + sum.delivered + sharing + (buffered ? sum.inside : excess);
	}

	/** Bytes that the buffer delivers at least of hand-overs for which registers have no room, or of weights that are there besides. */
	private double excess(Sums sum, double sharing) {
		double excess = sum.waiting - registers;
		return excess <= 0 ? 0 : Math.max(0, excess * sum.leastDelivered - sharing);
	}

	/** Bytes that go from PE to PE at least, less those that cost as much energy as what the buffer delivers of hand-overs: these may be the same. */
	private double handedOver(Sums sum, boolean buffered, double excess) {
		if (buffered || excess == 0) {
			return buffered ? 0 : sum.handedOver;
		}
		Energies energies = model.accelerator().energies();
		return Math.max(0, sum.handedOver - excess * Math.max(1, energies.buffer() / energies.link()));
	}

	/**
	 * Bytes of weights that the buffer delivers at least beside what each operator alone on the array is delivered, since several share it. What
	 * stays in registers does so beside that of the others. Weights that do not are delivered once for each tile of partial sums: with an operator's elements e of
	 * a chunk on u PEs, weights w that are walked and partial sums of s bytes in half a file of h, at least w e s / (h u) bytes. The best shares of all
	 * PEs make that (sum of sqrt(w e s / h))^2 over the PEs, by Cauchy and Schwarz.
	 */
	private double sharing(Sums sum, WeightLevel level, Organization organization) {
		if (depth == 1) {
			return 0;
		}
		int l = level.ordinal();
		double excess = level.registers() ? sum.resident - registers : 0;
		return Math.max(excess > 0 ? excess * sum.leastMore : 0, organization.spatial() ? sum.spread[l] * sum.spread[l] / model.accelerator().pes() - sum.walked[l] : 0);
	}

	/** Bytes of the largest last chunk of a result that must go to memory. */
	private double end(int tiling) {
		Sums sum = sums(tiling);
		if (sum.end < 0) {
			sum.end = 0;
			for (int i = 0; i < boundary.forcedCount; i++) {
				sum.end = Math.max(sum.end, row(tiling, boundary.forced[i]).chunkBytes);
			}
		}
		return sum.end;
	}

	/** Whether it is not known how much of the weights comes first: what does not fit into registers is streamed in pieces. */
	private boolean streaming(int tiling, WeightLevel level) {
		return level.memory() && tilings.get(tiling).orderClass() == OrderClass.ACTIVATION_OUTER;
	}

	/**
	 * @param weightFirst bytes of weights that come first, or, where streaming, may come first
	 * @param reads       bytes from the buffer, beside those that go on to memory
	 * @param writes      bytes to the buffer, beside those that come from memory
	 * @param handedOver  bytes that go from PE to PE over one hop at least, or through the buffer
	 */
	private RelaxedCost cost(boolean streaming, double recurrence, double weightFirst, double firstInputs, double end, double memoryReads, double memoryWrites,
			double reads, double writes, double space, double handedOver) {
		double excess = boundary.excess(space);
		double memory = memoryReads + memoryWrites + excess;
		leastBuffer = model.bufferCycles(reads + memoryWrites - end, writes + memoryReads - weightFirst - firstInputs);
		double fetchable = RelaxedCost.wholeCycles(weightFirst / memoryBandwidth);
		double around = RelaxedCost.wholeCycles(firstInputs / memoryBandwidth) + RelaxedCost.wholeCycles(end / memoryBandwidth);
		double transfers = RelaxedCost.wholeCycles(memory / memoryBandwidth);
		double meanwhile = Math.max(0, transfers - around - fetchable);
		double body = Math.max(Math.max(RelaxedCost.wholeCycles(recurrence), RelaxedCost.wholeCycles(leastBuffer)), meanwhile);
		leastBody = Math.max(leastBuffer, meanwhile);
		double most = Math.floor((model.accelerator().bufferBytes() - space) / Math.ceil(memoryBandwidth));
		Energies energies = model.accelerator().energies();
		double moved = reads + writes + memory;
		double energy = constant + moved * energies.buffer() + memory * energies.memory() + handedOver * Math.min(energies.link(), energies.buffer());
		return new RelaxedCost(streaming, around + body, transfers, fetchable, streaming ? most : Math.min(body - meanwhile, most), energy * RelaxedCost.SAFE, memory * RelaxedCost.SAFE);
	}

	/** Cycles that the recurrence takes at least under a tiling: the slowest operator, the array always busy, or the sum of turns. */
	private double recurrence(Sums sum, WeightLevel level, Organization organization) {
		return depth == 1 || !organization.spatial() ? sum.turns[level.ordinal()] : Math.max(sum.slowest, sum.work / model.accelerator().pes());
	}

	/**
	 * Cycles that the recurrence of operators that share the array takes at least, filling and draining included. Along a path of hand-overs
	 * each operator waits for the first chunks of those before it, and those behind it work on after its last. Weighted by their work
	 * these times add up to a sum of a_j c_j, and since an operator of w_j PE-cycles an interval on u_j PEs takes c_j >= w_j / u_j, the
	 * best shares of all PEs make that (sum of sqrt(w_j a_j))^2 over the PEs, by Cauchy and Schwarz.
	 */
	public double filled(int tiling) {
		Sums sum = sums(tiling);
		if (sum.filled < 0) {
			sum.filled = depth == 1 || sum.work == 0 ? 0 : findFilled(tiling);
		}
		return sum.filled;
	}

	private double findFilled(int tiling) {
		int count = path();
		double behind = 0;
		for (int j = 0; j < count; j++) {
			// who waits for nothing of an operator waits for none before it
			behind = j > 0 && link(tiling, path[j - 1])[0] == 0 ? 0 : behind;
			after[j] = behind;
			behind += share(tiling, path[j]);
		}
		double total = 0;
		double ahead = 0;
		for (int j = count - 1; j >= 0; j--) {
			Row row = row(tiling, first + path[j]);
			double share = share(tiling, path[j]);
			double weight = share * row.intervals;
			if (j > 0) {
				weight += link(tiling, path[j - 1])[0] * after[j];
			}
			if (j < count - 1) {
				int tail = link(tiling, path[j])[1];
				ahead = tail == 0 ? 0 : ahead;
				weight += tail * ahead;
			}
			ahead += share;
			total += Math.sqrt(row.peCycles * weight);
		}
		for (int i = 0, j = count - 1; i < depth; i++) {
			if (j >= 0 && path[j] == i) {
				j--;
			} else {
				Row row = row(tiling, first + i);
				total += Math.sqrt(row.peCycles * share(tiling, i) * row.intervals);
			}
		}
		return total * total / model.accelerator().pes() * RelaxedCost.SAFE;
	}

	/** Finds the longest path of hand-overs, the last operator first. */
	private int path() {
		int end = 0;
		for (int i = 1; i < depth; i++) {
			end = length[i] > length[end] ? i : end;
		}
		int count = 0;
		for (int i = end; i >= 0; i = before[i]) {
			path[count++] = i;
		}
		return count;
	}

	private double share(int tiling, int i) {
		Row row = row(tiling, first + i);
		return row.peCycles * row.intervals / sums(tiling).work;
	}

	/**
	 * How many intervals of the operator {@link #before} a consumer its first one waits for, and how many of its own (at least, counted up to
	 * {@link #MOST_TAIL}) wait for the last of that.
	 */
	private int[] link(int tiling, int consumer) {
		Sums sum = sums(tiling);
		if (consumer >= sum.links.length) {
			sum.links = Arrays.copyOf(sum.links, Math.max(consumer + 1, 2 * sum.links.length));
		}
		int[] known = sum.links[consumer];
		if (known == null) {
			int producer = before[consumer];
			long key = (((long) tiling * classCount + classes[first + producer]) * classCount + classes[first + consumer]) * MOST_OPERANDS + edge[consumer];
			known = links.computeIfAbsent(key, k -> findLink(tiling, producer, consumer));
			sum.links[consumer] = known;
		}
		return known;
	}

	private int[] findLink(int tiling, int producer, int consumer) {
		Row from = row(tiling, first + producer);
		Row to = row(tiling, first + consumer);
		Operand operand = workload.operators().get(first + consumer).operands().get(edge[consumer]);
		Tensor tensor = workload.tensors().get(operand.tensor());
		int last = (int) to.intervals - 1;
		int tail = 0;
		while (tail < MOST_TAIL && tail <= last && Dependence.lastNeeded(from.dataflow, to.dataflow, operand, tensor, last - tail) == from.intervals - 1) {
			tail++;
		}
		return new int[] { Dependence.lastNeeded(from.dataflow, to.dataflow, operand, tensor, 0) + 1, tail };
	}

	/**
	 * What points of the selected segment need at least.
	 *
	 * @param recurrence cycles that the recurrence is known to take at least
	 */
	public SegmentNeeds needs(int tiling, WeightLevel level, Organization organization, double recurrence) {
		of(tiling, level, organization, recurrence);
		Sums sum = sums(tiling);
		int l = level.ordinal();
		boolean buffered = depth > 1 && !organization.forwards();
		double sharing = sharing(sum, level, organization);
		double excess = excess(sum, sharing);
		double weights = weightMemory(tiling, level, sharing) * RelaxedCost.SAFE;
		return new SegmentNeeds(Math.max(recurrence, recurrence(sum, level, organization)) * RelaxedCost.SAFE, leastBody * RelaxedCost.SAFE, weights,
				streaming(tiling, level) ? 0 : sum.weightFirst[l], Math.max(0, weights - sum.weightFirst[l]), reads(sum, level, buffered, sharing, excess) * RelaxedCost.SAFE,
				buffered ? boundary.inner : 0, 0, hopBits(handedOver(sum, buffered, excess)), sum.weightSpace[l], inputs(tiling, level), outputs(tiling));
	}

	/**
	 * What a sketched plan costs at least, laid out as it is. Its segment must be the selected one, and the one that the scratch was last asked for.
	 *
	 * @param recurrence cycles that the recurrence is known to take at least
	 */
	public SegmentSketch sketch(int tiling, SegmentPlan plan, double recurrence, CostModel.Scratch scratch) {
		return sketch(tiling, plan, Math.max(recurrence, isTogether(plan) ? model.leastCycles(plan, scratch) : cycles(plan)));
	}

	/**
	 * What an outlined plan costs at least, wherever its operators' PEs are. Its segment must be the selected one.
	 *
	 * @param recurrence cycles that the recurrence is known to take at least
	 */
	public SegmentSketch outline(int tiling, SegmentPlan plan, double recurrence) {
		return sketch(tiling, plan, Math.max(recurrence, isTogether(plan) ? model.leastCycles(plan) : cycles(plan)));
	}

	/** Whether operators share the array. */
	private boolean isTogether(SegmentPlan plan) {
		return depth > 1 && plan.point.organization().spatial();
	}

	private SegmentSketch sketch(int tiling, SegmentPlan plan, double cycles) {
		boolean together = isTogether(plan);
		double delivered = 0;
		double stored = 0;
		double handedOver = 0;
		double space = plan.spaceBytes;
		int e = 0;
		for (int i = first; i < first + depth; i++) {
			List<Operand> operands = workload.operators().get(i).operands();
			for (int o = 0; o < operands.size(); o++) {
				Tensor tensor = workload.tensors().get(operands.get(o).tensor());
				if (tensor.producer() < first) {
					continue;
				}
				if ((plan.forwarded >> e & 1) == 1) {
					handedOver += row(tiling, i).needed[o];
				} else {
					delivered += plan.layout.feeds.handOvers()[e];
					if (boundary.isInner(tensor) && isFirstBuffered(plan, e, tensor)) {
						stored += tensor.bytes();
						HandOver edge = plan.layout.handOvers.get(e);
						space += Math.min(tensor.bytes(), row(tiling, tensor.producer()).chunkBytes * (edge.bounded() && together ? edge.boundedCapacity() : 1));
					}
				}
				e++;
			}
		}
		return new SegmentSketch(plan.point.organization(), plan.point.weightLevel(), cycles, plan.weightMemoryBytes, plan.firstWeightBytes,
				plan.weightBufferReadBytes, delivered, stored, handedOver, space, plan.bankCycles);
	}

	/** Whether a hand-over through the buffer is the first one of its tensor. */
	private static boolean isFirstBuffered(SegmentPlan plan, int e, Tensor tensor) {
		for (int other = 0; other < e; other++) {
			if ((plan.forwarded >> other & 1) == 0 && plan.layout.handOvers.get(other).tensor() == tensor) {
				return false;
			}
		}
		return true;
	}

	/** Cycles that the recurrence of a sketched plan takes at least, whose operators do not share the array: what its intervals take by themselves. */
	private double cycles(SegmentPlan sketch) {
		long[] units = model.leastIntervalUnits(sketch);
		double sum = 0;
		for (int i = 0; i < depth; i++) {
			sum += (double) units[i] * sketch.layout.intervals[i];
		}
		return sum / model.unitsPerCycle();
	}

	/** What a sketched point costs at least; {@code null} if it does not fit into the buffer. */
	public RelaxedCost of(int tiling, SegmentSketch sketch) {
		Sums sum = sums(tiling);
		int l = sketch.level().ordinal();
		double space = sketch.space() + sum.space[l] - sum.weightSpace[l];
		if (space > model.accelerator().bufferBytes()) {
			return null;
		}
		return cost(false, sketch.cycles(), sketch.firstWeights(), sum.first[l], end(tiling), sketch.weights() + sum.entering[l], boundary.written,
				sketch.weightReads() + sum.delivered + sketch.delivered(), boundary.results + sketch.stored(), space, sketch.handedOver());
	}

	/** What a sketched point needs at least. */
	public SegmentNeeds needs(int tiling, SegmentSketch sketch) {
		of(tiling, sketch);
		return new SegmentNeeds(sketch.cycles() * RelaxedCost.SAFE, leastBody * RelaxedCost.SAFE, sketch.weights(), sketch.firstWeights(), sketch.weights() - sketch.firstWeights(),
				sketch.weightReads() + sums(tiling).delivered + sketch.delivered(), sketch.stored(), sketch.bankCycles(), hopBits(sketch.handedOver()), sketch.space(),
				inputs(tiling, sketch.level()), outputs(tiling));
	}

	/** The level that makes the same plans as another, the first of them, as far as that can be told before they are laid out. */
	public WeightLevel level(int tiling, WeightLevel level) {
		Sums sum = sums(tiling);
		if (tilings.get(tiling).orderClass() == OrderClass.WEIGHT_OUTER) {
			return sum.again ? level : WeightLevel.BUFFER;
		}
		if (!sum.weights) {
			return WeightLevel.BUFFER;
		}
		return sum.resident > 0 || !level.registers() ? level : level.memory() ? WeightLevel.MEMORY : WeightLevel.BUFFER;
	}

	/**
	 * The level that makes the same plan as a sketched one's, the first of them: where all weights fit into registers, or none does, or the
	 * operators' inputs are not walked again, several levels are the same.
	 */
	public WeightLevel level(int tiling, SegmentPlan sketch) {
		WeightLevel level = sketch.point.weightLevel();
		if (sketch.point.orderClass() == OrderClass.WEIGHT_OUTER) {
			return level == WeightLevel.MEMORY && !levelsDiffer(tiling) ? WeightLevel.BUFFER : level;
		}
		if (sketch.walked == 0) {
			return sketch.resident == 0 ? WeightLevel.BUFFER : WeightLevel.REGISTERS;
		}
		if (level.registers() && sketch.resident == 0) {
			return level.memory() ? WeightLevel.MEMORY : WeightLevel.BUFFER;
		}
		return level;
	}

	/** Whether, weights outside, it matters for the selected segment whether memory is read again. */
	public boolean levelsDiffer(int tiling) {
		return !inputs(tiling, WeightLevel.MEMORY).equals(inputs(tiling, WeightLevel.BUFFER));
	}

	/** Bits times hops that cost no more energy than so many bytes over one hop at least, or through the buffer. */
	private double hopBits(double handedOver) {
		Energies energies = model.accelerator().energies();
		return energies.link() <= energies.buffer() ? 8 * handedOver : 8 * handedOver * energies.buffer() / energies.link() * RelaxedCost.SAFE;
	}

	private List<SegmentPlan.BoundaryInput> inputs(int tiling, WeightLevel level) {
		Sums sum = sums(tiling);
		int which = level.memory() ? 1 : 0;
		if (sum.inputs[which] == null) {
			sum.inputs[which] = model.movement().inputs(first, operators(), dataflows(tiling), null, level);
		}
		return sum.inputs[which];
	}

	private List<SegmentPlan.BoundaryOutput> outputs(int tiling) {
		Sums sum = sums(tiling);
		if (sum.outputs == null) {
			sum.outputs = model.movement().outputs(first, operators(), dataflows(tiling), Map.of(), null);
		}
		return sum.outputs;
	}

	private List<Operator> operators() {
		return workload.operators().subList(first, first + depth);
	}

	private List<Dataflow> dataflows(int tiling) {
		List<Dataflow> dataflows = new ArrayList<>(depth);
		for (int i = first; i < first + depth; i++) {
			dataflows.add(row(tiling, i).dataflow);
		}
		return dataflows;
	}

	/** What a plan of the selected segment needs. */
	public SegmentNeeds needs(SegmentPlan plan) {
		RelaxedCost cost = of(plan);
		return new SegmentNeeds((double) plan.schedule.recurrenceUnits / model.unitsPerCycle(), cost == null ? 0 : leastBody * RelaxedCost.SAFE, plan.weightMemoryBytes,
				plan.firstWeightBytes, plan.weightMemoryBytes - plan.firstWeightBytes, plan.bufferReadBytes(), plan.handOverWriteBytes, plan.bankCycles,
				plan.schedule.flows.hopBits, plan.spaceBytes, plan.inputs, plan.outputs);
	}

	/** Bytes of all tensors that may be held when the selected segment begins. */
	public double live() {
		return live[first];
	}

	/** The least cost of a plan, wherever its boundary tensors wait; its segment must be the selected one. {@code null} if it never fits into the buffer. */
	public RelaxedCost of(SegmentPlan plan) {
		double memoryReads = plan.weightMemoryBytes;
		double firstInputs = 0;
		double space = plan.spaceBytes;
		double end = 0;
		for (SegmentPlan.BoundaryInput input : plan.inputs) {
			if (!boundary.holdable(workload.tensors().get(input.tensor()))) {
				memoryReads += input.memoryBytes();
				firstInputs += input.firstBytes();
				space += input.stagingBytes();
			}
		}
		for (SegmentPlan.BoundaryOutput output : plan.outputs) {
			Tensor tensor = workload.tensors().get(output.tensor());
			if (tensor.output() || !boundary.holdable(tensor)) {
				end = Math.max(end, output.lastBytes());
				space += tensor.lastConsumer() < first + depth || !boundary.holdable(tensor) ? output.stagingBytes() : 0;
			}
		}
		if (space > model.accelerator().bufferBytes()) {
			return null;
		}
		double recurrence = Math.max((double) plan.schedule.recurrenceUnits / model.unitsPerCycle(), plan.bankCycles);
		return cost(false, recurrence, plan.firstWeightBytes, firstInputs, end, memoryReads, boundary.written, plan.bufferReadBytes(),
				plan.handOverWriteBytes + boundary.results, space, 0).plus(plan.schedule.flows.hopBits / 8.0 * model.accelerator().energies().link() * RelaxedCost.SAFE);
	}
}
