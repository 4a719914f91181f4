package org.pipeorgan.dsl.ui.editor;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.ui.handlers.HandlerUtil;

/** A command of the PipeOrgan editor. */
abstract class EditorHandler extends AbstractHandler {
	@Override
	public final Object execute(ExecutionEvent event) {
		if (HandlerUtil.getActiveEditor(event) instanceof PogEditor editor) {
			run(editor);
		}
		return null;
	}

	/** Runs the command on {@code editor}. UI thread. */
	abstract void run(PogEditor editor);
}
