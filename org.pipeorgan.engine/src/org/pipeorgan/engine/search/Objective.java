package org.pipeorgan.engine.search;

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
}
