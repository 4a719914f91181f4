package org.pipeorgan.dsl.ui.editor;

import java.util.List;
import org.eclipse.jface.text.quickassist.IQuickFixableAnnotation;
import org.eclipse.jface.text.source.Annotation;
import org.eclipse.xtext.validation.Issue;
import org.pipeorgan.dsl.ide.Fixes;

/** A problem of the text, with the ways to mend it. */
public final class ProblemAnnotation extends Annotation implements IQuickFixableAnnotation {
	/** Annotation types (see plugin.xml); each specialises the text editor's own type of that severity. */
	public static final String ERROR = "org.pipeorgan.dsl.ui.error";
	/** See {@link #ERROR}. */
	public static final String WARNING = "org.pipeorgan.dsl.ui.warning";
	/** See {@link #ERROR}. */
	public static final String INFO = "org.pipeorgan.dsl.ui.info";

	private final Issue issue;
	private final List<Fixes.Fix> fixes;
	private final long stamp;

	/** Makes the annotation. {@code stamp} is that of the text which the fixes change. */
	ProblemAnnotation(Issue issue, List<Fixes.Fix> fixes, long stamp) {
		super(type(issue), false, issue.getMessage());
		this.issue = issue;
		this.fixes = fixes;
		this.stamp = stamp;
	}

	/** The validator's finding. */
	public Issue issue() {
		return issue;
	}

	/** The ways to mend it in the text with this stamp; none for another one. */
	public List<Fixes.Fix> fixes(long textStamp) {
		return textStamp == stamp ? fixes : List.of();
	}

	@Override
	public void setQuickFixable(boolean state) {
		// It is known from the beginning.
	}

	@Override
	public boolean isQuickFixableStateSet() {
		return true;
	}

	@Override
	public boolean isQuickFixable() {
		return !fixes.isEmpty();
	}

	private static String type(Issue issue) {
		return switch (issue.getSeverity()) {
		case ERROR -> ERROR;
		case WARNING -> WARNING;
		default -> INFO;
		};
	}
}
