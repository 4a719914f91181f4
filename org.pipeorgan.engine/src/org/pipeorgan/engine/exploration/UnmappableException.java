package org.pipeorgan.engine.exploration;

/** A design that cannot be mapped; the message says why, and what would mend it. */
public final class UnmappableException extends RuntimeException {
	private static final long serialVersionUID = 1L;

	/** @param message for people */
	public UnmappableException(String message) {
		super(message, null, false, false);
	}
}
