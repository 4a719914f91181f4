package org.pipeorgan.dsl.cli;

import java.nio.file.Path;
import java.util.List;

import org.pipeorgan.dsl.pipeorgan.Study;

import picocli.CommandLine.Option;

/** Where commands write what studies give. */
final class OutputOptions {
	@Option(names = { "-o", "--output" }, paramLabel = "DIR", description = "Folder for what is written, with a folder for each study where there are several; pipeorgan-out/STUDY if absent.")
	private Path output;

	/** The folder of one of some studies. */
	Path folder(Study study, List<Study> among) {
		if (output == null) {
			return Path.of("pipeorgan-out", study.getName());
		}
		return among.size() == 1 ? output : output.resolve(study.getName());
	}

	/** Whether all folders can be written. @throws UsageException if not */
	void checkWritable(List<Study> studies) {
		studies.forEach(study -> AtomicFiles.checkWritable(folder(study, studies)));
	}
}
