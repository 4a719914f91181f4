package org.pipeorgan.dsl.ui.editor;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.core.resources.IResourceChangeEvent;
import org.eclipse.core.resources.IResourceChangeListener;
import org.eclipse.core.resources.IResourceDelta;
import org.eclipse.core.resources.ResourcesPlugin;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.emf.common.util.URI;
import org.eclipse.jface.text.IDocument;
import org.pipeorgan.dsl.ui.PipeOrganUi;

/**
 * The parsed states of all open documents: one a document, however many editors show it. While there is any, changes
 * of PipeOrgan files in the workspace outdate the states of the other files.
 */
final class DocumentStates implements IResourceChangeListener {
	private static final DocumentStates INSTANCE = new DocumentStates();

	/** A state and how many editors use it. */
	private static final class Entry {
		private final DocumentState state;
		private int users;

		private Entry(DocumentState state) {
			this.state = state;
		}
	}

	private final Map<IDocument, Entry> entries = new IdentityHashMap<>();
	private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

	private DocumentStates() {
	}

	static DocumentStates get() {
		return INSTANCE;
	}

	/** The state of {@code document}, to be given back with {@link #release}. */
	synchronized DocumentState acquire(IDocument document, URI file) {
		if (entries.isEmpty()) {
			ResourcesPlugin.getWorkspace().addResourceChangeListener(this, IResourceChangeEvent.POST_CHANGE);
		}
		Entry entry = entries.computeIfAbsent(document, d -> new Entry(new DocumentState(PipeOrganUi.language(), d, file)));
		entry.users++;
		return entry.state;
	}

	/** Gives {@code state} back. */
	synchronized void release(DocumentState state) {
		Entry entry = entries.get(state.document());
		if (entry != null && entry.state == state && --entry.users == 0) {
			state.dispose();
			entries.remove(state.document());
			if (entries.isEmpty()) {
				ResourcesPlugin.getWorkspace().removeResourceChangeListener(this);
			}
		}
	}

	/** Calls {@code listener}, on any thread, after states were outdated by other files. */
	void addListener(Runnable listener) {
		listeners.add(listener);
	}

	/** Undoes {@link #addListener}. */
	void removeListener(Runnable listener) {
		listeners.remove(listener);
	}

	@Override
	public void resourceChanged(IResourceChangeEvent event) {
		List<URI> changed = new ArrayList<>();
		try {
			event.getDelta().accept(delta -> {
				boolean content = delta.getKind() != IResourceDelta.CHANGED || (delta.getFlags() & IResourceDelta.CONTENT) != 0;
				if (content && PipeOrganUi.FILE_EXTENSION.equals(delta.getFullPath().getFileExtension())) {
					changed.add(URI.createPlatformResourceURI(delta.getFullPath().toString(), true));
				}
				return true;
			});
		} catch (CoreException e) {
			PipeOrganUi.log("Changes of the workspace could not be read", e);
		}
		if (changed.isEmpty()) {
			return;
		}
		synchronized (this) {
			for (Entry entry : entries.values()) {
				if (changed.stream().anyMatch(file -> !file.equals(entry.state.file()))) {
					entry.state.invalidate();
				}
			}
		}
		listeners.forEach(Runnable::run);
	}
}
