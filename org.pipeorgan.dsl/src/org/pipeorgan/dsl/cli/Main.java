package org.pipeorgan.dsl.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Entry point of the command line. */
@Command(name = "pipeorgan", description = "Maps DNN workloads onto spatial accelerators with inter-operator pipelining.", subcommands = { RunCommand.class, SweepCommand.class, QueryCommand.class, ExplainCommand.class, ExportCommand.class, CorrelateCommand.class, ReportCommand.class, PlotCommand.class, DiffCommand.class,
		SimulateCommand.class, ValidateCommand.class, FormatCommand.class, ConvertCommand.class, ImportCommand.class, NocCommand.class,
		LspCommand.class }, synopsisSubcommandLabel = "COMMAND", exitCodeListHeading = "%nExit codes:%n", exitCodeList = { "0:done",
				"1:the input is wrong", "2:wrong usage", "3:internal error", "130:stopped by Ctrl-C" }, footer = { "", "A command's own options: pipeorgan COMMAND --help" })
public final class Main implements Runnable {
	/** System property by which the launcher says how many columns the terminal has that shows the error stream; Java 21 cannot tell. */
	private static final String TERMINAL = "pipeorgan.terminal";
	@Spec
	private CommandSpec spec;
	@Option(names = { "-h", "--help" }, usageHelp = true, description = "Print this text.")
	private boolean help;
	@Option(names = { "-V", "--version" }, versionHelp = true, description = "Print the version.")
	private boolean version;
	private final Console console;

	private Main(Console console) {
		this.console = console;
	}

	/** Runs one command and exits with its code. */
	public static void main(String[] arguments) {
		PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
		PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
		Console console = new Console(out, err, Integer.getInteger(TERMINAL, 0));
		int code = Interruption.guard(console, () -> run(arguments, console));
		out.flush();
		System.exit(code);
	}

	/** Runs one command; prints to the given console and returns the exit code. */
	public static int run(String[] arguments, Console console) {
		try {
			Main main = new Main(console);
			CommandLine line = new CommandLine(main, new CommandFactory(console));
			line.getCommandSpec().version("PipeOrgan Workbench " + version());
			line.setOut(new PrintWriter(console.out(), true));
			line.setErr(new PrintWriter(console.err(), true));
			line.registerConverter(Path.class, Main::path);
			line.setCaseInsensitiveEnumValuesAllowed(true);
			line.setExecutionExceptionHandler((exception, command, result) -> failed(exception, console).code());
			line.setParameterExceptionHandler((exception, rest) -> wrongUsage(exception, console).code());
			return line.execute(arguments);
		} catch (Error e) {
			return failed(e, console).code();
		}
	}

	@Override
	public void run() {
		throw new ParameterException(spec.commandLine(), "a command is missing");
	}

	private static Path path(String name) {
		if (name.isBlank()) {
			throw new TypeConversionException("an empty name is no file or folder; write '.' for this folder");
		}
		try {
			return Path.of(name);
		} catch (InvalidPathException e) {
			throw new TypeConversionException("'" + name + "' is no name of a file: " + e.getReason());
		}
	}

	/** Version of the program. */
	static String version() {
		String version = Main.class.getPackage().getImplementationVersion();
		return version == null ? "(development)" : version;
	}

	private static ExitCode wrongUsage(ParameterException exception, Console console) {
		console.err().println("pipeorgan: " + exception.getMessage());
		exception.getCommandLine().usage(console.err());
		return ExitCode.USAGE_WRONG;
	}

	/** Says in one line what happened and where the details are; never a bare stack trace. */
	private static ExitCode failed(Throwable exception, Console console) {
		// parsers wrap what they cannot go on from
		Throwable memory = exception;
		while (memory.getCause() != null && !(memory instanceof OutOfMemoryError)) {
			memory = memory.getCause();
		}
		String what = switch (memory instanceof OutOfMemoryError ? memory : exception) {
		case OutOfMemoryError e -> "out of memory; set a larger heap with PIPEORGAN_JAVA_OPTIONS=-Xmx8g";
		case UsageException e -> null;
		default -> exception.getClass().getSimpleName() + (exception.getMessage() == null ? "" : ": " + exception.getMessage().lines().findFirst().orElse(""));
		};
		if (what == null) {
			console.err().println("pipeorgan: " + exception.getMessage());
			return ExitCode.USAGE_WRONG;
		}
		String log;
		try {
			Path file = Files.createTempFile("pipeorgan-", ".log");
			StringWriter trace = new StringWriter();
			exception.printStackTrace(new PrintWriter(trace));
			Files.writeString(file, trace.toString());
			log = "; details are in " + file;
		} catch (IOException e) {
			log = "";
		}
		console.err().println("pipeorgan: internal error: " + what + log + " - please report it with the input");
		return ExitCode.INTERNAL_ERROR;
	}

	/** Gives each command its console. */
	private record CommandFactory(Console console) implements CommandLine.IFactory {
		@Override
		public <K> K create(Class<K> type) throws Exception {
			for (var constructor : type.getDeclaredConstructors()) {
				if (constructor.getParameterCount() == 1 && constructor.getParameterTypes()[0] == Console.class) {
					return type.cast(constructor.newInstance(console));
				}
			}
			return CommandLine.defaultFactory().create(type);
		}
	}
}
