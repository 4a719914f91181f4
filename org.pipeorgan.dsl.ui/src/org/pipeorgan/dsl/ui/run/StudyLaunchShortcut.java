package org.pipeorgan.dsl.ui.run;

import org.eclipse.core.resources.IFile;
import org.eclipse.core.runtime.Adapters;
import org.eclipse.debug.ui.ILaunchShortcut;
import org.eclipse.jface.viewers.ISelection;
import org.eclipse.jface.viewers.IStructuredSelection;
import org.eclipse.ui.IEditorPart;
import org.eclipse.ui.ide.ResourceUtil;

/** {@code Run As > PipeOrgan Study} on a file or its editor. */
public final class StudyLaunchShortcut implements ILaunchShortcut {
	@Override
	public void launch(ISelection selection, String mode) {
		if (selection instanceof IStructuredSelection structured && !structured.isEmpty()) {
			launch(Adapters.adapt(structured.getFirstElement(), IFile.class));
		}
	}

	@Override
	public void launch(IEditorPart editor, String mode) {
		launch(ResourceUtil.getFile(editor.getEditorInput()));
	}

	private static void launch(IFile file) {
		if (file != null) {
			StudyRuns.launch(file);
		}
	}
}
