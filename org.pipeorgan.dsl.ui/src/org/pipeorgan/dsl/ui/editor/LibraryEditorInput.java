package org.pipeorgan.dsl.ui.editor;

import java.io.IOException;
import java.io.InputStream;
import org.eclipse.core.resources.IStorage;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.IPath;
import org.eclipse.core.runtime.PlatformObject;
import org.eclipse.core.runtime.Status;
import org.eclipse.emf.common.util.URI;
import org.eclipse.jface.resource.ImageDescriptor;
import org.eclipse.ui.IPersistableElement;
import org.eclipse.ui.IStorageEditorInput;
import org.pipeorgan.dsl.ui.PipeOrganUi;

/** A file of the built-in library, to be read but not changed. Equal if the file is. */
final class LibraryEditorInput extends PlatformObject implements IStorageEditorInput {
	private final URI file;

	LibraryEditorInput(URI file) {
		this.file = file;
	}

	/** The library's file. */
	URI file() {
		return file;
	}

	@Override
	public IStorage getStorage() {
		return new LibraryStorage();
	}

	@Override
	public boolean exists() {
		return true;
	}

	@Override
	public ImageDescriptor getImageDescriptor() {
		return PipeOrganUi.get().image("file");
	}

	@Override
	public String getName() {
		return file.lastSegment();
	}

	@Override
	public IPersistableElement getPersistable() {
		return null;
	}

	@Override
	public String getToolTipText() {
		return "Built-in library: " + file.path();
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof LibraryEditorInput that && file.equals(that.file);
	}

	@Override
	public int hashCode() {
		return file.hashCode();
	}

	/** The content of the file. */
	private final class LibraryStorage extends PlatformObject implements IStorage {
		@Override
		public InputStream getContents() throws CoreException {
			try {
				return PipeOrganUi.language().createResourceSet().getURIConverter().createInputStream(file);
			} catch (IOException e) {
				throw new CoreException(Status.error("The library's file " + file + " could not be read", e));
			}
		}

		@Override
		public IPath getFullPath() {
			return IPath.fromOSString(file.path());
		}

		@Override
		public String getName() {
			return file.lastSegment();
		}

		@Override
		public boolean isReadOnly() {
			return true;
		}
	}
}
