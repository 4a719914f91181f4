package org.pipeorgan.dsl.ui.editor;

import java.util.List;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.OperationCanceledException;
import org.eclipse.jface.text.IDocument;
import org.eclipse.jface.text.IRegion;
import org.eclipse.jface.text.reconciler.DirtyRegion;
import org.eclipse.jface.text.reconciler.IReconcilingStrategy;
import org.eclipse.jface.text.reconciler.IReconcilingStrategyExtension;
import org.eclipse.xtext.service.OperationCanceledError;
import org.eclipse.xtext.util.CancelIndicator;
import org.pipeorgan.dsl.ui.PipeOrganUi;

/** Parses the changed text in the reconciler's thread and runs the steps one after the other. */
final class PogReconcilingStrategy implements IReconcilingStrategy, IReconcilingStrategyExtension {
	private final PogEditor editor;
	private final List<ReconcileStep> steps;
	private volatile IDocument document;

	PogReconcilingStrategy(PogEditor editor, List<ReconcileStep> steps) {
		this.editor = editor;
		this.steps = steps;
	}

	@Override
	public void setDocument(IDocument document) {
		this.document = document;
	}

	@Override
	public void setProgressMonitor(IProgressMonitor monitor) {
		// Cancelled by the document's changes instead.
	}

	@Override
	public void initialReconcile() {
		reconcile();
	}

	@Override
	public void reconcile(DirtyRegion dirtyRegion, IRegion subRegion) {
		reconcile();
	}

	@Override
	public void reconcile(IRegion partition) {
		reconcile();
	}

	private void reconcile() {
		IDocument present = document;
		DocumentState state = present == null ? null : editor.state(present);
		if (state == null) {
			return;
		}
		try {
			state.read(resource -> {
				CancelIndicator cancel = state.changeIndicator();
				for (ReconcileStep step : steps) {
					if (cancel.isCanceled()) {
						return null;
					}
					step.reconcile(present, resource, cancel);
				}
				state.analysed();
				return null;
			});
		} catch (OperationCanceledException | OperationCanceledError e) {
			// The text has changed: it is reconciled again.
		} catch (RuntimeException e) {
			PipeOrganUi.log("The editor's text could not be analysed", e);
		}
	}
}
