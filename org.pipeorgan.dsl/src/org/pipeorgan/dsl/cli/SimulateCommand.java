package org.pipeorgan.dsl.cli;

import java.util.Optional;
import java.util.concurrent.Callable;

import org.pipeorgan.dsl.pipeorgan.Study;
import org.pipeorgan.engine.result.StudyResult;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Compares the cost model with the cycle-level simulator. */
@Command(name = "simulate", description = "Compute studies of a .pog file, simulate their mappings cycle by cycle, and say how far the cost model is from that.")
final class SimulateCommand implements Callable<Integer> {
	private final Console console;
	@Mixin
	private StudyOptions options;
	@Option(names = "--segments", description = "A line for each segment too.")
	private boolean segments;
	@Option(names = { "-h", "--help" }, usageHelp = true, description = "Print this text.")
	private boolean help;

	SimulateCommand(Console console) {
		this.console = console;
	}

	@Override
	public Integer call() {
		Optional<FileStudies> loaded = options.load(console);
		if (loaded.isEmpty()) {
			return ExitCode.INPUT_WRONG.code();
		}
		FileStudies studies = loaded.get();
		for (Study study : studies.named(options.names())) {
			Optional<StudyResult> result = studies.translate(study).map(translated -> studies.run(study, translated.withSimulation()));
			if (result.isEmpty()) {
				return ExitCode.INPUT_WRONG.code();
			}
			console.out().print(SimulationTables.of(result.get(), segments));
		}
		return studies.done().code();
	}
}
