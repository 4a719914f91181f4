package org.pipeorgan.dsl.ui.editor;

import org.eclipse.jface.text.BadLocationException;
import org.eclipse.jface.text.IDocument;
import org.eclipse.jface.text.IRegion;
import org.eclipse.jface.text.ITextSelection;
import org.eclipse.text.edits.DeleteEdit;
import org.eclipse.text.edits.InsertEdit;
import org.eclipse.text.edits.MultiTextEdit;
import org.pipeorgan.dsl.ui.PipeOrganUi;

/** Comments the selected lines out, or in again if all of them are comments. Empty lines stay as they are. */
public final class ToggleCommentHandler extends EditorHandler {
	/** What makes a line a comment. */
	static final String PREFIX = "//";

	@Override
	void run(PogEditor editor) {
		if (editor.prepareChange() && editor.getSelectionProvider().getSelection() instanceof ITextSelection selection) {
			IDocument document = editor.document();
			try {
				int first = document.getLineOfOffset(selection.getOffset());
				int last = document.getLineOfOffset(selection.getOffset() + Math.max(0, selection.getLength() - 1));
				boolean several = selection.getLength() > 0;
				editor.viewer().getRewriteTarget().beginCompoundChange();
				try {
					edit(document, first, last).apply(document);
				} finally {
					editor.viewer().getRewriteTarget().endCompoundChange();
				}
				if (several) {
					int start = document.getLineOffset(first);
					IRegion end = document.getLineInformation(last);
					editor.selectAndReveal(start, end.getOffset() + end.getLength() - start);
				}
			} catch (BadLocationException e) {
				PipeOrganUi.log("The lines could not be commented", e);
			}
		}
	}

	/** The change that toggles lines {@code first} to {@code last}, both inclusive and from 0. */
	static MultiTextEdit edit(IDocument document, int first, int last) throws BadLocationException {
		boolean commented = true;
		for (int line = first; line <= last; line++) {
			String text = text(document, line).strip();
			commented &= text.isEmpty() || text.startsWith(PREFIX);
		}
		MultiTextEdit edit = new MultiTextEdit();
		for (int line = first; line <= last; line++) {
			String text = text(document, line);
			if (!text.isBlank()) {
				int start = document.getLineOffset(line);
				edit.addChild(commented ? new DeleteEdit(start + text.indexOf(PREFIX), PREFIX.length()) : new InsertEdit(start, PREFIX));
			}
		}
		return edit;
	}

	private static String text(IDocument document, int line) throws BadLocationException {
		return document.get(document.getLineOffset(line), document.getLineLength(line));
	}
}
