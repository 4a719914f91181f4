package org.pipeorgan.dsl.ui.editor;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.jface.text.BadLocationException;
import org.eclipse.jface.text.IDocument;
import org.eclipse.jface.text.ITextViewer;
import org.eclipse.jface.text.Position;
import org.eclipse.jface.text.codemining.ICodeMining;
import org.eclipse.jface.text.codemining.ICodeMiningProvider;
import org.eclipse.jface.text.codemining.LineContentCodeMining;
import org.eclipse.jface.text.codemining.LineEndCodeMining;
import org.eclipse.jface.text.source.SourceViewer;
import org.eclipse.swt.widgets.Display;
import org.eclipse.xtext.resource.XtextResource;
import org.eclipse.xtext.util.CancelIndicator;
import org.pipeorgan.dsl.ide.InlayHints;
import org.pipeorgan.dsl.ui.PipeOrganUi;
import org.pipeorgan.dsl.ui.language.LanguageServices;

/** Shows inferred shapes behind the names of values, and what operators compute at the ends of their lines. */
final class CodeMinings implements ReconcileStep, ICodeMiningProvider {
	/** So many are shown at most in a file: each one costs the viewer time. */
	private static final int MOST = 2000;

	/** What there is to show of a text, by offset in it. */
	private record Shown(IDocument document, List<InlayHints.Hint> shapes, List<InlayHints.Hint> work) {
	}

	private final Supplier<LanguageServices> language;
	private final SourceViewer viewer;
	private volatile Shown shown;

	CodeMinings(Supplier<LanguageServices> language, SourceViewer viewer) {
		this.language = language;
		this.viewer = viewer;
	}

	@Override
	public void reconcile(IDocument document, XtextResource resource, CancelIndicator cancel) {
		boolean wanted = PipeOrganUi.get().getPreferenceStore().getBoolean(EditorPreferences.CODE_MININGS);
		Shown found = wanted ? new Shown(document, language.get().shapes(resource), language.get().work(resource)) : null;
		if (!cancel.isCanceled() && (found != null || shown != null) && (found == null || !found.equals(shown))) {
			Display.getDefault().asyncExec(() -> {
				shown = found;
				if (viewer.getTextWidget() != null && !viewer.getTextWidget().isDisposed() && viewer.getDocument() == document) {
					viewer.updateCodeMinings();
				}
			});
		}
	}

	@Override
	public CompletableFuture<List<? extends ICodeMining>> provideCodeMinings(ITextViewer of, IProgressMonitor monitor) {
		List<ICodeMining> minings = new ArrayList<>();
		Shown present = shown;
		IDocument document = of.getDocument();
		if (present != null && present.document == document) {
			present.shapes.stream().limit(MOST).filter(hint -> hint.offset() < document.getLength())
					.forEach(hint -> minings.add(new Shape(new Position(hint.offset(), 1), hint.label(), this)));
			for (InlayHints.Hint hint : present.work.subList(0, Math.min(MOST, present.work.size()))) {
				try {
					minings.add(new Work(document, document.getLineOfOffset(hint.offset()), hint.label(), this));
				} catch (BadLocationException e) {
					// The text has become shorter: it is analysed again.
				}
			}
		}
		return CompletableFuture.completedFuture(minings);
	}

	@Override
	public void dispose() {
		shown = null;
	}

	/** A shape behind a name: before the character that follows it. */
	private static final class Shape extends LineContentCodeMining {
		private Shape(Position position, String label, ICodeMiningProvider provider) {
			super(position, provider);
			setLabel(" " + label);
		}
	}

	/** A number of MACs at the end of a line. */
	private static final class Work extends LineEndCodeMining {
		private Work(IDocument document, int line, String label, ICodeMiningProvider provider) throws BadLocationException {
			super(document, line, provider);
			setLabel("  " + label);
		}
	}
}
