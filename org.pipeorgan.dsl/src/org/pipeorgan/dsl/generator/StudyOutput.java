package org.pipeorgan.dsl.generator;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import org.pipeorgan.dsl.pipeorgan.Format;
import org.pipeorgan.dsl.pipeorgan.Study;
import org.pipeorgan.engine.report.CsvReport;
import org.pipeorgan.engine.report.HtmlReport;
import org.pipeorgan.engine.report.JsonReport;
import org.pipeorgan.engine.result.StudyResult;

/** The files that a study writes, from its result. */
public final class StudyOutput {
	private StudyOutput() {
	}

	/** The formats that a study asks for; all of them where it asks for none. */
	public static Set<Format> formats(Study study) {
		return study.getFormats().isEmpty() ? EnumSet.allOf(Format.class) : EnumSet.copyOf(study.getFormats());
	}

	/** The contents of the files by name, in a fixed order. */
	public static Map<String, String> files(Study study, StudyResult result) {
		Map<String, String> files = new LinkedHashMap<>();
		for (Format format : formats(study)) {
			switch (format) {
			case HTML -> files.put("report.html", HtmlReport.write(result));
			case JSON -> files.put("result.json", JsonReport.write(result));
			case CSV -> files.put("result.csv", CsvReport.write(result));
			}
		}
		return files;
	}
}
