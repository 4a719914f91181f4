package org.pipeorgan.dsl.cli;

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
	private long told = System.nanoTime();
	/** When the first result was there: what comes before, such as connecting to a cluster, says nothing about the rate. */
	private long first;
	private long stored;
	private long done;
	private long infeasible;
	private long failed;

	/** @param total points in all; less than 1 if nobody knows */
	SweepProgress(Console console, String study, long total) {
		this.console = console;
		this.study = study;
		this.total = total;
		bar = console.terminal() ? new ProgressBarBuilder().setTaskName(study).setInitialMax(Math.max(-1, total)).setUnit(" points", 1).hideEta()
				.setUpdateIntervalMillis(INTERVAL_MILLIS).setStyle(ProgressBarStyle.ASCII).clearDisplayOnFinish()
				.setConsumer(new DelegatingProgressBarConsumer(this::inPlace, console.columns() - 1)).build() : null;
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
		first = done == 0 ? System.nanoTime() : first;
		done++;
		infeasible += result.status() == PointResult.Status.INFEASIBLE ? 1 : 0;
		failed += result.status() == PointResult.Status.FAILED ? 1 : 0;
		if (bar != null) {
			bar.setExtraMessage(speed(total - stored - done).replaceFirst(", ", "") + (failed == 0 ? "" : "; " + failed + " failed"));
			bar.stepTo(stored + done);
		} else if (System.nanoTime() - told >= LINE_NANOS) {
			told = System.nanoTime();
			line(speed(total - stored - done));
		}
	}

	private void line(String speed) {
		String of = total < 1 ? "" : "/" + String.format(Locale.ROOT, "%,d", total);
		Interruption.print(() -> console.err().println(String.format(Locale.ROOT, "%s: %,d%s points%s; %,d infeasible, %,d failed", study, stored + done, of, speed, infeasible, failed)));
	}

	/** The rate, and how long it still takes, as far as they are known. */
	private String speed(long left) {
		if (done < 2) {
			return "";
		}
		double rate = (done - 1) / ((System.nanoTime() - first) / 1e9);
		return String.format(Locale.ROOT, ", %.1f points/s", rate) + (left > 0 ? ", " + duration(left / rate) + " left" : "");
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
			line(speed(0));
		}
	}
}
