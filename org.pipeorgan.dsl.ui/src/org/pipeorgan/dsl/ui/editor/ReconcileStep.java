package org.pipeorgan.dsl.ui.editor;

import org.eclipse.jface.text.IDocument;
import org.eclipse.xtext.resource.XtextResource;
import org.eclipse.xtext.util.CancelIndicator;

/** Something to bring up to date in the background after the text has changed. */
interface ReconcileStep {
	/**
	 * Computes from {@code resource}, which no other thread uses meanwhile; what concerns widgets is posted to the UI
	 * thread, never waited for.
	 *
	 * @param document the text that was parsed
	 * @param cancel tells when the text has changed again: the result is then worthless
	 * @throws org.eclipse.xtext.service.OperationCanceledError (or OperationCanceledException) when it was cancelled
	 */
	void reconcile(IDocument document, XtextResource resource, CancelIndicator cancel);
}
