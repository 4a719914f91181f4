package org.pipeorgan.dsl.ui.run;

import java.util.List;
import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.resources.IFile;
import org.eclipse.core.resources.IResource;
import org.eclipse.core.runtime.Adapters;
import org.eclipse.jface.dialogs.MessageDialog;
import org.eclipse.jface.viewers.IStructuredSelection;
import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.swt.widgets.Display;
import org.eclipse.ui.IEditorPart;
import org.eclipse.ui.IPageLayout;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.handlers.HandlerUtil;
import org.eclipse.ui.ide.IDE;
import org.eclipse.ui.ide.ResourceUtil;
import org.eclipse.ui.part.ISetSelectionTarget;
import org.pipeorgan.dsl.ui.editor.PogEditor;

/** Runs the studies of the file in the active editor, or of the selected file, after saving it. */
public final class RunStudyHandler extends AbstractHandler {
	@Override
	public Object execute(ExecutionEvent event) {
		IWorkbenchWindow window = HandlerUtil.getActiveWorkbenchWindow(event);
		IFile file = file(event);
		if (window == null) {
			return null;
		}
		Display display = window.getShell().getDisplay();
		if (file == null) {
			MessageDialog.openInformation(window.getShell(), "Run PipeOrgan Study",
					"Studies are run on files of a project, which also keeps their results. Put the file into a project first.");
		} else if (IDE.saveAllEditors(new IResource[] { file }, false)) {
			new StudyRunJob(file, message -> display.asyncExec(() -> refuse(window, message)),
					written -> display.asyncExec(() -> show(window, written))).schedule();
		}
		return null;
	}

	private static IFile file(ExecutionEvent event) {
		if (HandlerUtil.getActivePart(event) instanceof PogEditor editor) {
			return ResourceUtil.getFile(editor.getEditorInput());
		}
		if (HandlerUtil.getCurrentSelection(event) instanceof IStructuredSelection selection && !selection.isEmpty()) {
			IFile selected = Adapters.adapt(selection.getFirstElement(), IFile.class);
			if (selected != null) {
				return selected;
			}
		}
		IEditorPart editor = HandlerUtil.getActiveEditor(event);
		return editor == null ? null : ResourceUtil.getFile(editor.getEditorInput());
	}

	private static void refuse(IWorkbenchWindow window, String message) {
		if (window.getShell() != null && !window.getShell().isDisposed()) {
			MessageDialog.openWarning(window.getShell(), "The studies were not run", message);
		}
	}

	/** Selects the results where they can be seen. */
	private static void show(IWorkbenchWindow window, List<IFile> written) {
		IWorkbenchPage page = window.getActivePage();
		if (page != null && page.findView(IPageLayout.ID_PROJECT_EXPLORER) instanceof ISetSelectionTarget explorer && !written.isEmpty()) {
			explorer.selectReveal(new StructuredSelection(written));
		}
	}
}
