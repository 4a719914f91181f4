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
	/** Doubles carry sums of whole numbers; a bound is lowered by more than they round. */
	static final double SAFE = 1 - 1e-12;

	/** Cycles that take at least so many, rounded up. */
	static double wholeCycles(double cycles) {
		return Math.ceil(cycles * SAFE);
	}

	/** Cycles that it takes at least with so much room before it. */
	public double latency(double before) {
		double fetched = Math.min(before, fetchable);
		return streaming ? Math.max(body, transfers - fetched) : body + fetchable - fetched;
	}

	/** Room that it leaves at most behind it, with so much room before it. */
	public double left(double before) {
		return streaming ? Math.min(room, latency(before) - transfers + Math.min(before, fetchable)) : room;
	}

	/** Cycles that any room before it saves at most, if what follows is faster by room behind it up to so many cycles. */
	public double savable(double behind) {
		return streaming ? Math.min(fetchable, Math.max(0, Math.min(behind, room) + transfers - body)) : fetchable;
	}

	/**
	 * Whether a mapping takes no more cycles with this than with another, whatever room is before it and what comes behind.
	 *
	 * @param late cycles by which this may be later
	 */
	public boolean isFaster(RelaxedCost other, double late) {
		if (streaming != other.streaming) {
			return false;
		}
		if (streaming) {
			return body <= other.body && transfers <= other.transfers && fetchable >= other.fetchable && room >= other.room;
		}
		double lacks = Math.max(0, other.room - room);
		return body + lacks <= other.body + late && body + fetchable + lacks <= other.body + other.fetchable + late;
	}

	/**
	 * What both say, of the same points. Unless streaming, a point may leave more room than one says if it takes as many cycles more as there is more room.
	 */
	RelaxedCost and(RelaxedCost other) {
		double longer = Math.max(body, other.body);
		double least = streaming ? Math.min(room, other.room) : longer + Math.min(room - body, other.room - other.body);
		return new RelaxedCost(streaming, longer, Math.max(transfers, other.transfers), Math.min(fetchable, other.fetchable), least, Math.max(energy, other.energy),
				Math.max(memory, other.memory));
	}

	/** The same with more energy. */
	RelaxedCost plus(double picojoules) {
		return new RelaxedCost(streaming, body, transfers, fetchable, room, energy + picojoules, memory);
	}
}
