package org.pipeorgan.dsl.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

import org.pipeorgan.engine.report.Chart;
import org.pipeorgan.engine.report.ChartRenderer;
import org.pipeorgan.engine.report.ResultCharts;
import org.pipeorgan.engine.result.StudyResult;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Draws single charts of a stored result, for papers. */
@Command(name = "plot", description = "Draw charts of a stored result.json as SVG or PNG; nothing is computed.")
final class PlotCommand implements Callable<Integer> {
	private static final int LEAST = 200;
	private static final int MOST = 8000;
	private final Console console;
	@Parameters(paramLabel = "RESULT", description = "The result.json.")
	private Path file;
	@Option(names = { "-o", "--output" }, paramLabel = "DIR", description = "Folder for the charts; that of the result if absent.")
	private Path output;
	@Option(names = "--chart", paramLabel = "NAME", split = ",", description = "speedup, energy_ratio, memory_ratio (where the study has a baseline), latency, energy, memory, bottlenecks, roofline or "
			+ "energy_latency; several with commas between, all of them if absent.")
	private List<String> names = List.of();
	@Option(names = "--format", paramLabel = "NAME", split = ",", description = "svg or png, or both with a comma between; svg if absent.")
	private List<String> formats = List.of("svg");
	@Option(names = "--width", paramLabel = "PIXELS", defaultValue = "900", description = "Width; a PNG has two pixels for each; ${DEFAULT-VALUE} if absent.")
	private int width;
	@Option(names = "--height", paramLabel = "PIXELS", defaultValue = "540", description = "Height; ${DEFAULT-VALUE} if absent.")
	private int height;
	@Option(names = { "-h", "--help" }, usageHelp = true, description = "Print this text.")
	private boolean help;

	PlotCommand(Console console) {
		this.console = console;
	}

	@Override
	public Integer call() {
		check("--width", width);
		check("--height", height);
		List<ChartRenderer.Format> wanted = formats.stream().map(PlotCommand::format).toList();
		Path folder = output == null ? file.toAbsolutePath().getParent() : output;
		AtomicFiles.checkWritable(folder);
		Optional<StudyResult> result = StoredResults.read(file, console);
		if (result.isEmpty()) {
			return ExitCode.INPUT_WRONG.code();
		}
		Map<String, Chart> charts = ResultCharts.of(result.get());
		for (String name : names) {
			if (!charts.containsKey(name.strip())) {
				throw new UsageException("the result has no chart '" + name.strip() + "'; " + (charts.isEmpty() ? "no run of it has a mapping" : "it has " + String.join(", ", charts.keySet())));
			}
		}
		ChartRenderer renderer = ChartRenderer.find().orElseThrow(() -> new UsageException("charts are drawn by the command line only; take 'pipeorgan plot' of a shell"));
		Map<String, byte[]> files = new LinkedHashMap<>();
		for (Chart chart : names.isEmpty() ? List.copyOf(charts.values()) : names.stream().map(name -> charts.get(name.strip())).toList()) {
			for (ChartRenderer.Format format : wanted) {
				files.put(chart.name() + "." + format.name().toLowerCase(Locale.ROOT), renderer.render(chart, format, width, height));
			}
		}
		AtomicFiles.writeBytes(folder, files);
		console.out().println("written to " + (output == null && file.getParent() == null ? "." : output == null ? file.getParent() : output) + ": " + String.join(", ", files.keySet()));
		return ExitCode.DONE.code();
	}

	private static void check(String option, int pixels) {
		if (pixels < LEAST || pixels > MOST) {
			throw new UsageException(option + " is " + pixels + "; it must be between " + LEAST + " and " + MOST + " pixels");
		}
	}

	private static ChartRenderer.Format format(String name) {
		return switch (name.strip()) {
		case "svg" -> ChartRenderer.Format.SVG;
		case "png" -> ChartRenderer.Format.PNG;
		default -> throw new UsageException("there is no format '" + name + "'; take svg or png");
		};
	}
}
