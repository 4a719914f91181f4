package org.pipeorgan.tests.reference;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

import org.pipeorgan.engine.hardware.Rational;

/**
 * Section 5 of the page: when each interval of each operator of a segment starts and finishes, in exact fractions.
 *
 * @param starts   by place in the segment and interval
 * @param finishes by place in the segment and interval
 * @param there    when what the interval makes is there
 * @param end      when all of it is
 */
record Timeline(Rational[][] starts, Rational[][] finishes, Rational[][] there, Rational end) {

	/**
	 * What the intervals of each operator ask of the port that delivers.
	 *
	 * @param times     of an interval, but for the port
	 * @param delivered time that the port delivers, after the first burst
	 * @param stored    time that it stores
	 * @param forwarded which hand-overs do not wait for that
	 */
	record Port(Rational[] times, Rational[] delivered, Rational[] stored, boolean[] forwarded) {
		/** Whether several operators ask it for more than half of a time. */
		boolean isBusy(int[] intervals, Rational end) {
			Rational asked = Rational.ZERO;
			int several = 0;
			for (int i = 0; i < intervals.length; i++) {
				Rational each = delivered[i].plus(stored[i]);
				several += each.compareTo(Rational.ZERO) > 0 ? 1 : 0;
				asked = asked.plus(each.times(Rational.of(2L * intervals[i])));
			}
			return several > 1 && asked.compareTo(end) > 0;
		}
	}

	/** All operators work at the same time; intervals are settled in any order in which what they wait for is known. */
	static Timeline together(int[] intervals, Rational[] times, List<Edge> edges, Rational[] latencies, Rational[] paces, Rational[] settled, Rational[] after,
			Rational[] sums) {
		Rational[][] starts = new Rational[intervals.length][];
		Rational[][] finishes = new Rational[intervals.length][];
		Rational[][] there = new Rational[intervals.length][];
		int unsettled = 0;
		for (int i = 0; i < intervals.length; i++) {
			starts[i] = new Rational[intervals[i]];
			finishes[i] = new Rational[intervals[i]];
			there[i] = new Rational[intervals[i]];
			unsettled += intervals[i];
		}
		Rational end = Rational.ZERO;
		int[] next = new int[intervals.length];
		while (unsettled > 0) {
			int before = unsettled;
			for (int i = 0; i < intervals.length; i++) {
				while (next[i] < intervals[i]) {
					int k = next[i];
					Rational start = start(i, k, finishes, edges, e -> finishes[edges.get(e).producer()], latencies, paces);
					if (start == null) {
						break;
					}
					start = k < 2 ? start : start.max(finishes[i][k - 2].plus(sums[i]));
					starts[i][k] = start;
					finishes[i][k] = k == 0 ? start.plus(times[i]).max(settled[i]) : start.plus(times[i]);
					there[i][k] = finishes[i][k].plus(after[i]);
					end = end.max(there[i][k]);
					next[i]++;
					unsettled--;
				}
			}
			if (before == unsettled) {
				throw new IllegalStateException("the segment waits for itself");
			}
		}
		return new Timeline(starts, finishes, there, end);
	}

