package org.pipeorgan.dsl.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import org.pipeorgan.engine.report.ResultReader;
import org.pipeorgan.engine.result.StudyResult;

/** Results that a run has stored. */
final class StoredResults {
	private StoredResults() {
	}

	/** The result in a file; empty, with the reason on the error stream, if it is none. @throws UsageException if there is no such file */
	static Optional<StudyResult> read(Path file, Console console) {
		if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
			throw new UsageException("there is no file " + file + " that can be read");
		}
		try {
			return Optional.of(ResultReader.read(Files.readString(file)));
		} catch (IOException e) {
			console.err().println(file + ": error: it cannot be read: " + e.getMessage());
		} catch (IllegalArgumentException e) {
			console.err().println(file + ": error: " + e.getMessage());
		}
		return Optional.empty();
	}
}
