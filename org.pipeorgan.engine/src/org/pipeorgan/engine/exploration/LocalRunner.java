package org.pipeorgan.engine.exploration;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.LongFunction;

/** Evaluates points on threads of this process; no more points wait or are kept than there are threads. */
public final class LocalRunner implements PointRunner {
	private final int threads;
	private final LongFunction<PointResult> evaluator;

	/**
	 * @param threads   at least 1
	 * @param evaluator safe for so many threads
	 */
	public LocalRunner(int threads, LongFunction<PointResult> evaluator) {
		this.threads = threads;
		this.evaluator = evaluator;
	}

	@Override
	public void run(Iterator<Planned> points, BiConsumer<Planned, PointResult> results, BooleanSupplier stop) {
		ExecutorService workers = Executors.newFixedThreadPool(threads, task -> {
			Thread thread = new Thread(task, "pipeorgan-sweep");
			thread.setDaemon(true);
			return thread;
		});
		boolean[] broken = { false };
		Object gate = new Object();
		try {
			List<Future<?>> futures = new ArrayList<>();
			for (int i = 0; i < threads; i++) {
				futures.add(workers.submit(() -> {
					try {
						work(points, results, () -> broken[0] || stop.getAsBoolean(), gate);
					} catch (RuntimeException | Error e) {
						synchronized (gate) {
							broken[0] = true;
						}
						throw e;
					}
				}));
			}
			for (Future<?> future : futures) {
				future.get();
			}
		} catch (ExecutionException e) {
			if (e.getCause() instanceof RuntimeException cause) {
				throw cause;
			}
			if (e.getCause() instanceof Error cause) {
				throw cause;
			}
			throw new IllegalStateException(e.getCause());
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
			throw new CancellationException("the sweep was interrupted");
		} finally {
			workers.shutdownNow();
		}
		if (stop.getAsBoolean()) {
			throw new CancellationException("the sweep was stopped");
		}
	}

	private void work(Iterator<Planned> points, BiConsumer<Planned, PointResult> results, BooleanSupplier stop, Object gate) {
		while (true) {
			Planned next;
			synchronized (gate) {
				if (stop.getAsBoolean() || !points.hasNext()) {
					return;
				}
				next = points.next();
			}
			PointResult result = evaluator.apply(next.point());
			synchronized (gate) {
				if (stop.getAsBoolean()) {
					return;
				}
				results.accept(next, result);
			}
		}
	}
}
