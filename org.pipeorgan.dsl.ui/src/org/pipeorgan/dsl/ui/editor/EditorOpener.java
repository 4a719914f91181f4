package org.pipeorgan.dsl.ui.editor;

import java.io.File;
import org.eclipse.core.filesystem.EFS;
import org.eclipse.core.resources.IFile;
import org.eclipse.core.resources.ResourcesPlugin;
import org.eclipse.core.runtime.IPath;
import org.eclipse.emf.common.util.URI;
import org.eclipse.ui.IEditorInput;
import org.eclipse.ui.IEditorPart;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.ide.FileStoreEditorInput;
import org.eclipse.ui.ide.IDE;
import org.eclipse.ui.part.FileEditorInput;
import org.eclipse.ui.texteditor.ITextEditor;
import org.eclipse.xtext.util.ITextRegion;
import org.pipeorgan.dsl.ui.PipeOrganUi;

/** Opens the editor on a file of the workspace, of the file system or of the built-in library. UI thread. */
public final class EditorOpener {
	/** Id of the PipeOrgan editor. */
	public static final String EDITOR = "org.pipeorgan.dsl.ui.editor";

	private EditorOpener() {
	}

	/**
	 * Opens {@code file} in {@code page} and selects {@code region}; a failure goes to the error log.
	 *
	 * @param region place to select, or {@code null}
	 */
	public static void open(IWorkbenchPage page, URI file, ITextRegion region) {
		try {
			IEditorPart editor = IDE.openEditor(page, input(file), EDITOR);
			if (region != null && editor instanceof ITextEditor text) {
				text.selectAndReveal(region.getOffset(), region.getLength());
			}
		} catch (PartInitException e) {
			PipeOrganUi.log("The editor could not be opened on " + file, e);
		}
	}

	private static IEditorInput input(URI file) {
		if (file.isPlatformResource()) {
			IFile member = ResourcesPlugin.getWorkspace().getRoot().getFile(IPath.fromOSString(file.toPlatformString(true)));
			return new FileEditorInput(member);
		}
		if (file.isFile()) {
			IPath path = IPath.fromFile(new File(file.toFileString()));
			IFile member = ResourcesPlugin.getWorkspace().getRoot().getFileForLocation(path);
			return member != null ? new FileEditorInput(member)
					: new FileStoreEditorInput(EFS.getLocalFileSystem().getStore(path));
		}
		return new LibraryEditorInput(file);
	}
}
