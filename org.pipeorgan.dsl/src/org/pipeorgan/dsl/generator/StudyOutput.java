package org.pipeorgan.dsl.generator;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.pipeorgan.dsl.pipeorgan.Format;
import org.pipeorgan.dsl.pipeorgan.Study;
import org.pipeorgan.engine.export.SimulatorFormat;
import org.pipeorgan.engine.report.CsvReport;
import org.pipeorgan.engine.report.HtmlReport;
import org.pipeorgan.engine.report.JsonReport;
import org.pipeorgan.engine.report.MarkdownReport;
import org.pipeorgan.engine.result.StudyResult;
import org.pipeorgan.engine.search.MappedRun;

/** The files that a study writes, from its result. */
public final class StudyOutput {
	private static final Set<Format> REPORTS = EnumSet.of(Format.HTML, Format.JSON, Format.CSV);

	private StudyOutput() {
	}

	/** The formats that a study asks for; all reports where it asks for none. */
	public static Set<Format> formats(Study study) {
		return EnumSet.copyOf(study.getFormats().isEmpty() ? REPORTS : study.getFormats());
	}

	/**
	 * The contents of the files by path, with slashes, in a fixed order: the reports, then a folder for each simulator.
	 *
	 * @param translated what the engine ran
	 */
	public static Map<String, String> files(Study study, org.pipeorgan.engine.search.Study translated, StudyResult result) {
		Map<String, String> files = new LinkedHashMap<>();
		Set<Format> formats = formats(study);
		for (Format format : formats) {
			switch (format) {
			case HTML -> files.put("report.html", HtmlReport.write(result));
			case JSON -> files.put("result.json", JsonReport.write(result));
			case CSV -> files.put("result.csv", CsvReport.write(result));
			case MARKDOWN -> files.put("report.md", MarkdownReport.write(result));
			default -> {
				// a simulator's, below
			}
			}
		}
		List<SimulatorFormat> simulators = formats.stream().flatMap(format -> SimulatorFormat.of(format.getLiteral()).stream()).toList();
		if (!simulators.isEmpty()) {
			files.putAll(SimulatorFormat.files(simulators, MappedRun.all(translated, result)));
		}
		return files;
	}

	/** The files and folders that are directly in the study's folder, each once. */
	public static List<String> topLevel(Map<String, String> files) {
		return files.keySet().stream().map(path -> path.contains("/") ? path.substring(0, path.indexOf('/') + 1) : path).distinct().toList();
	}
}
