package org.pipeorgan.engine.search;

import java.util.Arrays;

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
	private final double[][] forward;
	private final int[] forwardCount;
	private final boolean[] forwardStale;
	private final double[][] backward;
	private final int[] backwardCount;
	private final boolean[] backwardStale;
	private double[] before = new double[8];

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
		forward = new double[cuts][8];
		forwardCount = new int[cuts];
		forwardStale = new boolean[cuts];
		Arrays.fill(forwardStale, true);
		backward = new double[cuts][8];
		backwardCount = new int[cuts];
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
		int count = remember(forward[cut], forwardCount[cut]);
		forwardCount[cut] = 0;
		if (cut == 0) {
			offerForward(0, 0, 0);
		}
		for (int first = cut - 1; first >= Math.max(0, cut - maxDepth); first--) {
			if (isLate(cut, to(first) + floor[first][cut - first], mostRoom[first][cut - first])) {
				continue;
			}
			RelaxedCost[] through = options[first][cut - first];
			double[] ways = forward[first];
			for (int i = 0; i < optionCount[first][cut - first]; i++) {
				double fixed = fixed(through[i]);
				for (int w = 0; w < forwardCount[first]; w++) {
					double latency = through[i].latency(ways[2 * w + 1]);
					offerForward(cut, ways[2 * w] + fixed + perCycle * latency, room(through[i], ways[2 * w + 1], latency));
				}
			}
		}
		if (isOther(forward[cut], forwardCount[cut], count)) {
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
		int count = remember(backward[cut], backwardCount[cut]);
		backwardCount[cut] = 0;
		if (cut == cuts - 1) {
			offerBackward(cut, 0, 0);
		}
		for (int depth = 1; depth <= maxDepth && cut + depth < cuts; depth++) {
			double[] ways = backward[cut + depth];
			for (int i = 0; i < optionCount[cut][depth]; i++) {
				RelaxedCost cost = options[cut][depth][i];
				double fixed = fixed(cost);
				double none = cost.latency(0);
				double left = room(cost, 0, none);
				for (int w = 0; w < backwardCount[cut + depth]; w++) {
					double save = Math.min(ways[2 * w + 1], cost.room());
					double more = cost.streaming() ? Math.min(cost.fetchable(), Math.max(0, save + cost.transfers() - cost.body())) : cost.fetchable();
					offerBackward(cut, ways[2 * w] + fixed + perCycle * (none - Math.min(save, left)), more);
				}
			}
		}
		if (isOther(backward[cut], backwardCount[cut], count)) {
			for (int first = Math.max(0, cut - maxDepth); first < cut; first++) {
				backwardStale[first] |= optionCount[first][cut - first] > 0;
			}
		}
	}

	private int remember(double[] ways, int count) {
		if (before.length < 2 * count) {
			before = new double[ways.length];
		}
		System.arraycopy(ways, 0, before, 0, 2 * count);
		return count;
	}

	private boolean isOther(double[] ways, int count, int countBefore) {
		return count != countBefore || !Arrays.equals(ways, 0, 2 * count, before, 0, 2 * count);
	}

	private double room(RelaxedCost cost, double before, double latency) {
		return perCycle == 0 ? 0 : cost.streaming() ? Math.min(cost.room(), latency - cost.transfers() + Math.min(before, cost.fetchable())) : cost.room();
	}

	/** Whether a way to a cut beats all of such a value that leave so much room. */
	private boolean isLate(int cut, double value, double room) {
		double[] ways = forward[cut];
		for (int i = 0; i < forwardCount[cut]; i++) {
			if (ways[2 * i] + perCycle * Math.max(0, room - ways[2 * i + 1]) <= value) {
				return true;
			}
		}
		return false;
	}

	private void offerForward(int cut, double value, double room) {
		if (isLate(cut, value, room)) {
			return;
		}
		double[] ways = forward[cut];
		int count = forwardCount[cut];
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

	/** Least value on from a cut with so much room through a segment of such a cost. */
	double onThrough(int first, int depth, RelaxedCost cost, double room) {
		double latency = cost.latency(room);
		return fixed(cost) + perCycle * latency + onFrom(first + depth, room(cost, room, latency));
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
			room = room(next.option(), room, next.option().latency(room));
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
		double[] ways = forward[first];
		for (int w = 0; w < forwardCount[first]; w++) {
			least = Math.min(least, ways[2 * w] + onThrough(first, depth, cost, ways[2 * w + 1]));
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
		double least = Double.POSITIVE_INFINITY;
		for (int w = 0; w < forwardCount[cut]; w++) {
			least = Math.min(least, forward[cut][2 * w]);
		}
		return least;
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
