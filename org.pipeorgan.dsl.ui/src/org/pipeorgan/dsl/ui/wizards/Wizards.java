package org.pipeorgan.dsl.ui.wizards;

import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.core.resources.IFile;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.OperationCanceledException;
import org.eclipse.jface.wizard.Wizard;
import org.eclipse.jface.wizard.WizardPage;
import org.eclipse.ui.IWorkbench;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.actions.WorkspaceModifyOperation;
import org.eclipse.ui.ide.IDE;
import org.eclipse.ui.wizards.newresource.BasicNewResourceWizard;
import org.pipeorgan.dsl.ui.PipeOrganUi;

/** What the wizards have in common. */
final class Wizards {
	/** Makes files. */
	@FunctionalInterface
	interface Work {
		/** Makes the files and returns them. */
		List<IFile> run(IProgressMonitor monitor) throws CoreException;
	}

	private Wizards() {
	}

	/** Title, picture and progress bar. */
	static void begin(Wizard wizard, String title) {
		wizard.setWindowTitle(title);
		wizard.setNeedsProgressMonitor(true);
		wizard.setDefaultPageImageDescriptor(PipeOrganUi.get().image("wizard"));
	}

	/** Runs {@code work} with the wizard's progress bar, then opens and selects the first file. @return whether it is done */
	static boolean finish(Wizard wizard, IWorkbench workbench, Work work) {
		List<IFile> files = new ArrayList<>();
		try {
			wizard.getContainer().run(true, true, new WorkspaceModifyOperation() {
				@Override
				protected void execute(IProgressMonitor monitor) throws CoreException {
					files.addAll(work.run(monitor));
				}
			});
		} catch (InvocationTargetException e) {
			Throwable cause = e.getTargetException();
			if (cause instanceof CoreException core) {
				refuse(wizard, core.getStatus().getMessage());
			} else if (!(cause instanceof OperationCanceledException)) {
				PipeOrganUi.log(wizard.getWindowTitle() + " failed", cause);
				refuse(wizard, "It failed: " + cause.getMessage() + "; details are in the error log");
			}
			return false;
		} catch (InterruptedException e) {
			return false;
		}
		open(workbench, files);
		return true;
	}

	/** The page says what is wrong, until something is changed. */
	private static void refuse(Wizard wizard, String message) {
		if (wizard.getContainer().getCurrentPage() instanceof WizardPage page) {
			page.setErrorMessage(message);
		}
	}

	private static void open(IWorkbench workbench, List<IFile> files) {
		IWorkbenchWindow window = workbench.getActiveWorkbenchWindow();
		if (window == null || window.getActivePage() == null || files.isEmpty()) {
			return;
		}
		BasicNewResourceWizard.selectAndReveal(files.get(0), window);
		if (PipeOrganUi.FILE_EXTENSION.equals(files.get(0).getFileExtension())) {
			try {
				IDE.openEditor(window.getActivePage(), files.get(0), true);
			} catch (PartInitException e) {
				PipeOrganUi.log("The new file could not be opened", e);
			}
		}
	}
}
