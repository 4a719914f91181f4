package org.pipeorgan.tests.exploration;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A small file system of its own, in memory.
 *
 * @param path where it is mounted
 */
record Disk(Path path) implements AutoCloseable {
	/** A new one; skips the test where this user may not mount one. @param options such as {@code size=4m,ro} */
	static Disk mount(Path folder, String options) throws IOException, InterruptedException {
		Path path = Files.createDirectory(folder.resolve("disk"));
		boolean mounted = false;
		try {
			mounted = command("mount", "-t", "tmpfs", "-o", options, "tmpfs", path.toString());
		} catch (IOException e) {
			// no such command
		}
		assumeTrue(mounted, "this user may not mount a file system");
		return new Disk(path);
	}

	/** Gives it other options. */
	void remount(String options) throws IOException, InterruptedException {
		assertTrue(command("mount", "-o", "remount," + options, path.toString()));
	}

	@Override
	public void close() throws IOException, InterruptedException {
		command("umount", path.toString());
	}

	private static boolean command(String... words) throws IOException, InterruptedException {
		return new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0;
	}
}
