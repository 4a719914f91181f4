package org.pipeorgan.dsl.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

import org.pipeorgan.dsl.generator.StudyOutput;
import org.pipeorgan.engine.export.SimulatorFormat;
import org.pipeorgan.engine.search.MappedRun;
import org.pipeorgan.engine.search.Study;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes the chosen mappings of studies for other simulators. */
@Command(name = "export", description = "Compute studies of a .pog file and write their mappings as inputs for other simulators, in a folder for each simulator and run.")
final class ExportCommand implements Callable<Integer> {
	private final Console console;
	@Mixin
	private StudyOptions options;
	@Option(names = { "-o", "--output" }, paramLabel = "DIR", required = true, description = "Folder for the files, with a folder for each study where there are several.")
	private Path output;
	@Option(names = "--format", paramLabel = "NAME", required = true, split = ",", description = "timeloop, scalesim, maestro, booksim, noxim, garnet, stonne or trace; several "
			+ "with commas between.")
	private List<String> formats;
	@Mixin
	private RunOptions runs;
	@Option(names = { "-h", "--help" }, usageHelp = true, description = "Print this text.")
	private boolean help;

	ExportCommand(Console console) {
		this.console = console;
	}

	@Override
	public Integer call() {
		Set<SimulatorFormat> simulators = simulators();
		Optional<FileStudies> loaded = options.load(console);
		if (loaded.isEmpty()) {
			return ExitCode.INPUT_WRONG.code();
		}
		FileStudies studies = loaded.get();
		List<org.pipeorgan.dsl.pipeorgan.Study> chosen = studies.named(options.names());
		AtomicFiles.checkWritable(output);
		var narrowed = studies.narrowed(chosen, runs);
		if (narrowed.isEmpty()) {
			return ExitCode.INPUT_WRONG.code();
		}
		Map<Path, Map<String, String>> folders = new TreeMap<>();
		narrowed.get().forEach((study, rest) -> folders.put(chosen.size() == 1 ? output : output.resolve(study.getName()),
				SimulatorFormat.files(simulators, MappedRun.all(rest, studies.run(study, rest)))));
		folders.forEach((folder, files) -> {
			AtomicFiles.write(folder, files);
			console.out().println("written to " + folder + ": " + String.join(", ", StudyOutput.topLevel(files)));
		});
		return studies.done().code();
	}

	private Set<SimulatorFormat> simulators() {
		Set<SimulatorFormat> chosen = new LinkedHashSet<>();
		for (String name : formats) {
			chosen.add(SimulatorFormat.of(name.strip()).orElseThrow(() -> new UsageException("there is no format '" + name + "'; take "
					+ Arrays.stream(SimulatorFormat.values()).map(SimulatorFormat::keyword).collect(Collectors.joining(", ")))));
		}
		return chosen;
	}
}
