package org.pipeorgan.dsl.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.PrimitiveIterator;
import java.util.function.LongPredicate;

import org.pipeorgan.dsl.sweep.Cluster;
import org.pipeorgan.dsl.sweep.PointEvaluator;
import org.pipeorgan.dsl.sweep.PointNames;
import org.pipeorgan.dsl.sweep.StoredStudy;
import org.pipeorgan.dsl.sweep.Sweep;
import org.pipeorgan.dsl.sweep.SweepSummary;
import org.pipeorgan.engine.exploration.LocalRunner;
import org.pipeorgan.engine.exploration.Optimizer;
import org.pipeorgan.engine.exploration.Planned;
import org.pipeorgan.engine.exploration.PointResult;
import org.pipeorgan.engine.exploration.PointRunner;
import org.pipeorgan.engine.exploration.PointStore;
import org.pipeorgan.engine.exploration.PointStores;
import org.pipeorgan.engine.exploration.Sampling;
import org.pipeorgan.engine.exploration.StoreException;
import org.pipeorgan.engine.exploration.StoreHeader;
import org.pipeorgan.engine.search.Progress;

/** Evaluates the points of a sweep that its store does not have. */
final class SweepRun {
	/** Spaces up to this size are counted before the sweep, where conditions leave a part of them. */
	private static final long COUNTED = 300_000;
	private final Sweep sweep;
	private final PointStore store;
	private final Console console;
	private final int threads;
	private final String master;

	/** @param master of the cluster that evaluates; {@code null} for threads of this process */
	SweepRun(Sweep sweep, PointStore store, Console console, int threads, String master) {
		this.sweep = sweep;
		this.store = store;
		this.console = console;
		this.threads = threads;
		this.master = master;
	}

	/** A new store for a sweep. @throws StoreException if it cannot be made */
	static PointStore create(Sweep sweep, Path file) throws IOException {
		return PointStores.service().create(file, StoredStudy.header(sweep, Main.version()));
	}

	/** The store of a sweep that was begun. @throws StoreException if it is that of another one, or was made by another program */
	static PointStore reopen(Sweep sweep, Path file) {
		PointStore store = PointStores.service().append(file);
		try {
			StoreHeader header = store.header();
			if (!header.hash().equals(sweep.hash())) {
				throw new StoreException("the store " + file + " holds results of another study: '" + header.study() + "' as it was written then gives other points or other numbers than '"
						+ sweep.name() + "' does now; choose another folder with -o, or put the study back");
			}
			if (!header.program().equals(Main.version())) {
				throw new StoreException("the store " + file + " was made by version " + header.program() + ", this is " + Main.version() + "; choose another folder with -o");
			}
			sample(store).ifPresent(stored -> {
				PointResult now = new PointEvaluator(sweep, 1, Progress.NONE).evaluate(stored.point());
				if (!now.equals(stored)) {
					throw new StoreException("the store " + file + " was made by another version of the cost model: point " + stored.point() + " had other numbers then; choose another folder with -o");
				}
			});
			return store;
		} catch (RuntimeException e) {
			store.close();
			throw e;
		}
	}

	/** Any point that is mapped. */
	private static Optional<PointResult> sample(PointStore store) {
		try {
			store.forEach((planned, result) -> {
				if (result.isOk()) {
					throw new Found(result);
				}
			});
			return Optional.empty();
		} catch (Found e) {
			return Optional.of(e.result);
		}
	}

	/** Ends the walk through a store. */
	private static final class Found extends RuntimeException {
		private static final long serialVersionUID = 1L;
		private final transient PointResult result;

		Found(PointResult result) {
			super(null, null, false, false);
			this.result = result;
		}
	}

	/** Evaluates what is missing. */
	void run() {
		Interruption.whenStopped(() -> {
			long stored = store.counts().values().stream().mapToLong(Long::longValue).sum();
			store.close();
			return String.format(Locale.ROOT, "%,d points are stored; continue with --resume", stored);
		});
		try {
			if (master == null) {
				run(new LocalRunner(threads, new PointEvaluator(sweep, threads, Progress.NONE)::evaluate));
				return;
			}
			Cluster cluster = Cluster.service().orElseThrow(() -> new UsageException("--spark needs the module org.pipeorgan.spark on the class path; start with releng/pipeorgan, which adds it"));
			try (Cluster.Session session = cluster.connect(master, store.header())) {
				run(session);
			} catch (IllegalArgumentException e) {
				throw new UsageException(e.getMessage());
			}
		} finally {
			Interruption.whenStopped(null);
		}
	}

