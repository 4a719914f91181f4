package org.pipeorgan.dsl.cli;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
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
	@Option(names = "--format", paramLabel = "NAME", defaultValue = "text", description = "text, sarif (for code-review systems) or junit (for build systems); text if absent.")
	private String format;
	@Option(names = { "-o", "--output" }, paramLabel = "FILE", description = "Where sarif or junit goes; the standard output if absent.")
	private Path output;
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
		if (!List.of("text", "sarif", "junit").contains(format)) {
			throw new UsageException("there is no format '" + format + "'; take text, sarif or junit");
		}
		if (output != null && format.equals("text")) {
			throw new UsageException("-o is where sarif or junit goes; add --format, or leave it out");
		}
		boolean text = format.equals("text");
		language.call(files);
		// a file that several import is reported once
		Set<Message> messages = new LinkedHashSet<>();
		boolean sound = true;
		for (Path file : files) {
			LoadedFile loaded = language.load(file);
			loaded.messages().stream().filter(messages::add).filter(message -> text || output != null).forEach(console.err()::println);
			sound &= loaded.isSound();
		}
		if (!text) {
			write(format.equals("sarif") ? MessageFormats.sarif(messages) : MessageFormats.junit(files, messages));
		} else if (sound) {
			console.out().println(files.size() == 1 ? files.get(0) + " is fine" : files.size() + " files are fine");
		}
		return (sound ? ExitCode.DONE : ExitCode.INPUT_WRONG).code();
	}

	private void write(String text) {
		if (output == null) {
			console.out().print(text);
		} else {
			AtomicFiles.write(output, text);
		}
	}
}
