package org.pipeorgan.engine.simulation;

import java.util.PriorityQueue;
import java.util.function.LongConsumer;

/**
 * The port of the global buffer or of the memory: serves one request after the other at its bandwidth, in bursts, always the one that comes
 * first in the segment's schedule.
 */
final class Port {
	private static final LongConsumer NOBODY = bytes -> { };

	/** So many bytes for an interval of an operator. */
	private static final class Request implements Comparable<Request> {
		private final long place;
		private final long number;
		private final LongConsumer burst;
		private final Runnable done;
		private long bytes;

		Request(long place, long number, long bytes, LongConsumer burst, Runnable done) {
			this.place = place;
			this.number = number;
			this.bytes = bytes;
			this.burst = burst;
			this.done = done;
		}

		@Override
		public int compareTo(Request other) {
			return place != other.place ? Long.compare(place, other.place) : Long.compare(number, other.number);
		}
	}

	private final EventQueue events;
	private final long wakeUp;
	private final long unitsPerByte;
	private final long burstBytes;
	private final PriorityQueue<Request> waiting = new PriorityQueue<>();
	private Request served;
	private long servedBytes;
	private long requests;
	private long totalBytes;

	/** @param wakeUp the event that {@link #burstDone} answers */
	Port(EventQueue events, long wakeUp, long unitsPerByte, long burstBytes) {
		this.events = events;
		this.wakeUp = wakeUp;
		this.unitsPerByte = unitsPerByte;
		this.burstBytes = burstBytes;
	}

	/** Bytes asked for so far. */
	long totalBytes() {
		return totalBytes;
	}

	/** Largest burst, bytes. */
	long burstBytes() {
		return burstBytes;
	}

	/** Asks for a transfer; nothing to transfer is done at once. */
	void request(long place, long bytes, Runnable done) {
		request(place, bytes, 1, NOBODY, done);
	}

	/**
	 * Asks for a transfer; nothing to transfer is done at once.
	 *
	 * @param place in the schedule: what has a smaller one is served before
	 * @param beat  units of time: if the port is idle, it begins after a multiple of so many
	 * @param burst told of each burst that is through, with its bytes
	 * @param done  told when the last burst is through
	 */
	void request(long place, long bytes, long beat, LongConsumer burst, Runnable done) {
		totalBytes += bytes;
		if (bytes == 0) {
			done.run();
			return;
		}
		waiting.add(new Request(place, requests++, bytes, burst, done));
		if (served == null) {
			next(Math.ceilDiv(events.now(), beat) * beat);
		}
	}

	/** The burst under way is through. */
	void burstDone() {
		Request request = served;
		served = null;
		request.bytes -= servedBytes;
		if (request.bytes > 0) {
			waiting.add(request);
		}
		request.burst.accept(servedBytes);
		if (request.bytes == 0) {
			request.done.run();
		}
		if (served == null) {
			next(events.now());
		}
	}

	private void next(long begin) {
		served = waiting.poll();
		if (served != null) {
			servedBytes = Math.min(burstBytes, served.bytes);
			events.add(begin + servedBytes * unitsPerByte, wakeUp);
		}
	}
}
