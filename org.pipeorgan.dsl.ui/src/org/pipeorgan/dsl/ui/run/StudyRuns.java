package org.pipeorgan.dsl.ui.run;

import java.util.List;
import org.eclipse.core.resources.IFile;
import org.eclipse.core.resources.IResource;
import org.eclipse.jface.dialogs.MessageDialog;
import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.swt.widgets.Display;
import org.eclipse.ui.IPageLayout;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.ide.IDE;
import org.eclipse.ui.part.ISetSelectionTarget;

/** Starts runs of studies for the user and tells how they ended. */
public final class StudyRuns {
	private StudyRuns() {
	}

	/**
	 * Runs the studies of {@code file} in the background, after asking to save it if it is open and changed. Any thread.
	 */
	static void start(IFile file) {
		Display display = PlatformUI.getWorkbench().getDisplay();
		display.asyncExec(() -> {
			if (IDE.saveAllEditors(new IResource[] { file }, false)) {
				new StudyRunJob(file, message -> display.asyncExec(() -> refuse(message)),
						written -> display.asyncExec(() -> show(written))).schedule();
			}
		});
	}

	/** {@code file} was saved and has studies and no errors: they are run in the background. From any thread. */
	public static void saved(IFile file) {
		// see the launch slice
	}

	private static void refuse(String message) {
		IWorkbenchWindow window = PlatformUI.getWorkbench().getActiveWorkbenchWindow();
		MessageDialog.openWarning(window == null ? null : window.getShell(), "The studies were not run", message);
	}

	/** Selects the results where they can be seen. */
	private static void show(List<IFile> written) {
		IWorkbenchWindow window = PlatformUI.getWorkbench().getActiveWorkbenchWindow();
		IWorkbenchPage page = window == null ? null : window.getActivePage();
		if (page != null && page.findView(IPageLayout.ID_PROJECT_EXPLORER) instanceof ISetSelectionTarget explorer) {
			explorer.selectReveal(new StructuredSelection(written));
		}
	}
}
