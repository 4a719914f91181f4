package org.pipeorgan.dsl.ui.project;

import java.util.List;
import org.eclipse.text.edits.MultiTextEdit;
import org.eclipse.text.edits.ReplaceEdit;
import org.pipeorgan.dsl.ide.Fixes;

/** Changes that the language proposes, as the platform's. */
public final class TextChanges {
	private TextChanges() {
	}

	/** One change that makes all of {@code edits}, which are apart. */
	public static MultiTextEdit edit(List<Fixes.Edit> edits) {
		MultiTextEdit all = new MultiTextEdit();
		edits.forEach(edit -> all.addChild(new ReplaceEdit(edit.offset(), edit.length(), edit.text())));
		return all;
	}
}
