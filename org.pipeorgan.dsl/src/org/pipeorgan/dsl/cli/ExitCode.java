package org.pipeorgan.dsl.cli;

/** What a command ends with. */
public enum ExitCode {
	/** Everything was done. */
	DONE(0),
	/** The input is wrong; every problem was printed. */
	INPUT_WRONG(1),
	/** The command was called wrongly. */
	USAGE_WRONG(2),
	/** A fault of the program. */
	INTERNAL_ERROR(3),
	/** Everything was computed and written, but some run of a study has no mapping; each was printed with its reason. */
	INFEASIBLE(4);

	private final int code;

	ExitCode(int code) {
		this.code = code;
	}

	/** The number that the process exits with. */
	public int code() {
		return code;
	}
}
