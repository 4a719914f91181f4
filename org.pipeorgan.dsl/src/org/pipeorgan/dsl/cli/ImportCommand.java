package org.pipeorgan.dsl.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;

import org.eclipse.xtext.diagnostics.Severity;
import org.pipeorgan.dsl.imports.ImportException;
import org.pipeorgan.dsl.imports.Importer;
import org.pipeorgan.dsl.validation.IssueCode;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Brings networks in from other tools. */
@Command(name = "import", description = "Bring a network in from a file of another tool.", subcommands = { ImportCommand.Maestro.class, ImportCommand.ScaleSim.class }, synopsisSubcommandLabel = "FORMAT")
final class ImportCommand implements Runnable {
	@Spec
	private CommandSpec spec;
	@Option(names = { "-h", "--help" }, usageHelp = true, description = "Print this text.")
	private boolean help;

	@Override
	public void run() {
		throw new ParameterException(spec.commandLine(), "a format is missing: maestro or scalesim");
	}

	/** How inputs are padded. */
	enum Pad {
		NONE, SAME
	}

	/** What all formats take. */
	static final class Options {
		@Parameters(paramLabel = "FILE", description = "The file.")
		private Path file;
		@Option(names = { "-o", "--output" }, paramLabel = "FILE", description = "The .pog file to write; standard output if absent.")
		private Path output;
		@Option(names = "--name", paramLabel = "NAME", description = "Name of the workload; the network's, or the file's, if absent.")
		private String name;
		@Option(names = "--pad", paramLabel = "none|same", defaultValue = "none", description = "Padding of inputs: none, as the tool computes, or same, which makes outputs as large as the input "
				+ "over the stride; none if absent.")
		private Pad pad;
		@Option(names = { "-h", "--help" }, usageHelp = true, description = "Print this text.")
		private boolean help;
	}

	/** Networks of MAESTRO and XR-Bench. */
	@Command(name = "maestro", description = "Import a network of MAESTRO or XR-Bench (.m).")
	static final class Maestro implements Callable<Integer> {
		private final Console console;
		@Mixin
		private Options options;

		Maestro(Console console) {
			this.console = console;
		}

		@Override
		public Integer call() {
			return bringIn(options, console, Importer.MAESTRO).code();
		}
	}

	/** Topologies of SCALE-Sim. */
	@Command(name = "scalesim", description = "Import a topology of SCALE-Sim (.csv), convolutions or products.")
	static final class ScaleSim implements Callable<Integer> {
		private final Console console;
		@Mixin
		private Options options;

		ScaleSim(Console console) {
			this.console = console;
		}

		@Override
		public Integer call() {
			return bringIn(options, console, Importer.SCALE_SIM).code();
		}
	}

	private static ExitCode bringIn(Options options, Console console, Importer importer) {
		if (!Files.isRegularFile(options.file)) {
			throw new UsageException("there is no file " + options.file);
		}
		if (options.output != null && !Language.isText(options.output)) {
			throw new UsageException("file " + options.output + " is no .pog file");
		}
		try {
			Importer.Imported imported = importer.reader().read(Files.readAllBytes(options.file), options.file.getFileName().toString(), options.name, options.pad == Pad.SAME);
			imported.notes().forEach(note -> console.err().println(options.file + ": note: " + note));
			if (options.output == null) {
				console.out().print(imported.text());
			} else {
				AtomicFiles.write(options.output, imported.text());
				console.out().println(imported.layers() + " layers written to " + options.output);
			}
			return ExitCode.DONE;
		} catch (ImportException e) {
			console.err().println(new Message(options.file.toString(), e.line(), 1, Severity.ERROR, e.getMessage(), IssueCode.SYNTAX_ERROR.id()));
		} catch (IOException e) {
			throw new UsageException("file " + options.file + " cannot be read");
		}
		return ExitCode.INPUT_WRONG;
	}
}
