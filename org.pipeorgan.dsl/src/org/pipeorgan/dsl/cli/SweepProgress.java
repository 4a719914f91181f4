package org.pipeorgan.dsl.cli;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;

import org.pipeorgan.engine.exploration.PointResult;

import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Shows how far a sweep is, how fast and how long it still takes: a bar in place on a terminal, a line every few seconds elsewhere. */
final class SweepProgress implements AutoCloseable {
	private static final int INTERVAL_MILLIS = 200;
	private static final long LINE_NANOS = 10_000_000_000L;
	private final Console console;
	private final String study;
	private final long total;
	private final ProgressBar bar;
	private final long begun = System.nanoTime();
	private long told = begun;
	private long stored;
	private long done;
	private long infeasible;
	private long failed;

	/**
	 * @param total  points in all; less than 1 if nobody knows
	 * @param stored points that are there already
	 */
	SweepProgress(Console console, String study, long total, long stored) {
		this.console = console;
		this.study = study;
		this.total = total;
		this.stored = stored;
		bar = console.terminal() ? new ProgressBarBuilder().setTaskName(study).setInitialMax(Math.max(-1, total)).startsFrom(stored, java.time.Duration.ZERO).setUnit(" points", 1)
				.showSpeed(new DecimalFormat("#,##0.0", DecimalFormatSymbols.getInstance(Locale.ROOT))).setUpdateIntervalMillis(INTERVAL_MILLIS).setStyle(ProgressBarStyle.ASCII)
				.clearDisplayOnFinish().setConsumer(new DelegatingProgressBarConsumer(this::inPlace, console.columns() - 1)).build() : null;
	}

	/** A point is there already. */
	synchronized void found() {
		stored++;
		if (bar != null) {
			bar.stepTo(stored + done);
		}
	}

	/** A point is evaluated. */
	synchronized void step(PointResult result) {
		done++;
		infeasible += result.status() == PointResult.Status.INFEASIBLE ? 1 : 0;
		failed += result.status() == PointResult.Status.FAILED ? 1 : 0;
		if (bar != null) {
			bar.setExtraMessage(failed == 0 ? "" : failed + " failed");
			bar.stepTo(stored + done);
		} else if (System.nanoTime() - told >= LINE_NANOS) {
			told = System.nanoTime();
			line();
		}
	}

	/** How many points were evaluated by now. */
	synchronized long done() {
		return done;
	}

	private void line() {
		double seconds = (System.nanoTime() - begun) / 1e9;
		double rate = done / seconds;
		String left = total < 1 || rate == 0 ? "" : ", " + duration((total - stored - done) / rate) + " left";
		String of = total < 1 ? "" : "/" + String.format(Locale.ROOT, "%,d", total);
		console.err().println(String.format(Locale.ROOT, "%s: %,d%s points, %.1f points/s%s; %,d infeasible, %,d failed", study, stored + done, of, rate, left, infeasible, failed));
	}

	private static String duration(double seconds) {
		return seconds < 90 ? Math.round(Math.max(0, seconds)) + " s" : seconds < 5400 ? Math.round(seconds / 60) + " min" : String.format(Locale.ROOT, "%.1f h", seconds / 3600);
	}

	private void inPlace(String line) {
		Interruption.print(() -> {
			console.err().print("\r" + line);
			console.err().flush();
		});
	}

	@Override
	public void close() {
		if (bar != null) {
			bar.close();
		} else {
			line();
		}
	}
}
