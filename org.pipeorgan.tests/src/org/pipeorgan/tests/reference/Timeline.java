package org.pipeorgan.tests.reference;

import java.util.List;

import org.pipeorgan.engine.hardware.Rational;

/**
 * Section 5 of the page: when each interval of each operator of a segment starts and finishes, in exact fractions.
 *
 * @param starts   by place in the segment and interval
 * @param finishes by place in the segment and interval
 * @param end      when the last is done
 */
record Timeline(Rational[][] starts, Rational[][] finishes, Rational end) {

	/** All operators work at the same time; intervals are settled in any order in which what they wait for is known. */
	static Timeline together(int[] intervals, Rational[] times, List<Edge> edges, Rational[] latencies, Rational[] paces, Rational[] settled, Rational[] after,
			Rational[] sums) {
		Rational[][] starts = new Rational[intervals.length][];
		Rational[][] finishes = new Rational[intervals.length][];
		int unsettled = 0;
		for (int i = 0; i < intervals.length; i++) {
			starts[i] = new Rational[intervals[i]];
			finishes[i] = new Rational[intervals[i]];
			unsettled += intervals[i];
		}
		Rational end = Rational.ZERO;
		int[] next = new int[intervals.length];
		while (unsettled > 0) {
			int before = unsettled;
			for (int i = 0; i < intervals.length; i++) {
				while (next[i] < intervals[i]) {
					int k = next[i];
					Rational start = start(i, k, finishes, edges, latencies, paces);
					if (start == null) {
						break;
					}
					start = k < 2 ? start : start.max(finishes[i][k - 2].plus(sums[i]));
					starts[i][k] = start;
					finishes[i][k] = k == 0 ? start.plus(times[i]).max(settled[i]) : start.plus(times[i]);
					end = end.max(finishes[i][k].plus(after[i]));
					next[i]++;
					unsettled--;
				}
			}
			if (before == unsettled) {
				throw new IllegalStateException("the segment waits for itself");
			}
		}
		return new Timeline(starts, finishes, end);
	}

	/** When interval k of operator i may start; {@code null} if something that it waits for is not settled yet. */
	private static Rational start(int i, int k, Rational[][] finishes, List<Edge> edges, Rational[] latencies, Rational[] paces) {
		Rational start = k == 0 ? Rational.ZERO : finishes[i][k - 1];
		for (int e = 0; e < edges.size(); e++) {
			Edge edge = edges.get(e);
			if (edge.consumer() == i && edge.last()[k] >= 0) {
				Rational made = finishes[edge.producer()][edge.last()[k]];
				if (made == null) {
					return null;
				}
				for (int chunk = 0; chunk <= edge.last()[k]; chunk++) {
					// a chunk follows the ones before it at the pace of the links
					start = start.max(finishes[edge.producer()][chunk].plus(latencies[e]).plus(paces[e].times(Rational.of(edge.last()[k] - chunk))));
				}
			}
			if (edge.producer() == i && edge.bounded()) {
				int reader = edge.lastReader(k - edge.span() - 2);
				if (reader >= 0) {
					Rational free = finishes[edge.consumer()][reader];
					if (free == null) {
						return null;
					}
					start = start.max(free);
				}
			}
		}
		return start;
	}

	/** The operators take turns: always the last one in file order that has what it needs. */
	static Timeline inTurn(int[] intervals, Rational[] times, List<Edge> edges, Rational[] settled) {
		Rational[][] starts = new Rational[intervals.length][];
		Rational[][] finishes = new Rational[intervals.length][];
		for (int i = 0; i < intervals.length; i++) {
			starts[i] = new Rational[intervals[i]];
			finishes[i] = new Rational[intervals[i]];
		}
		int[] next = new int[intervals.length];
		Rational now = Rational.ZERO;
		while (true) {
			int chosen = -1;
			for (int i = 0; i < intervals.length; i++) {
				int operator = i;
				if (next[i] < intervals[i] && edges.stream().filter(e -> e.consumer() == operator)
						.allMatch(e -> e.last()[next[operator]] < next[e.producer()])) {
					chosen = i;
				}
			}
			if (chosen < 0) {
				return new Timeline(starts, finishes, now);
			}
			int k = next[chosen]++;
			starts[chosen][k] = now;
			now = k == 0 ? now.plus(times[chosen]).max(settled[chosen]) : now.plus(times[chosen]);
			finishes[chosen][k] = now;
		}
	}

	/** The most chunks of a hand-over that are made or being made and not yet free. */
	int lead(Edge edge) {
		int lead = 0;
		for (int k = 0; k < starts[edge.producer()].length; k++) {
			Rational now = starts[edge.producer()][k];
			int held = 1;
			for (int chunk = 0; chunk < k; chunk++) {
				int reader = edge.lastReader(chunk);
				if (reader >= 0 && finishes[edge.consumer()][reader].compareTo(now) > 0) {
					held++;
				}
			}
			lead = Math.max(lead, held);
		}
		return lead;
	}
}
