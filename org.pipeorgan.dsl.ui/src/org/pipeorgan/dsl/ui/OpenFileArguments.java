package org.pipeorgan.dsl.ui;

import java.io.File;
import org.eclipse.core.runtime.Platform;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.emf.common.util.URI;
import org.eclipse.ui.IStartup;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.PlatformUI;
import org.pipeorgan.dsl.ui.editor.EditorOpener;

/**
 * Opens the PipeOrgan files that stand on the workbench's command line, relative to the folder it was started in, and
 * loads the language in the background so that the first editor opens at once.
 */
public final class OpenFileArguments implements IStartup {
	@Override
	public void earlyStartup() {
		Job.createSystem("Loading the PipeOrgan language", monitor -> {
			PipeOrganUi.language();
		}).schedule();
		for (String argument : Platform.getApplicationArgs()) {
			File file = new File(argument).getAbsoluteFile();
			if (argument.endsWith("." + PipeOrganUi.FILE_EXTENSION) && file.isFile()) {
				PlatformUI.getWorkbench().getDisplay().asyncExec(() -> open(file));
			}
		}
	}

	private static void open(File file) {
		IWorkbenchWindow window = PlatformUI.getWorkbench().getActiveWorkbenchWindow();
		if (window == null && PlatformUI.getWorkbench().getWorkbenchWindowCount() > 0) {
			window = PlatformUI.getWorkbench().getWorkbenchWindows()[0];
		}
		if (window != null) {
			EditorOpener.open(window.getActivePage(), URI.createFileURI(file.getPath()), null);
		}
	}
}
