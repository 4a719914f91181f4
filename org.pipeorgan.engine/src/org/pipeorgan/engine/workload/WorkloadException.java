package org.pipeorgan.engine.workload;

/** A workload that cannot be built: names the operator and says what would mend it. */
public final class WorkloadException extends IllegalArgumentException {
	private static final long serialVersionUID = 1L;

	/** What kind of rule was broken. */
	public enum Reason {
		/** An extent that is zero, negative or too large. */
		EXTENT,
		/** A volume or a count that does not fit into 64 bits. */
		OVERFLOW,
		/** Shapes of operands that do not agree with each other or with the operator. */
		SHAPE,
		/** A value that no input and no operator produces (or only a later one: a cycle). */
		UNKNOWN_VALUE,
		/** Two values of the same name. */
		DUPLICATE,
		/** An option with a value that the operator does not accept. */
		OPTION
	}

	private final Reason reason;
	private final String element;

	/**
	 * @param element name of the operator or tensor, or empty when only the caller knows it
	 */
	public WorkloadException(Reason reason, String element, String message) {
		super(message);
		this.reason = reason;
		this.element = element;
	}

	/** What kind of rule was broken. */
	public Reason reason() {
		return reason;
	}

	/** Name of the operator or tensor at fault; empty if not known. */
	public String element() {
		return element;
	}

	/** The same failure, placed at an element. */
	WorkloadException at(String name) {
		return element.isEmpty() ? new WorkloadException(reason, name, getMessage()) : this;
	}
}
