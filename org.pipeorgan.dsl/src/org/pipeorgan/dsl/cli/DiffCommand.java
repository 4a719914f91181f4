package org.pipeorgan.dsl.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.pipeorgan.engine.report.ResultDifference;
import org.pipeorgan.engine.report.ResultDifference.Change;
import org.pipeorgan.engine.result.StudyResult;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Compares two stored results. */
@Command(name = "diff", description = "Compare two result.json files: cycles, energy and memory traffic of each run.")
final class DiffCommand implements Callable<Integer> {
	private static final Pattern PERCENT = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*%");
	private final Console console;
	@Parameters(index = "0", paramLabel = "BEFORE", description = "The stored result.")
	private Path before;
	@Parameters(index = "1", paramLabel = "AFTER", description = "The new result.")
	private Path after;
	@Option(names = "--fail-above", paramLabel = "PERCENT", description = "End with exit code 1 if a number of a run is larger by more than this, such as 2%%, or a run is missing.")
	private String failAbove;
	@Option(names = { "-h", "--help" }, usageHelp = true, description = "Print this text.")
	private boolean help;

	DiffCommand(Console console) {
		this.console = console;
	}

	@Override
	public Integer call() {
		double limit = limit();
		Optional<StudyResult> first = StoredResults.read(before, console);
		Optional<StudyResult> second = StoredResults.read(after, console);
		if (first.isEmpty() || second.isEmpty()) {
			return ExitCode.INPUT_WRONG.code();
		}
		ResultDifference difference = ResultDifference.of(first.get(), second.get());
		print(difference);
		if (failAbove == null) {
			return ExitCode.DONE.code();
		}
		List<Change> regressions = difference.regressions(limit);
		regressions.forEach(change -> console.err().println(change.run() + ": error: " + change.metric() + " went from " + number(change.before()) + " to " + number(change.after()) + ", up "
				+ percent(change.increase()) + "; at most " + failAbove + " is allowed"));
		difference.missing().forEach(run -> console.err().println(run + ": error: " + after + " does not have this run"));
		return (regressions.isEmpty() && difference.missing().isEmpty() ? ExitCode.DONE : ExitCode.INPUT_WRONG).code();
	}

	private double limit() {
		if (failAbove == null) {
			return 0;
		}
		Matcher percent = PERCENT.matcher(failAbove);
		if (!percent.matches()) {
			throw new UsageException("--fail-above is '" + failAbove + "'; write a percentage, such as 2%");
		}
		return Double.parseDouble(percent.group(1)) / 100;
	}

	private void print(ResultDifference difference) {
		if (!difference.changes().isEmpty()) {
			TextTable table = new TextTable(2, "run", "metric", "before", "after", "change");
			difference.changes().forEach(change -> table.add(change.run(), change.metric(), number(change.before()), number(change.after()), percent(change.increase())));
			console.out().print(table);
		}
		difference.missing().forEach(run -> console.out().println("only before: " + run));
		difference.added().forEach(run -> console.out().println("only after: " + run));
		if (difference.changes().isEmpty() && difference.missing().isEmpty() && difference.added().isEmpty()) {
			console.out().println("no difference");
		}
	}

	private static String percent(double part) {
		return Double.isInfinite(part) ? "from nothing" : String.format(Locale.ROOT, "%+.2f %%", 100 * part);
	}

	private static String number(double value) {
		return String.format(Locale.ROOT, value < 1e15 ? "%,.0f" : "%.6g", value);
	}
}
