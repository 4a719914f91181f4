package org.pipeorgan.tests.reference;

import java.util.Arrays;
import java.util.List;

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
	 * What the intervals of each operator take by themselves, and ask of the ports of buffer and memory.
	 *
	 * @param times     of an interval, but for the buffer's port
	 * @param paces     time between the ends of intervals, on links that others use too
	 * @param paced     the last interval of which the end is that long after the one before: later no chunk comes any more
	 * @param heads     time that the port delivers the first burst
	 * @param delivered time that it delivers the rest
	 * @param stored    time that it stores
	 * @param last      time that it stores the last part of that, made when the interval ends and its sums are there
	 * @param resident  time that it delivers weights that stay in registers
	 * @param loaded    time that memory delivers the weights of a part of K ahead
	 * @param perPart   intervals of such a part
	 * @param apart     whether the buffer stores over a port of its own
	 * @param settled   before which the first interval does not end
	 * @param room      after which what an interval makes has left room for the next but one
	 * @param after     time from the end of an interval until what it makes is there
	 */
	record Ports(Rational[] times, Rational[] paces, int[] paced, Rational[] heads, Rational[] delivered, Rational[] stored, Rational[] last, Rational[] resident, Rational[] loaded, int[] perPart, boolean apart, Rational[] settled,
			Rational[] room, Rational[] after) {
		static Ports none(Rational[] times) {
			Rational[] none = new Rational[times.length];
			Arrays.fill(none, Rational.ZERO);
			int[] whole = new int[times.length];
			Arrays.fill(whole, Integer.MAX_VALUE);
			return new Ports(times, none, whole, none, none, none, none, none, none, whole, false, none, none, none);
		}

		/** Whether several operators ask the buffer's that delivers, or the memory's, for more than half of a time. */
		boolean isBusy(int[] intervals, Rational end) {
			Rational asked = Rational.ZERO;
			int several = 0;
			Rational fetched = Rational.ZERO;
			int fetching = 0;
			for (int i = 0; i < intervals.length; i++) {
				if (!loaded[i].equals(Rational.ZERO)) {
					fetching++;
					for (int next = perPart[i]; next < intervals[i]; next += perPart[i]) {
						fetched = fetched.plus(loaded[i]).plus(loaded[i]);
					}
				}
				Rational each = heads[i].plus(delivered[i]).plus(apart ? Rational.ZERO : stored[i]);
				several += each.plus(resident[i]).compareTo(Rational.ZERO) > 0 ? 1 : 0;
				asked = asked.plus(each.times(Rational.of(2L * intervals[i]))).plus(resident[i].times(Rational.of(2)));
			}
			return several > 1 && asked.compareTo(end) > 0 || fetching > 1 && fetched.compareTo(end) > 0;
		}

		/** What an interval takes at least until its result is there. */
		Rational round(int i) {
			Rational read = heads[i].plus(delivered[i]);
			return times[i].plus(after[i]).max(apart ? read.max(stored[i]) : read.plus(stored[i]));
		}

		/** When an interval has the weights of its part of K, fetched while the part before is worked on. */
		private Rational loaded(int i, int k, Rational[] finishes) {
			Rational there = Rational.ZERO;
			for (int part = 1; part <= k / perPart[i]; part++) {
				there = (part == 1 ? there : there.max(finishes[(part - 1) * perPart[i] - 1])).plus(loaded[i]);
			}
			return k % perPart[i] == 0 ? there : Rational.ZERO;
		}

		/** When an interval ends at the earliest, but for the ports. */
		private Rational end(int i, int k, Rational start, Rational[] finishes) {
			return start.plus(times[i]).max(k == 0 ? settled[i] : k > paced[i] ? Rational.ZERO : finishes[k - 1].plus(paces[i]));
		}
	}

	/** All operators work at the same time; intervals are settled in any order in which what they wait for is known. */
	static Timeline together(int[] intervals, Ports ports, List<Edge> edges, Rational[] latencies, Rational[] paces, boolean[] forwarded) {
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
		Rational[] reads = new Rational[intervals.length];
		Rational[] writes = new Rational[intervals.length];
		while (unsettled > 0) {
			int before = unsettled;
			for (int i = 0; i < intervals.length; i++) {
				while (next[i] < intervals[i]) {
					int k = next[i];
					Rational start = start(i, k, finishes, there, edges, latencies, paces, forwarded, ports);
					if (start == null) {
						break;
					}
					// one burst for the next interval comes ahead, at first two
					Rational head = ports.heads[i];
					reads[i] = k == 0 ? head.times(Rational.of(Math.min(2, intervals[i]))) : k + 1 < intervals[i] ? reads[i].max(finishes[i][k - 1]).plus(head) : reads[i];
					reads[i] = reads[i].max(start).plus(ports.delivered[i]);
					Rational finish = ports.end(i, k, start, finishes[i]).max(ports.loaded(i, k, finishes[i]));
					finish = ports.delivered[i].equals(Rational.ZERO) ? finish : finish.max(reads[i]);
					there[i][k] = finish.plus(ports.after[i]);
					if (!ports.stored[i].equals(Rational.ZERO)) {
						Rational free = !ports.apart ? reads[i] : writes[i] == null ? start : writes[i].max(start);
						writes[i] = free.plus(ports.stored[i]);
						reads[i] = ports.apart ? reads[i] : writes[i];
						there[i][k] = there[i][k].max(writes[i]).max(start.plus(ports.times[i].times(new Rational(1, 8))).plus(ports.stored[i]));
					}
					starts[i][k] = start;
					finishes[i][k] = finish;
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
	private static Rational start(int i, int k, Rational[][] finishes, Rational[][] there, List<Edge> edges, Rational[] latencies, Rational[] paces, boolean[] forwarded, Ports ports) {
		Rational start = k == 0 ? ports.heads[i] : finishes[i][k - 1];
		if (start == null || k > 1 && there[i][k - 2] == null) {
			return null;
		}
		if (k > 1) {
			start = start.max(finishes[i][k - 2].plus(ports.room[i]));
			start = ports.stored[i].equals(Rational.ZERO) ? start : start.max(there[i][k - 2]);
		}
		for (int e = 0; e < edges.size(); e++) {
			Edge edge = edges.get(e);
			if (edge.consumer() == i && edge.last()[k] >= 0) {
				Rational[] made = (forwarded[e] ? finishes : there)[edge.producer()];
				if (made[edge.last()[k]] == null) {
					return null;
				}
				for (int chunk = 0; chunk <= edge.last()[k]; chunk++) {
					// a chunk follows the ones before it at the pace of the links
					start = start.max(made[chunk].plus(latencies[e]).plus(paces[e].times(Rational.of(edge.last()[k] - chunk))));
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

	/** All operators work at the same time, and wait for each other at the ports of buffer and memory, which serve at any time what comes first. */
	static Timeline sharing(int[] intervals, Ports ports, List<Edge> edges, Rational[] latencies, Rational[] paces, boolean[] forwarded) {
		int depth = intervals.length;
		Rational[][] starts = new Rational[depth][];
		Rational[][] finishes = new Rational[depth][];
		Rational[][] there = new Rational[depth][];
		// first bursts, before all else
		Rational ahead = Rational.ZERO;
		Rational[] toSettle = ports.resident.clone();
		Rational[][] toDeliver = new Rational[depth][];
		Rational[][] toStore = new Rational[depth][];
		// weights of a part of K, by the interval that cannot end without them
		Rational[][] toLoad = new Rational[depth][];
		for (int i = 0; i < depth; i++) {
			starts[i] = new Rational[intervals[i]];
			finishes[i] = new Rational[intervals[i]];
			there[i] = new Rational[intervals[i]];
			toDeliver[i] = new Rational[intervals[i]];
			toStore[i] = new Rational[intervals[i]];
			toLoad[i] = new Rational[intervals[i]];
			for (int k = 0; k < intervals[i]; k++) {
				toLoad[i][k] = k > 0 && k % ports.perPart[i] == 0 ? ports.loaded[i] : Rational.ZERO;
			}
			Arrays.fill(toDeliver[i], ports.delivered[i]);
			Arrays.fill(toStore[i], ports.apart ? Rational.ZERO : ports.stored[i]);
			ahead = ahead.plus(ports.heads[i].times(Rational.of(Math.min(2, intervals[i]))));
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
							due = start(i, k, finishes, there, edges, latencies, paces, forwarded, ports);
						} else if (finishes[i][k] == null) {
							due = toDeliver[i][k].equals(Rational.ZERO) && toSettle[i].equals(Rational.ZERO) && toLoad[i][k].equals(Rational.ZERO) ? ports.end(i, k, starts[i][k], finishes[i]) : null;
						} else {
							due = toStore[i][k].equals(Rational.ZERO) ? finishes[i][k].plus(ports.after[i]) : null;
						}
						if (due != null && due.compareTo(now) > 0) {
							next = next == null || due.compareTo(next) < 0 ? due : next;
						} else if (due != null) {
							if (starts[i][k] == null) {
								starts[i][k] = now;
							} else if (finishes[i][k] == null) {
								finishes[i][k] = now;
								ahead = k + 2 < intervals[i] ? ahead.plus(ports.heads[i]) : ahead;
							} else {
								there[i][k] = now;
							}
							changes = true;
						}
					}
				}
			}
			// a job is what stays in registers, an interval's delivery, or its store, of which the last part is made last
			Rational[] first = null;
			int at = -1;
			Rational earliest = null;
			Rational most = null;
			for (int i = 0; i < depth; i++) {
				for (int k = 0; k < intervals[i]; k++) {
					Rational[] left = k == 0 && !toSettle[i].equals(Rational.ZERO) ? toSettle : starts[i][k] == null ? null
							: !toDeliver[i][k].equals(Rational.ZERO) ? toDeliver[i] : k > 0 && !toStore[i][k - 1].equals(Rational.ZERO) ? null : toStore[i];
					int job = left == toSettle ? i : k;
					Rational amount = left == null ? Rational.ZERO : left[job];
					if (left == toStore[i] && !amount.equals(Rational.ZERO)) {
						Rational minusLast = ports.last[i].times(Rational.of(-1));
						Rational made = finishes[i][k] == null ? null : finishes[i][k].plus(ports.after[i]).plus(minusLast);
						if (made == null || made.compareTo(now) > 0) {
							amount = amount.plus(minusLast);
							next = made != null && (next == null || made.compareTo(next) < 0) ? made : next;
						}
					}
					Rational place = new Rational(k, intervals[i]);
					if (amount.compareTo(Rational.ZERO) > 0 && (first == null || place.compareTo(earliest) < 0)) {
						first = left;
						at = job;
						earliest = place;
						most = amount;
					}
				}
			}
			// memory fetches the weights of a part while those of the part before are worked on
			Rational[] fetched = null;
			int fetchedFor = -1;
			for (int i = 0; i < depth; i++) {
				for (int k = intervals[i] - 1; k > 0; k--) {
					boolean asked = k <= ports.perPart[i] || finishes[i][k - ports.perPart[i] - 1] != null;
					if (asked && !toLoad[i][k].equals(Rational.ZERO)
							&& (fetched == null || fetched == toLoad[i] || new Rational(k, intervals[i]).compareTo(new Rational(fetchedFor, fetched.length)) < 0)) {
						fetched = toLoad[i];
						fetchedFor = k;
					}
				}
			}
			if (fetched != null) {
				Rational done = now.plus(fetched[fetchedFor]);
				next = next == null || done.compareTo(next) < 0 ? done : next;
			}
			if (first != null) {
				Rational done = now.plus(ahead).plus(most);
				next = next == null || done.compareTo(next) < 0 ? done : next;
				Rational served = next.plus(now.plus(ahead).times(Rational.of(-1))).max(Rational.ZERO);
				first[at] = first[at].plus(served.times(Rational.of(-1)));
			}
			if (next == null) {
				return new Timeline(starts, finishes, there, Arrays.stream(there).map(t -> t[t.length - 1]).reduce(Rational.ZERO, Rational::max));
			}
			if (fetched != null) {
				fetched[fetchedFor] = fetched[fetchedFor].plus(now).plus(next.times(Rational.of(-1)));
			}
			ahead = ahead.plus(now).plus(next.times(Rational.of(-1))).max(Rational.ZERO);
			now = next;
		}
	}

	/** The operators take turns: always the last one in file order that has what it needs. */
	static Timeline inTurn(int[] intervals, Rational[] times, List<Edge> edges, Rational[] settled, Rational[] after) {
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
			now = k == 0 ? now.plus(times[chosen]).max(settled[chosen].plus(after[chosen])) : now.plus(times[chosen]);
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
