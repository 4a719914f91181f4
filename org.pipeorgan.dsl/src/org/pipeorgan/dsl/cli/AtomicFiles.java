package org.pipeorgan.dsl.cli;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/** Writes files whole or not at all. */
final class AtomicFiles {
	private AtomicFiles() {
	}

	/** Refuses a folder that cannot be written, before anything is computed for it; creates nothing. */
	static void checkWritable(Path folder) {
		Path existing = folder.toAbsolutePath().normalize();
		while (existing != null && !Files.exists(existing)) {
			existing = existing.getParent();
		}
		if (existing != null && !Files.isDirectory(existing)) {
			throw new UsageException("cannot write to folder " + folder + ": " + existing + " is a file; choose another folder with -o");
		}
		if (existing == null || !Files.isWritable(existing)) {
			throw new UsageException("cannot write to folder " + folder + ": " + existing + " is read-only; choose another folder with -o");
		}
	}

	/**
	 * Writes the files of one result; who stops the process waits until all are there.
	 *
	 * @param files texts by their places in the folder
	 * @throws UsageException if the file system refuses
	 */
	static void write(Path folder, Map<String, String> files) {
		Interruption.writeWhole(() -> files.forEach((name, text) -> write(folder.resolve(name), text)));
	}

	/**
	 * The same for files that are no texts.
	 *
	 * @param files contents by their places in the folder
	 * @throws UsageException if the file system refuses
	 */
	static void writeBytes(Path folder, Map<String, byte[]> files) {
		Interruption.writeWhole(() -> files.forEach((name, bytes) -> move(folder.resolve(name), stream -> stream.write(bytes))));
	}

	/**
	 * Writes a file beside its place under a temporary name, then moves it there.
	 *
	 * @throws UsageException if the file system refuses
	 */
	static void write(Path file, String text) {
		write(file, writer -> writer.append(text));
	}

	/** What fills a file. */
	interface Content {
		/** Writes the text. */
		void to(Writer writer) throws IOException;
	}

	/**
	 * Writes a file beside its place under a temporary name, then moves it there.
	 *
	 * @throws UsageException if the file system refuses
	 */
	static void write(Path file, Content content) {
		Interruption.writeWhole(() -> move(file, stream -> {
			// who fills it may close it
			try (Writer writer = new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8.newEncoder()))) {
				content.to(writer);
			}
		}));
	}

	/** What fills a file that may be no text. */
	private interface Bytes {
		void to(OutputStream stream) throws IOException;
	}

	private static void move(Path file, Bytes content) {
		try {
			writeWhole(file, content);
		} catch (UncheckedIOException e) {
			throw refused(file, e.getCause());
		} catch (IOException e) {
			throw refused(file, e);
		}
	}

	private static UsageException refused(Path file, IOException e) {
		return new UsageException("cannot write " + file + ": " + e.getClass().getSimpleName().replace("Exception", "") + " " + e.getMessage()
				+ "; check the permissions of the folder and the room on its disk");
	}

	private static void writeWhole(Path file, Bytes content) throws IOException {
		Path folder = file.toAbsolutePath().getParent();
		Files.createDirectories(folder);
		Path temporary = folder.resolve("." + file.getFileName() + "." + ProcessHandle.current().pid() + ".part");
		try {
			try (OutputStream stream = Files.newOutputStream(temporary)) {
				content.to(stream);
			}
			try {
				Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
			} catch (AtomicMoveNotSupportedException e) {
				Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
			}
		} finally {
			Files.deleteIfExists(temporary);
		}
	}
}
