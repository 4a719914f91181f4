package org.pipeorgan.tests.ui;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

import org.eclipse.swt.widgets.Display;

/**
 * Watches how long the plug-in keeps the UI thread from its events. It posts an event, and looks every few milliseconds at what the UI thread does until the event is
 * handled. What counts is the time in which the plug-in's code is on the stack, not called by a test, and the thread either computes (its processor time, so that a busy
 * machine does not count) or waits for a lock.
 */
final class UiWatch implements AutoCloseable {
	private static final long MOST_MILLISECONDS = 100;
	private static final int PERIOD_MILLISECONDS = 10;
	private static final String OURS = "org.pipeorgan.dsl.ui.";
	private static final String TESTS = "org.pipeorgan.tests.";

	private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
	private final Thread ui = Display.getDefault().getThread();
	private final List<String> blocks = new CopyOnWriteArrayList<>();
	private final Thread watcher = new Thread(this::watch, "UI watch");
	private volatile boolean ended;
	private volatile boolean answered;

	UiWatch() {
		watcher.setDaemon(true);
		watcher.start();
	}

	/** The times that were too long, each with where the thread was last. */
	List<String> blocks() {
		return blocks;
	}

	@Override
	public void close() {
		ended = true;
		watcher.interrupt();
	}

	private void watch() {
		while (!ended && !Display.getDefault().isDisposed()) {
			answered = false;
			Display.getDefault().asyncExec(() -> answered = true);
			long processor = threads.getThreadCpuTime(ui.threadId());
			long computed = 0;
			long waited = 0;
			StackTraceElement[] last = {};
			do {
				if (!sleep()) {
					return;
				}
				long now = threads.getThreadCpuTime(ui.threadId());
				StackTraceElement[] stack = ui.getStackTrace();
				if (!answered && isOurs(stack)) {
					computed += now - processor;
					waited += ui.getState() == Thread.State.RUNNABLE ? 0 : PERIOD_MILLISECONDS;
					last = stack;
				}
				processor = now;
			} while (!answered && !ended);
			long milliseconds = computed / 1_000_000 + waited;
			if (milliseconds > MOST_MILLISECONDS) {
				blocks.add(milliseconds + " ms, at the end in\n" + Arrays.stream(last).limit(60).map(frame -> "  " + frame).collect(Collectors.joining("\n")));
			}
		}
	}

	private static boolean isOurs(StackTraceElement[] stack) {
		boolean ours = false;
		for (StackTraceElement frame : stack) {
			if (frame.getClassName().startsWith(TESTS)) {
				return false;
			}
			ours |= frame.getClassName().startsWith(OURS);
		}
		return ours;
	}

	private static boolean sleep() {
		try {
			Thread.sleep(PERIOD_MILLISECONDS);
			return true;
		} catch (InterruptedException e) {
			return false;
		}
	}
}
