package org.pipeorgan.dsl.cli;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * What happens when the process is told to stop, as by Ctrl-C: output that has begun is finished, none is begun any more, and one line says so.
 * The virtual machine then exits with 128 and the number of the signal, 130 for Ctrl-C.
 */
final class Interruption {
	private static final ReentrantLock OUTPUT = new ReentrantLock();
	private static boolean written;
	private static volatile Supplier<String> whenStopped;

	private Interruption() {
	}

	/** Writes files that belong together: all, or none. */
	static void writeWhole(Runnable write) {
		print(() -> {
			written = true;
			write.run();
		});
	}

	/** Prints what must not appear after the last line. */
	static void print(Runnable print) {
		OUTPUT.lock();
		try {
			print.run();
		} finally {
			OUTPUT.unlock();
		}
	}

	/** Does something when the process is told to stop, behind the last output; the text that it gives takes the place of the usual one. {@code null} for nothing. */
	static void whenStopped(Supplier<String> last) {
		whenStopped = last;
	}

	/** Runs a command; says on the console when it is stopped from outside. */
	static int guard(Console console, IntSupplier command) {
		Thread hook = new Thread(() -> {
			// kept until the process is gone
			OUTPUT.lock();
			console.err().println((console.terminal() ? "\n" : "") + "pipeorgan: stopped; " + (whenStopped != null ? whenStopped.get() : written ? "the results of finished work are written" : "nothing was written"));
		}, "pipeorgan-stop");
		Runtime.getRuntime().addShutdownHook(hook);
		int code = command.getAsInt();
		try {
			Runtime.getRuntime().removeShutdownHook(hook);
		} catch (IllegalStateException e) {
			// it is stopping already, with the code of the signal
		}
		return code;
	}
}
