package org.pipeorgan.engine.search;

import org.pipeorgan.engine.result.StudyResult;

/** Runs studies. */
public final class StudyRunner {
	private StudyRunner() {
	}

	/**
	 * Runs a study; the result does not depend on the number of threads.
	 *
	 * @param threads  worker threads, at least 1
	 * @param progress told of finished runs
	 * @throws InfeasibleException                        if a workload cannot be mapped on an accelerator at all
	 * @throws java.util.concurrent.CancellationException if the progress asked to stop
	 */
	public static StudyResult run(Study study, int threads, Progress progress) {
		throw new UnsupportedOperationException("not built yet");
	}
}
