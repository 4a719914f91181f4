package org.pipeorgan.dsl.ui.project;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.core.resources.IFile;
import org.eclipse.core.resources.IProject;
import org.eclipse.core.resources.IResource;
import org.eclipse.core.resources.ResourcesPlugin;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.IPath;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.OperationCanceledException;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.SubMonitor;
import org.eclipse.core.runtime.jobs.ISchedulingRule;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.emf.common.util.URI;
import org.eclipse.xtext.diagnostics.Severity;
import org.eclipse.xtext.resource.XtextResource;
import org.eclipse.xtext.service.OperationCanceledError;
import org.eclipse.xtext.validation.Issue;
import org.pipeorgan.dsl.ui.PipeOrganUi;
import org.pipeorgan.dsl.ui.language.LanguageServices;
import org.pipeorgan.dsl.ui.language.UnsavedTexts;
import org.pipeorgan.dsl.ui.run.StudyRuns;

/**
 * Validates the PipeOrgan files of a project in the background and marks their problems: the changed files, and those that
 * read a changed, new or removed one, in whichever project of the workspace it is.
 *
 * <p>It holds no rule and no lock of the workspace while it computes, so files can be saved and projects deleted meanwhile;
 * what is deleted meanwhile is passed over. Who waits for builds waits for it too. What was not done when it was cancelled
 * is done with the next build.
 */
public final class ProjectValidation extends Job {
	/**
	 * What is known about a file since it was validated.
	 *
	 * @param read the workspace files that it read or would have, by full path
	 * @param runnable whether it has studies and no errors
	 */
	private record Known(Set<IPath> read, boolean runnable) {
	}

	/** Each takes a processor; no others are held up. */
	private static final ISchedulingRule ONE_AT_A_TIME = new ISchedulingRule() {
		@Override
		public boolean contains(ISchedulingRule rule) {
			return rule == this;
		}

		@Override
		public boolean isConflicting(ISchedulingRule rule) {
			return rule == this;
		}
	};
	private static final Map<IProject, ProjectValidation> ALL = new ConcurrentHashMap<>();

	private final IProject project;
	/** By full path. */
	private final Map<IPath, Known> known = new ConcurrentHashMap<>();
	/** Files that came, changed or went since the last run began, of any project. Guarded by {@code this}. */
	private final Set<IPath> changes = new HashSet<>();
	/** Whether all files are to be validated, whatever has changed. Guarded by {@code this}. */
	private boolean everything;
	/** Files that are to be validated; those of a run that was cancelled are left here. Only for the run. */
	private final Set<IPath> waiting = new TreeSet<>(WorkspaceFiles.BY_PATH);

	private ProjectValidation(IProject project) {
		super("Validating " + project.getName());
		this.project = project;
		setPriority(Job.BUILD);
		setRule(ONE_AT_A_TIME);
	}

	/** The validation of {@code project}. */
	static ProjectValidation of(IProject project) {
		ALL.keySet().removeIf(each -> !each.isAccessible());
		return ALL.computeIfAbsent(project, ProjectValidation::new);
	}

	/** Validates all files of all open projects with the nature, as after a change of settings. */
	public static void ofAll() {
		Arrays.stream(ResourcesPlugin.getWorkspace().getRoot().getProjects()).forEach(ProjectValidation::ofOne);
	}

	/** Validates all files of one project, if it is open and has the nature. */
	public static void ofOne(IProject project) {
		if (PipeOrganNature.isOf(project)) {
			of(project).all();
		}
	}

	/** Has all files validated, and those of other projects that read one of them. */
	void all() {
		synchronized (this) {
			everything = true;
		}
		schedule();
		ALL.values().stream().filter(other -> other != this).forEach(other -> other.changed(other.read(project)));
	}

	/** Has those files of the project validated that {@code files}, which came, changed or went, concern. */
	void changed(Collection<IPath> files) {
		if (!files.isEmpty()) {
			synchronized (this) {
				changes.addAll(files);
			}
			schedule();
		}
	}

	/** Removes what is known and marked. */
	void clean() throws CoreException {
		cancel();
		forget();
	}

	private void forget() throws CoreException {
		known.clear();
		ProblemMarkers.delete(project);
	}

