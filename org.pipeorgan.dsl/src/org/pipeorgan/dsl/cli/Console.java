package org.pipeorgan.dsl.cli;

import java.io.PrintStream;

/**
 * Where a command prints.
 *
 * @param out     results
 * @param err     problems and progress
 * @param columns width of the terminal on which a person looks at {@code err} as it grows; 0 if nobody does
 */
public record Console(PrintStream out, PrintStream err, int columns) {
	boolean terminal() {
		return columns > 0;
	}
}
