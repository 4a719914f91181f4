package org.pipeorgan.dsl.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Checks files and computes nothing. */
@Command(name = "validate", description = "Check .pog files and those that they import; print each problem with its place.")
final class ValidateCommand implements Callable<Integer> {
	private final Console console;
	@Parameters(paramLabel = "FILE", arity = "1..*", description = "The files.")
	private List<Path> files;
	@Mixin
	private SeverityOptions severityOptions;
	@Option(names = { "-h", "--help" }, usageHelp = true, description = "Print this text.")
	private boolean help;

	ValidateCommand(Console console) {
		this.console = console;
	}

	@Override
	public Integer call() {
		Language language = new Language(severityOptions.severities());
		boolean sound = true;
		for (Path file : files) {
			LoadedFile loaded = language.load(file);
			loaded.messages().forEach(console.err()::println);
			sound &= loaded.isSound();
		}
		if (sound) {
			console.out().println(files.size() == 1 ? files.get(0) + " is fine" : files.size() + " files are fine");
		}
		return (sound ? ExitCode.DONE : ExitCode.INPUT_WRONG).code();
	}
}
