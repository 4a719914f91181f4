package org.pipeorgan.dsl.ui.project;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.core.resources.IContainer;
import org.eclipse.core.resources.IFile;
import org.eclipse.core.resources.IFolder;
import org.eclipse.core.resources.IProject;
import org.eclipse.core.resources.IProjectDescription;
import org.eclipse.core.resources.ResourcesPlugin;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.IPath;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.SubMonitor;

/** Makes projects with the PipeOrgan nature, and files in them. */
public final class NewProject {
	private NewProject() {
	}

	/**
	 * Makes an open project with some files.
	 *
	 * @param folder where it is; {@code null} for the workspace
	 * @param files contents by path in the project
	 * @return the files, in the same order
	 */
	public static List<IFile> create(IProject project, IPath folder, Map<String, String> files, IProgressMonitor monitor) throws CoreException {
		SubMonitor progress = SubMonitor.convert(monitor, "Creating " + project.getName(), 3 + files.size());
		IProjectDescription description = ResourcesPlugin.getWorkspace().newProjectDescription(project.getName());
		description.setLocation(folder);
		project.create(description, progress.split(1));
		project.open(progress.split(1));
		project.setDefaultCharset(StandardCharsets.UTF_8.name(), progress.split(1));
		List<IFile> created = new ArrayList<>();
		for (Map.Entry<String, String> file : files.entrySet()) {
			created.add(write(project, file.getKey(), file.getValue(), progress.split(1)));
		}
		// Last, so that everything is there when it is built the first time.
		PipeOrganNature.addTo(project, null);
		return created;
	}

	/** Writes a file and makes the folders that it is in. */
	public static IFile write(IContainer container, String path, String text, IProgressMonitor monitor) throws CoreException {
		IContainer inside = container;
		String[] names = path.split("/");
		for (int i = 0; i < names.length - 1; i++) {
			IFolder folder = inside.getFolder(IPath.fromPortableString(names[i]));
			if (!folder.exists()) {
				folder.create(true, true, null);
			}
			inside = folder;
		}
		IFile file = inside.getFile(IPath.fromPortableString(names[names.length - 1]));
		file.write(text.getBytes(StandardCharsets.UTF_8), true, false, true, monitor);
		return file;
	}
}
