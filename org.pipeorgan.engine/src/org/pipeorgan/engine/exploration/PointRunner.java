package org.pipeorgan.engine.exploration;

import java.util.Iterator;
import java.util.concurrent.CancellationException;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;

/** Evaluates points: on threads of this process, or on other machines. */
public interface PointRunner {
	/**
	 * Evaluates points, in any order, until there are none left.
	 *
	 * @param points  asked for as they are needed, by one thread at a time
	 * @param results told of each result, by one thread at a time; what it throws ends the run
	 * @param stop    whether to stop at the next opportunity
	 * @throws CancellationException if it was stopped
	 */
	void run(Iterator<Planned> points, BiConsumer<Planned, PointResult> results, BooleanSupplier stop);
}
