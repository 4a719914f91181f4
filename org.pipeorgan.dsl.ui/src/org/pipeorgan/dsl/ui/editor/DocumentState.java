package org.pipeorgan.dsl.ui.editor;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.eclipse.emf.common.util.URI;
import org.eclipse.jface.text.IDocument;
import org.eclipse.jface.text.IDocumentExtension4;
import org.eclipse.xtext.resource.XtextResource;
import org.eclipse.xtext.util.CancelIndicator;
import org.pipeorgan.dsl.ui.language.LanguageServices;
import org.pipeorgan.dsl.ui.language.UnsavedTexts;
import org.pipeorgan.dsl.ui.project.ProjectSettings;

/**
 * The parsed state of one open document, which all features of all editors on it share. Background threads use
 * {@link #read}, which parses when the text has changed; the UI thread uses {@link #tryRead}, which never waits.
 * Parsed elements must not be kept beyond the call.
 */
public final class DocumentState {
	private final Supplier<LanguageServices> language;
	private final IDocument document;
	private final URI file;
	private final UnsavedTexts unsaved;
	private final ReentrantLock lock = new ReentrantLock();
	private volatile boolean outdated;
	private volatile boolean disposed;
	private volatile long analysedStamp = IDocumentExtension4.UNKNOWN_MODIFICATION_STAMP;
	/** Guarded by {@link #lock}, as is {@link #parsedStamp}. */
	private XtextResource resource;
	private long parsedStamp;
	/** The files that the analysed text was read with; {@code null} before the first analysis. */
	private volatile Set<URI> read;

	/** Makes a state. {@code unsaved} has the texts of the other files that are being edited. */
	DocumentState(Supplier<LanguageServices> language, IDocument document, URI file, UnsavedTexts unsaved) {
		this.language = language;
		this.document = document;
		this.file = file;
		this.unsaved = other -> other.equals(file) ? Optional.empty() : unsaved.of(other);
	}

	/** The file that is edited. */
	public URI file() {
		return file;
	}

	/** The edited text. */
	public IDocument document() {
		return document;
	}

	/**
	 * Runs {@code work} with the parsed present text, on the calling thread, alone. Not for the UI thread.
	 *
	 * @return what {@code work} returns
	 */
	public <T> T read(Function<? super XtextResource, ? extends T> work) {
		lock.lock();
		try {
			return work.apply(current());
		} finally {
			lock.unlock();
		}
	}

	/**
	 * Runs {@code work} if the parsed state is up to date and no other thread uses it; at once, so also for the UI
	 * thread.
	 *
	 * @return what {@code work} returns; empty if it did not run or returned {@code null}
	 */
	public <T> Optional<T> tryRead(Function<? super XtextResource, ? extends T> work) {
		if (!lock.tryLock()) {
			return Optional.empty();
		}
		try {
			return isCurrent() ? Optional.ofNullable(work.apply(resource)) : Optional.empty();
		} finally {
			lock.unlock();
		}
	}

	/**
	 * Tells, from any thread, when the text is no longer the parsed one or the state is no longer needed. To be asked
	 * for by work that {@link #read} runs.
	 */
	public CancelIndicator changeIndicator() {
		long stamp = parsedStamp;
		return () -> disposed || outdated || stamp() != stamp;
	}

	/** Whether all that editors show of the present text (problems, outline and so on) has been computed. From any thread. */
	public boolean isAnalysed() {
		return !outdated && analysedStamp == stamp();
	}

	/** The parsed text has been analysed completely. To be called by work that {@link #read} runs. */
	void analysed() {
		read = language.get().read(resource);
		analysedStamp = parsedStamp;
	}

	/** Stamp of the parsed text. To be called by work that {@link #read} runs. */
	long parsedStamp() {
		return parsedStamp;
	}

	/** Whether a change of {@code other} may change what this text means. */
	boolean reads(URI other) {
		Set<URI> known = read;
		return !other.equals(file) && (known == null || known.contains(other));
	}

	/** Whether other files have changed since the text was parsed. */
	boolean isOutdated() {
		return outdated;
	}

	/** Other files have changed: the next read links names anew. */
	void invalidate() {
		outdated = true;
	}

	/** Cancels work in progress. */
	void dispose() {
		disposed = true;
	}

	private boolean isCurrent() {
		return resource != null && !outdated && parsedStamp == stamp();
	}

	private XtextResource current() {
		if (outdated) {
			outdated = false;
			resource = null;
		}
		while (!isCurrent()) {
			long stamp = stamp();
			String text = document.get();
			if (stamp == stamp()) {
				parse(text);
				parsedStamp = stamp;
			}
			if (outdated) {
				break;
			}
		}
		return resource;
	}

	private void parse(String text) {
		XtextResource parsed = resource;
		resource = null;
		if (parsed == null) {
			parsed = language.get().parse(file, text, unsaved, ProjectSettings.severities(file));
		} else {
			try {
				parsed.reparse(text);
			} catch (IOException e) {
				throw new IllegalStateException(e);
			}
		}
		resource = parsed;
	}

	private long stamp() {
		return ((IDocumentExtension4) document).getModificationStamp();
	}
}
