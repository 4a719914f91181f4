package org.pipeorgan.dsl.cli;

import java.time.temporal.ChronoUnit;
import java.util.Optional;

import org.pipeorgan.engine.search.Progress;

import me.tongfei.progressbar.DefaultProgressBarRenderer;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import me.tongfei.progressbar.ProgressState;

/** Shows how far a study is: a bar in place on a terminal, a line for each finished run elsewhere. */
final class ProgressPrinter implements Progress, AutoCloseable {
	/** Steps of the bar. */
	private static final int FINENESS = 1000;
	private static final int INTERVAL_MILLIS = 200;
	/** Columns that the bar itself, its numbers and the time need at least; a message gets the others. */
	private static final int BAR_COLUMNS = 50;
	private final Console console;
	private final String study;
	private final int width;
	private final ProgressBar bar;
	private volatile String runs = "";

	ProgressPrinter(Console console, String study) {
		this.console = console;
		this.study = study;
		// the last column stays free: some terminals begin a new line there
		width = console.columns() - 1;
		bar = console.terminal() ? new ProgressBarBuilder().setTaskName(study).setInitialMax(FINENESS).setUpdateIntervalMillis(INTERVAL_MILLIS).setRenderer(new RunsRenderer())
				.clearDisplayOnFinish().setConsumer(new DelegatingProgressBarConsumer(this::inPlace, width)).build() : null;
	}

	@Override
	public void advance(String finished, int done, int total) {
		if (bar == null) {
			console.err().println(study + ": " + done + "/" + total + " " + finished);
		} else {
			runs = done + "/" + total + " runs";
			step(finished, Math.max((double) done / total, bar.getNormalizedProgress()));
		}
	}

	@Override
	public void step(String doing, double part) {
		if (bar != null) {
			int room = width - study.length() - BAR_COLUMNS;
			bar.setExtraMessage(doing.length() <= room ? doing : room < BAR_COLUMNS / 4 ? "" : ".." + doing.substring(doing.length() - room + 2));
			bar.stepTo(Math.max(bar.getCurrent(), Math.round(part * FINENESS)));
		}
	}

	@Override
	public boolean isCancelled() {
		return false;
	}

	@Override
	public void close() {
		if (bar != null) {
			bar.close();
		}
	}

	private void inPlace(String line) {
		Interruption.print(() -> {
			console.err().print("\r" + line);
			console.err().flush();
		});
	}

	/** Counts runs, of which the bar's steps are parts. */
	private final class RunsRenderer extends DefaultProgressBarRenderer {
		RunsRenderer() {
			super(ProgressBarStyle.ASCII, "", 1, false, null, ChronoUnit.SECONDS, false, state -> Optional.empty());
		}

		@Override
		protected String ratio(ProgressState state) {
			return runs;
		}
	}
}
