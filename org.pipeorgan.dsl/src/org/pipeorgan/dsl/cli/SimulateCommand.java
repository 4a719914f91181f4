package org.pipeorgan.dsl.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

import org.pipeorgan.dsl.pipeorgan.Study;
import org.pipeorgan.engine.result.StudyResult;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Compares the cost model with the cycle-level simulator. */
@Command(name = "simulate", description = "Compute studies of a .pog file, simulate their mappings cycle by cycle, and say how far the cost model is from that.")
final class SimulateCommand implements Callable<Integer> {
	private final Console console;
	@Parameters(paramLabel = "FILE", description = "The file.")
	private Path file;
	@Option(names = "--study", paramLabel = "NAME", description = "This study only; may be given more than once.")
	private List<String> names = List.of();
	@Option(names = "--segments", description = "A line for each segment too.")
	private boolean segments;
	@Option(names = "--threads", paramLabel = "N", description = "Threads of the search and the simulation; as many as the machine has processors if absent.")
	private int threads = Runtime.getRuntime().availableProcessors();
	@Mixin
	private SeverityOptions severityOptions;
	@Option(names = { "-h", "--help" }, usageHelp = true, description = "Print this text.")
	private boolean help;

	SimulateCommand(Console console) {
		this.console = console;
	}

	@Override
	public Integer call() {
		FileStudies studies = new FileStudies(console, file, threads, severityOptions.severities());
		if (!studies.load()) {
			return ExitCode.INPUT_WRONG.code();
		}
		for (Study study : studies.named(names)) {
			Optional<StudyResult> result = studies.translate(study).flatMap(translated -> studies.run(study, translated.withSimulation()));
			if (result.isEmpty()) {
				return ExitCode.INPUT_WRONG.code();
			}
			console.out().print(SimulationTables.of(result.get(), segments));
		}
		return ExitCode.DONE.code();
	}
}
