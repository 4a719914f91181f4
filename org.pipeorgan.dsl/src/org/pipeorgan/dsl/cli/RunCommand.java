package org.pipeorgan.dsl.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

import org.pipeorgan.dsl.generator.StudyOutput;
import org.pipeorgan.dsl.pipeorgan.Study;
import org.pipeorgan.engine.result.StudyResult;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs the studies of a file. Nothing is written unless all of them could be computed. */
@Command(name = "run", description = "Run the studies of a .pog file and write their reports.")
final class RunCommand implements Callable<Integer> {
	private final Console console;
	@Mixin
	private StudyOptions options;
	@Mixin
	private OutputOptions output;
	@Option(names = { "-h", "--help" }, usageHelp = true, description = "Print this text.")
	private boolean help;

	/** What a study gave, and the files that it asks for. */
	private record Outcome(StudyResult result, Map<String, String> files) {
	}

	RunCommand(Console console) {
		this.console = console;
	}

	@Override
	public Integer call() throws IOException {
		Optional<FileStudies> loaded = options.load(console);
		if (loaded.isEmpty()) {
			return ExitCode.INPUT_WRONG.code();
		}
		FileStudies studies = loaded.get();
		List<Study> chosen = studies.named(options.names());
		output.checkWritable(chosen);
		Map<Study, Outcome> outcomes = new LinkedHashMap<>();
		for (Study study : chosen) {
			Optional<Outcome> outcome = studies.translate(study)
					.map(translated -> outcome(study, translated, studies.run(study, translated)));
			if (outcome.isEmpty()) {
				return ExitCode.INPUT_WRONG.code();
			}
			outcomes.put(study, outcome.get());
		}
		for (Map.Entry<Study, Outcome> entry : outcomes.entrySet()) {
			Path folder = output.folder(entry.getKey(), chosen);
			Outcome outcome = entry.getValue();
			AtomicFiles.write(folder, outcome.files());
			console.out().print(ResultTable.of(outcome.result()));
			if (entry.getKey().isSimulated()) {
				console.out().print("\n" + SimulationTables.of(outcome.result(), false));
			}
			console.out().println("written to " + folder + ": " + String.join(", ", StudyOutput.topLevel(outcome.files())));
		}
		return studies.done().code();
	}

	private static Outcome outcome(Study study, org.pipeorgan.engine.search.Study translated, StudyResult result) {
		return new Outcome(result, StudyOutput.files(study, translated, result));
	}
}
