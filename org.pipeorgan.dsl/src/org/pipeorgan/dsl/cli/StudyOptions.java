package org.pipeorgan.dsl.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options of commands that compute the studies of a file. */
final class StudyOptions {
	@Parameters(paramLabel = "FILE", description = "The file.")
	private Path file;
	@Option(names = "--study", paramLabel = "NAME", description = "This study only; may be given more than once.")
	private List<String> names = List.of();
	@Option(names = "--threads", paramLabel = "N", description = "Threads of the search; as many as the machine has processors if absent.")
	private int threads = Runtime.getRuntime().availableProcessors();
	@Mixin
	private SeverityOptions severityOptions;

	/** Loads the file; empty if it may not be worked with. @throws UsageException if there is no thread */
	Optional<FileStudies> load(Console console) {
		FileStudies studies = new FileStudies(console, file, threads, severityOptions.severities());
		return studies.load() ? Optional.of(studies) : Optional.empty();
	}

	/** Threads of the search. */
	int threads() {
		return threads;
	}

	/** Names of the studies that are asked for; none for all. */
	List<String> names() {
		return names;
	}
}
