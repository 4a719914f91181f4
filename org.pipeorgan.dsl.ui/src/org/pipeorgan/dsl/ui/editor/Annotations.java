package org.pipeorgan.dsl.ui.editor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.eclipse.jface.text.ISynchronizable;
import org.eclipse.jface.text.Position;
import org.eclipse.jface.text.source.Annotation;
import org.eclipse.jface.text.source.IAnnotationModel;
import org.eclipse.jface.text.source.IAnnotationModelExtension;

/** Changes annotation models, from any thread. */
final class Annotations {
	private Annotations() {
	}

	/** Puts {@code found} in place of the annotations of {@code model} that fit {@code old}; nothing if there is no model. */
	static void replace(IAnnotationModel model, Predicate<Annotation> old, Map<Annotation, Position> found) {
		if (!(model instanceof IAnnotationModelExtension extension)) {
			return;
		}
		synchronized (lock(model)) {
			List<Annotation> gone = new ArrayList<>();
			model.getAnnotationIterator().forEachRemaining(annotation -> {
				if (old.test(annotation)) {
					gone.add(annotation);
				}
			});
			if (!gone.isEmpty() || !found.isEmpty()) {
				extension.replaceAnnotations(gone.toArray(Annotation[]::new), found);
			}
		}
	}

	private static Object lock(IAnnotationModel model) {
		Object lock = model instanceof ISynchronizable synchronizable ? synchronizable.getLockObject() : null;
		return lock == null ? model : lock;
	}
}
