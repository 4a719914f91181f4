package org.pipeorgan.engine.exploration;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.LongFunction;

import org.pipeorgan.engine.concurrent.Workers;

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
		boolean[] broken = { false };
		Object gate = new Object();
		try (Workers workers = new Workers(threads, "pipeorgan-sweep")) {
			List<Future<?>> working = new ArrayList<>();
			for (int i = 0; i < threads; i++) {
				working.add(workers.submit(() -> {
					try {
						work(points, results, () -> broken[0] || stop.getAsBoolean(), gate);
						return null;
					} catch (RuntimeException | Error e) {
						synchronized (gate) {
							broken[0] = true;
						}
						throw e;
					}
				}));
			}
			working.forEach(each -> Workers.result(each, "the sweep"));
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
