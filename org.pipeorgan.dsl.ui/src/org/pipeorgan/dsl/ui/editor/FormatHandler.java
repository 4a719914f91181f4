package org.pipeorgan.dsl.ui.editor;

import java.util.List;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.jface.text.IDocument;
import org.eclipse.jface.text.ITextSelection;
import org.eclipse.swt.widgets.Display;
import org.eclipse.xtext.formatting2.regionaccess.ITextReplacement;
import org.eclipse.xtext.util.CancelIndicator;
import org.eclipse.xtext.util.TextRegion;
import org.pipeorgan.dsl.ide.Fixes;
import org.pipeorgan.dsl.ui.PipeOrganUi;

/**
 * Formats the selection, or the whole text if nothing is selected, with the language's formatter. The changes are
 * computed in a job and dropped if the text changes meanwhile.
 */
public final class FormatHandler extends EditorHandler {
	/** Jobs of this handler belong to this family. */
	public static final Object FAMILY = FormatHandler.class;

	/** The computed changes and whether the text is still the one they are for. */
	private record Result(List<ITextReplacement> changes, CancelIndicator cancel) {
	}

	@Override
	void run(PogEditor editor) {
		IDocument document = editor.document();
		DocumentState state = editor.state(document);
		if (state == null || !editor.prepareChange() || !(editor.getSelectionProvider().getSelection() instanceof ITextSelection selection)) {
			return;
		}
		TextRegion region = selection.getLength() == 0 ? new TextRegion(0, document.getLength())
				: new TextRegion(selection.getOffset(), selection.getLength());
		Display display = Display.getCurrent();
		Job job = new Job("Formatting " + state.file().lastSegment()) {
			@Override
			protected IStatus run(IProgressMonitor monitor) {
				Result result = state.read(resource -> new Result(
						PipeOrganUi.language().format(resource, region),
						state.changeIndicator()));
				display.asyncExec(() -> apply(editor, document, result));
				return Status.OK_STATUS;
			}

			@Override
			public boolean belongsTo(Object family) {
				return family == FAMILY;
			}
		};
		job.setUser(true);
		job.schedule();
	}

	private static void apply(PogEditor editor, IDocument document, Result result) {
		if (editor.document() != document || result.cancel.isCanceled() || result.changes.isEmpty()) {
			return;
		}
		editor.change(result.changes.stream().map(change -> new Fixes.Edit(change.getOffset(), change.getLength(), change.getReplacementText())).toList());
	}
}
