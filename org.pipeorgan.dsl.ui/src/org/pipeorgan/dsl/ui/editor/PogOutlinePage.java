package org.pipeorgan.dsl.ui.editor;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.eclipse.jface.text.BadLocationException;
import org.eclipse.jface.text.IDocument;
import org.eclipse.jface.viewers.DelegatingStyledCellLabelProvider;
import org.eclipse.jface.viewers.IStructuredSelection;
import org.eclipse.jface.viewers.ITreeContentProvider;
import org.eclipse.jface.viewers.LabelProvider;
import org.eclipse.jface.viewers.SelectionChangedEvent;
import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.jface.viewers.StyledString;
import org.eclipse.jface.viewers.TreeViewer;
import org.eclipse.lsp4j.DocumentSymbol;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Display;
import org.eclipse.ui.views.contentoutline.ContentOutlinePage;
import org.eclipse.xtext.resource.XtextResource;
import org.eclipse.xtext.util.CancelIndicator;
import org.pipeorgan.dsl.ui.language.LanguageServices;

/**
 * The outline: the language's document symbols as a tree. Selecting an entry selects its name in the editor, and the
 * entry around the editor's cursor is selected in the outline.
 */
public final class PogOutlinePage extends ContentOutlinePage implements ReconcileStep {
	/**
	 * An entry of the outline. Equal to the entry of the same place in the tree after the text has changed, so that the
	 * tree stays expanded as it was.
	 */
	public static final class Entry {
		private final Entry parent;
		private final DocumentSymbol symbol;
		private final int index;
		private final List<Entry> children = new ArrayList<>();

		private Entry(Entry parent, DocumentSymbol symbol, int index) {
			this.parent = parent;
			this.symbol = symbol;
			this.index = index;
			if (symbol.getChildren() != null) {
				for (int i = 0; i < symbol.getChildren().size(); i++) {
					children.add(new Entry(this, symbol.getChildren().get(i), i));
				}
			}
		}

		/** The entry's text. */
		public String name() {
			return symbol.getName();
		}

		/** The entries below. */
		public List<Entry> children() {
			return List.copyOf(children);
		}

		@Override
		public boolean equals(Object other) {
			return other instanceof Entry that && index == that.index && name().equals(that.name()) && Objects.equals(parent, that.parent);
		}

		@Override
		public int hashCode() {
			return Objects.hash(name(), index);
		}

		@Override
		public String toString() {
			return name();
		}
	}

	/** Content and labels of the tree. */
	static final class Labels extends LabelProvider implements DelegatingStyledCellLabelProvider.IStyledLabelProvider {
		@Override
		public StyledString getStyledText(Object element) {
			DocumentSymbol symbol = ((Entry) element).symbol;
			StyledString text = new StyledString(symbol.getName());
			if (symbol.getDetail() != null && !symbol.getDetail().isBlank()) {
				text.append(" : " + symbol.getDetail(), StyledString.DECORATIONS_STYLER);
			}
			return text;
		}

		@Override
		public Image getImage(Object element) {
			return Images.ofSymbol(((Entry) element).symbol.getKind());
		}
	}

	/** The tree below its input, the list of top entries. */
	static final class Contents implements ITreeContentProvider {
		@Override
		public Object[] getElements(Object input) {
			return ((List<?>) input).toArray();
		}

		@Override
		public Object[] getChildren(Object parent) {
			return ((Entry) parent).children.toArray();
		}

		@Override
		public Object getParent(Object element) {
			return ((Entry) element).parent;
		}

		@Override
		public boolean hasChildren(Object element) {
			return !((Entry) element).children.isEmpty();
		}
	}

	private final Supplier<LanguageServices> language;
	private final PogEditor editor;
	/** UI thread only. */
	private List<Entry> entries = List.of();
	private boolean following;

	PogOutlinePage(Supplier<LanguageServices> language, PogEditor editor) {
		this.language = language;
		this.editor = editor;
	}

	/** The top entries; UI thread. */
	public List<Entry> entries() {
		return entries;
	}

	@Override
	public void createControl(Composite parent) {
		super.createControl(parent);
		TreeViewer tree = getTreeViewer();
		tree.setContentProvider(new Contents());
		tree.setLabelProvider(new DelegatingStyledCellLabelProvider(new Labels()));
		tree.setAutoExpandLevel(2);
		tree.setInput(entries);
		follow(editor.caretOffset());
	}

	@Override
	public void reconcile(IDocument document, XtextResource resource, CancelIndicator cancel) {
		List<DocumentSymbol> symbols = language.get().symbols(resource, cancel);
		List<Entry> found = new ArrayList<>();
		for (DocumentSymbol symbol : symbols) {
			found.add(new Entry(null, symbol, found.size()));
		}
		Display.getDefault().asyncExec(() -> {
			if (!cancel.isCanceled()) {
				show(found);
			}
		});
	}

	@Override
	public void selectionChanged(SelectionChangedEvent event) {
		super.selectionChanged(event);
		if (!following && event.getStructuredSelection().getFirstElement() instanceof Entry entry) {
			open(entry);
		}
	}

	/** Selects the name of {@code entry} in the editor. */
	void open(Entry entry) {
		Range range = entry.symbol.getSelectionRange();
		IDocument document = editor.document();
		int start = offset(document, range.getStart());
		int end = offset(document, range.getEnd());
		if (start >= 0 && end >= start) {
			editor.selectAndReveal(start, end - start);
		}
	}

	/** Selects the innermost entry around {@code caret}. */
	void follow(int caret) {
		if (getControl() == null || getControl().isDisposed() || getControl().isFocusControl()) {
			return;
		}
		Entry entry = innermost(entries, editor.document(), caret);
		IStructuredSelection selection = entry == null ? StructuredSelection.EMPTY : new StructuredSelection(entry);
		if (!selection.equals(getTreeViewer().getStructuredSelection())) {
			following = true;
			try {
				getTreeViewer().setSelection(selection, true);
			} finally {
				following = false;
			}
		}
	}

	private void show(List<Entry> found) {
		entries = found;
		if (getControl() == null || getControl().isDisposed()) {
			return;
		}
		TreeViewer tree = getTreeViewer();
		Object[] expanded = tree.getExpandedElements();
		boolean first = ((List<?>) tree.getInput()).isEmpty();
		getControl().setRedraw(false);
		following = true;
		try {
			tree.setInput(found);
			if (!first) {
				tree.setExpandedElements(expanded);
			}
		} finally {
			following = false;
			getControl().setRedraw(true);
		}
		follow(editor.caretOffset());
	}

	private static Entry innermost(List<Entry> entries, IDocument document, int caret) {
		for (Entry entry : entries) {
			Range range = entry.symbol.getRange();
			int start = offset(document, range.getStart());
			int end = offset(document, range.getEnd());
			if (start >= 0 && start <= caret && caret <= end) {
				Entry inner = innermost(entry.children, document, caret);
				return inner == null ? entry : inner;
			}
		}
		return null;
	}

	private static int offset(IDocument document, Position position) {
		try {
			return document == null ? -1 : document.getLineOffset(position.getLine()) + position.getCharacter();
		} catch (BadLocationException e) {
			return -1;
		}
	}
}
