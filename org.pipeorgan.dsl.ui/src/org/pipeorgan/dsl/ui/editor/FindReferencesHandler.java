package org.pipeorgan.dsl.ui.editor;

import org.eclipse.search.ui.NewSearchUI;
import org.pipeorgan.dsl.ui.search.ReferenceQuery;

/** Shows in the Search view where the workspace uses what is named at the caret. */
public final class FindReferencesHandler extends EditorHandler {
	@Override
	void run(PogEditor editor) {
		DocumentState state = editor.state(editor.document());
		if (state != null) {
			NewSearchUI.runQueryInBackground(new ReferenceQuery(state.file(), editor.caretOffset()));
		}
	}
}
