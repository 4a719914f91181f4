package org.pipeorgan.dsl.ui.project;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.eclipse.core.resources.IFile;
import org.eclipse.core.resources.IResource;
import org.eclipse.core.resources.ResourcesPlugin;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.IPath;
import org.eclipse.emf.common.util.URI;
import org.pipeorgan.dsl.ui.PipeOrganUi;

/** The PipeOrgan files of the workspace. */
public final class WorkspaceFiles {
	/** The order in which files are worked on. */
	static final Comparator<IPath> BY_PATH = Comparator.comparing(IPath::toString);

	private WorkspaceFiles() {
	}

	/** Whether {@code resource} is a PipeOrgan file that users write. */
	public static boolean isPipeOrgan(IResource resource) {
		return resource.getType() == IResource.FILE && PipeOrganUi.FILE_EXTENSION.equals(resource.getFileExtension())
				&& !resource.isDerived(IResource.CHECK_ANCESTORS);
	}

	/** The PipeOrgan files below {@code container}, sorted by path. */
	public static List<IFile> below(IResource container) throws CoreException {
		List<IFile> files = new ArrayList<>();
		if (container.isAccessible()) {
			container.accept(resource -> {
				if (isPipeOrgan(resource)) {
					files.add((IFile) resource);
				}
				return !resource.isDerived();
			});
		}
		files.sort(Comparator.comparing(IFile::getFullPath, BY_PATH));
		return files;
	}

	/** All PipeOrgan files of open projects, sorted by path. */
	public static List<URI> all() throws CoreException {
		return below(ResourcesPlugin.getWorkspace().getRoot()).stream().map(WorkspaceFiles::uri).toList();
	}

	/** How the language calls {@code file}. */
	public static URI uri(IFile file) {
		return URI.createPlatformResourceURI(file.getFullPath().toString(), true);
	}

	/** The file that the language calls {@code uri}; {@code null} if it is in no workspace. */
	public static IFile file(URI uri) {
		return uri.isPlatformResource() ? file(IPath.fromOSString(uri.toPlatformString(true))) : null;
	}

	/** The file at a full path. */
	static IFile file(IPath path) {
		return ResourcesPlugin.getWorkspace().getRoot().getFile(path);
	}
}
