package org.pipeorgan.engine.search;

import org.pipeorgan.engine.cost.RelaxedCost;
import org.pipeorgan.engine.cost.SegmentCost;

/** What a policy minimises. */
public enum Objective {
	/** Cycles. */
	LATENCY("latency"),
	/** Picojoules. */
	ENERGY("energy"),
	/** Energy times latency. */
	ENERGY_DELAY("edp"),
	/** Bytes to and from memory. */
	MEMORY_TRAFFIC("memory");

	private final String keyword;

	Objective(String keyword) {
		this.keyword = keyword;
	}

	/** Name in the language and in results. */
	public String keyword() {
		return keyword;
	}

	/** Whether cycles count. */
	boolean ofTime() {
		return this == LATENCY || this == ENERGY_DELAY;
	}

	/** Whether energy counts. */
	boolean ofEnergy() {
		return this == ENERGY || this == ENERGY_DELAY;
	}

	/** What a segment adds to this objective; for the product, its own energy times its own cycles. */
	double value(SegmentCost cost) {
		return switch (this) {
			case LATENCY -> cost.latencyCycles();
			case ENERGY -> cost.energyPicojoules();
			case MEMORY_TRAFFIC -> cost.memoryReadBytes() + cost.memoryWriteBytes();
			case ENERGY_DELAY -> cost.energyPicojoules() * cost.latencyCycles();
		};
	}

	/** What a segment adds at least, with so many cycles of room before it. */
	double value(RelaxedCost cost, double room) {
		return switch (this) {
			case LATENCY -> cost.latency(room);
			case ENERGY -> cost.energy();
			case MEMORY_TRAFFIC -> cost.memory();
			case ENERGY_DELAY -> cost.energy() * cost.latency(room);
		};
	}

	/** What a mapping comes to. */
	double value(Mapping mapping) {
		return switch (this) {
			case LATENCY -> mapping.latency();
			case ENERGY -> mapping.energy();
			case MEMORY_TRAFFIC -> mapping.memory();
			case ENERGY_DELAY -> mapping.energy() * mapping.latency();
		};
	}
}
