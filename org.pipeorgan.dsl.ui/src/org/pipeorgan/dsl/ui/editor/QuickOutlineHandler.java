package org.pipeorgan.dsl.ui.editor;

/** Opens the {@link QuickOutline}. */
public final class QuickOutlineHandler extends EditorHandler {
	@Override
	void run(PogEditor editor) {
		editor.openQuickOutline();
	}
}
