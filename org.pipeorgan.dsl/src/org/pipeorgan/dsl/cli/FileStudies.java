package org.pipeorgan.dsl.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.pipeorgan.dsl.pipeorgan.Study;
import org.pipeorgan.dsl.settings.Severities;
import org.pipeorgan.dsl.translation.FixedMappings;
import org.pipeorgan.dsl.translation.Problem;
import org.pipeorgan.dsl.translation.StudyTranslator;
import org.pipeorgan.dsl.validation.IssueCode;
import org.pipeorgan.engine.result.StudyResult;
import org.pipeorgan.engine.search.StudyRunner;

/** The studies of a file, as commands compute them; what is wrong goes to the error stream. */
final class FileStudies {
	private final Console console;
	private final Path file;
	private final int threads;
	private final Severities severities;
	private LoadedFile loaded;
	private boolean infeasible;

	/** @throws UsageException if there is no thread */
	FileStudies(Console console, Path file, int threads, Severities severities) {
		if (threads < 1) {
			throw new UsageException("--threads is " + threads + "; it must be at least 1");
		}
		this.console = console;
		this.file = file;
		this.threads = threads;
		this.severities = severities;
	}

	/** Loads the file; whether it may be worked with. */
	boolean load() {
		loaded = new Language(severities).load(file);
		loaded.messages().forEach(console.err()::println);
		return loaded.isSound();
	}

	/** The studies of these names; all if there is none. @throws UsageException if there is no such study */
	List<Study> named(List<String> names) {
		List<Study> all = loaded.model().getDeclarations().stream().filter(Study.class::isInstance).map(Study.class::cast).toList();
		if (all.isEmpty()) {
			throw new UsageException("file " + file + " declares no study; add one, or use 'validate'");
		}
		if (names.isEmpty()) {
			List<Study> runs = all.stream().filter(study -> study.getVariations().isEmpty()).toList();
			if (runs.isEmpty()) {
				throw new UsageException("all studies of file " + file + " vary parameters; use 'sweep'");
			}
			all.stream().filter(study -> !runs.contains(study)).forEach(study -> console.err().println("study " + study.getName() + " varies parameters and is left out; use 'sweep'"));
			return runs;
		}
		List<Study> chosen = named(all, names);
		chosen.stream().filter(study -> !study.getVariations().isEmpty()).forEach(study -> {
			throw new UsageException("study '" + study.getName() + "' varies parameters; use 'sweep'");
		});
		return chosen;
	}

	private List<Study> named(List<Study> all, List<String> names) {
		List<Study> chosen = new ArrayList<>();
		for (String name : names) {
			chosen.add(all.stream().filter(study -> study.getName().equals(name)).findFirst().orElseThrow(() -> new UsageException("file " + file
					+ " declares no study '" + name + "'; its studies are " + String.join(", ", all.stream().map(Study::getName).toList()))));
		}
		return chosen;
	}

	/** The studies of these names that vary; all such if there is no name. @throws UsageException if there is no such study */
	List<Study> sweeps(List<String> names) {
		List<Study> all = loaded.model().getDeclarations().stream().filter(Study.class::isInstance).map(Study.class::cast).toList();
		List<Study> chosen = (names.isEmpty() ? all : named(all, names)).stream().filter(study -> !names.isEmpty() || !study.getVariations().isEmpty()).toList();
		if (chosen.isEmpty()) {
			throw new UsageException("no study of file " + file + " varies anything; add, for example, 'vary buffer.size in 256 KiB .. 4 MiB times 2', or use 'run'");
		}
		return chosen;
	}

	/** The file. */
	Path file() {
		return file;
	}

	/** The engine's study; empty if something is wrong with it. */
	Optional<org.pipeorgan.engine.search.Study> translate(Study study) {
		List<Problem> problems = new ArrayList<>();
		var translated = StudyTranslator.translate(study, problems::add);
		if (translated.isEmpty()) {
			problems.stream().map(problem -> Language.at(problem.object(), study, file.toString(), problem.message(), problem.code().id())).distinct()
					.forEach(console.err()::println);
		}
		return translated;
	}

	/**
	 * What options leave of studies; those that have nothing of what is asked for are left out.
	 *
	 * @return empty if something is wrong with a study
	 * @throws UsageException if no study has what is asked for
	 */
	Optional<Map<Study, org.pipeorgan.engine.search.Study>> narrowed(List<Study> chosen, RunOptions options) {
		Map<Study, org.pipeorgan.engine.search.Study> narrowed = new LinkedHashMap<>();
		UsageException nothing = null;
		for (Study study : chosen) {
			Optional<org.pipeorgan.engine.search.Study> translated = translate(study);
			if (translated.isEmpty()) {
				return Optional.empty();
			}
			try {
				narrowed.put(study, options.narrow(translated.get()));
			} catch (UsageException e) {
				// another study may have what is asked for
				nothing = nothing == null ? e : nothing;
			}
		}
		if (narrowed.isEmpty()) {
			throw nothing;
		}
		return Optional.of(narrowed);
	}

	/** The result of a study; runs without a mapping are printed. */
	StudyResult run(Study study, org.pipeorgan.engine.search.Study translated) {
		StudyResult result;
		try (ProgressPrinter progress = new ProgressPrinter(console, study.getName())) {
			result = StudyRunner.run(translated, threads, progress);
		}
		result.infeasible().stream().map(run -> Language.at(FixedMappings.place(study, run), study, file.toString(), run.reason(), IssueCode.INFEASIBLE_MAPPING.id())).distinct()
				.forEach(console.err()::println);
		infeasible |= !result.infeasible().isEmpty();
		return result;
	}

	/** What a command ends with that did all it should. */
	ExitCode done() {
		return infeasible ? ExitCode.INFEASIBLE : ExitCode.DONE;
	}
}
