package org.pipeorgan.dsl.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

import org.pipeorgan.dsl.generator.StudyOutput;
import org.pipeorgan.dsl.pipeorgan.Study;
import org.pipeorgan.dsl.translation.Problem;
import org.pipeorgan.dsl.translation.StudyTranslator;
import org.pipeorgan.dsl.validation.IssueCode;
import org.pipeorgan.engine.result.StudyResult;
import org.pipeorgan.engine.search.InfeasibleException;
import org.pipeorgan.engine.search.StudyRunner;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs the studies of a file. Nothing is written unless all of them could be computed. */
@Command(name = "run", description = "Run the studies of a .pog file and write their reports.")
final class RunCommand implements Callable<Integer> {
	private final Console console;
	@Parameters(paramLabel = "FILE", description = "The file.")
	private Path file;
	@Option(names = { "-o", "--output" }, paramLabel = "DIR", description = "Folder for the results, with a folder for each study where there are several; "
			+ "pipeorgan-out/STUDY if absent.")
	private Path output;
	@Option(names = "--study", paramLabel = "NAME", description = "Run this study only; may be given more than once.")
	private List<String> names = List.of();
	@Option(names = "--threads", paramLabel = "N", description = "Threads of the search; as many as the machine has processors if absent.")
	private int threads = Runtime.getRuntime().availableProcessors();
	@Option(names = { "-h", "--help" }, usageHelp = true, description = "Print this text.")
	private boolean help;

	RunCommand(Console console) {
		this.console = console;
	}

	@Override
	public Integer call() throws IOException {
		if (threads < 1) {
			throw new UsageException("--threads is " + threads + "; it must be at least 1");
		}
		LoadedFile loaded = new Language().load(file);
		loaded.messages().forEach(console.err()::println);
		if (!loaded.isSound()) {
			return ExitCode.INPUT_WRONG.code();
		}
		List<Study> studies = studies(loaded);
		for (Study study : studies) {
			AtomicFiles.checkWritable(folder(study, studies.size()));
		}
		Map<Study, StudyResult> results = new LinkedHashMap<>();
		for (Study study : studies) {
			Optional<StudyResult> result = compute(study);
			if (result.isEmpty()) {
				return ExitCode.INPUT_WRONG.code();
			}
			results.put(study, result.get());
		}
		for (Map.Entry<Study, StudyResult> entry : results.entrySet()) {
			Path folder = folder(entry.getKey(), results.size());
			for (Map.Entry<String, String> written : StudyOutput.files(entry.getKey(), entry.getValue()).entrySet()) {
				AtomicFiles.write(folder.resolve(written.getKey()), written.getValue());
			}
			console.out().print(ResultTable.of(entry.getValue()));
			console.out().println("written to " + folder + ": " + String.join(", ", StudyOutput.files(entry.getKey(), entry.getValue()).keySet()));
		}
		return ExitCode.DONE.code();
	}

	private List<Study> studies(LoadedFile loaded) {
		List<Study> all = loaded.model().getDeclarations().stream().filter(Study.class::isInstance).map(Study.class::cast).toList();
		if (all.isEmpty()) {
			throw new UsageException("file " + file + " declares no study; add one, or use 'validate'");
		}
		if (names.isEmpty()) {
			return all;
		}
		List<Study> chosen = new ArrayList<>();
		for (String name : names) {
			chosen.add(all.stream().filter(study -> study.getName().equals(name)).findFirst().orElseThrow(() -> new UsageException("file " + file
					+ " declares no study '" + name + "'; its studies are " + String.join(", ", all.stream().map(Study::getName).toList()))));
		}
		return chosen;
	}

	private Optional<StudyResult> compute(Study study) {
		List<Problem> problems = new ArrayList<>();
		var translated = StudyTranslator.translate(study, problems::add);
		if (translated.isEmpty()) {
			problems.stream().map(problem -> Language.at(problem.object(), file.toString(), problem.message(), problem.code().id())).distinct()
					.forEach(console.err()::println);
			return Optional.empty();
		}
		try (ProgressPrinter progress = new ProgressPrinter(console, study.getName())) {
			return Optional.of(StudyRunner.run(translated.get(), threads, progress));
		} catch (InfeasibleException e) {
			console.err().println(Language.at(study, file.toString(), e.getMessage(), IssueCode.INFEASIBLE_MAPPING.id()));
			return Optional.empty();
		}
	}

	private Path folder(Study study, int studies) {
		if (output == null) {
			return Path.of("pipeorgan-out", study.getName());
		}
		return studies == 1 ? output : output.resolve(study.getName());
	}
}
