package org.pipeorgan.dsl.imports;

/** A file that cannot be imported. */
@SuppressWarnings("serial") // never leaves the process
public final class ImportException extends RuntimeException {
	private final int line;

	/**
	 * @param line    line of the file at fault, from 1
	 * @param message what is wrong and what would mend it
	 */
	public ImportException(int line, String message) {
		super(message);
		this.line = line;
	}

	/** The line at fault, from 1. */
	public int line() {
		return line;
	}
}
