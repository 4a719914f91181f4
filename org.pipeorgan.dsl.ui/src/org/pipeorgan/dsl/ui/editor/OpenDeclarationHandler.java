package org.pipeorgan.dsl.ui.editor;

/** Opens the declaration of the name at the cursor (F3). */
public final class OpenDeclarationHandler extends EditorHandler {
	@Override
	void run(PogEditor editor) {
		editor.openDeclaration();
	}
}
