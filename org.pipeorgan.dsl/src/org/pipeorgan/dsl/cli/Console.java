package org.pipeorgan.dsl.cli;

import java.io.PrintStream;

/**
 * Where a command prints.
 *
 * @param out      results
 * @param err      problems and progress
 * @param terminal whether a person looks at {@code err} as it grows
 */
public record Console(PrintStream out, PrintStream err, boolean terminal) {
}
