package org.pipeorgan.engine.search;

/** The ways to map a workload that the engine knows. */
public enum PolicyKind {
	/** Both stages as heuristics: flexible depth, granularity and organization. */
	PIPEORGAN("pipeorgan", 32),
	/** The best of the whole declared space, proven. */
	OPTIMAL("optimal", 32),
	/** At most two operators a segment, blocked 1-D, with its own best cuts, chunks, shares, splits and residence: the fair baseline. */
	TANGRAM("tangram", 2),
	/** Two operators a segment wherever two can be together, blocked 1-D: a restricted baseline. */
	TANGRAM_PAIRED("tangram_paired", 2),
	/** One operator at a time, parallel over C and K, weight stationary: a restricted baseline. */
	SIMBA("simba", 1),
	/** One operator at a time with its best dataflow. */
	LAYER_BY_LAYER("layer_by_layer", 1),
	/** No search: the mapping that the policy holds, evaluated as it stands. */
	FIXED("fixed", 32);

	private final String keyword;
	private final int defaultDepth;

	PolicyKind(String keyword, int defaultDepth) {
		this.keyword = keyword;
		this.defaultDepth = defaultDepth;
	}

	/** Name in the language and in results. */
	public String keyword() {
		return keyword;
	}

	/** Largest depth of a segment if the policy states none. */
	public int defaultDepth() {
		return defaultDepth;
	}
}
