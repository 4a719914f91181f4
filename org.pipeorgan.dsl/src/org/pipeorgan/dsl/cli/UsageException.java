package org.pipeorgan.dsl.cli;

/** A command that was called wrongly; the message says how and what would mend it. */
final class UsageException extends RuntimeException {
	private static final long serialVersionUID = 1L;

	UsageException(String message) {
		super(message);
	}
}
