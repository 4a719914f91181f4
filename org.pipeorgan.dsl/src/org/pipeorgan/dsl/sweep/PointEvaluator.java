package org.pipeorgan.dsl.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;

import org.pipeorgan.dsl.sweep.Sweep.Designed;
import org.pipeorgan.engine.exploration.PointResult;
import org.pipeorgan.engine.exploration.PointResult.Status;
import org.pipeorgan.engine.exploration.Totals;
import org.pipeorgan.engine.exploration.UnmappableException;
import org.pipeorgan.engine.search.DesignSearches;
import org.pipeorgan.engine.search.Progress;
import org.pipeorgan.engine.search.Study.Target;
import org.pipeorgan.engine.workload.Workload;

/** Evaluates points of a sweep; what they have in common is done once. Safe for many threads. */
public final class PointEvaluator {
	/** Targets that are remembered for each thread: the points of one follow each other. */
	private static final int TARGETS = 2;

	private final Sweep sweep;
	private final Progress progress;
	private final int threads;
	private volatile DesignSearches searches;

	/**
	 * @param threads  how many call it at a time, about
	 * @param progress asked whether to stop
	 */
	public PointEvaluator(Sweep sweep, int threads, Progress progress) {
		this.sweep = sweep;
		this.progress = progress;
		this.threads = threads;
		forget();
	}

	private void forget() {
		searches = new DesignSearches(sweep.objective(), TARGETS * threads * Math.max(1, sweep.workloads().size()), progress);
	}

	/**
	 * Evaluates a point. Whatever goes wrong is a result of the point.
	 *
	 * @throws CancellationException if the progress asked to stop
	 */
	public PointResult evaluate(long point) {
		Designed designed = null;
		try {
			designed = sweep.design(point);
			return designed.design().isEmpty() ? without(point, designed, Status.INFEASIBLE, designed.refusal()) : mapped(point, designed, designed.design().get());
		} catch (CancellationException e) {
			throw e;
		} catch (UnmappableException e) {
			return without(point, designed, Status.INFEASIBLE, e.getMessage());
		} catch (OutOfMemoryError e) {
			// other points may still have room enough, once nothing is remembered
			forget();
			return without(point, designed, Status.FAILED, String.format(Locale.ROOT, "out of memory with a heap of %,d MiB; set a larger one with PIPEORGAN_JAVA_OPTIONS=-Xmx8g, or fewer threads",
					Runtime.getRuntime().maxMemory() >> 20));
		} catch (RuntimeException | StackOverflowError e) {
			return without(point, designed, Status.FAILED,
					"internal error: " + e.getClass().getSimpleName() + (e.getMessage() == null ? "" : ": " + e.getMessage().lines().findFirst().orElse("")));
		}
	}

	/** The result of a point whose evaluation broke off. @param message why, and what would mend it */
	public PointResult failed(long point, String message) {
		return without(point, sweep.design(point), Status.FAILED, message);
	}

	/** @param designed {@code null} if its design broke off */
	private PointResult without(long point, Designed designed, Status status, String message) {
		return new PointResult(point, status, message, designed == null ? sweep.chosen(point) : designed.properties(), null, List.of());
	}

	private PointResult mapped(long point, Designed designed, Design design) {
		List<Totals> totals = new ArrayList<>();
		for (Workload workload : design.workloads()) {
			totals.add(searches.totals(new Target(workload, design.accelerator(), design.interconnect()), design.policy()));
		}
		return new PointResult(point, Status.OK, "", designed.properties(), sum(design, totals), totals);
	}

	private static Totals sum(Design design, List<Totals> totals) {
		try {
			return Totals.sum(totals);
		} catch (ArithmeticException e) {
			throw new UnmappableException("the sum over the workloads on accelerator '" + design.accelerator().name() + "' does not fit into 64 bits");
		}
	}
}