	/** When interval k of operator i may start; {@code null} if something that it waits for is not settled yet. */
	private static Rational start(int i, int k, Rational[][] finishes, List<Edge> edges, IntFunction<Rational[]> made, Rational[] latencies, Rational[] paces) {
		Rational start = k == 0 ? Rational.ZERO : finishes[i][k - 1];
		for (int e = 0; e < edges.size(); e++) {
			Edge edge = edges.get(e);
			if (edge.consumer() == i && edge.last()[k] >= 0) {
				if (made.apply(e)[edge.last()[k]] == null) {
					return null;
				}
				for (int chunk = 0; chunk <= edge.last()[k]; chunk++) {
					// a chunk follows the ones before it at the pace of the links
					start = start.max(made.apply(e)[chunk].plus(latencies[e]).plus(paces[e].times(Rational.of(edge.last()[k] - chunk))));
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

	/** All operators work at the same time, and wait for each other at a port, which serves at any time what comes first. */
	static Timeline sharing(int[] intervals, Port port, List<Edge> edges, Rational[] latencies, Rational[] paces, Rational[] settled, Rational[] after, Rational[] sums) {
		int depth = intervals.length;
		Rational[][] starts = new Rational[depth][];
		Rational[][] finishes = new Rational[depth][];
		Rational[][] there = new Rational[depth][];
		Rational[][] stored = new Rational[depth][];
		Rational[][] toDeliver = new Rational[depth][];
		Rational[][] toStore = new Rational[depth][];
		for (int i = 0; i < depth; i++) {
			starts[i] = new Rational[intervals[i]];
			finishes[i] = new Rational[intervals[i]];
			there[i] = new Rational[intervals[i]];
			stored[i] = new Rational[intervals[i]];
			toDeliver[i] = new Rational[intervals[i]];
			toStore[i] = new Rational[intervals[i]];
			Arrays.fill(toDeliver[i], port.delivered[i]);
			Arrays.fill(toStore[i], port.stored[i]);
		}
		Rational now = Rational.ZERO;
		while (true) {
			Rational next = null;
			boolean changes = true;
			while (changes) {
				changes = false;
				next = null;
				for (int i = 0; i < depth; i++) {
					for (int k = 0; k < intervals[i]; k++) {
						if (there[i][k] != null) {
							continue;
						}
						Rational due = null;
						if (starts[i][k] == null) {
							due = k > 0 && finishes[i][k - 1] == null || k > 1 && there[i][k - 2] == null ? null
									: start(i, k, finishes, edges, e -> port.forwarded[e] ? finishes[edges.get(e).producer()] : stored[edges.get(e).producer()], latencies, paces);
							due = due == null || k < 2 ? due : due.max(finishes[i][k - 2].plus(sums[i])).max(there[i][k - 2]);
						} else if (finishes[i][k] == null) {
							due = toDeliver[i][k].equals(Rational.ZERO) ? starts[i][k].plus(port.times[i]).max(k == 0 ? settled[i] : Rational.ZERO) : null;
						} else {
							due = toStore[i][k].equals(Rational.ZERO) ? finishes[i][k].plus(after[i]) : null;
						}
						if (due != null && due.compareTo(now) > 0) {
							next = next == null || due.compareTo(next) < 0 ? due : next;
						} else if (due != null) {
							if (starts[i][k] == null) {
								starts[i][k] = now;
							} else if (finishes[i][k] == null) {
								finishes[i][k] = now;
							} else {
								there[i][k] = now;
								stored[i][k] = now.plus(after[i].times(Rational.of(-1)));
							}
							changes = true;
						}
					}
				}
			}
			// a job is an interval's delivery or its store
			Rational[] first = null;
			int at = -1;
			Rational earliest = null;
			for (int i = 0; i < depth; i++) {
				for (int k = 0; k < intervals[i]; k++) {
					Rational[] left = starts[i][k] == null ? null : !toDeliver[i][k].equals(Rational.ZERO) ? toDeliver[i] : !toStore[i][k].equals(Rational.ZERO) ? toStore[i] : null;
					Rational place = new Rational(k, intervals[i]);
					if (left != null && (first == null || place.compareTo(earliest) < 0)) {
						first = left;
						at = k;
						earliest = place;
					}
				}
			}
			if (first != null) {
				Rational done = now.plus(first[at]);
				next = next == null || done.compareTo(next) < 0 ? done : next;
				first[at] = first[at].plus(now).plus(next.times(Rational.of(-1)));
			} else if (next == null) {
				return new Timeline(starts, finishes, there, Arrays.stream(there).map(t -> t[t.length - 1]).reduce(Rational.ZERO, Rational::max));
			}
			now = next;
		}
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
				return new Timeline(starts, finishes, finishes, now);
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
