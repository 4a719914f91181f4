package org.pipeorgan.dsl.ui.editor;

import org.eclipse.jface.text.source.Annotation;
import org.eclipse.xtext.validation.Issue;

/** A problem of the text, with what quick fixes need to know about it. */
public final class ProblemAnnotation extends Annotation {
	/** Annotation types (see plugin.xml); each specialises the text editor's own type of that severity. */
	public static final String ERROR = "org.pipeorgan.dsl.ui.error";
	/** See {@link #ERROR}. */
	public static final String WARNING = "org.pipeorgan.dsl.ui.warning";
	/** See {@link #ERROR}. */
	public static final String INFO = "org.pipeorgan.dsl.ui.info";

	private final Issue issue;

	ProblemAnnotation(Issue issue) {
		super(type(issue), false, issue.getMessage());
		this.issue = issue;
	}

	/** The validator's finding. */
	public Issue issue() {
		return issue;
	}

	private static String type(Issue issue) {
		return switch (issue.getSeverity()) {
		case ERROR -> ERROR;
		case WARNING -> WARNING;
		default -> INFO;
		};
	}
}
