package org.pipeorgan.dsl.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

import org.pipeorgan.engine.report.CsvReport;
import org.pipeorgan.engine.report.HtmlReport;
import org.pipeorgan.engine.report.MarkdownReport;
import org.pipeorgan.engine.result.StudyResult;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes reports from a stored result. */
@Command(name = "report", description = "Make report.html, report.md and result.csv from a stored result.json; nothing is computed.")
final class ReportCommand implements Callable<Integer> {
	private final Console console;
	@Parameters(paramLabel = "RESULT", description = "The result.json.")
	private Path file;
	@Option(names = { "-o", "--output" }, paramLabel = "DIR", description = "Folder for the reports; that of the result if absent.")
	private Path output;
	@Option(names = "--format", paramLabel = "NAME", split = ",", description = "html, md or csv; several with commas between, all of them if absent.")
	private List<String> formats = List.of("html", "md", "csv");
	@Option(names = { "-h", "--help" }, usageHelp = true, description = "Print this text.")
	private boolean help;

	ReportCommand(Console console) {
		this.console = console;
	}

	@Override
	public Integer call() {
		Path parent = file.toAbsolutePath().getParent();
		Path folder = output == null ? file.getParent() == null ? Path.of("") : file.getParent() : output;
		AtomicFiles.checkWritable(output == null ? parent : output);
		Optional<StudyResult> result = StoredResults.read(file, console);
		if (result.isEmpty()) {
			return ExitCode.INPUT_WRONG.code();
		}
		Map<String, String> files = new LinkedHashMap<>();
		for (String format : formats) {
			switch (format.strip()) {
			case "html" -> files.put("report.html", HtmlReport.write(result.get()));
			case "md" -> files.put("report.md", MarkdownReport.write(result.get()));
			case "csv" -> files.put("result.csv", CsvReport.write(result.get()));
			default -> throw new UsageException("there is no format '" + format + "'; take html, md or csv");
			}
		}
		AtomicFiles.write(folder, files);
		console.out().println("written to " + (folder.toString().isEmpty() ? "." : folder) + ": " + String.join(", ", files.keySet()));
		return ExitCode.DONE.code();
	}
}
