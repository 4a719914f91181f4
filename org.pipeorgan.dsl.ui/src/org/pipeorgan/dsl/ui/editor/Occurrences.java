package org.pipeorgan.dsl.ui.editor;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.OperationCanceledException;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.jface.text.IDocument;
import org.eclipse.jface.text.Position;
import org.eclipse.jface.text.source.Annotation;
import org.eclipse.jface.text.source.IAnnotationModel;
import org.eclipse.swt.widgets.Display;
import org.eclipse.xtext.service.OperationCanceledError;
import org.pipeorgan.dsl.ide.References.Reference;
import org.pipeorgan.dsl.ui.PipeOrganUi;

/** Marks the places that name what is named at the caret. */
final class Occurrences {
	/** Type of the annotations. */
	static final String TYPE = "org.pipeorgan.dsl.ui.occurrence";
	private static final int DELAY_MILLISECONDS = 100;

	private final PogEditor editor;
	private volatile int caret;
	private final Job job = Job.createSystem("Marking occurrences", this::mark);

	Occurrences(PogEditor editor) {
		this.editor = editor;
	}

	/** The caret has moved. UI thread. */
	void caretMoved() {
		caret = editor.caretOffset();
		job.cancel();
		if (PipeOrganUi.get().getPreferenceStore().getBoolean(EditorPreferences.MARK_OCCURRENCES)) {
			job.schedule(DELAY_MILLISECONDS);
		} else if (editor.viewer() != null) {
			Annotations.replace(editor.viewer().getAnnotationModel(), Occurrences::isOurs, Map.of());
		}
	}

	/** Stops marking. */
	void dispose() {
		job.cancel();
	}

	private IStatus mark(IProgressMonitor monitor) {
		IDocument document = editor.shownDocument();
		DocumentState state = editor.state(document);
		if (state == null || monitor.isCanceled()) {
			return Status.CANCEL_STATUS;
		}
		try {
			Map<Annotation, Position> found = new HashMap<>();
			List<Reference> places = state.read(resource -> PipeOrganUi.language().occurrences(resource, caret, monitor::isCanceled));
			for (Reference place : places) {
				found.put(new Annotation(TYPE, false, (place.declaration() ? "Declaration" : "Use") + ": " + place.text()), new Position(place.offset(), place.length()));
			}
			if (!monitor.isCanceled()) {
				Display.getDefault().asyncExec(() -> show(document, found, monitor));
			}
			return Status.OK_STATUS;
		} catch (OperationCanceledError | OperationCanceledException e) {
			return Status.CANCEL_STATUS;
		}
	}

	private void show(IDocument document, Map<Annotation, Position> found, IProgressMonitor monitor) {
		if (editor.viewer() != null && editor.document() == document && !monitor.isCanceled()) {
			IAnnotationModel model = editor.viewer().getAnnotationModel();
			Annotations.replace(model, Occurrences::isOurs, found);
		}
	}

	private static boolean isOurs(Annotation annotation) {
		return TYPE.equals(annotation.getType());
	}
}
