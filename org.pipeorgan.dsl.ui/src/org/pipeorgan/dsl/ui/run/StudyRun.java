package org.pipeorgan.dsl.ui.run;

import java.util.List;
import org.eclipse.core.resources.IFile;
import org.pipeorgan.dsl.ui.project.ProjectSettings;

/**
 * What to run and where the results go.
 *
 * @param file the file, as it is saved
 * @param studies names of the studies; empty for all
 * @param output folder of the results in the file's project
 * @param threads number of threads that search, at least 1
 * @param openReport whether to open the report at the end
 */
public record StudyRun(IFile file, List<String> studies, String output, int threads, boolean openReport) {
	/** Copies its list. */
	public StudyRun {
		studies = List.copyOf(studies);
	}

	/** All studies of {@code file}, as its project's settings say. */
	public static StudyRun of(IFile file, boolean openReport) {
		return new StudyRun(file, List.of(), ProjectSettings.output(file.getProject()), ProjectSettings.threads(file.getProject()), openReport);
	}
}
