package org.pipeorgan.engine.search;

/** Told how far a study is; asked whether it should stop. May be called from several threads. */
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

	/** Whether the study should stop at the next opportunity, with a {@link java.util.concurrent.CancellationException}. */
	boolean isCancelled();
}
