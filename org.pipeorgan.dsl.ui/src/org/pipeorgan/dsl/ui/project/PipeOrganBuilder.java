package org.pipeorgan.dsl.ui.project;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.eclipse.core.resources.IFile;
import org.eclipse.core.resources.IProject;
import org.eclipse.core.resources.IResource;
import org.eclipse.core.resources.IResourceDelta;
import org.eclipse.core.resources.IncrementalProjectBuilder;
import org.eclipse.core.resources.ResourcesPlugin;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.IPath;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.OperationCanceledException;
import org.eclipse.core.runtime.SubMonitor;
import org.eclipse.core.runtime.jobs.ISchedulingRule;
import org.eclipse.emf.common.util.URI;
import org.eclipse.xtext.diagnostics.Severity;
import org.eclipse.xtext.resource.XtextResource;
import org.eclipse.xtext.service.OperationCanceledError;
import org.eclipse.xtext.validation.Issue;
import org.pipeorgan.dsl.settings.SettingsFile;
import org.pipeorgan.dsl.ui.PipeOrganUi;
import org.pipeorgan.dsl.ui.language.LanguageServices;
import org.pipeorgan.dsl.ui.language.UnsavedTexts;
import org.pipeorgan.dsl.ui.run.StudyRuns;

/**
 * Validates the PipeOrgan files of a project and marks their problems. An incremental build validates the changed files
 * and those that read a changed, new or removed one, in whichever project of the workspace it is. The first build of a
 * session, the one after a cancelled build and the one after a change of settings are full.
 *
 * <p>A build holds no lock: files can be saved meanwhile, and what is deleted meanwhile is passed over.
 */
public final class PipeOrganBuilder extends IncrementalProjectBuilder {
	/** Id of the builder. */
	public static final String ID = "org.pipeorgan.dsl.ui.builder";

	/**
	 * What the last build knows about a file.
	 *
	 * @param read the workspace files that it read or would have, by full path
	 * @param runnable whether it has studies and no errors
	 */
	private record Known(Set<IPath> read, boolean runnable) {
	}

	/** By full path; {@code null} when the next build must be full. */
	private Map<IPath, Known> known;

	@Override
	public ISchedulingRule getRule(int kind, Map<String, String> arguments) {
		return null;
	}

	@Override
	protected IProject[] build(int kind, Map<String, String> arguments, IProgressMonitor monitor) throws CoreException {
		Map<IPath, Known> before = known;
		known = null;
		if (!ProjectSettings.isOn(getProject(), ProjectSettings.VALIDATE)) {
			ProblemMarkers.delete(getProject());
			return null;
		}
		Set<IPath> changes = kind == FULL_BUILD || before == null ? null : changes(projects(before.values()));
		Set<IPath> files = changes == null ? all() : affected(before, changes);
		Map<IPath, Known> after = changes == null ? new HashMap<>() : new HashMap<>(before);
		after.keySet().removeIf(path -> !file(path).exists());
		validate(files, after, SubMonitor.convert(monitor, "Validating " + getProject().getName(), files.size()));
		known = after;
		if (changes != null && ProjectSettings.isOn(getProject(), ProjectSettings.RUN_ON_SAVE)) {
			files.stream().filter(path -> after.containsKey(path) && after.get(path).runnable).forEach(path -> StudyRuns.saved(file(path)));
		}
		return projects(after.values()).toArray(IProject[]::new);
	}

	@Override
	protected void clean(IProgressMonitor monitor) throws CoreException {
		known = null;
		ProblemMarkers.delete(getProject());
	}

	private static void validate(Set<IPath> files, Map<IPath, Known> known, SubMonitor progress) throws CoreException {
		for (IPath path : files) {
			IFile file = file(path);
			progress.subTask(path.toString());
			SubMonitor part = progress.split(1);
			if (file.exists()) {
				try {
					known.put(path, validate(file, part));
				} catch (CoreException e) {
					if (file.exists() && file.isSynchronized(IResource.DEPTH_ZERO)) {
						throw e;
					}
				}
			}
		}
	}

	private static Known validate(IFile file, SubMonitor progress) throws CoreException {
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
			return new Known(read, issues.stream().noneMatch(issue -> issue.getSeverity() == Severity.ERROR) && !language.studies(resource).isEmpty());
		} catch (OperationCanceledError e) {
			throw new OperationCanceledException();
		}
	}

	private Set<IPath> all() throws CoreException {
		return WorkspaceFiles.below(getProject()).stream().map(IFile::getFullPath).collect(Collectors.toCollection(LinkedHashSet::new));
	}

	/** This project and those of the files that are read: those whose changes matter. */
	private Set<IProject> projects(Collection<Known> files) {
		Set<IProject> projects = new LinkedHashSet<>(List.of(getProject()));
		files.stream().flatMap(each -> each.read.stream()).filter(path -> path.segmentCount() > 1)
				.forEach(path -> projects.add(ResourcesPlugin.getWorkspace().getRoot().getProject(path.segment(0))));
		return projects;
	}

	/** The files that came, changed or went since the last build; {@code null} if that is not known or everything must be built. */
	private Set<IPath> changes(Set<IProject> projects) throws CoreException {
		Set<IPath> changes = new HashSet<>();
		boolean[] all = { false };
		for (IProject project : projects) {
			IResourceDelta delta = getDelta(project);
			if (delta == null) {
				return null;
			}
			delta.accept(part -> {
				boolean content = part.getKind() != IResourceDelta.CHANGED
						|| (part.getFlags() & (IResourceDelta.CONTENT | IResourceDelta.REPLACED | IResourceDelta.ENCODING)) != 0;
				if (content && part.getResource().getType() == IResource.FILE) {
					changes.add(part.getFullPath());
					all[0] |= SettingsFile.NAME.equals(part.getFullPath().lastSegment());
				}
				return true;
			});
		}
		return all[0] ? null : changes;
	}

	private Set<IPath> affected(Map<IPath, Known> before, Set<IPath> changes) {
		Set<IPath> files = new TreeSet<>(Comparator.comparing(IPath::toString));
		changes.stream().filter(path -> getProject().getFullPath().isPrefixOf(path) && file(path).exists() && WorkspaceFiles.isPipeOrgan(file(path))).forEach(files::add);
		before.forEach((path, file) -> {
			if (file.read.stream().anyMatch(changes::contains) && file(path).exists()) {
				files.add(path);
			}
		});
		return files;
	}

	private static IFile file(IPath path) {
		return ResourcesPlugin.getWorkspace().getRoot().getFile(path);
	}
}
