package org.pipeorgan.engine.interconnect;

/** How the routers of an array are joined. Every link is a pair of directed links. */
public enum Topology {
	/** Each router to its neighbours in row and column. */
	MESH("mesh"),
	/** A mesh whose rows and columns close to rings. */
	TORUS("torus"),
	/** One ring over all routers in serpentine order. */
	RING("ring"),
	/** Each router to every router of its row and of its column. */
	FLATTENED_BUTTERFLY("flattened_butterfly");

	private final String keyword;

	Topology(String keyword) {
		this.keyword = keyword;
	}

	/** Name in the language and on the command line. */
	public String keyword() {
		return keyword;
	}
}
