package org.pipeorgan.dsl.ui.project;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.eclipse.core.resources.IProject;
import org.eclipse.core.resources.IResource;
import org.eclipse.core.resources.IResourceDelta;
import org.eclipse.core.resources.IncrementalProjectBuilder;
import org.eclipse.core.resources.ResourcesPlugin;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.IPath;
import org.eclipse.core.runtime.IProgressMonitor;
import org.pipeorgan.dsl.settings.SettingsFile;

/**
 * Tells {@link ProjectValidation} what has changed. That is all that is done under the platform's rule for builds, which
 * keeps every file of the workspace from being saved; a builder without that rule may meet a deletion in the middle of the
 * platform's tree of resources. The first build of a session, and the one after a change of settings, are of all files.
 */
public final class PipeOrganBuilder extends IncrementalProjectBuilder {
	/** Id of the builder. */
	public static final String ID = "org.pipeorgan.dsl.ui.builder";

	/** The projects whose changes are known to this builder; {@code null} before its first build. */
	private Set<IProject> followed;

	@Override
	protected IProject[] build(int kind, Map<String, String> arguments, IProgressMonitor monitor) throws CoreException {
		ProjectValidation validation = ProjectValidation.of(getProject());
		Set<IProject> projects = validation.readProjects();
		projects.addAll(Arrays.asList(ResourcesPlugin.getWorkspace().getRoot().getProjects()));
		Set<IPath> changes = kind == FULL_BUILD || followed == null ? null : changes(validation, projects);
		followed = projects;
		if (changes == null) {
			validation.all();
		} else {
			validation.changed(changes);
		}
		return projects.toArray(IProject[]::new);
	}

	@Override
	protected void clean(IProgressMonitor monitor) throws CoreException {
		followed = null;
		ProjectValidation.of(getProject()).clean();
	}

	/** The files that came, changed or went since the last build; {@code null} if that is not known or all must be validated. */
	private Set<IPath> changes(ProjectValidation validation, Set<IProject> projects) throws CoreException {
		Set<IPath> changes = new HashSet<>();
		boolean[] all = { false };
		for (IProject project : projects) {
			if (!followed.contains(project)) {
				changes.addAll(validation.read(project));
				continue;
			}
			IResourceDelta delta = getDelta(project);
			if (delta == null) {
				return null;
			}
			delta.accept(part -> {
				boolean content = part.getKind() != IResourceDelta.CHANGED
						|| (part.getFlags() & (IResourceDelta.CONTENT | IResourceDelta.REPLACED | IResourceDelta.ENCODING)) != 0;
				if (content && part.getResource().getType() == IResource.FILE && !part.getResource().isDerived(IResource.CHECK_ANCESTORS)) {
					changes.add(part.getFullPath());
					all[0] |= SettingsFile.NAME.equals(part.getFullPath().lastSegment());
				}
				return true;
			});
		}
		return all[0] ? null : changes;
	}
}
