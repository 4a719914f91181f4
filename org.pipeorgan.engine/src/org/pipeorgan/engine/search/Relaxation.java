package org.pipeorgan.engine.search;

import java.util.Arrays;
import java.util.stream.Stream;

import org.pipeorgan.engine.cost.RelaxedCost;

/**
 * Shortest ways through the graph of cuts if every segment costs its relaxed cost, for one weighting of latency, energy and
 * memory traffic. What a segment saves by fetching ahead depends on the room before it. Ways to a cut are labels of a value and a room,
 * ways on from it labels of a value and what room may save of it; of either only those are kept that no other beats for every room. What
 * changes is taken into account cut by cut, where it matters; until then values are those from before, which are no larger as long as options only get dearer.
 */
final class Relaxation {
	private static final RelaxedCost[] NONE = {};

	private final double perCycle;
	private final double perPicojoule;
	private final double perByte;
	private final int cuts;
	private final int maxDepth;
	private final RelaxedCost[][][] options;
	private final int[][] optionCount;
	/** For each segment, what its options cost at least with any room, and the room that they leave at most. */
	private final double[][] floor;
	private final double[][] mostRoom;
	private final Ways[] forward;
	private final boolean[] forwardStale;
	private final Ways[] backward;
	private final boolean[] backwardStale;

	Relaxation(int operators, int maxDepth, double perCycle, double perPicojoule, double perByte) {
		cuts = operators + 1;
		this.maxDepth = maxDepth;
		this.perCycle = perCycle;
		this.perPicojoule = perPicojoule;
		this.perByte = perByte;
		options = new RelaxedCost[operators][maxDepth + 1][];
		for (RelaxedCost[][] each : options) {
			Arrays.fill(each, NONE);
		}
		optionCount = new int[operators][maxDepth + 1];
		floor = new double[operators][maxDepth + 1];
		for (double[] each : floor) {
			Arrays.fill(each, Double.POSITIVE_INFINITY);
		}
		mostRoom = new double[operators][maxDepth + 1];
		forward = Stream.generate(() -> new Ways(perCycle)).limit(cuts).toArray(Ways[]::new);
		forwardStale = new boolean[cuts];
		Arrays.fill(forwardStale, true);
		backward = Stream.generate(() -> new Ways(perCycle)).limit(cuts).toArray(Ways[]::new);
		backwardStale = new boolean[cuts];
		Arrays.fill(backwardStale, true);
	}

	/** Forgets the options of a segment. */
	void clear(int first, int depth) {
		optionCount[first][depth] = 0;
		floor[first][depth] = Double.POSITIVE_INFINITY;
		mostRoom[first][depth] = 0;
		touch(first, depth);
	}

	private void touch(int first, int depth) {
		backwardStale[first] = true;
		forwardStale[first + depth] = true;
	}

	/** What a segment of such a cost is worth besides its cycles. */
	double fixed(RelaxedCost cost) {
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
		floor[first][depth] = Math.min(floor[first][depth], floor(cost));
		mostRoom[first][depth] = Math.max(mostRoom[first][depth], cost.room());
		touch(first, depth);
	}

	private boolean beats(RelaxedCost a, RelaxedCost b) {
		double less = fixed(b) - fixed(a);
		if (perCycle == 0) {
			return less >= 0;
		}
		less /= perCycle;
		return less >= 0 && a.isFaster(b, less);
	}

	/** Finds the shortest ways to and from every cut. */
	void update() {
		for (int cut = 0; cut < cuts; cut++) {
			updateTo(cut);
		}
		updateFrom();
	}

	/** Finds the shortest ways on from every cut. */
	void updateFrom() {
		for (int cut = cuts - 1; cut >= 0; cut--) {
			updateFrom(cut);
		}
	}

	/** Finds the shortest ways to a cut, from those to earlier cuts. */
	void updateTo(int cut) {
		if (!forwardStale[cut]) {
			return;
		}
		forwardStale[cut] = false;
		Ways to = forward[cut];
		to.begin();
		if (cut == 0) {
			to.reach(0, 0);
		}
		for (int first = cut - 1; first >= Math.max(0, cut - maxDepth); first--) {
			if (to.isReached(to(first) + floor[first][cut - first], mostRoom[first][cut - first])) {
				continue;
			}
			RelaxedCost[] through = options[first][cut - first];
			Ways ways = forward[first];
			for (int i = 0; i < optionCount[first][cut - first]; i++) {
				double fixed = fixed(through[i]);
				for (int w = 0; w < ways.count(); w++) {
					double room = ways.second(w);
					to.reach(ways.value(w) + fixed + perCycle * through[i].latency(room), left(through[i], room));
				}
			}
		}
		if (to.isChanged()) {
			for (int depth = 1; depth <= maxDepth && cut + depth < cuts; depth++) {
				forwardStale[cut + depth] |= optionCount[cut][depth] > 0;
			}
		}
	}

