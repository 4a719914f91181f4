package org.pipeorgan.dsl.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

import org.pipeorgan.engine.correlation.Correlation;
import org.pipeorgan.engine.export.SimulatorFormat;
import org.pipeorgan.engine.report.HtmlReport;
import org.pipeorgan.engine.result.StudyResult;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Puts the numbers of other simulators beside the model's. */
@Command(name = "correlate", description = "Read what Timeloop, SCALE-Sim, MAESTRO and BookSim left in folders that 'export' wrote, and print their numbers beside the model's.")
final class CorrelateCommand implements Callable<Integer> {
	private final Console console;
	@Parameters(paramLabel = "DIR", description = "The folder that 'export' wrote, or one in it.")
	private Path folder;
	@Option(names = { "-o", "--output" }, paramLabel = "FILE", description = "Write the table as CSV too.")
	private Path output;
	@Option(names = "--result", paramLabel = "FILE", description = "The result.json of the study: its report.html is made again with these numbers in it.")
	private Path result;
	@Option(names = { "-h", "--help" }, usageHelp = true, description = "Print this text.")
	private boolean help;

	CorrelateCommand(Console console) {
		this.console = console;
	}

	@Override
	public Integer call() throws IOException {
		if (!Files.isDirectory(folder)) {
			throw new UsageException("there is no folder " + folder);
		}
		Map<Path, SimulatorFormat> exported = exported();
		if (exported.isEmpty()) {
			throw new UsageException("folder " + folder + " holds nothing that 'export' wrote for timeloop, scalesim, maestro or booksim");
		}
		Optional<StudyResult> stored = result == null ? Optional.empty() : StoredResults.read(result, console);
		if (result != null && stored.isEmpty()) {
			return ExitCode.INPUT_WRONG.code();
		}
		List<HtmlReport.Answer> answers = new ArrayList<>();
		TextTable table = new TextTable(4, "simulator", "run", "subject", "metric", "model", "simulator", "deviation");
		StringBuilder csv = new StringBuilder("simulator,run,subject,metric,model,simulator,comparable\n");
		int unequal = 0;
		int comparable = 0;
		for (Map.Entry<Path, SimulatorFormat> entry : exported.entrySet()) {
			String run = entry.getKey().getFileName().toString();
			List<Correlation.Row> rows;
			try {
				rows = Correlation.of(entry.getValue(), path -> text(entry.getKey().resolve(path)));
			} catch (IllegalArgumentException e) {
				console.err().println(entry.getKey() + ": error: " + e.getMessage());
				return ExitCode.INPUT_WRONG.code();
			}
			if (rows.isEmpty()) {
				console.err().println(entry.getKey() + ": " + entry.getValue().keyword() + " left no answer; run it as the README there says");
			}
			for (Correlation.Row row : rows) {
				answers.add(new HtmlReport.Answer(entry.getValue().keyword(), run, row));
				table.add(entry.getValue().keyword(), run, row.subject(), row.metric(), number(row.model()), number(row.simulator()),
						row.comparable() ? String.format(Locale.ROOT, "%+.2f %%", 100 * row.deviation()) : "another machine");
				csv.append(String.join(",", entry.getValue().keyword(), run, row.subject(), row.metric(), number(row.model()), number(row.simulator()), String.valueOf(row.comparable()))).append('\n');
				comparable += row.comparable() ? 1 : 0;
				unequal += row.comparable() && Math.abs(row.deviation()) > 0.005 ? 1 : 0;
			}
		}
		console.out().print(table);
		console.out().println(comparable + " numbers that mean the same on both sides, " + unequal + " of them more than 0.5 % apart");
		if (output != null) {
			AtomicFiles.write(output, csv.toString());
		}
		if (stored.isPresent()) {
			Path page = result.toAbsolutePath().resolveSibling("report.html");
			AtomicFiles.write(page, HtmlReport.write(stored.get(), answers));
			console.out().println("written: " + page);
		}
		return ExitCode.DONE.code();
	}

	/** The folders of runs, each in a folder named for its simulator. */
	private Map<Path, SimulatorFormat> exported() throws IOException {
		Map<Path, SimulatorFormat> exported = new TreeMap<>();
		try (Stream<Path> walk = Files.walk(folder.toAbsolutePath().normalize(), 4)) {
			walk.filter(Files::isDirectory).filter(path -> Files.isRegularFile(path.resolve("README.md")) && path.getParent() != null && path.getParent().getFileName() != null)
					.forEach(path -> SimulatorFormat.of(path.getParent().getFileName().toString()).filter(Correlation::reads).ifPresent(format -> exported.put(path, format)));
		}
		return exported;
	}

	private static Optional<String> text(Path file) {
		try {
			return Files.isRegularFile(file) ? Optional.of(Files.readString(file)) : Optional.empty();
		} catch (IOException e) {
			throw new UsageException("file " + file + " cannot be read: " + e.getMessage());
		}
	}

	private static String number(double value) {
		return value == Math.rint(value) ? String.format(Locale.ROOT, "%.0f", value) : String.format(Locale.ROOT, "%.3f", value);
	}
}
