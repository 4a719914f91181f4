package org.pipeorgan.engine.organization;

/** Which array coordinates belong to which operator of a segment. */
public enum Organization {
	/** Each operator a run of PEs in row-major order; runs need not end with a row. */
	BLOCKED_ROWS("blocked-1d", true),
	/** Each operator a run of PEs in column-major order. */
	BLOCKED_COLUMNS("blocked-1d-columns", true),
	/** Each operator a rectangle; rectangles follow each other in serpentine order. */
	BLOCKED_2D("blocked-2d", true),
	/** Whole rows dealt out in turn, in proportion to the shares. */
	STRIPED_ROWS("striped", true),
	/** Whole columns dealt out in turn. */
	STRIPED_COLUMNS("striped-columns", true),
	/** Single PEs dealt out in turn along diagonals: a small tile, repeated. */
	CHECKERBOARD("checkerboard", true),
	/** Each operator a run of PEs, but every hand-over goes through the global buffer. */
	THROUGH_BUFFER("through-buffer", false),
	/** The operators take turns on the whole array, chunk by chunk; chunks are held in the global buffer. */
	TURN_TAKING("turn-taking", false);

	private final String label;
	private final boolean forwards;

	Organization(String label, boolean forwards) {
		this.label = label;
		this.forwards = forwards;
	}

	/** Name in results, in the language and on the command line. */
	public String label() {
		return label;
	}

	/** Whether hand-overs may go from PE to PE. */
	public boolean forwards() {
		return forwards;
	}

	/** Whether the operators of a segment share the array at the same time. */
	public boolean spatial() {
		return this != TURN_TAKING;
	}
}
