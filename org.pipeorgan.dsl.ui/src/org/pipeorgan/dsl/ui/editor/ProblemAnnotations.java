package org.pipeorgan.dsl.ui.editor;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.eclipse.jface.text.IDocument;
import org.eclipse.jface.text.IDocumentExtension4;
import org.eclipse.jface.text.Position;
import org.eclipse.jface.text.source.Annotation;
import org.eclipse.jface.text.source.IAnnotationModel;
import org.eclipse.xtext.diagnostics.Severity;
import org.eclipse.xtext.resource.XtextResource;
import org.eclipse.xtext.util.CancelIndicator;
import org.eclipse.xtext.validation.Issue;
import org.pipeorgan.dsl.ui.language.LanguageServices;

/** Shows the problems that the language's validator finds as annotations of the text. */
final class ProblemAnnotations implements ReconcileStep {
	private final Supplier<LanguageServices> language;
	private final Supplier<IAnnotationModel> models;

	/** Makes the step. {@code models} supplies the viewer's annotation model or {@code null}. */
	ProblemAnnotations(Supplier<LanguageServices> language, Supplier<IAnnotationModel> models) {
		this.language = language;
		this.models = models;
	}

	@Override
	public void reconcile(IDocument document, XtextResource resource, CancelIndicator cancel) {
		long stamp = ((IDocumentExtension4) document).getModificationStamp();
		Map<Annotation, Position> found = new HashMap<>();
		for (Issue issue : language.get().validate(resource, cancel)) {
			if (issue.getSeverity() != Severity.IGNORE) {
				found.put(new ProblemAnnotation(issue, language.get().fixes(resource, issue), stamp), position(issue, document.getLength()));
			}
		}
		if (!cancel.isCanceled()) {
			Annotations.replace(models.get(), ProblemAnnotation.class::isInstance, found);
		}
	}

	private static Position position(Issue issue, int documentLength) {
		int offset = issue.getOffset() == null ? 0 : Math.clamp(issue.getOffset(), 0, documentLength);
		int length = issue.getLength() == null ? 0 : Math.clamp(issue.getLength(), 0, documentLength - offset);
		return new Position(offset, length);
	}
}
