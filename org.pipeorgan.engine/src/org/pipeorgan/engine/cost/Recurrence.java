package org.pipeorgan.engine.cost;

import java.util.Arrays;
import java.util.List;

import org.pipeorgan.engine.pipelining.Dataflow;

/**
 * The schedule of a segment's intervals: operator i starts its interval k when its own interval k - 1 is done, when the chunk
 * of each producer that k waits for has come (some time after it is made, and at the pace of the links), and when each bounded edge out of it
 * has room for one more chunk:
 *
 * <pre>S_i(k) = max(F_i(k-1), F_i(k-2) + sums_i, A_ij(d_ij(k)), release of chunk k - capacity);  F_i(k) = S_i(k) + t_i
 * A_ij(m) = max(F_j(m) + latency_ij, A_ij(m-1) + pace_ij)</pre>
 *
 * A chunk is released when the last consumer interval that reads it is done. Edges into an operator that joins several
 * producers of the segment are not bounded: they hold whatever their largest lead is, and the segment pays for it.
 */
final class Recurrence {
	private final long[][] finish;
	private final long[] time;

	private Recurrence(long[][] finish, long[] time) {
		this.finish = finish;
		this.time = time;
	}

	/**
	 * Which intervals wait for which.
	 *
	 * @param intervals  number of intervals of each operator
	 * @param handOvers  all edges
	 * @param into       the edges into each operator
	 * @param numbers    and their numbers
	 * @param boundedOut the bounded edges out of each operator
	 */
	record Graph(int[] intervals, List<HandOver> handOvers, HandOver[][] into, int[][] numbers, HandOver[][] boundedOut) {
		private static final HandOver[] NONE = {};

		static Graph of(List<Dataflow> dataflows, List<HandOver> handOvers) {
			int depth = dataflows.size();
			int[] intervals = new int[depth];
			HandOver[][] into = new HandOver[depth][];
			int[][] numbers = new int[depth][];
			HandOver[][] boundedOut = new HandOver[depth][];
			for (int i = 0; i < depth; i++) {
				intervals[i] = (int) dataflows.get(i).intervals();
				into[i] = NONE;
				numbers[i] = new int[0];
				boundedOut[i] = NONE;
			}
			for (int e = 0; e < handOvers.size(); e++) {
				HandOver edge = handOvers.get(e);
				into[edge.consumer()] = with(into[edge.consumer()], edge);
				numbers[edge.consumer()] = Arrays.copyOf(numbers[edge.consumer()], numbers[edge.consumer()].length + 1);
				numbers[edge.consumer()][numbers[edge.consumer()].length - 1] = e;
				if (edge.bounded()) {
					boundedOut[edge.producer()] = with(boundedOut[edge.producer()], edge);
				}
			}
			return new Graph(intervals, handOvers, into, numbers, boundedOut);
		}

		private static HandOver[] with(HandOver[] edges, HandOver edge) {
			HandOver[] longer = Arrays.copyOf(edges, edges.length + 1);
			longer[edges.length] = edge;
			return longer;
		}
	}

	/**
	 * What the end of a schedule depends on beside its graph; a value. The parameters are those of {@link #run} and {@link #end}.
	 */
	record Times(long[] intervals, long[] latencies, long[] settled, long[] sums, long[] after) {
		@Override
		public boolean equals(Object other) {
			return other instanceof Times times && Arrays.equals(intervals, times.intervals) && Arrays.equals(latencies, times.latencies) && Arrays.equals(settled, times.settled)
					&& Arrays.equals(sums, times.sums) && Arrays.equals(after, times.after);
		}

		@Override
		public int hashCode() {
			// sums are among what comes after
			return 31 * (31 * (31 * Arrays.hashCode(intervals) + Arrays.hashCode(latencies)) + Arrays.hashCode(settled)) + Arrays.hashCode(after);
		}
	}

	/** When the chunks of an edge are with their consumer: some time after they are made, and one after the other. */
	private static final class Arrival {
		private final long latency;
		private final long pace;
		private int chunk = -1;
		private long last;

		/** @param pace 0 where chunks are made no faster than they come */
		Arrival(long latency, long pace) {
			this.latency = latency;
			this.pace = pace;
		}

		/** Of a chunk; later ones are asked for later. */
		long of(int number, long[] made) {
			if (pace == 0) {
				return made[number] + latency;
			}
			while (chunk < number) {
				chunk++;
				last = chunk == 0 ? made[0] + latency : Math.max(made[chunk] + latency, last + pace);
			}
			return last;
		}
	}

