package org.pipeorgan.engine.cost;

/**
 * What a segment costs at least, wherever its boundary tensors wait: those that fit into the buffer are taken to be held, as far as the
 * space goes. With room r before it, it takes at least
 * {@code max(body, transfers - min(r, fetchable))} cycles, and leaves that less {@code transfers - min(r, fetchable)} of room, at most
 * {@code room}. If its first weights are known, {@link #streaming} is false: then it takes at least
 * {@code body + fetchable - min(r, fetchable)} cycles, and leaves at most {@code room}.
 *
 * @param streaming whether it is not known how much of the weights comes first
 * @param body      cycles, if everything was fetched ahead
 * @param transfers cycles of memory time, where streaming
 * @param fetchable cycles of memory time that may have been spent during the segment before
 * @param room      cycles of memory time in which the next segment's first weights could be fetched, at most
 * @param energy    pJ
 * @param memory    bytes to and from memory
 */
public record RelaxedCost(boolean streaming, double body, double transfers, double fetchable, double room, double energy, double memory) {

	/** Cycles that it takes at least with so much room before it. */
	public double latency(double before) {
		double fetched = Math.min(before, fetchable);
		return streaming ? Math.max(body, transfers - fetched) : body + fetchable - fetched;
	}

	/** The same with more energy. */
	RelaxedCost plus(double picojoules) {
		return new RelaxedCost(streaming, body, transfers, fetchable, room, energy + picojoules, memory);
	}
}
