package org.pipeorgan.dsl.cli;

import org.pipeorgan.engine.search.Progress;

/** Shows how far a study is: a bar in place on a terminal, a line for each finished run elsewhere. */
final class ProgressPrinter implements Progress, AutoCloseable {
	private static final int WIDTH = 30;
	private final Console console;
	private final String study;
	private int most;

	ProgressPrinter(Console console, String study) {
		this.console = console;
		this.study = study;
	}

	@Override
	public synchronized void advance(String finished, int done, int total) {
		if (console.terminal()) {
			int filled = (int) ((long) WIDTH * done / Math.max(1, total));
			String line = study + " [" + "#".repeat(filled) + ".".repeat(WIDTH - filled) + "] " + done + "/" + total + " " + finished;
			console.err().print("\r" + line + " ".repeat(Math.max(0, most - line.length())));
			console.err().flush();
			most = Math.max(most, line.length());
		} else {
			console.err().println(study + ": " + done + "/" + total + " " + finished);
		}
	}

	@Override
	public boolean isCancelled() {
		return false;
	}

	@Override
	public void close() {
		if (console.terminal() && most > 0) {
			console.err().print("\r" + " ".repeat(most) + "\r");
			console.err().flush();
		}
	}
}
