package org.pipeorgan.tests.ui;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

import org.eclipse.swt.widgets.Display;

/**
 * Watches how long the plug-in keeps the UI thread from its events. A timer of the UI thread, which is served as a key or the mouse would be, counts; while it does not count
 * on, what the UI thread does is looked at every few milliseconds. What counts is the time in which the plug-in's code handles an event, not called by a test, and the thread
 * either computes (its processor time, so that a busy machine does not count) or waits for a lock.
 */
final class UiWatch implements AutoCloseable {
	/** 100 on a desktop machine; threads of virtual ones, of which two may share a core, take half as long again. */
	private static final long MOST_MILLISECONDS = 150;
	private static final int PERIOD_MILLISECONDS = 10;
	private static final int TIMER_MILLISECONDS = 5;
	private static final String OURS = "org.pipeorgan.dsl.ui.";
	private static final String EVENTS = "org.eclipse.swt.widgets.EventTable";
	private static final String TESTS = "org.pipeorgan.tests.";

	private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
	private final Thread ui = Display.getDefault().getThread();
	private final List<String> blocks = new CopyOnWriteArrayList<>();
	private final Thread watcher = new Thread(this::watch, "UI watch");
	private volatile boolean ended;
	private volatile long served;

	UiWatch() {
		watcher.setDaemon(true);
		Display.getDefault().asyncExec(this::serve);
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

	private void serve() {
		served++;
		if (!ended) {
			Display.getDefault().timerExec(TIMER_MILLISECONDS, this::serve);
		}
	}

	private void watch() {
		long last = served;
		long processor = threads.getThreadCpuTime(ui.threadId());
		long computed = 0;
		long waited = 0;
		StackTraceElement[] blocking = {};
		while (!ended && !Display.getDefault().isDisposed() && sleep()) {
			long now = threads.getThreadCpuTime(ui.threadId());
			StackTraceElement[] stack = ui.getStackTrace();
			if (served != last) {
				last = served;
				long milliseconds = computed / 1_000_000 + waited;
				if (milliseconds > MOST_MILLISECONDS) {
					blocks.add(milliseconds + " ms, at the end in\n" + Arrays.stream(blocking).limit(60).map(frame -> "  " + frame).collect(Collectors.joining("\n")));
				}
				computed = 0;
				waited = 0;
			} else if (isOurs(stack)) {
				computed += now - processor;
				waited += ui.getState() == Thread.State.RUNNABLE ? 0 : PERIOD_MILLISECONDS;
				blocking = stack;
			}
			processor = now;
		}
	}

	/** What handles an event that the plug-in's code set off, such as that of a new focus, is a listener of its own. */
	private static boolean isOurs(StackTraceElement[] stack) {
		boolean ours = false;
		boolean inEvent = false;
		for (StackTraceElement frame : stack) {
			if (frame.getClassName().startsWith(TESTS)) {
				return false;
			}
			inEvent |= frame.getClassName().equals(EVENTS);
			ours |= !inEvent && frame.getClassName().startsWith(OURS);
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
