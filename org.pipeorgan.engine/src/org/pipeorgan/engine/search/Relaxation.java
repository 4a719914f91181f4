package org.pipeorgan.engine.search;

import java.util.Arrays;

import org.pipeorgan.engine.cost.RelaxedCost;

/**
 * Shortest ways through the graph of cuts if every segment costs its relaxed cost, for one weighting of latency, energy and
 * memory traffic. What a segment saves by fetching ahead depends on the room before it. Ways to a cut are labels of a value and a room,
 * ways on from it labels of a value and what room may save of it; of either only those are kept that no other beats for every room.
 */
final class Relaxation {
	private static final RelaxedCost[] NONE = {};

	private final double perCycle;
	private final double perPicojoule;
	private final double perByte;
	private final int cuts;
	private final RelaxedCost[][][] options;
	private final int[][] optionCount;
	private final double[][] forward;
	private final int[] forwardCount;
	private final double[][] backward;
	private final int[] backwardCount;

	Relaxation(int operators, int maxDepth, double perCycle, double perPicojoule, double perByte) {
		cuts = operators + 1;
		this.perCycle = perCycle;
		this.perPicojoule = perPicojoule;
		this.perByte = perByte;
		options = new RelaxedCost[operators][maxDepth + 1][];
		for (RelaxedCost[][] each : options) {
			Arrays.fill(each, NONE);
		}
		optionCount = new int[operators][maxDepth + 1];
		forward = new double[cuts][8];
		forwardCount = new int[cuts];
		backward = new double[cuts][8];
		backwardCount = new int[cuts];
	}

	/** Forgets the options of a segment. */
	void clear(int first, int depth) {
		optionCount[first][depth] = 0;
	}

	private double fixed(RelaxedCost cost) {
		return perPicojoule * cost.energy() + perByte * cost.memory();
	}

	/** Adds an option of a segment, unless another is as good for every room. */
	void add(int first, int depth, RelaxedCost cost) {
		RelaxedCost[] known = options[first][depth];
		int count = optionCount[first][depth];
		for (int i = 0; i < count; i++) {
			if (beats(known[i], cost)) {
				return;
			}
		}
		int kept = 0;
		for (int i = 0; i < count; i++) {
			if (!beats(cost, known[i])) {
				known[kept++] = known[i];
			}
		}
		if (kept == known.length) {
			known = options[first][depth] = Arrays.copyOf(known, Math.max(2, 2 * known.length));
		}
		known[kept] = cost;
		optionCount[first][depth] = kept + 1;
	}

	private boolean beats(RelaxedCost a, RelaxedCost b) {
		double less = fixed(b) - fixed(a);
		if (perCycle == 0) {
			return less >= 0;
		}
		less /= perCycle;
		if (less < 0 || a.streaming() != b.streaming()) {
			return false;
		}
		if (a.streaming()) {
			return a.body() <= b.body() && a.transfers() <= b.transfers() && a.fetchable() >= b.fetchable() && a.room() >= b.room();
		}
		double lacks = Math.max(0, b.room() - a.room());
		return a.body() + lacks <= b.body() + less && a.body() + a.fetchable() + lacks <= b.body() + b.fetchable() + less;
	}

	/** Finds the shortest ways to and from every cut. */
	void update() {
		Arrays.fill(forwardCount, 0);
		Arrays.fill(backwardCount, 0);
		offerForward(0, 0, 0);
		for (int first = 0; first + 1 < cuts; first++) {
			double[] ways = forward[first];
			for (int depth = 1; depth < options[first].length && first + depth < cuts; depth++) {
				for (int i = 0; i < optionCount[first][depth]; i++) {
					RelaxedCost cost = options[first][depth][i];
					double fixed = fixed(cost);
					for (int w = 0; w < forwardCount[first]; w++) {
						double latency = cost.latency(ways[2 * w + 1]);
						offerForward(first + depth, ways[2 * w] + fixed + perCycle * latency, room(cost, ways[2 * w + 1], latency));
					}
				}
			}
		}
		offerBackward(cuts - 1, 0, 0);
		for (int first = cuts - 2; first >= 0; first--) {
			for (int depth = 1; depth < options[first].length && first + depth < cuts; depth++) {
				double[] ways = backward[first + depth];
				for (int i = 0; i < optionCount[first][depth]; i++) {
					RelaxedCost cost = options[first][depth][i];
					double fixed = fixed(cost);
					for (int w = 0; w < backwardCount[first + depth]; w++) {
						double save = Math.min(ways[2 * w + 1], cost.room());
						double none = cost.latency(0);
						double more = cost.streaming() ? Math.min(cost.fetchable(), Math.max(0, save + cost.transfers() - cost.body())) : cost.fetchable();
						double left = room(cost, 0, none);
						offerBackward(first, ways[2 * w] + fixed + perCycle * (none - Math.min(save, left)), more);
					}
				}
			}
		}
	}

