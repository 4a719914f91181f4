package org.pipeorgan.engine.search;

import java.util.Arrays;

/**
 * Shortest ways to a place, or on from it. A way to it has a value and leaves room for fetching ahead; of a way on from it room saves so many cycles. Only
 * those are kept that no other beats for every room. Not safe for many threads.
 */
final class Ways {
	private final double perCycle;
	/** For each way its value, and the room that it leaves or the cycles that room saves. */
	private double[] ways = new double[4];
	private int count;
	private double[] before = new double[4];
	private int countBefore;

	/** @param perCycle what a cycle is worth */
	Ways(double perCycle) {
		this.perCycle = perCycle;
	}

	/** Forgets all ways, but remembers them for {@link #isChanged}. */
	void begin() {
		double[] free = before;
		before = ways;
		countBefore = count;
		ways = free;
		count = 0;
	}

	/** Whether there are other ways than before they were forgotten. */
	boolean isChanged() {
		return count != countBefore || !Arrays.equals(ways, 0, 2 * count, before, 0, 2 * count);
	}

	int count() {
		return count;
	}

	double value(int way) {
		return ways[2 * way];
	}

	/** The room that a way to the place leaves, or what room saves of a way on from it. */
	double second(int way) {
		return ways[2 * way + 1];
	}

	/** Least value of a way to the place, or on from it with no room. */
	double least() {
		double least = Double.POSITIVE_INFINITY;
		for (int i = 0; i < count; i++) {
			least = Math.min(least, ways[2 * i]);
		}
		return least;
	}

	/** Least value of a way on from the place with so much room. */
	double on(double room) {
		double least = Double.POSITIVE_INFINITY;
		for (int i = 0; i < count; i++) {
			least = Math.min(least, ways[2 * i] - perCycle * Math.min(room, ways[2 * i + 1]));
		}
		return least;
	}

	/** Whether a way to the place beats all of such a value that leave so much room. */
	boolean isReached(double value, double room) {
		for (int i = 0; i < count; i++) {
			if (ways[2 * i] + perCycle * Math.max(0, room - ways[2 * i + 1]) <= value) {
				return true;
			}
		}
		return false;
	}

	/** Adds a way to the place, unless another beats it. */
	void reach(double value, double room) {
		if (isReached(value, room)) {
			return;
		}
		int kept = 0;
		for (int i = 0; i < count; i++) {
			if (!(value + perCycle * Math.max(0, ways[2 * i + 1] - room) <= ways[2 * i])) {
				keep(i, kept++);
			}
		}
		add(kept, value, room);
	}

	/** Adds a way on from the place, unless another beats it. */
	void leave(double value, double save) {
		double saved = value - perCycle * save;
		for (int i = 0; i < count; i++) {
			if (ways[2 * i] <= value && ways[2 * i] - perCycle * ways[2 * i + 1] <= saved) {
				return;
			}
		}
		int kept = 0;
		for (int i = 0; i < count; i++) {
			if (!(value <= ways[2 * i] && saved <= ways[2 * i] - perCycle * ways[2 * i + 1])) {
				keep(i, kept++);
			}
		}
		add(kept, value, save);
	}

	private void keep(int way, int at) {
		ways[2 * at] = ways[2 * way];
		ways[2 * at + 1] = ways[2 * way + 1];
	}

	private void add(int at, double value, double second) {
		if (2 * at + 2 > ways.length) {
			ways = Arrays.copyOf(ways, 2 * ways.length);
		}
		ways[2 * at] = value;
		ways[2 * at + 1] = second;
		count = at + 1;
	}
}
