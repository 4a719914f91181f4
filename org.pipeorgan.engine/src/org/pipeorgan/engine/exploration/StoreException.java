package org.pipeorgan.engine.exploration;

/** A store that cannot be used; the message says why, and what would mend it. */
public final class StoreException extends RuntimeException {
	private static final long serialVersionUID = 1L;

	/** @param message for people */
	public StoreException(String message) {
		super(message);
	}

	/** @param message for people */
	public StoreException(String message, Throwable cause) {
		super(message, cause);
	}
}
