package org.pipeorgan.dsl.expressions;

import org.pipeorgan.dsl.pipeorgan.Expression;
import org.pipeorgan.dsl.validation.IssueCode;

/** An expression that has no value, or none that its place accepts. The message says what is wrong and what would mend it. */
@SuppressWarnings("serial") // never leaves the process
public final class ExpressionException extends RuntimeException {
	private final Expression place;
	private final IssueCode code;
	private final String[] data;

	/**
	 * @param place the innermost expression at fault
	 * @param code  the kind of problem; {@code null} if it only follows from another one, which is reported elsewhere
	 * @param data  what quick fixes need
	 */
	public ExpressionException(Expression place, IssueCode code, String message, String... data) {
		super(message, null, false, false);
		this.place = place;
		this.code = code;
		this.data = data;
	}

	/** The expression at fault. */
	public Expression place() {
		return place;
	}

	/** The kind of problem; {@code null} if it only follows from another one, which is reported elsewhere. */
	public IssueCode code() {
		return code;
	}

	/** What quick fixes need, such as units that would do. */
	public String[] data() {
		return data.clone();
	}
}
