package org.pipeorgan.engine.cost;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

import org.pipeorgan.engine.pipelining.Dataflow;
import org.pipeorgan.engine.pipelining.Dependence;

/**
 * The schedule of a segment's intervals: operator i starts its interval k when its own interval k - 1 is done, when the chunk
 * of each producer that k waits for has come (some time after it is made, and at the pace of the links), and when each bounded edge out of it
 * has room for one more chunk:
 *
 * <pre>S_i(k) = max(F_i(k-1), F_i(k-2) + room_i, A_ij(d_ij(k)), release of chunk k - capacity);  F_i(k) = max(S_i(k) + t_i, F_i(k-1) + own pace, as long as chunks come)
 * A_ij(m) = max(F_j(m) + latency_ij, A_ij(m-1) + pace_ij)</pre>
 *
 * An interval is not done before the buffer has delivered what it reads; what it makes is stored while the next one runs ({@link Ports}).
 * Operators that wait for each other at the ports of buffer and memory may take longer ({@link #share}). A chunk is released when the last consumer interval that
 * reads it is done. Edges into an operator that joins several producers of the segment are not bounded: they hold whatever their largest lead is, and the segment pays for it.
 */
final class Recurrence {
	private final Graph graph;
	private final long[][] finish;
	/** When what an interval makes is there, less the time that it takes if nothing is in its way. */
	private final long[][] stored;
	/** When an operator's intervals begin that may take longer than their time; {@code null} where none does. */
	private final long[][] begun;
	/** The port that operators wait at for each other, as results name it; {@code null} for none. */
	private String shared;
	private final long[] time;

