package org.pipeorgan.dsl.ui.editor;

import java.util.List;
import org.eclipse.jface.text.ITextViewer;
import org.eclipse.jface.text.reconciler.MonoReconciler;

/** Reconciles in a background thread of its own, shortly after the user stops typing or other files have changed. */
final class PogReconciler extends MonoReconciler {
	private static final int DELAY_MILLISECONDS = 300;
	private final Runnable again = this::reconcileAgain;
	private final PogEditor editor;

	PogReconciler(PogEditor editor, List<ReconcileStep> steps) {
		super(new PogReconcilingStrategy(editor, steps), false);
		this.editor = editor;
		setDelay(DELAY_MILLISECONDS);
		setIsAllowedToModifyDocument(false);
	}

	@Override
	public void install(ITextViewer viewer) {
		super.install(viewer);
		DocumentStates.get().addListener(again);
	}

	@Override
	public void uninstall() {
		DocumentStates.get().removeListener(again);
		super.uninstall();
	}

	private void reconcileAgain() {
		DocumentState state = editor.state(getDocument());
		if (state != null && state.isOutdated()) {
			forceReconciling();
		}
	}
}
