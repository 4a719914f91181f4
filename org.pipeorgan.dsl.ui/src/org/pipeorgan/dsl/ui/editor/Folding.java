package org.pipeorgan.dsl.ui.editor;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.eclipse.jface.text.BadLocationException;
import org.eclipse.jface.text.IDocument;
import org.eclipse.jface.text.Position;
import org.eclipse.jface.text.source.Annotation;
import org.eclipse.jface.text.source.projection.ProjectionAnnotation;
import org.eclipse.jface.text.source.projection.ProjectionAnnotationModel;
import org.eclipse.jface.text.source.projection.ProjectionViewer;
import org.eclipse.swt.widgets.Display;
import org.eclipse.xtext.ide.editor.folding.FoldingRange;
import org.eclipse.xtext.resource.XtextResource;
import org.eclipse.xtext.util.CancelIndicator;
import org.pipeorgan.dsl.ui.language.LanguageServices;

/** Makes the parts that the language names foldable; what is folded stays folded while its place remains. */
final class Folding implements ReconcileStep {
	private final Supplier<LanguageServices> language;
	private final ProjectionViewer viewer;

	Folding(Supplier<LanguageServices> language, ProjectionViewer viewer) {
		this.language = language;
		this.viewer = viewer;
	}

	@Override
	public void reconcile(IDocument document, XtextResource resource, CancelIndicator cancel) {
		List<Position> found = new ArrayList<>();
		for (FoldingRange range : language.get().foldingRanges(resource, cancel)) {
			Position lines = wholeLines(document, range);
			if (lines != null && !found.contains(lines)) {
				found.add(lines);
			}
		}
		Display.getDefault().asyncExec(() -> {
			if (!cancel.isCanceled() && viewer.getDocument() == document) {
				show(found);
			}
		});
	}

	private void show(List<Position> found) {
		ProjectionAnnotationModel model = viewer.getProjectionAnnotationModel();
		if (model == null) {
			return;
		}
		List<Position> missing = new ArrayList<>(found);
		List<Annotation> gone = new ArrayList<>();
		model.getAnnotationIterator().forEachRemaining(annotation -> {
			if (!missing.remove(model.getPosition(annotation))) {
				gone.add(annotation);
			}
		});
		Map<Annotation, Position> added = new HashMap<>();
		missing.forEach(position -> added.put(new ProjectionAnnotation(), position));
		if (!added.isEmpty() || !gone.isEmpty()) {
			model.modifyAnnotations(gone.toArray(Annotation[]::new), added, null);
		}
	}

	/** The lines of {@code range} with their ends; {@code null} if it is a single one. */
	private static Position wholeLines(IDocument document, FoldingRange range) {
		try {
			int first = document.getLineOfOffset(range.getOffset());
			int last = document.getLineOfOffset(range.getOffset() + range.getLength());
			if (first == last) {
				return null;
			}
			int start = document.getLineOffset(first);
			int end = document.getLineOffset(last) + document.getLineLength(last);
			return new Position(start, end - start);
		} catch (BadLocationException e) {
			return null;
		}
	}
}
