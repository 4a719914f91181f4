package org.pipeorgan.dsl.cli;

import java.util.Comparator;

import org.eclipse.xtext.diagnostics.Severity;

/**
 * A problem as the command line prints it.
 *
 * @param file     path as the user would write it
 * @param line     line, from 1
 * @param column   column, from 1
 * @param severity how bad it is
 * @param text     what is wrong and what would mend it
 * @param code     the issue code
 */
public record Message(String file, int line, int column, Severity severity, String text, String code) implements Comparable<Message> {
	private static final Comparator<Message> ORDER = Comparator.comparing(Message::file).thenComparingInt(Message::line).thenComparingInt(Message::column)
			.thenComparing(Message::text);

	@Override
	public int compareTo(Message other) {
		return ORDER.compare(this, other);
	}

	boolean isError() {
		return severity == Severity.ERROR;
	}

	@Override
	public String toString() {
		String label = severity == Severity.ERROR ? "error" : severity == Severity.WARNING ? "warning" : "info";
		return file + ":" + line + ":" + column + ": " + label + ": " + text + " [" + code + "]";
	}
}
