package org.pipeorgan.engine.search;

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

	/** What a segment adds to this objective; for the product, its own energy times its own cycles. */
	double value(SegmentCost cost) {
		return switch (this) {
			case LATENCY -> cost.latencyCycles();
			case ENERGY -> cost.energyPicojoules();
			case MEMORY_TRAFFIC -> cost.memoryReadBytes() + cost.memoryWriteBytes();
			case ENERGY_DELAY -> cost.energyPicojoules() * cost.latencyCycles();
		};
	}
}
