package org.pipeorgan.dsl.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
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
@Command(name = "import", description = "Bring a network in from a file of another tool.", subcommands = { ImportCommand.Maestro.class, ImportCommand.ScaleSim.class, ImportCommand.Onnx.class }, synopsisSubcommandLabel = "FORMAT")
final class ImportCommand implements Runnable {
	@Spec
	private CommandSpec spec;
	@Option(names = { "-h", "--help" }, usageHelp = true, description = "Print this text.")
	private boolean help;

	@Override
	public void run() {
		throw new ParameterException(spec.commandLine(), "a format is missing: maestro, scalesim or onnx");
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

	/** What becomes of operators that cannot be imported. */
	enum Unsupported {
		REFUSE, CUT
	}

	/** Models of ONNX. */
	@Command(name = "onnx", description = "Import a network of ONNX (.onnx).")
	static final class Onnx implements Callable<Integer> {
		private final Console console;
		@Parameters(paramLabel = "FILE", description = "The file.")
		private Path file;
		@Option(names = { "-o", "--output" }, paramLabel = "FILE", description = "The .pog file to write; standard output if absent.")
		private Path output;
		@Option(names = "--name", paramLabel = "NAME", description = "Name of the workload; the file's if absent.")
		private String name;
		@Option(names = "--dim", paramLabel = "NAME=SIZE", description = "Size of a dynamic dimension, by its name or as INPUT.AXIS, such as --dim batch=1 or --dim image.2=224; "
				+ "also the value of a whole-numbered scalar input.")
		private Map<String, Long> dimensions = new TreeMap<>();
		@Option(names = "--unsupported", paramLabel = "refuse|cut", defaultValue = "refuse", description = "What becomes of operators that cannot be imported: refuse, which names each "
				+ "with its number, or cut, which makes their results inputs of the workload; refuse if absent.")
		private Unsupported unsupported;
		@Option(names = { "-h", "--help" }, usageHelp = true, description = "Print this text.")
		private boolean help;

		Onnx(Console console) {
			this.console = console;
		}

		@Override
		public Integer call() {
			check(file, output);
			for (Map.Entry<String, Long> dimension : dimensions.entrySet()) {
				if (dimension.getValue() < 0 || dimension.getValue() > Integer.MAX_VALUE) {
					throw new UsageException("--dim " + dimension.getKey() + "=" + dimension.getValue() + " is no size; take 1 to " + Integer.MAX_VALUE);
				}
			}
			try {
				Importer.Imported imported = Importer.ONNX.reader().read(file, new Importer.Options(name, false, dimensions, unsupported == Unsupported.CUT));
				imported.notes().forEach(note -> console.err().println(file + ": note: " + note));
				write(console, output, imported.text(), imported.size());
				return ExitCode.DONE.code();
			} catch (ImportException e) {
				console.err().println(file + ": error: " + e.getMessage());
				return ExitCode.INPUT_WRONG.code();
			} catch (IOException e) {
				throw new UsageException("file " + file + " cannot be read");
			}
		}
	}

	private static void check(Path file, Path output) {
		if (!Files.isRegularFile(file)) {
			throw new UsageException("there is no file " + file);
		}
		if (output != null && !Language.isText(output)) {
			throw new UsageException("file " + output + " is no .pog file");
		}
	}

	private static void write(Console console, Path output, String text, String what) {
		if (output == null) {
			console.out().print(text);
		} else {
			AtomicFiles.write(output, text);
			console.out().println(what + " written to " + output);
		}
	}

	private static ExitCode bringIn(Options options, Console console, Importer importer) {
		check(options.file, options.output);
		try {
			Importer.Imported imported = importer.reader().read(options.file, new Importer.Options(options.name, options.pad == Pad.SAME, Map.of(), false));
			imported.notes().forEach(note -> console.err().println(options.file + ": note: " + note));
			write(console, options.output, imported.text(), imported.size());
			return ExitCode.DONE;
		} catch (ImportException e) {
			console.err().println(new Message(options.file.toString(), e.line(), 1, Severity.ERROR, e.getMessage(), IssueCode.SYNTAX_ERROR.id()));
		} catch (IOException e) {
			throw new UsageException("file " + options.file + " cannot be read");
		}
		return ExitCode.INPUT_WRONG;
	}
}
