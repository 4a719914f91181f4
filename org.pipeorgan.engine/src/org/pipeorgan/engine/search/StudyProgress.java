package org.pipeorgan.engine.search;

import java.util.concurrent.CancellationException;

/** How far a study is, put together from its runs; its listener is told a few times a second at most, one call at a time. */
final class StudyProgress {
	private static final long INTERVAL_NANOS = 200_000_000;

	private final Progress listener;
	private final int total;
	private int finished;
	private double begun;
	private volatile long told = System.nanoTime() - INTERVAL_NANOS;

	/** @param total runs of the study */
	StudyProgress(Progress listener, int total) {
		this.listener = listener;
		this.total = total;
	}

	/** @throws CancellationException if the listener asked to stop */
	void checkCancelled() {
		if (listener.isCancelled()) {
			throw new CancellationException("the study was cancelled");
		}
	}

	/** One run, of stages that count alike; told by one thread. */
	final class Run {
		private final String name;
		private final int stages;
		private int stage = -1;
		private String doing = "";
		private double part;

		/** @param stages searches and simulations, at most */
		Run(String name, int stages) {
			this.name = name;
			this.stages = stages;
		}

		/** The next stage begins. */
		void begin(String what) {
			stage++;
			doing = name + ", " + what;
			step(0);
		}

		/**
		 * The stage is about this far.
		 *
		 * @param done part of the stage, from 0 to 1
		 * @throws CancellationException if the listener asked to stop
		 */
		void step(double done) {
			checkCancelled();
			if (System.nanoTime() - told < INTERVAL_NANOS) {
				return;
			}
			synchronized (StudyProgress.this) {
				double now = Math.max(part, Math.min(1, (stage + done) / stages));
				begun += now - part;
				part = now;
				told = System.nanoTime();
				listener.step(doing, Math.min(1, (finished + begun) / total));
			}
		}

		StudyProgress study() {
			return StudyProgress.this;
		}

		/** Whether the listener asked to stop. */
		boolean isCancelled() {
			return listener.isCancelled();
		}

		/** The run is finished. */
		void end() {
			synchronized (StudyProgress.this) {
				begun -= part;
				finished++;
				listener.advance(name, finished, total);
			}
		}
	}
}
