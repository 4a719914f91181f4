package org.pipeorgan.dsl.ui.editor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import org.eclipse.jface.text.AbstractDocument;
import org.eclipse.jface.text.BadLocationException;
import org.eclipse.jface.text.BadPositionCategoryException;
import org.eclipse.jface.text.DefaultPositionUpdater;
import org.eclipse.jface.text.IDocument;
import org.eclipse.jface.text.IPositionUpdater;
import org.eclipse.jface.text.IRegion;
import org.eclipse.jface.text.ITextPresentationListener;
import org.eclipse.jface.text.Position;
import org.eclipse.jface.text.Region;
import org.eclipse.jface.text.TextPresentation;
import org.eclipse.jface.text.TextViewer;
import org.eclipse.swt.custom.StyleRange;
import org.eclipse.swt.widgets.Display;
import org.eclipse.xtext.resource.XtextResource;
import org.eclipse.xtext.util.CancelIndicator;
import org.pipeorgan.dsl.ui.language.LanguageServices;

/**
 * Colours places by their meaning, above the lexical colours. The places move with the text until the next
 * reconciling.
 */
final class SemanticColoring implements ReconcileStep, ITextPresentationListener {
	/** A place and its style. */
	private static final class StyledPosition extends Position {
		private final String style;

		private StyledPosition(int offset, int length, String style) {
			super(offset, length);
			this.style = style;
		}

		@Override
		public boolean equals(Object other) {
			return super.equals(other) && other instanceof StyledPosition that && style.equals(that.style);
		}

		@Override
		public int hashCode() {
			return 31 * super.hashCode() + style.hashCode();
		}
	}

	/** So much text is coloured at a time, in characters. */
	private static final int SLICE = 1000;

	private final Supplier<LanguageServices> language;
	private final TextViewer viewer;
	private final String category = SemanticColoring.class.getName() + "@" + System.identityHashCode(this);
	private final IPositionUpdater updater = new DefaultPositionUpdater(category);
	/** UI thread only, as is {@link #document}. */
	private List<StyledPosition> positions = List.of();
	private IDocument document;

	SemanticColoring(Supplier<LanguageServices> language, TextViewer viewer) {
		this.language = language;
		this.viewer = viewer;
		viewer.addTextPresentationListener(this);
		viewer.getTextWidget().addDisposeListener(event -> clear());
	}

	@Override
	public void reconcile(IDocument parsed, XtextResource resource, CancelIndicator cancel) {
		List<StyledPosition> found = new ArrayList<>();
		language.get().highlight(resource, (offset, length, styles) -> {
			if (length > 0 && styles.length > 0) {
				found.add(new StyledPosition(offset, length, styles[0]));
			}
		}, cancel);
		found.sort(Comparator.comparingInt(Position::getOffset));
		if (!cancel.isCanceled()) {
			Display display = viewer.getTextWidget() == null ? null : viewer.getTextWidget().getDisplay();
			if (display != null && !display.isDisposed()) {
				display.asyncExec(() -> show(parsed, withoutOverlaps(found), cancel));
			}
		}
	}

	@Override
	public void applyTextPresentation(TextPresentation presentation) {
		if (positions.isEmpty() || viewer.getDocument() != document) {
			return;
		}
		IRegion extent = presentation.getExtent();
		int end = extent.getOffset() + extent.getLength();
		List<StyleRange> ranges = new ArrayList<>();
		for (StyledPosition position : within(extent)) {
			int from = Math.max(position.offset, extent.getOffset());
			int to = Math.min(position.offset + position.length, end);
			if (from < to) {
				ranges.add(Styles.range(position.style, from, to - from));
			}
		}
		presentation.replaceStyleRanges(ranges.toArray(StyleRange[]::new));
	}

	/** The positions that reach into {@code extent}. The document looks them up faster than one by one. */
	private List<StyledPosition> within(IRegion extent) {
		try {
			return document instanceof AbstractDocument fast
					? Arrays.stream(fast.getPositions(category, extent.getOffset(), extent.getLength(), true, true)).map(StyledPosition.class::cast).toList()
					: positions;
		} catch (BadPositionCategoryException e) {
			return List.of();
		}
	}

	private void show(IDocument parsed, List<StyledPosition> found, CancelIndicator cancel) {
		boolean disposed = viewer.getTextWidget() == null || viewer.getTextWidget().isDisposed();
		if (disposed || viewer.getDocument() != parsed || cancel.isCanceled()) {
			return;
		}
		boolean all = document != parsed;
		IRegion changed = all ? new Region(0, parsed.getLength()) : changed(positions, found);
		if (changed.getLength() == 0) {
			return;
		}
		clear();
		document = parsed;
		document.addPositionCategory(category);
		document.addPositionUpdater(updater);
		for (StyledPosition position : found) {
			try {
				document.addPosition(category, position);
			} catch (BadLocationException | BadPositionCategoryException e) {
				position.delete();
			}
		}
		positions = found;
		present(changed.getOffset(), changed.getOffset() + changed.getLength(), cancel);
	}

	/** Colours a part of the text anew, slice by slice, so that other events come in between. */
	private void present(int from, int to, CancelIndicator cancel) {
		if (viewer.getTextWidget() == null || viewer.getTextWidget().isDisposed() || viewer.getDocument() != document || cancel.isCanceled()) {
			return;
		}
		int length = Math.min(SLICE, Math.min(to, document.getLength()) - from);
		if (length > 0) {
			viewer.invalidateTextPresentation(from, length);
			viewer.getTextWidget().getDisplay().asyncExec(() -> present(from + length, to, cancel));
		}
	}

	/** From the first place that differs to the last one; empty if none does. */
	private static IRegion changed(List<StyledPosition> before, List<StyledPosition> now) {
		int first = 0;
		while (first < before.size() && first < now.size() && before.get(first).equals(now.get(first))) {
			first++;
		}
		int last = 0;
		while (last < before.size() - first && last < now.size() - first && before.get(before.size() - 1 - last).equals(now.get(now.size() - 1 - last))) {
			last++;
		}
		int from = Integer.MAX_VALUE;
		int to = 0;
		for (List<StyledPosition> places : List.of(before.subList(first, before.size() - last), now.subList(first, now.size() - last))) {
			for (StyledPosition place : places) {
				from = Math.min(from, place.offset);
				to = Math.max(to, place.offset + place.length);
			}
		}
		return new Region(Math.min(from, to), Math.max(0, to - from));
	}

	/** The first of overlapping places wins, as style ranges must not overlap. */
	private static List<StyledPosition> withoutOverlaps(List<StyledPosition> sorted) {
		List<StyledPosition> kept = new ArrayList<>();
		int end = 0;
		for (StyledPosition position : sorted) {
			if (position.offset >= end) {
				kept.add(position);
				end = position.offset + position.length;
			}
		}
		return kept;
	}

	private void clear() {
		if (document != null) {
			document.removePositionUpdater(updater);
			try {
				document.removePositionCategory(category);
			} catch (BadPositionCategoryException e) {
				// There is nothing to remove.
			}
			document = null;
		}
		positions = List.of();
	}
}
