package org.pipeorgan.engine.search;

/** Told how far a study is; asked whether it should stop. May be called from several threads, one after the other. */
public interface Progress {
	/** Says nothing, never stops. */
	Progress NONE = new Progress() {
		@Override
		public void advance(String finished, int done, int total) {
			// nobody listens
		}

		@Override
		public boolean isCancelled() {
			return false;
		}
	};

	/**
	 * One run is finished.
	 *
	 * @param finished the run, for people
	 * @param done     runs finished so far
	 * @param total    runs of the study
	 */
	void advance(String finished, int done, int total);

	/**
	 * The study goes on; called a few times a second at most.
	 *
	 * @param doing the run and what it does, for people
	 * @param part  about how much of the study is done, from 0 to 1. A search cannot know how long it still takes: the part says how far its
	 *              bounds have closed, or how many of the points that it may cost are costed
	 */
	default void step(String doing, double part) {
		// who counts finished runs needs no more
	}

	/** Whether the study should stop at the next opportunity, with a {@link java.util.concurrent.CancellationException}. */
	boolean isCancelled();
}