	/** Finds the shortest ways on from a cut, from those on from later cuts. */
	void updateFrom(int cut) {
		if (!backwardStale[cut]) {
			return;
		}
		backwardStale[cut] = false;
		Ways from = backward[cut];
		from.begin();
		if (cut == cuts - 1) {
			from.leave(0, 0);
		}
		for (int depth = 1; depth <= maxDepth && cut + depth < cuts; depth++) {
			Ways ways = backward[cut + depth];
			if (from.least() <= floor[cut][depth] + ways.on(Double.POSITIVE_INFINITY)) {
				continue;
			}
			for (int i = 0; i < optionCount[cut][depth]; i++) {
				RelaxedCost cost = options[cut][depth][i];
				double without = fixed(cost) + perCycle * cost.latency(0);
				double left = left(cost, 0);
				for (int w = 0; w < ways.count(); w++) {
					from.leave(ways.value(w) + without - perCycle * Math.min(ways.second(w), left), cost.savable(ways.second(w)));
				}
			}
		}
		if (from.isChanged()) {
			for (int first = Math.max(0, cut - maxDepth); first < cut; first++) {
				backwardStale[first] |= optionCount[first][cut - first] > 0;
			}
		}
	}

	private double left(RelaxedCost cost, double before) {
		return perCycle == 0 ? 0 : cost.left(before);
	}

	/** Least value on from a cut with so much room. */
	double onFrom(int cut, double room) {
		return backward[cut].on(room);
	}

	/** Least value on from a cut with so much room through a segment of such a cost. */
	double onThrough(int first, int depth, RelaxedCost cost, double room) {
		return fixed(cost) + perCycle * cost.latency(room) + onFrom(first + depth, left(cost, room));
	}

	/** Says more about segments of a way. */
	interface Settler {
		/**
		 * Replaces an option of a segment by dearer ones, unless nothing more can be said of it.
		 *
		 * @param option what the way takes the segment to cost
		 * @return whether options were replaced
		 */
		boolean settle(int first, int depth, RelaxedCost option);
	}

	/**
	 * Walks a way that is the shortest on from each of its cuts, settling its segments one by one; ways on from all cuts must be up to date. Afterwards those
	 * from cuts before a settled segment are not.
	 *
	 * @return whether any option was replaced; if none was, it is a shortest way of all
	 */
	boolean settle(Settler settler) {
		boolean any = false;
		double room = 0;
		for (Segment next = next(0, room); next != null; next = next(next.end(), room)) {
			while (settler.settle(next.first(), next.depth(), next.option())) {
				any = true;
				updateFrom(next.first());
				next = next(next.first(), room);
				if (next == null) {
					return any;
				}
			}
			room = left(next.option(), room);
		}
		return any;
	}

	private record Segment(int first, int depth, RelaxedCost option) {
		int end() {
			return first + depth;
		}
	}

	/** The first segment of a shortest way on from a cut. @return {@code null} at the end, or if there is no way */
	private Segment next(int cut, double room) {
		RelaxedCost best = null;
		int bestDepth = 0;
		double least = Double.POSITIVE_INFINITY;
		for (int depth = 1; depth <= maxDepth && cut + depth < cuts; depth++) {
			if (floor[cut][depth] + onFrom(cut + depth, Double.POSITIVE_INFINITY) >= least) {
				continue;
			}
			for (int i = 0; i < optionCount[cut][depth]; i++) {
				double value = onThrough(cut, depth, options[cut][depth][i], room);
				if (value < least) {
					least = value;
					best = options[cut][depth][i];
					bestDepth = depth;
				}
			}
		}
		return best == null ? null : new Segment(cut, bestDepth, best);
	}

	/** Least value of a way through a segment of such a cost. */
	double through(int first, int depth, RelaxedCost cost) {
		double least = Double.POSITIVE_INFINITY;
		Ways ways = forward[first];
		for (int w = 0; w < ways.count(); w++) {
			least = Math.min(least, ways.value(w) + onThrough(first, depth, cost, ways.second(w)));
		}
		return least;
	}

	/** Least value of a way through the options of a segment. */
	double through(int first, int depth) {
		double least = Double.POSITIVE_INFINITY;
		for (int i = 0; i < optionCount[first][depth]; i++) {
			least = Math.min(least, through(first, depth, options[first][depth][i]));
		}
		return least;
	}

	/** Least value on from a cut through the options of a segment, with any room. */
	double leastThrough(int first, int depth) {
		return floor[first][depth] + onFrom(first + depth, Double.POSITIVE_INFINITY);
	}

	/** Whether a way through the options of a segment is below a value. */
	boolean isBelow(int first, int depth, double value) {
		double rest = value - to(first) - onFrom(first + depth, Double.POSITIVE_INFINITY);
		if (floor[first][depth] >= rest) {
			return false;
		}
		for (int i = 0; i < optionCount[first][depth]; i++) {
			RelaxedCost cost = options[first][depth][i];
			if (floor(cost) < rest && through(first, depth, cost) < value) {
				return true;
			}
		}
		return false;
	}

	/** Least value of a way to a cut. */
	private double to(int cut) {
		return forward[cut].least();
	}

	/** What an option costs at least with any room. */
	private double floor(RelaxedCost cost) {
		return fixed(cost) + perCycle * cost.latency(Double.POSITIVE_INFINITY);
	}

	/** What latency in cycles, energy in picojoules and bytes of memory traffic are worth together. */
	double value(double cycles, double picojoules, double bytes) {
		return perCycle * cycles + perPicojoule * picojoules + perByte * bytes;
	}

	/** Least value of all: a bound from below on every mapping. */
	double least() {
		// as far as either is up to date
		return Math.max(to(cuts - 1), onFrom(0, 0));
	}
}
