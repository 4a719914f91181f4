package org.pipeorgan.dsl.ui.editor;

import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.jface.dialogs.MessageDialog;
import org.eclipse.ltk.core.refactoring.RefactoringStatus;
import org.eclipse.ltk.ui.refactoring.RefactoringWizardOpenOperation;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Shell;
import org.pipeorgan.dsl.ui.rename.RenameWizard;
import org.pipeorgan.dsl.ui.rename.Renaming;

/** Renames what is named at the caret, in all files of the workspace. */
public final class RenameHandler extends EditorHandler {
	@Override
	void run(PogEditor editor) {
		DocumentState state = editor.state(editor.document());
		if (state == null) {
			return;
		}
		Renaming renaming = new Renaming(state.file(), editor.caretOffset());
		Job job = Job.create("Looking for the places to rename", monitor -> {
			RefactoringStatus status = renaming.checkInitialConditions(monitor);
			Display.getDefault().asyncExec(() -> open(editor, renaming, status));
		});
		job.setUser(true);
		job.schedule();
	}

	private static void open(PogEditor editor, Renaming renaming, RefactoringStatus status) {
		if (editor.viewer() == null) {
			return;
		}
		Shell shell = editor.getSite().getShell();
		if (status.hasFatalError()) {
			MessageDialog.openInformation(shell, "Rename", status.getMessageMatchingSeverity(RefactoringStatus.FATAL));
			return;
		}
		try {
			new RefactoringWizardOpenOperation(new RenameWizard(renaming)).run(shell, "Rename");
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
		}
	}
}