	private double room(RelaxedCost cost, double before, double latency) {
		return perCycle == 0 ? 0 : cost.streaming() ? Math.min(cost.room(), latency - cost.transfers() + Math.min(before, cost.fetchable())) : cost.room();
	}

	private void offerForward(int cut, double value, double room) {
		double[] ways = forward[cut];
		int count = forwardCount[cut];
		for (int i = 0; i < count; i++) {
			if (ways[2 * i] + perCycle * Math.max(0, room - ways[2 * i + 1]) <= value) {
				return;
			}
		}
		int kept = 0;
		for (int i = 0; i < count; i++) {
			if (!(value + perCycle * Math.max(0, ways[2 * i + 1] - room) <= ways[2 * i])) {
				ways[2 * kept] = ways[2 * i];
				ways[2 * kept + 1] = ways[2 * i + 1];
				kept++;
			}
		}
		forward[cut] = with(ways, kept, value, room);
		forwardCount[cut] = kept + 1;
	}

	private void offerBackward(int cut, double value, double save) {
		double[] ways = backward[cut];
		int count = backwardCount[cut];
		for (int i = 0; i < count; i++) {
			if (ways[2 * i] <= value && ways[2 * i] - perCycle * ways[2 * i + 1] <= value - perCycle * save) {
				return;
			}
		}
		int kept = 0;
		for (int i = 0; i < count; i++) {
			if (!(value <= ways[2 * i] && value - perCycle * save <= ways[2 * i] - perCycle * ways[2 * i + 1])) {
				ways[2 * kept] = ways[2 * i];
				ways[2 * kept + 1] = ways[2 * i + 1];
				kept++;
			}
		}
		backward[cut] = with(ways, kept, value, save);
		backwardCount[cut] = kept + 1;
	}

	private static double[] with(double[] ways, int at, double value, double second) {
		double[] longer = 2 * at + 2 > ways.length ? Arrays.copyOf(ways, 2 * ways.length) : ways;
		longer[2 * at] = value;
		longer[2 * at + 1] = second;
		return longer;
	}

	/** Least value on from a cut with so much room. */
	double onFrom(int cut, double room) {
		double least = Double.POSITIVE_INFINITY;
		double[] ways = backward[cut];
		for (int i = 0; i < backwardCount[cut]; i++) {
			least = Math.min(least, ways[2 * i] - perCycle * Math.min(room, ways[2 * i + 1]));
		}
		return least;
	}

	/** Least value of a way through a segment of such a cost. */
	double through(int first, int depth, RelaxedCost cost) {
		double least = Double.POSITIVE_INFINITY;
		double[] ways = forward[first];
		for (int w = 0; w < forwardCount[first]; w++) {
			double latency = cost.latency(ways[2 * w + 1]);
			least = Math.min(least, ways[2 * w] + perCycle * latency + onFrom(first + depth, room(cost, ways[2 * w + 1], latency)));
		}
		return least + fixed(cost);
	}

	/** Least value of a way through the options of a segment. */
	double through(int first, int depth) {
		double least = Double.POSITIVE_INFINITY;
		for (int i = 0; i < optionCount[first][depth]; i++) {
			least = Math.min(least, through(first, depth, options[first][depth][i]));
		}
		return least;
	}

	/** Least value of all: a bound from below on every mapping. */
	double least() {
		return onFrom(0, 0);
	}
}
