package org.pipeorgan.dsl.ui.results;

import org.eclipse.core.resources.IFile;
import org.pipeorgan.engine.result.StudyResult;
import org.pipeorgan.engine.search.Study;

/**
 * What a study came to.
 *
 * @param source the file that declares the study; {@code null} if it is not known
 * @param study what the engine ran; {@code null} for a stored result whose study is not known, of which less can be shown
 * @param result what it computed
 */
public record StudyOutcome(IFile source, Study study, StudyResult result) {
	/** Study and file, for people. */
	public String label() {
		return result.study() + (source == null ? "" : " - " + source.getName());
	}

	/** Whether both are of one study. */
	boolean replaces(StudyOutcome other) {
		return result.study().equals(other.result.study()) && (source == null ? other.source == null : source.equals(other.source));
	}
}
