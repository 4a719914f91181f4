package org.pipeorgan.dsl.ui.run;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.resources.IFile;
import org.eclipse.jface.dialogs.MessageDialog;
import org.eclipse.ui.IEditorPart;
import org.eclipse.ui.handlers.HandlerUtil;
import org.eclipse.ui.ide.ResourceUtil;

/** Runs the studies of the file in the active editor. */
public final class RunStudyHandler extends AbstractHandler {
	@Override
	public Object execute(ExecutionEvent event) {
		IEditorPart editor = HandlerUtil.getActiveEditor(event);
		IFile file = editor == null ? null : ResourceUtil.getFile(editor.getEditorInput());
		if (file == null) {
			MessageDialog.openInformation(HandlerUtil.getActiveShell(event), "Run PipeOrgan Study",
					"Studies are run on files of a project, which also keeps their results. Put the file into a project first.");
		} else {
			StudyRuns.launch(file);
		}
		return null;
	}
}
