package org.pipeorgan.engine.cost;

/**
 * A bound from below on the end of a {@link Recurrence}, without going through its intervals: the first and the last interval of each operator wait for what they
 * need, and those between take their time one after the other, of the PEs and of the ports. Nothing waits for room, or for the pace of chunks.
 */
final class LeastEnd {
	private final int[] intervals;
	private final long[] time;
	private final long[] room;
	private final Recurrence.Ports ports;
	/** When the first interval of each operator begins and is done at the earliest, and the last is done. */
	private final long[] begin;
	private final long[] first;
	private final long[] last;

	private LeastEnd(int[] intervals, long[] time, long[] room, Recurrence.Ports ports) {
		this.intervals = intervals;
		this.time = time;
		this.room = room;
		this.ports = ports;
		begin = new long[time.length];
		first = new long[time.length];
		last = new long[time.length];
	}

	/** Of the schedule that {@link Recurrence#run} goes through. */
	static long of(Recurrence.Graph graph, long[] time, Recurrence.Waits waits, Recurrence.Ports ports) {
		LeastEnd least = new LeastEnd(graph.intervals(), time, waits.room(), ports);
		long end = 0;
		for (int i = 0; i < time.length; i++) {
			least.add(i, graph.into()[i], graph.numbers()[i], waits);
			end = Math.max(end, least.end(i));
		}
		return end;
	}

	private void add(int i, HandOver[] into, int[] numbers, Recurrence.Waits waits) {
		begin[i] = waits.first()[i];
		for (int e = 0; e < into.length; e++) {
			begin[i] = Math.max(begin[i], arrival(into[e], 0, waits.latencies()[numbers[e]]));
		}
		first[i] = Math.max(begin[i] + Math.max(time[i], ports.delivered()[i]), waits.settled()[i]);
		last[i] = done(i, intervals[i] - 1);
		for (int e = 0; e < into.length; e++) {
			long come = arrival(into[e], intervals[i] - 1, waits.latencies()[numbers[e]]);
			last[i] = Math.max(last[i], come + into[e].dependence().tail() * time[i]);
		}
	}

	/** When what an interval of a consumer needs is there; 0 for nothing. */
	private long arrival(HandOver edge, int interval, long latency) {
		int needed = edge.dependence().last(interval);
		int producer = edge.producer();
		if (needed < 0) {
			return 0;
		}
		return (needed == intervals[producer] - 1 ? last[producer] : done(producer, needed)) + latency;
	}

	/** When an interval is done, for all that it waits for beside the first one. */
	private long done(int i, int interval) {
		long done = first[i] + Math.max(interval * time[i], interval / 2 * (time[i] + room[i]) + interval % 2 * time[i]);
		done = ports.delivered()[i] > 0 ? Math.max(done, delivered(i, interval)) : done;
		int part = interval / ports.partIntervals()[i];
		return ports.loaded()[i] > 0 && part > 0 ? Math.max(done, loaded(i, part) + interval % ports.partIntervals()[i] * time[i]) : done;
	}

	/** When memory has fetched the weights of a part of K after the first: those of the next but one are asked for when a part is done. */
	private long loaded(int i, int part) {
		long load = ports.loaded()[i];
		long loaded = ports.ahead(i, 1) + load;
		if (part > 1) {
			loaded = Math.max(Math.max(loaded, ports.ahead(i, 2)), done(i, ports.partIntervals()[i] - 1)) + (part - 1) * load;
		}
		return loaded;
	}

	/** When the port has delivered what an interval reads. */
	private long delivered(int i, int interval) {
		// the first bursts of the first and of the last interval come with others
		int bursts = interval < intervals[i] - 1 ? interval : Math.max(0, interval - 1);
		return begin[i] + ports.delivered()[i] + interval * (ports.delivered()[i] + (ports.apart() ? 0 : ports.stored()[i])) + bursts * ports.heads()[i];
	}

	/** When all results of an operator are there. */
	private long end(int i) {
		long end = last[i] + ports.after()[i];
		if (ports.stored()[i] > 0) {
			long stored = ports.apart() ? begin[i] + intervals[i] * ports.stored()[i] : delivered(i, intervals[i] - 1) + ports.stored()[i];
			end = Math.max(end, stored);
		}
		return end;
	}
}
