package org.pipeorgan.dsl.ui.results;

import org.eclipse.core.resources.IFile;
import org.pipeorgan.engine.result.StudyResult;

/**
 * What a study came to.
 *
 * @param origin the file that declares the study, or the {@code result.json} that it was read from
 * @param result what was computed
 */
public record StudyOutcome(IFile origin, StudyResult result) {
	/** Study and file, for people. */
	public String label() {
		return result.study() + " - " + (isStored() ? "stored in " + origin.getProject().getName() : origin.getName());
	}

	/** Whether it was read from a file of an earlier run: then it is not known which file declares the study. */
	public boolean isStored() {
		return "json".equals(origin.getFileExtension());
	}

	/** Whether both are of one study. */
	boolean replaces(StudyOutcome other) {
		return result.study().equals(other.result.study()) && origin.equals(other.origin);
	}
}