	private Recurrence(Graph graph, long[] time) {
		this.graph = graph;
		this.time = time;
		finish = new long[time.length][];
		stored = new long[time.length][];
		begun = new long[time.length][];
		for (int i = 0; i < time.length; i++) {
			finish[i] = new long[graph.intervals[i]];
		}
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
	 * What decides when intervals begin and end, beside their times.
	 *
	 * @param latencies time from the end of a producer's interval until its chunk is with its consumer, for each edge
	 * @param paces     least time between chunks that come to the consumer, for each edge
	 * @param ownPaces  least time between the ends of intervals of each operator, as long as chunks come to it
	 * @param first     before which the first interval of each operator does not begin
	 * @param settled   before which the first interval of each operator does not end
	 * @param room      after which what an interval has made leaves room for what the next but one makes
	 * @param forwarded a bit for each edge: whether chunks go from PE to PE
	 */
	record Waits(long[] latencies, long[] paces, long[] ownPaces, long[] first, long[] settled, long[] room, long forwarded) {
		/** Nothing but the intervals themselves takes time. */
		static Waits none(Graph graph) {
			long[] none = new long[graph.intervals.length];
			return new Waits(new long[graph.handOvers.size()], new long[graph.handOvers.size()], none, none, none, none, -1L);
		}
	}

	/**
	 * What the intervals of each operator ask of the ports of buffer and memory.
	 *
	 * @param heads         time of the buffer's port for the first burst of what an interval is delivered: it comes ahead, while an interval before runs
	 * @param delivered     time of the port for the rest: the interval is not done before; 0 where that is in nobody's way
	 * @param stored        likewise for what it stores: what it makes is not there before
	 * @param lastStored    time of the port for the last part of that, which is made when the interval ends, and the sums are there
	 * @param resident      time of the port for the weights that stay in registers: the first interval is not done before
	 * @param after         time from its end until what it makes is there, if nothing is in the way
	 * @param loaded        time in which memory fetches the weights of a part of K, while the part before is worked on; 0 for none
	 * @param partIntervals intervals of such a part
	 * @param ahead         for each part of K, time in which memory fetches weights for other operators before; {@code null} for none
	 * @param apart         whether what is stored has a port of its own
	 */
	record Ports(long[] heads, long[] delivered, long[] stored, long[] lastStored, long[] resident, long[] after, long[] loaded, int[] partIntervals, long[][] ahead, boolean apart) {
		/** Nothing is asked of them. */
		static Ports none(Graph graph) {
			long[] none = new long[graph.intervals.length];
			return new Ports(none, none, none, none, none, none, none, graph.intervals, null, false);
		}

		/** What an operator's port is busy with for an interval. */
		long busy(int i) {
			return apart ? Math.max(heads[i] + delivered[i], stored[i]) : Math.addExact(heads[i] + delivered[i], stored[i]);
		}

		/** The same but for operators whose intervals are so long that the buffer keeps neither them nor what they make waiting. */
		Ports inTheWayOf(long[] time) {
			long[] firsts = heads.clone();
			long[] delays = delivered.clone();
			long[] stores = stored.clone();
			for (int i = 0; i < time.length; i++) {
				if (Math.addExact(heads[i] + delivered[i], stored[i]) <= time[i] - TimeUnits.lastPartOf(time[i])) {
					firsts[i] = 0;
					delays[i] = 0;
					stores[i] = 0;
				}
			}
			return new Ports(firsts, delays, stores, lastStored, resident, after, loaded, partIntervals, ahead, apart);
		}

		/**
		 * What operators that share the memory's port wait for there at least. The weights of each one's part of K after the first are asked for from the beginning on, so
		 * that whatever else happens, those that come earlier in the order of the port are fetched before any part. Nothing is asked of the buffer.
		 */
		Ports ofMemory(int[] intervals) {
			int depth = loaded.length;
			long[] none = new long[depth];
			int[] order = IntStream.range(0, depth).filter(i -> loaded[i] > 0).boxed().sorted(Comparator.comparingDouble(i -> place(i, 1, intervals))).mapToInt(i -> i).toArray();
			long[][] first = new long[depth][];
			for (int i = 0; i < depth; i++) {
				first[i] = new long[intervals[i] / partIntervals[i]];
				long before = 0;
				for (int part = 1, next = 0; loaded[i] > 0 && part < first[i].length; part++) {
					double place = place(i, part, intervals);
					for (; next < order.length && isBefore(order[next], place(order[next], 1, intervals), i, place); next++) {
						before = Math.addExact(before, loaded[order[next]]);
					}
					first[i][part] = before;
				}
			}
			return new Ports(none, none, none, none, none, after, loaded, partIntervals, first, apart);
		}

		private static boolean isBefore(int i, double place, int other, double otherPlace) {
			return place < otherPlace || place == otherPlace && i < other;
		}

		/** Time in which memory fetches weights for other operators before those of a part of K; 0 if there is no such part. */
		long ahead(int i, int part) {
			return ahead != null && part < ahead[i].length ? ahead[i][part] : 0;
		}

		/** The place of a part of K among the operator's intervals, by which ports serve. */
		double place(int i, int part, int[] intervals) {
			return (double) (part * partIntervals[i]) / intervals[i];
		}

		/** Whether several operators ask the port of the buffer that delivers, or that of the memory, for more than half of a time. */
		boolean isBusy(int[] intervals, long end) {
			long busy = Math.max(bufferBusy(intervals), memoryBusy(intervals));
			return busy > end - busy;
		}

		/** What several operators ask the port for that delivers; 0 if only one does. */
		long bufferBusy(int[] intervals) {
			int several = 0;
			long busy = 0;
			for (int i = 0; i < intervals.length; i++) {
				long asked = heads[i] + delivered[i] + (apart ? 0 : stored[i]);
				several += asked + resident[i] > 0 ? 1 : 0;
				busy = Math.addExact(busy, Math.addExact(resident[i], Math.multiplyExact(asked, (long) intervals[i])));
			}
			return several > 1 ? busy : 0;
		}

		/** What several operators ask of the memory for the parts of K after the first; 0 if only one does. */
		long memoryBusy(int[] intervals) {
			int several = 0;
			long busy = 0;
			for (int i = 0; i < intervals.length; i++) {
				several += loaded[i] > 0 ? 1 : 0;
				busy = Math.addExact(busy, Math.multiplyExact(loaded[i], (long) (intervals[i] / partIntervals[i] - 1)));
			}
			return several > 1 ? busy : 0;
		}

		private boolean mayDelay(int i) {
			return heads[i] + delivered[i] > 0 || stored[i] > 0 || loaded[i] > 0;
		}
	}

	/** When the chunks of an edge are with their consumer: some time after they are made, and one after the other. */
	private static final class Arrival {
		private final Dependence dependence;
		private final int producer;
		private final int[] done;
		private final long[] made;
		private final long latency;
		private final long pace;
		private int chunk = -1;
		private long last;

		/**
		 * @param done how many chunks of each operator there are
		 * @param made when those of the producer are made
		 * @param pace 0 where they are made no faster than they come
		 */
		Arrival(HandOver edge, int[] done, long[] made, long latency, long pace) {
			dependence = edge.dependence();
			producer = edge.producer();
			this.done = done;
			this.made = made;
			this.latency = latency;
			this.pace = pace;
		}

		/** When what an interval of the consumer reads has come; -1 as long as it is not made. Later intervals are asked for later. */
		long of(int interval) {
			int needed = dependence.last(interval);
			if (needed < 0) {
				return 0;
			}
			if (needed >= done[producer]) {
				return -1;
			}
			if (pace == 0) {
				return made[needed] + latency;
			}
			while (chunk < needed) {
				chunk++;
				last = chunk == 0 ? made[0] + latency : Math.max(made[chunk] + latency, last + pace);
			}
			return last;
		}
	}

	/** When a bounded edge has room. */
	private static final class Release {
		private final Dependence dependence;
		private final int consumer;
		private final int capacity;
		private final int[] done;
		private final long[] finish;
		/** The first interval of the consumer that does not read the chunk that must be free next, as far as it is known. */
		private int reader;

		Release(HandOver edge, int[] done, long[] finish) {
			dependence = edge.dependence();
			consumer = edge.consumer();
			capacity = edge.boundedCapacity();
			this.done = done;
			this.finish = finish;
		}

		/** When there is room for the chunk of an interval; -1 as long as that is not known. Later intervals are asked for later. */
		long of(int interval) {
			int chunk = interval - capacity;
			while (chunk >= 0 && reader < dependence.intervals() && dependence.first(reader) <= chunk) {
				reader++;
			}
			return reader > done[consumer] ? -1 : reader == 0 ? 0 : finish[reader - 1];
		}
	}

	/** Where a schedule stands: how many intervals of each operator are done. */
	private class Progress {
		final Waits waits;
		final Ports ports;
		final int[] done = new int[time.length];
		/** And how many of those are in the buffer; {@code null} for all of them. */
		final int[] handed;
		/** When the weights of the part of K are there that an operator works on, and those of the next one. */
		private final long[] loaded = new long[time.length];
		private final long[] coming;
		/** When an operator's ports have done what they are asked for. */
		private final long[] delivers = new long[time.length];
		private final long[] stores = new long[time.length];
		private final Arrival[][] arrivals = new Arrival[time.length][];
		private final Release[][] releases = new Release[time.length][];
		/** The first interval of each operator after which its own links carry no more chunks to it. */
		private final int[] allCome = new int[time.length];

		Progress(Waits waits, Ports ports, int[] handed) {
			this.waits = waits;
			this.ports = ports;
			this.handed = handed;
			coming = ports.loaded.clone();
			for (int i = 0; i < time.length; i++) {
				coming[i] += ports.ahead(i, 1);
				boolean paced = waits.ownPaces[i] > time[i];
				allCome[i] = paced ? allCome(i) : 0;
				boolean delayed = handed != null || ports.mayDelay(i) || paced;
				begun[i] = delayed ? new long[graph.intervals[i]] : null;
				delivers[i] = Math.min(2, graph.intervals[i]) * ports.heads[i];
				stored[i] = handed != null || ports.stored[i] > 0 ? new long[graph.intervals[i]] : finish[i];
			}
			for (int i = 0; i < time.length; i++) {
				arrivals[i] = new Arrival[graph.into[i].length];
				for (int e = 0; e < arrivals[i].length; e++) {
					arrivals[i][e] = arrival(graph.into[i][e], graph.numbers[i][e]);
				}
				releases[i] = new Release[graph.boundedOut[i].length];
				for (int e = 0; e < releases[i].length; e++) {
					HandOver edge = graph.boundedOut[i][e];
					releases[i][e] = new Release(edge, done, finish[edge.consumer()]);
				}
			}
		}

		/** The first interval of an operator that has all chunks that come to it from PE to PE; past its last one where none do. */
		private int allCome(int i) {
			int all = -1;
			for (int e = 0; e < graph.into[i].length; e++) {
				if ((waits.forwarded >> graph.numbers[i][e] & 1) == 1) {
					all = Math.max(all, graph.intervals[i] - graph.into[i][e].dependence().tail());
				}
			}
			return all < 0 ? graph.intervals[i] : all;
		}

		private Arrival arrival(HandOver edge, int number) {
			boolean forwards = (waits.forwarded >> number & 1) == 1;
			long pace = waits.paces[number] > time[edge.producer()] ? waits.paces[number] : 0;
			return new Arrival(edge, forwards || handed == null ? done : handed, (forwards ? finish : stored)[edge.producer()], waits.latencies[number], pace);
		}

		boolean isComplete(int i) {
			return done[i] == graph.intervals[i];
		}

		/** When the next interval of an operator begins; -1 as long as what it waits for is not done. */
		long begin(int i) {
			int k = done[i];
			long begin = k == 0 ? waits.first[i] : finish[i][k - 1];
			if (k >= 2) {
				begin = Math.max(begin, finish[i][k - 2] + waits.room[i]);
				begin = stored[i] == finish[i] ? begin : Math.max(begin, stored[i][k - 2] + ports.after[i]);
			}
			for (Arrival arrival : arrivals[i]) {
				long come = arrival.of(k);
				if (come < 0) {
					return -1;
				}
				begin = Math.max(begin, come);
			}
			for (Release release : releases[i]) {
				long free = release.of(k);
				if (free < 0) {
					return -1;
				}
				begin = Math.max(begin, free);
			}
			return begin;
		}

		/** When the next interval of an operator is done at the earliest, if it begins at some time, and its weights are there. */
		long end(int i, long begin) {
			long end = begin + time[i];
			if (done[i] == 0) {
				end = Math.max(end, waits.settled[i]);
			} else if (done[i] <= allCome[i]) {
				end = Math.max(end, finish[i][done[i] - 1] + waits.ownPaces[i]);
			}
			return end;
		}

		/** The next interval of an operator begins, and nobody else is at the ports. */
		void work(int i, long begin) {
			long end = end(i, begin);
			if (begun[i] == null) {
				finish[i][done[i]++] = end;
				return;
			}
			end = done[i] % ports.partIntervals[i] == 0 ? Math.max(end, loaded[i]) : end;
			if (done[i] > 0 && done[i] + 1 < graph.intervals[i]) {
				delivers[i] = Math.max(delivers[i], finish[i][done[i] - 1]) + ports.heads[i];
			}
			delivers[i] = Math.max(delivers[i], begin) + ports.delivered[i];
			end = ports.delivered[i] > 0 ? Math.max(end, delivers[i]) : end;
			if (ports.stored[i] > 0) {
				stores[i] = Math.max(ports.apart ? Math.max(stores[i], begin) : delivers[i], begin) + ports.stored[i];
				delivers[i] = ports.apart ? delivers[i] : stores[i];
				stored[i][done[i]] = Math.max(end, Math.max(stores[i], begin + TimeUnits.lastPartOf(time[i]) + ports.stored[i]) - ports.after[i]);
			}
			finish(i, begin, end);
			if (ports.loaded[i] > 0 && done[i] % ports.partIntervals[i] == 0) {
				loaded[i] = coming[i];
				coming[i] = Math.max(Math.max(coming[i], end), ports.ahead(i, done[i] / ports.partIntervals[i] + 1)) + ports.loaded[i];
			}
		}

		void finish(int i, long begin, long end) {
			begun[i][done[i]] = begin;
			finish[i][done[i]++] = end;
		}

		void checkComplete() {
			for (int i = 0; i < done.length; i++) {
				if (!isComplete(i)) {
					throw new IllegalStateException("operator " + i + " of a segment of " + done.length + " stops at interval " + done[i] + " of " + graph.intervals[i]
							+ ": a bounded edge is too small");
				}
			}
		}
	}

	/**
	 * Runs the schedule of operators that do not wait for each other at the ports.
	 *
	 * @param time interval time of each operator
	 */
	static Recurrence run(Graph graph, long[] time, Waits waits, Ports ports) {
		Recurrence recurrence = new Recurrence(graph, time);
		Progress progress = recurrence.new Progress(waits, ports, null);
		boolean goesOn = true;
		while (goesOn) {
			goesOn = false;
			for (int i = 0; i < time.length; i++) {
				long begin;
				while (!progress.isComplete(i) && (begin = progress.begin(i)) >= 0) {
					progress.work(i, begin);
					goesOn = true;
				}
			}
		}
		progress.checkComplete();
		return recurrence;
	}

	/**
	 * Runs the schedule of operators that share the ports of buffer and memory, which serve at any time what comes first: what belongs to the earlier part of its
	 * operator's intervals, then to the earlier operator, deliveries before stores.
	 *
	 * @param time interval time of each operator
	 */
	static Recurrence share(Graph graph, long[] time, Waits waits, Ports ports) {
		Recurrence recurrence = new Recurrence(graph, time);
		recurrence.shared = ports.memoryBusy(graph.intervals) > ports.bufferBusy(graph.intervals) ? "memory" : "buffer";
		recurrence.new Sharing(waits, ports).run();
		return recurrence;
	}

	/** A schedule of operators that share the ports of buffer and memory, from one event to the next. "The port" is that of the buffer. */
	private final class Sharing extends Progress {
		/** A bit for each operator that may begin an interval when one has ended, or what it made is stored. */
		private final long[] wakes = new long[time.length];
		/** When the next interval of an operator begins, or has begun; -1 as long as that is not known. */
		private final long[] begin = new long[time.length];
		/** What the port has left to deliver to it before its first interval ends, and for the interval, which chunk it stores next, and what is left of that. */
		private final long[] toSettle;
		private final long[] toDeliver = new long[time.length];
		private final int[] storing = new int[time.length];
		private final long[] toStore = new long[time.length];
		/** When an operator does something that does not wait for the port; the place of what it asks the port for, how much that is, and of what. */
		private final long[] event = new long[time.length];
		private final double[] place = new double[time.length];
		private final long[] asked = new long[time.length];
		private final long[][] of = new long[time.length][];
		/** A bit for each operator that does something, or asks the port for something. */
		private long awake;
		/** The part of K whose weights memory fetches next for an operator, what is left of that, and its place. */
		private final int[] part = new int[time.length];
		private final long[] toLoad;
		private final double[] loadPlace = new double[time.length];
		/** A bit for each operator that asks for such weights. */
		private long loading;
		private long now;
		/** What the port has left to deliver of first bursts, which come before all else. */
		private long ahead;

		Sharing(Waits waits, Ports ports) {
			super(waits, ports, new int[time.length]);
			toSettle = ports.resident.clone();
			toLoad = ports.loaded.clone();
			Arrays.fill(begin, -1);
			Arrays.fill(part, 1);
			for (int i = 0; i < time.length; i++) {
				toStore[i] = stores(i);
				ahead += Math.min(2, graph.intervals[i]) * ports.heads[i];
				wakes[i] |= 1L << i;
				load(i);
			}
			for (HandOver edge : graph.handOvers) {
				wakes[edge.producer()] |= 1L << edge.consumer();
				wakes[edge.consumer()] |= edge.bounded() ? 1L << edge.producer() : 0;
			}
		}

		private long stores(int i) {
			return ports.apart ? 0 : ports.stored[i];
		}

		void run() {
			for (int i = 0; i < time.length; i++) {
				next(i);
				look(i);
			}
			while (true) {
				long next = Long.MAX_VALUE;
				int first = -1;
				for (long left = awake; left != 0; left &= left - 1) {
					int i = Long.numberOfTrailingZeros(left);
					next = Math.min(next, event[i]);
					first = asked[i] > 0 && (first < 0 || place[i] < place[first]) ? i : first;
				}
				boolean asks = first >= 0;
				next = asks ? Math.min(next, now + ahead + asked[first]) : next;
				int loads = firstLoad();
				next = loads >= 0 ? Math.min(next, now + toLoad[loads]) : next;
				if (next == Long.MAX_VALUE) {
					break;
				}
				if (asks) {
					serve(first, Math.max(0, next - now - ahead));
				}
				if (loads >= 0) {
					toLoad[loads] -= next - now;
				}
				ahead = Math.max(0, ahead - (next - now));
				now = next;
				if (loads >= 0 && toLoad[loads] == 0) {
					part[loads]++;
					toLoad[loads] = ports.loaded[loads];
					load(loads);
					settle(loads);
				}
				if (asks && asked[first] == 0) {
					settle(first);
				}
				for (long left = awake; left != 0;) {
					int i = Long.numberOfTrailingZeros(left);
					if (event[i] <= now) {
						settle(i);
					}
					left = i == 63 ? 0 : awake & -1L << i + 1;
				}
			}
			checkComplete();
		}

		private void serve(int i, long units) {
			asked[i] -= units;
			of[i][i] -= units;
		}

		/** The operator that memory fetches weights for: those of the first part of K that waits; -1 for none. */
		private int firstLoad() {
			int first = -1;
			for (long left = loading; left != 0; left &= left - 1) {
				int i = Long.numberOfTrailingZeros(left);
				first = first < 0 || loadPlace[i] < loadPlace[first] ? i : first;
			}
			return first;
		}

		/** Says whether an operator asks for the weights of its next part of K: it does while the part before is worked on. */
		private void load(int i) {
			int begin = part[i] * ports.partIntervals[i];
			if (toLoad[i] > 0 && begin < graph.intervals[i] && done[i] >= begin - ports.partIntervals[i]) {
				loadPlace[i] = ports.place(i, part[i], graph.intervals);
				loading |= 1L << i;
			} else {
				loading &= ~(1L << i);
			}
		}

		/** Whether memory has fetched the weights for the next interval of an operator. */
		private boolean isLoaded(int i) {
			return toLoad[i] == 0 || done[i] < part[i] * ports.partIntervals[i];
		}

		/** Says what an operator does next, and what it asks the port for: to settle, to store, to deliver. */
		private void look(int i) {
			int k = done[i];
			int chunk = storing[i];
			long next = Long.MAX_VALUE;
			boolean runs = begin[i] >= 0 && begin[i] <= now;
			if (!runs) {
				next = begin[i] < 0 ? next : begin[i];
			} else if (toDeliver[i] == 0 && toSettle[i] == 0 && isLoaded(i)) {
				next = Math.max(now, end(i, begin[i]));
			}
			if (handed[i] < Math.min(k, chunk)) {
				next = Math.min(next, Math.max(now, finish[i][handed[i]] + ports.after[i]));
			}
			asked[i] = toSettle[i];
			of[i] = toSettle;
			if (asked[i] == 0 && toStore[i] > 0 && (chunk < k || chunk == k && runs && toDeliver[i] == 0)) {
				// the last part is made when the interval ends, and its sums are there
				long made = chunk < k ? finish[i][chunk] + ports.after[i] - ports.lastStored[i] : Long.MAX_VALUE;
				asked[i] = made <= now ? toStore[i] : Math.max(0, toStore[i] - ports.lastStored[i]);
				of[i] = toStore;
				next = asked[i] == 0 ? Math.min(next, made) : next;
			}
			if (asked[i] > 0) {
				place[i] = of[i] == toStore ? (double) chunk / graph.intervals[i] : 0;
			} else if (runs && toDeliver[i] > 0) {
				asked[i] = toDeliver[i];
				of[i] = toDeliver;
				place[i] = (double) k / graph.intervals[i];
			} else {
				place[i] = Double.POSITIVE_INFINITY;
			}
			event[i] = next;
			awake = next < Long.MAX_VALUE || asked[i] > 0 ? awake | 1L << i : awake & ~(1L << i);
		}

		/** Does what is due. */
		private void settle(int i) {
			boolean goesOn = false;
			if (begin[i] >= 0 && begin[i] <= now && toDeliver[i] == 0 && toSettle[i] == 0 && isLoaded(i) && end(i, begin[i]) <= now) {
				finish(i, begin[i], now);
				ahead += done[i] + 1 < graph.intervals[i] ? ports.heads[i] : 0;
				load(i);
				begin[i] = -1;
				goesOn = true;
			}
			while (storing[i] < graph.intervals[i] && toStore[i] == 0) {
				storing[i]++;
				toStore[i] = storing[i] < graph.intervals[i] ? stores(i) : 0;
			}
			while (handed[i] < Math.min(done[i], storing[i]) && finish[i][handed[i]] + ports.after[i] <= now) {
				stored[i][handed[i]++] = now - ports.after[i];
				goesOn = true;
			}
			if (goesOn) {
				for (long left = wakes[i]; left != 0; left &= left - 1) {
					next(Long.numberOfTrailingZeros(left));
				}
			}
			look(i);
		}

		/** Begins the next interval of an operator, if what it waits for is known; two chunks may wait to be stored. */
		private void next(int i) {
			if (begin[i] < 0 && !isComplete(i) && handed[i] >= done[i] - 1) {
				begin[i] = begin(i);
				if (begin[i] >= 0) {
					begin[i] = Math.max(begin[i], now);
					toDeliver[i] = ports.delivered[i];
					look(i);
				}
			}
		}
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
		Recurrence recurrence = new Recurrence(graph, time);
		System.arraycopy(recurrence.finish, 0, recurrence.stored, 0, depth);
		int[] done = new int[depth];
		long now = 0;
		int next = depth - 1;
		while (next >= 0) {
			if (done[next] < intervals[next] && ready(into[next], done, done[next])) {
				now = Math.addExact(now, time[next]);
				if (done[next] == 0) {
					now = Math.max(now, settled[next]);
				}
				recurrence.finish[next][done[next]++] = now;
				next = depth - 1;
			} else {
				next--;
			}
		}
		return recurrence;
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
			end = Math.max(end, stored[i][stored[i].length - 1] + after[i]);
		}
		return end;
	}

	/** When each operator's first interval begins: no earlier than its weights are settled, less its time. */
	long[] begin() {
		long[] begin = new long[finish.length];
		for (int i = 0; i < begin.length; i++) {
			begin[i] = begin(i, 0);
		}
		return begin;
	}

	/** The port that operators wait at for each other, as results name it; {@code null} for none. */
	String sharedPort() {
		return shared;
	}

	private long begin(int i, int k) {
		return begun[i] == null ? finish[i][k] - time[i] : begun[i][k];
	}

	/** When the results of each operator's last interval are there; {@code after} as for {@link #end}. */
	long[] ends(long[] after) {
		long[] ends = new long[finish.length];
		for (int i = 0; i < ends.length; i++) {
			ends[i] = stored[i][stored[i].length - 1] + after[i];
		}
		return ends;
	}

	/** When the results of each operator's first interval are there; {@code after} as for {@link #end}. */
	long[] first(long[] after) {
		long[] first = new long[finish.length];
		for (int i = 0; i < first.length; i++) {
			first[i] = stored[i][0] + after[i];
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
			long start = begin(edge.producer(), m);
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
