package org.pipeorgan.dsl.ui.project;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.core.resources.IFile;
import org.eclipse.core.resources.IProject;
import org.eclipse.core.resources.IResource;
import org.eclipse.core.resources.IResourceDelta;
import org.eclipse.core.resources.IncrementalProjectBuilder;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.IPath;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.OperationCanceledException;
import org.eclipse.core.runtime.SubMonitor;
import org.eclipse.emf.common.util.URI;
import org.eclipse.emf.ecore.resource.Resource;
import org.eclipse.xtext.resource.XtextResource;
import org.eclipse.xtext.service.OperationCanceledError;
import org.eclipse.xtext.validation.Issue;
import org.pipeorgan.dsl.ui.PipeOrganUi;
import org.pipeorgan.dsl.ui.language.LanguageServices;

/**
 * Validates the PipeOrgan files of a project and marks their problems. An incremental build validates the changed files,
 * the files that read a changed one, and those with problems, as a name may have become known. The first build of a session and the one after a cancelled build are full.
 */
public final class PipeOrganBuilder extends IncrementalProjectBuilder {
	/** Id of the builder. */
	public static final String ID = "org.pipeorgan.dsl.ui.builder";

	/** What the last build knows about a file: the workspace files it read, by full path, and whether it has problems. */
	private record Known(Set<IPath> read, boolean problems) {
	}

	/** The files that came or changed, and those that went, since the last build. */
	private record Changes(Set<IPath> changed, Set<IPath> removed) {
	}

	/** By full path; {@code null} when the next build must be full. */
	private Map<IPath, Known> known;

	@Override
	protected IProject[] build(int kind, Map<String, String> arguments, IProgressMonitor monitor) throws CoreException {
		IResourceDelta delta = kind == FULL_BUILD ? null : getDelta(getProject());
		Map<IPath, Known> before = known;
		known = null;
		Set<IPath> files = before == null || delta == null ? all() : affected(before, changes(delta));
		Map<IPath, Known> after = before == null || delta == null ? new HashMap<>() : new HashMap<>(before);
		after.keySet().removeIf(path -> !getProject().getWorkspace().getRoot().getFile(path).exists());
		SubMonitor progress = SubMonitor.convert(monitor, "Validating " + getProject().getName(), files.size());
		for (IPath path : files) {
			IFile file = getProject().getWorkspace().getRoot().getFile(path);
			if (file.exists()) {
				progress.subTask(path.toString());
				after.put(path, validate(file, progress.split(1)));
			}
		}
		known = after;
		return null;
	}

	@Override
	protected void clean(IProgressMonitor monitor) throws CoreException {
		known = null;
		ProblemMarkers.delete(getProject());
	}

	private Set<IPath> all() throws CoreException {
		Set<IPath> files = new TreeSet<>(Comparator.comparing(IPath::toString));
		getProject().accept(resource -> {
			if (isPipeOrgan(resource)) {
				files.add(resource.getFullPath());
			}
			return !resource.isDerived();
		});
		return files;
	}

	private static Changes changes(IResourceDelta delta) throws CoreException {
		Changes changes = new Changes(new HashSet<>(), new HashSet<>());
		delta.accept(part -> {
			if (isPipeOrgan(part.getResource())) {
				IPath path = part.getFullPath();
				switch (part.getKind()) {
				case IResourceDelta.ADDED -> changes.changed.add(path);
				case IResourceDelta.REMOVED -> changes.removed.add(path);
				default -> {
					if ((part.getFlags() & (IResourceDelta.CONTENT | IResourceDelta.REPLACED | IResourceDelta.ENCODING)) != 0) {
						changes.changed.add(path);
					}
				}
				}
			}
			return true;
		});
		return changes;
	}

	private static Set<IPath> affected(Map<IPath, Known> before, Changes changes) {
		Set<IPath> files = new TreeSet<>(Comparator.comparing(IPath::toString));
		files.addAll(changes.changed);
		before.forEach((path, file) -> {
			boolean reads = file.read.stream().anyMatch(p -> changes.changed.contains(p) || changes.removed.contains(p));
			if (reads || file.problems && !changes.changed.isEmpty()) {
				files.add(path);
			}
		});
		files.removeAll(changes.removed);
		return files;
	}

	private static Known validate(IFile file, SubMonitor progress) throws CoreException {
		LanguageServices language = PipeOrganUi.language();
		URI uri = URI.createPlatformResourceURI(file.getFullPath().toString(), true);
		try {
			XtextResource resource = language.parse(uri, new String(file.readAllBytes(), StandardCharsets.UTF_8));
			List<Issue> issues = language.validate(resource, progress::isCanceled);
			progress.checkCanceled();
			ProblemMarkers.replace(file, issues);
			Set<IPath> read = new HashSet<>();
			for (Resource other : resource.getResourceSet().getResources()) {
				if (other != resource && other.getURI().isPlatformResource()) {
					read.add(IPath.fromOSString(other.getURI().toPlatformString(true)));
				}
			}
			return new Known(read, !issues.isEmpty());
		} catch (OperationCanceledError e) {
			throw new OperationCanceledException();
		}
	}

	private static boolean isPipeOrgan(IResource resource) {
		return resource.getType() == IResource.FILE && PipeOrganUi.FILE_EXTENSION.equals(resource.getFileExtension())
				&& !resource.isDerived();
	}
}
