package org.pipeorgan.engine.concurrent;

import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Threads that do not keep the process alive; closed, they are told to stop. */
public final class Workers implements AutoCloseable {
	private final ExecutorService threads;

	/**
	 * @param threads how many, at least 1
	 * @param name    of each thread
	 */
	public Workers(int threads, String name) {
		this.threads = Executors.newFixedThreadPool(threads, task -> {
			Thread thread = new Thread(task, name);
			thread.setDaemon(true);
			return thread;
		});
	}

	/** Begins a task as soon as a thread is free. */
	public <T> Future<T> submit(Callable<T> task) {
		return threads.submit(task);
	}

	/**
	 * What a task comes to, as if it had been called here: its value, or the exception that it threw; waits until it is known.
	 *
	 * @param work of which the task is a part, such as {@code the study}
	 * @throws CancellationException if waiting was interrupted
	 */
	public static <T> T result(Future<T> task, String work) {
		try {
			return task.get();
		} catch (ExecutionException e) {
			switch (e.getCause()) {
			case RuntimeException cause -> throw cause;
			case Error cause -> throw cause;
			default -> throw new IllegalStateException(e.getCause());
			}
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
			throw new CancellationException(work + " was interrupted");
		}
	}

	@Override
	public void close() {
		threads.shutdownNow();
	}
}
