package org.pipeorgan.dsl.ui.editor;

import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.eclipse.core.resources.IResourceChangeEvent;
import org.eclipse.core.resources.IResourceChangeListener;
import org.eclipse.core.resources.IResourceDelta;
import org.eclipse.core.resources.ResourcesPlugin;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.emf.common.util.URI;
import org.eclipse.jface.text.DocumentEvent;
import org.eclipse.jface.text.IDocument;
import org.eclipse.jface.text.IDocumentListener;
import org.pipeorgan.dsl.settings.SettingsFile;
import org.pipeorgan.dsl.ui.PipeOrganUi;
import org.pipeorgan.dsl.ui.language.UnsavedTexts;

/**
 * The parsed states of all open documents: one a document, however many editors show it. Each is read with the present
 * texts of the others, saved or not; changes of one, and of files in the workspace, outdate the states that read it.
 */
public final class DocumentStates implements IResourceChangeListener, UnsavedTexts {
	private static final DocumentStates INSTANCE = new DocumentStates();

	/** A state, how many editors use it, and what listens to its document. */
	private static final class Entry {
		private final DocumentState state;
		private final IDocumentListener changes;
		private int users;

		private Entry(DocumentState state, IDocumentListener changes) {
			this.state = state;
			this.changes = changes;
		}
	}

	private final Map<IDocument, Entry> entries = new IdentityHashMap<>();
	private final Map<URI, IDocument> open = new ConcurrentHashMap<>();
	private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

	private DocumentStates() {
	}

	/** The states of the workbench. */
	public static DocumentStates get() {
		return INSTANCE;
	}

	@Override
	public Optional<String> of(URI file) {
		return Optional.ofNullable(open.get(file)).map(IDocument::get);
	}

	/** Number of open documents. */
	public synchronized int size() {
		return entries.size();
	}

	/** The state of {@code document}, to be given back with {@link #release}. */
	synchronized DocumentState acquire(IDocument document, URI file) {
		if (entries.isEmpty()) {
			ResourcesPlugin.getWorkspace().addResourceChangeListener(this, IResourceChangeEvent.POST_CHANGE);
		}
		Entry entry = entries.computeIfAbsent(document, d -> listened(new DocumentState(PipeOrganUi::language, d, file, this)));
		entry.users++;
		return entry.state;
	}

	/** Gives {@code state} back. */
	void release(DocumentState state) {
		synchronized (this) {
			Entry entry = entries.get(state.document());
			if (entry == null || entry.state != state || --entry.users > 0) {
				return;
			}
			state.dispose();
			state.document().removeDocumentListener(entry.changes);
			entries.remove(state.document());
			open.remove(state.file(), state.document());
			if (entries.isEmpty()) {
				ResourcesPlugin.getWorkspace().removeResourceChangeListener(this);
			}
		}
		outdate(other -> other.reads(state.file()));
	}

	/** Has everything analysed anew, as settings have changed. */
	public void outdateAll() {
		outdate(state -> true);
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
		Set<URI> changed = new HashSet<>();
		boolean[] settings = { false };
		try {
			event.getDelta().accept(delta -> {
				boolean content = delta.getKind() != IResourceDelta.CHANGED || (delta.getFlags() & IResourceDelta.CONTENT) != 0;
				if (content && PipeOrganUi.FILE_EXTENSION.equals(delta.getFullPath().getFileExtension())) {
					changed.add(URI.createPlatformResourceURI(delta.getFullPath().toString(), true));
				}
				settings[0] |= content && SettingsFile.NAME.equals(delta.getFullPath().lastSegment());
				return true;
			});
		} catch (CoreException e) {
			PipeOrganUi.log("Changes of the workspace could not be read", e);
		}
		if (settings[0] || !changed.isEmpty()) {
			outdate(state -> settings[0] || changed.stream().anyMatch(state::reads));
		}
	}

	private Entry listened(DocumentState state) {
		IDocumentListener changes = new IDocumentListener() {
			@Override
			public void documentAboutToBeChanged(DocumentEvent event) {
				// Only what it becomes matters.
			}

			@Override
			public void documentChanged(DocumentEvent event) {
				outdate(other -> other.reads(state.file()));
			}
		};
		state.document().addDocumentListener(changes);
		open.put(state.file(), state.document());
		return new Entry(state, changes);
	}

	private void outdate(Predicate<DocumentState> condition) {
		boolean any = false;
		synchronized (this) {
			for (Entry entry : entries.values()) {
				if (condition.test(entry.state)) {
					entry.state.invalidate();
					any = true;
				}
			}
		}
		if (any) {
			listeners.forEach(Runnable::run);
		}
	}
}
