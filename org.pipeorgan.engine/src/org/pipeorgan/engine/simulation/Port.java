package org.pipeorgan.engine.simulation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * The port of the global buffer or of the memory: serves requesters in turn, a burst each, at its bandwidth. Requests of
 * one requester are served in order.
 */
final class Port {
	private static final LongConsumer NOBODY = bytes -> { };

	/** So many bytes for one requester. */
	private static final class Request {
		private final LongConsumer burst;
		private final Runnable done;
		private long bytes;

		Request(long bytes, LongConsumer burst, Runnable done) {
			this.bytes = bytes;
			this.burst = burst;
			this.done = done;
		}
	}

	private final EventQueue events;
	private final long wakeUp;
	private final long unitsPerByte;
	private final long burstBytes;
	private final List<ArrayDeque<Request>> requesters = new ArrayList<>();
	private final ArrayDeque<Integer> turn = new ArrayDeque<>();
	private Request served;
	private long servedBytes;
	private int servedRequester;
	private long totalBytes;

	/** @param wakeUp the event that {@link #burstDone} answers */
	Port(EventQueue events, long wakeUp, long unitsPerByte, long burstBytes, int requesters) {
		this.events = events;
		this.wakeUp = wakeUp;
		this.unitsPerByte = unitsPerByte;
		this.burstBytes = burstBytes;
		for (int i = 0; i < requesters; i++) {
			this.requesters.add(new ArrayDeque<>());
		}
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
	void request(int requester, long bytes, Runnable done) {
		request(requester, bytes, NOBODY, done);
	}

	/**
	 * Asks for a transfer; nothing to transfer is done at once.
	 *
	 * @param burst told of each burst that is through, with its bytes
	 * @param done  told when the last burst is through
	 */
	void request(int requester, long bytes, LongConsumer burst, Runnable done) {
		totalBytes += bytes;
		if (bytes == 0) {
			done.run();
			return;
		}
		ArrayDeque<Request> queue = requesters.get(requester);
		queue.add(new Request(bytes, burst, done));
		if (queue.size() == 1) {
			turn.add(requester);
		}
		if (served == null) {
			next();
		}
	}

	/** The burst under way is through. */
	void burstDone() {
		Request request = served;
		served = null;
		request.bytes -= servedBytes;
		ArrayDeque<Request> queue = requesters.get(servedRequester);
		if (request.bytes == 0) {
			queue.remove();
		}
		if (!queue.isEmpty()) {
			turn.add(servedRequester);
		}
		request.burst.accept(servedBytes);
		if (request.bytes == 0) {
			request.done.run();
		}
		if (served == null) {
			next();
		}
	}

	private void next() {
		Integer requester = turn.poll();
		if (requester == null) {
			return;
		}
		servedRequester = requester;
		served = requesters.get(requester).peek();
		servedBytes = Math.min(burstBytes, served.bytes);
		events.add(events.now() + servedBytes * unitsPerByte, wakeUp);
	}
}