	private void run(PointRunner runner) {
		Sampling sampling = sweep.sampling();
		long drawn;
		try (SweepProgress progress = new SweepProgress(console, sweep.name(), total(sampling))) {
			if (sampling.method() == Sampling.Method.NSGA2) {
				Generations generations = new Generations(runner, progress);
				Optimizer.service().search(sweep.space(), sweep.goals().size(), sampling.count(), sampling.seed(), generations);
				drawn = generations.position;
			} else {
				Missing missing = new Missing(sampling.points(sweep.space(), sweep::admits), progress);
				evaluate(runner, missing, progress);
				drawn = missing.position;
			}
		}
		if (drawn == 0) {
			throw none();
		} else if (sampling.method() != Sampling.Method.GRID && drawn < sampling.count()) {
			console.err().println(String.format(Locale.ROOT, "%s: the sample has %,d points, not %,d: no others were found%s", sweep.name(), drawn, sampling.count(),
					sweep.study().getConditions().isEmpty() ? "" : " for which the conditions hold"));
		}
	}

	/** How many points there are; 0 if it would take long to count them. */
	private long total(Sampling sampling) {
		long all = Math.min(sampling.count(), sweep.space().size());
		if (sweep.study().getConditions().isEmpty() || sampling.method() == Sampling.Method.NSGA2) {
			return all;
		}
		if (sampling.method() != Sampling.Method.GRID || sweep.space().size() > COUNTED) {
			return sampling.method() == Sampling.Method.GRID ? 0 : all;
		}
		long count = 0;
		for (PrimitiveIterator.OfLong points = sampling.points(sweep.space(), sweep::admits); points.hasNext(); points.nextLong()) {
			count++;
		}
		if (count == 0) {
			throw none();
		}
		return count;
	}

	private IllegalArgumentException none() {
		return new IllegalArgumentException("no point of the space was found that satisfies the conditions; loosen a 'where' of study '" + sweep.name() + "'");
	}

	private void evaluate(PointRunner runner, Iterator<Planned> points, SweepProgress progress) {
		runner.run(points, (planned, result) -> {
			Interruption.print(() -> store.append(planned.position(), result));
			progress.step(result);
		}, () -> false);
	}

	/** The result of a point that needs no evaluation any more. */
	private Optional<PointResult> stored(long point) {
		return store.find(point).filter(result -> result.status() != PointResult.Status.FAILED);
	}

	/** The points of a sample that are not stored. */
	private final class Missing implements Iterator<Planned> {
		private final PrimitiveIterator.OfLong points;
		private final SweepProgress progress;
		private final boolean fresh = store.counts().isEmpty();
		private long position;
		private Planned next;

		Missing(PrimitiveIterator.OfLong points, SweepProgress progress) {
			this.points = points;
			this.progress = progress;
		}

		@Override
		public boolean hasNext() {
			while (next == null && points.hasNext()) {
				Planned planned = new Planned(position++, points.nextLong());
				if (fresh || stored(planned.point()).isEmpty()) {
					next = planned;
				} else {
					progress.found();
				}
			}
			return next != null;
		}

		@Override
		public Planned next() {
			if (!hasNext()) {
				throw new NoSuchElementException();
			}
			Planned planned = next;
			next = null;
			return planned;
		}
	}

	/** Evaluates what an evolutionary search asks for. */
	private final class Generations implements Optimizer.Evaluation {
		private final PointRunner runner;
		private final SweepProgress progress;
		private final PointNames names = sweep.names(true);
		private final LongPredicate admits = sweep::admits;
		private long position;

		Generations(PointRunner runner, SweepProgress progress) {
			this.runner = runner;
			this.progress = progress;
		}

		@Override
		public List<double[]> evaluate(long[] points) {
			List<Planned> open = new ArrayList<>();
			for (long point : points) {
				Planned planned = new Planned(position++, point);
				if (stored(point).isEmpty()) {
					open.add(planned);
				} else {
					progress.found();
				}
			}
			SweepRun.this.evaluate(runner, open.iterator(), progress);
			List<double[]> goals = new ArrayList<>();
			for (long point : points) {
				PointResult result = store.find(point).orElseThrow();
				goals.add(result.isOk() ? SweepSummary.goals(sweep, names, result) : null);
			}
			return goals;
		}

		@Override
		public boolean admits(long point) {
			return admits.test(point);
		}
	}
}