	/**
	 * Runs the schedule.
	 *
	 * @param time      interval time of each operator
	 * @param latencies time from the end of a producer's interval until its chunk is with its consumer, for each edge
	 * @param paces     least time between chunks that come to the consumer, for each edge
	 * @param settled   before which the first interval of each operator does not end
	 * @param sums      after which the sums of an interval have made room for those of the next but one
	 */
	static Recurrence run(Graph graph, long[] time, long[] latencies, long[] paces, long[] settled, long[] sums) {
		int[] intervals = graph.intervals();
		int depth = intervals.length;
		HandOver[][] into = graph.into();
		HandOver[][] boundedOut = graph.boundedOut();
		Arrival[][] arrivals = new Arrival[depth][];
		for (int i = 0; i < depth; i++) {
			arrivals[i] = new Arrival[into[i].length];
			for (int e = 0; e < into[i].length; e++) {
				int number = graph.numbers()[i][e];
				arrivals[i][e] = new Arrival(latencies[number], paces[number] > time[into[i][e].producer()] ? paces[number] : 0);
			}
		}
		long[][] finish = new long[depth][];
		int[] done = new int[depth];
		int[][] lastReader = new int[depth][];
		for (int i = 0; i < depth; i++) {
			finish[i] = new long[intervals[i]];
			lastReader[i] = new int[boundedOut[i].length];
		}
		boolean progress = true;
		while (progress) {
			progress = false;
			for (int i = 0; i < depth; i++) {
				int k = done[i];
				long previous = k == 0 ? 0 : finish[i][k - 1];
				advance:
				for (; k < intervals[i]; k++) {
					long start = k < 2 ? previous : Math.max(previous, finish[i][k - 2] + sums[i]);
					for (int e = 0; e < into[i].length; e++) {
						HandOver edge = into[i][e];
						int needed = edge.dependence().last(k);
						if (needed >= done[edge.producer()]) {
							break advance;
						}
						if (needed >= 0) {
							start = Math.max(start, arrivals[i][e].of(needed, finish[edge.producer()]));
						}
					}
					for (int e = 0; e < boundedOut[i].length; e++) {
						HandOver edge = boundedOut[i][e];
						int chunk = k - edge.boundedCapacity();
						if (chunk < 0) {
							continue;
						}
						// the last consumer interval that still reads the chunk
						int reader = lastReader[i][e];
						while (reader < edge.dependence().intervals() && edge.dependence().first(reader) <= chunk) {
							reader++;
						}
						lastReader[i][e] = reader;
						if (reader > done[edge.consumer()]) {
							break advance;
						}
						if (reader > 0) {
							start = Math.max(start, finish[edge.consumer()][reader - 1]);
						}
					}
					previous = k == 0 ? Math.max(start + time[i], settled[i]) : start + time[i];
					finish[i][k] = previous;
				}
				progress |= k > done[i];
				done[i] = k;
			}
		}
		for (int i = 0; i < depth; i++) {
			if (done[i] < intervals[i]) {
				throw new IllegalStateException("operator " + i + " of a segment of " + depth + " stops at interval " + done[i] + " of " + intervals[i]
						+ ": a bounded edge is too small");
			}
		}
		return new Recurrence(finish, time);
	}

	/**
	 * The schedule of operators that take turns on the whole array: one interval at a time, always of the deepest operator
	 * whose producers have done what it waits for, so that as few chunks as possible wait.
	 *
	 * @param settled before which the first interval of each operator does not end
	 */
	static Recurrence takeTurns(Graph graph, long[] time, long[] settled) {
		int[] intervals = graph.intervals();
		int depth = intervals.length;
		HandOver[][] into = graph.into();
		long[][] finish = new long[depth][];
		for (int i = 0; i < depth; i++) {
			finish[i] = new long[intervals[i]];
		}
		int[] done = new int[depth];
		long now = 0;
		int next = depth - 1;
		while (next >= 0) {
			if (done[next] < intervals[next] && ready(into[next], done, done[next])) {
				now = Math.addExact(now, time[next]);
				if (done[next] == 0) {
					now = Math.max(now, settled[next]);
				}
				finish[next][done[next]++] = now;
				next = depth - 1;
			} else {
				next--;
			}
		}
		return new Recurrence(finish, time);
	}

	private static boolean ready(HandOver[] into, int[] done, int k) {
		for (HandOver edge : into) {
			if (edge.dependence().last(k) >= done[edge.producer()]) {
				return false;
			}
		}
		return true;
	}

	/**
	 * When the results of all operators are there.
	 *
	 * @param after time from the end of an operator's last interval until its results are with their owners
	 */
	long end(long[] after) {
		long end = 0;
		for (int i = 0; i < finish.length; i++) {
			end = Math.max(end, finish[i][finish[i].length - 1] + after[i]);
		}
		return end;
	}

	/** When each operator's first interval begins: no earlier than its weights are settled, less its time. */
	long[] begin() {
		long[] begin = new long[finish.length];
		for (int i = 0; i < begin.length; i++) {
			begin[i] = finish[i][0] - time[i];
		}
		return begin;
	}

	/** When the results of each operator's last interval are there; {@code after} as for {@link #end}. */
	long[] ends(long[] after) {
		long[] ends = new long[finish.length];
		for (int i = 0; i < ends.length; i++) {
			ends[i] = finish[i][finish[i].length - 1] + after[i];
		}
		return ends;
	}

	/** When the results of each operator's first interval are there; {@code after} as for {@link #end}. */
	long[] first(long[] after) {
		long[] first = new long[finish.length];
		for (int i = 0; i < first.length; i++) {
			first[i] = finish[i][0] + after[i];
		}
		return first;
	}

	/** Largest number of chunks that an edge holds: produced or being produced, and not yet read for the last time. */
	int largestLead(HandOver edge) {
		long[] produced = finish[edge.producer()];
		long[] consumed = finish[edge.consumer()];
		int lead = 1;
		int reader = 0;
		int released = 0;
		for (int m = 0; m < produced.length; m++) {
			long start = produced[m] - time[edge.producer()];
			while (reader < consumed.length && consumed[reader] <= start) {
				reader++;
			}
			// chunks before the first one that the running or a later interval reads are free
			released = reader >= consumed.length ? m : Math.min(m, Math.max(released, edge.dependence().first(reader)));
			lead = Math.max(lead, m - released + 1);
		}
		return lead;
	}
}
