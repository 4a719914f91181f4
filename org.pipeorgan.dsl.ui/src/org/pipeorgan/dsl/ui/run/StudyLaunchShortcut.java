package org.pipeorgan.dsl.ui.run;

import org.eclipse.core.resources.IFile;
import org.eclipse.core.runtime.Adapters;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.debug.ui.DebugUITools;
import org.eclipse.debug.ui.ILaunchShortcut;
import org.eclipse.jface.viewers.ISelection;
import org.eclipse.jface.viewers.IStructuredSelection;
import org.eclipse.ui.IEditorPart;
import org.eclipse.ui.ide.ResourceUtil;
import org.pipeorgan.dsl.ui.PipeOrganUi;

/** {@code Run As > PipeOrgan Study} on a file or its editor. */
public final class StudyLaunchShortcut implements ILaunchShortcut {
	@Override
	public void launch(ISelection selection, String mode) {
		if (selection instanceof IStructuredSelection structured && !structured.isEmpty()) {
			launch(Adapters.adapt(structured.getFirstElement(), IFile.class), mode);
		}
	}

	@Override
	public void launch(IEditorPart editor, String mode) {
		launch(ResourceUtil.getFile(editor.getEditorInput()), mode);
	}

	private static void launch(IFile file, String mode) {
		if (file != null) {
			try {
				DebugUITools.launch(StudyLaunch.configuration(file), mode);
			} catch (CoreException e) {
				PipeOrganUi.log("The studies of " + file.getName() + " could not be launched", e);
			}
		}
	}
}
