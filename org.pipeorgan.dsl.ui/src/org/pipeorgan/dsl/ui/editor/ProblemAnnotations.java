package org.pipeorgan.dsl.ui.editor;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.eclipse.jface.text.IDocument;
import org.eclipse.jface.text.ISynchronizable;
import org.eclipse.jface.text.Position;
import org.eclipse.jface.text.source.Annotation;
import org.eclipse.jface.text.source.IAnnotationModel;
import org.eclipse.jface.text.source.IAnnotationModelExtension;
import org.eclipse.xtext.diagnostics.Severity;
import org.eclipse.xtext.resource.XtextResource;
import org.eclipse.xtext.util.CancelIndicator;
import org.eclipse.xtext.validation.Issue;
import org.pipeorgan.dsl.ui.language.LanguageServices;

/** Shows the problems that the language's validator finds as annotations of the text. */
final class ProblemAnnotations implements ReconcileStep {
	private final LanguageServices language;
	private final Supplier<IAnnotationModel> models;

	/** Makes the step. {@code models} supplies the viewer's annotation model or {@code null}. */
	ProblemAnnotations(LanguageServices language, Supplier<IAnnotationModel> models) {
		this.language = language;
		this.models = models;
	}

	@Override
	public void reconcile(IDocument document, XtextResource resource, CancelIndicator cancel) {
		Map<Annotation, Position> found = new HashMap<>();
		for (Issue issue : language.validate(resource, cancel)) {
			if (issue.getSeverity() != Severity.IGNORE) {
				found.put(new ProblemAnnotation(issue), position(issue, document.getLength()));
			}
		}
		IAnnotationModel model = models.get();
		if (cancel.isCanceled() || !(model instanceof IAnnotationModelExtension extension)) {
			return;
		}
		synchronized (lock(model)) {
			List<Annotation> old = new ArrayList<>();
			model.getAnnotationIterator().forEachRemaining(annotation -> {
				if (annotation instanceof ProblemAnnotation) {
					old.add(annotation);
				}
			});
			extension.replaceAnnotations(old.toArray(Annotation[]::new), found);
		}
	}

	private static Object lock(IAnnotationModel model) {
		Object lock = model instanceof ISynchronizable synchronizable ? synchronizable.getLockObject() : null;
		return lock == null ? model : lock;
	}

	private static Position position(Issue issue, int documentLength) {
		int offset = issue.getOffset() == null ? 0 : Math.clamp(issue.getOffset(), 0, documentLength);
		int length = issue.getLength() == null ? 0 : Math.clamp(issue.getLength(), 0, documentLength - offset);
		return new Position(offset, length);
	}
}