	/** The projects that files of this one read, or would if they were there. */
	Set<IProject> readProjects() {
		return read().filter(path -> path.segmentCount() > 1).map(path -> ResourcesPlugin.getWorkspace().getRoot().getProject(path.segment(0))).collect(Collectors.toSet());
	}

	/** The files of {@code other} that files of this project read, or would if they were there. */
	Set<IPath> read(IProject other) {
		return read().filter(other.getFullPath()::isPrefixOf).collect(Collectors.toSet());
	}

	private Stream<IPath> read() {
		return known.values().stream().flatMap(each -> each.read.stream());
	}

	@Override
	public boolean belongsTo(Object family) {
		return family == ResourcesPlugin.FAMILY_AUTO_BUILD;
	}

	@Override
	protected IStatus run(IProgressMonitor monitor) {
		try {
			if (!PipeOrganNature.isOf(project)) {
				return Status.OK_STATUS;
			}
			if (!ProjectSettings.isOn(project, ProjectSettings.VALIDATE)) {
				forget();
				return Status.OK_STATUS;
			}
			boolean saved = take();
			List<IPath> validated = List.copyOf(waiting);
			IStatus result = validateWaiting(SubMonitor.convert(monitor, waiting.size()));
			if (saved && ProjectSettings.isOn(project, ProjectSettings.RUN_ON_SAVE)) {
				validated.stream().filter(path -> known.containsKey(path) && known.get(path).runnable).forEach(path -> StudyRuns.saved(WorkspaceFiles.file(path)));
			}
			return result;
		} catch (OperationCanceledException | OperationCanceledError e) {
			return Status.CANCEL_STATUS;
		} catch (CoreException e) {
			return project.isAccessible() ? e.getStatus() : Status.CANCEL_STATUS;
		}
	}

	/** Moves what changed to what is to be validated, and says whether it was only what changed. */
	private boolean take() throws CoreException {
		Set<IPath> changed;
		boolean all;
		synchronized (this) {
			changed = Set.copyOf(changes);
			changes.clear();
			all = everything;
			everything = false;
		}
		known.keySet().removeIf(path -> !WorkspaceFiles.file(path).exists());
		if (all) {
			WorkspaceFiles.below(project).forEach(file -> waiting.add(file.getFullPath()));
		} else {
			changed.stream().filter(path -> project.getFullPath().isPrefixOf(path) && WorkspaceFiles.isPipeOrgan(WorkspaceFiles.file(path))).forEach(waiting::add);
			known.forEach((path, file) -> {
				if (file.read.stream().anyMatch(changed::contains)) {
					waiting.add(path);
				}
			});
		}
		return !all;
	}

	/** All that wait, also when some cannot be read. */
	private IStatus validateWaiting(SubMonitor progress) {
		IStatus result = Status.OK_STATUS;
		for (Iterator<IPath> next = waiting.iterator(); next.hasNext(); next.remove()) {
			try {
				validate(WorkspaceFiles.file(next.next()), progress.split(1));
			} catch (CoreException e) {
				result = e.getStatus();
			}
		}
		return result;
	}

	private void validate(IFile file, SubMonitor progress) throws CoreException {
		if (!file.exists()) {
			return;
		}
		progress.subTask(file.getFullPath().toString());
		LanguageServices language = PipeOrganUi.language();
		URI uri = WorkspaceFiles.uri(file);
		try {
			long stamp = file.getModificationStamp();
			XtextResource resource = language.parse(uri, new String(file.readAllBytes(), StandardCharsets.UTF_8), UnsavedTexts.NONE, ProjectSettings.severities(uri));
			List<Issue> issues = language.validate(resource, progress::isCanceled);
			progress.checkCanceled();
			ProblemMarkers.replace(file, stamp, issues, issue -> language.fixes(resource, issue));
			Set<IPath> read = language.read(resource).stream().filter(URI::isPlatformResource).map(other -> IPath.fromOSString(other.toPlatformString(true)))
					.collect(Collectors.toSet());
			known.put(file.getFullPath(), new Known(read, issues.stream().noneMatch(issue -> issue.getSeverity() == Severity.ERROR) && !language.studies(resource).isEmpty()));
		} catch (CoreException e) {
			// in this order: what is deleted meanwhile is first out of step, and then gone
			if (file.isSynchronized(IResource.DEPTH_ZERO) && file.exists()) {
				throw e;
			}
		}
	}
}
