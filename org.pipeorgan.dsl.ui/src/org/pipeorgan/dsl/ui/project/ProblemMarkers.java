package org.pipeorgan.dsl.ui.project;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.eclipse.core.resources.IFile;
import org.eclipse.core.resources.IMarker;
import org.eclipse.core.resources.IResource;
import org.eclipse.core.resources.IWorkspace;
import org.eclipse.core.resources.IWorkspaceRunnable;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.xtext.diagnostics.Severity;
import org.eclipse.xtext.validation.Issue;
import org.pipeorgan.dsl.ide.Fixes;

/** The markers that the builder puts on files with problems; they show in the Problems view. */
public final class ProblemMarkers {
	/** Marker type of all problems that the builder finds. */
	public static final String TYPE = "org.pipeorgan.dsl.ui.problem";
	/** Attribute with the problem's issue code. */
	public static final String CODE = "code";
	/** Attribute with the ways to mend the problem, see {@link MarkerFixes}. */
	static final String FIXES = "fixes";
	/** Attribute with the modification stamp of the file that was validated. */
	static final String STAMP = "stamp";

	private ProblemMarkers() {
	}

	/**
	 * Replaces the markers of {@code file} by one for each of {@code issues}.
	 *
	 * @param stamp modification stamp of the validated file
	 * @param fixes the ways to mend an issue
	 */
	static void replace(IFile file, long stamp, List<Issue> issues, Function<Issue, List<Fixes.Fix>> fixes) throws CoreException {
		List<Map<String, Object>> markers = issues.stream().filter(issue -> issue.getSeverity() != Severity.IGNORE).map(issue -> {
			Map<String, Object> attributes = attributes(issue);
			attributes.put(FIXES, MarkerFixes.write(fixes.apply(issue)));
			attributes.put(STAMP, String.valueOf(stamp));
			return attributes;
		}).toList();
		if (markers.isEmpty() && file.findMarkers(TYPE, true, IResource.DEPTH_ZERO).length == 0) {
			return;
		}
		IWorkspaceRunnable writing = inside -> {
			delete(file);
			for (Map<String, Object> attributes : markers) {
				file.createMarker(TYPE, attributes);
			}
		};
		file.getWorkspace().run(writing, null, IWorkspace.AVOID_UPDATE, null);
	}

	/** Removes the markers of {@code resource} and of all below it. */
	static void delete(IResource resource) throws CoreException {
		resource.deleteMarkers(TYPE, true, IResource.DEPTH_INFINITE);
	}

	private static Map<String, Object> attributes(Issue issue) {
		Map<String, Object> attributes = new HashMap<>();
		attributes.put(IMarker.MESSAGE, issue.getMessage());
		attributes.put(IMarker.SEVERITY, switch (issue.getSeverity()) {
		case ERROR -> IMarker.SEVERITY_ERROR;
		case WARNING -> IMarker.SEVERITY_WARNING;
		default -> IMarker.SEVERITY_INFO;
		});
		if (issue.getCode() != null) {
			attributes.put(CODE, issue.getCode());
		}
		if (issue.getLineNumber() != null) {
			attributes.put(IMarker.LINE_NUMBER, issue.getLineNumber());
			attributes.put(IMarker.LOCATION, "line " + issue.getLineNumber());
		}
		if (issue.getOffset() != null && issue.getLength() != null) {
			attributes.put(IMarker.CHAR_START, issue.getOffset());
			attributes.put(IMarker.CHAR_END, issue.getOffset() + issue.getLength());
		}
		return attributes;
	}
}
