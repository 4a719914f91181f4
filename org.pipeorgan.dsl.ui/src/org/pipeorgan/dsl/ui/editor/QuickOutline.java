package org.pipeorgan.dsl.ui.editor;

import java.util.List;
import java.util.Locale;
import org.eclipse.jface.dialogs.PopupDialog;
import org.eclipse.jface.viewers.DelegatingStyledCellLabelProvider;
import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.jface.viewers.TreeViewer;
import org.eclipse.jface.viewers.Viewer;
import org.eclipse.jface.viewers.ViewerFilter;
import org.eclipse.swt.SWT;
import org.eclipse.swt.events.KeyListener;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Text;
import org.eclipse.swt.widgets.TreeItem;

/** The outline as a popup, to type a name and go there (Ctrl+O). */
public final class QuickOutline extends PopupDialog {
	private final PogEditor editor;
	private Text filter;
	private TreeViewer tree;

	QuickOutline(PogEditor editor) {
		super(editor.getSite().getShell(), SWT.RESIZE, true, true, false, false, false, "", "Type a name; Enter goes there");
		this.editor = editor;
	}

	@Override
	protected Control createTitleControl(Composite parent) {
		filter = new Text(parent, SWT.NONE);
		filter.setMessage("name");
		filter.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false));
		filter.addModifyListener(event -> refresh());
		filter.addKeyListener(KeyListener.keyPressedAdapter(event -> {
			if (event.keyCode == SWT.CR || event.keyCode == SWT.KEYPAD_CR) {
				go();
			} else if (event.keyCode == SWT.ARROW_DOWN) {
				tree.getTree().setFocus();
			}
		}));
		return filter;
	}

	@Override
	protected Control createDialogArea(Composite parent) {
		tree = new TreeViewer(parent, SWT.SINGLE | SWT.V_SCROLL | SWT.H_SCROLL);
		tree.getTree().setLayoutData(new GridData(SWT.FILL, SWT.FILL, true, true));
		tree.setContentProvider(new PogOutlinePage.Contents());
		tree.setLabelProvider(new DelegatingStyledCellLabelProvider(new PogOutlinePage.Labels()));
		tree.addFilter(new ViewerFilter() {
			@Override
			public boolean select(Viewer viewer, Object parentElement, Object element) {
				return matches((PogOutlinePage.Entry) element);
			}
		});
		tree.setAutoExpandLevel(2);
		tree.setInput(editor.outline().entries());
		tree.addOpenListener(event -> go());
		selectFirst(tree.getTree().getItems());
		return tree.getControl();
	}

	@Override
	protected Control getFocusControl() {
		return filter;
	}

	@Override
	protected Point getInitialSize() {
		return new Point(420, 360);
	}

	@Override
	protected Point getInitialLocation(Point size) {
		Rectangle area = editor.viewer().getTextWidget().getBounds();
		Point corner = editor.viewer().getTextWidget().getParent().toDisplay(area.x, area.y);
		return new Point(corner.x + (area.width - size.x) / 2, corner.y + Math.max(0, (area.height - size.y) / 3));
	}

	/** Types into the filter, for tests. */
	public void type(String text) {
		filter.setText(text);
	}

	/** Goes to the selected entry. */
	public void go() {
		if (tree.getStructuredSelection().getFirstElement() instanceof PogOutlinePage.Entry entry) {
			close();
			editor.outline().open(entry);
			editor.setFocus();
		}
	}

	private void refresh() {
		tree.getControl().setRedraw(false);
		try {
			tree.refresh();
			if (!filter.getText().isBlank()) {
				tree.expandAll();
			}
			selectFirst(tree.getTree().getItems());
		} finally {
			tree.getControl().setRedraw(true);
		}
	}

	/** Selects the first entry whose own name fits. */
	private boolean selectFirst(TreeItem[] items) {
		for (TreeItem item : items) {
			if (item.getData() instanceof PogOutlinePage.Entry entry && fits(entry)) {
				tree.setSelection(new StructuredSelection(entry), true);
				return true;
			}
			if (selectFirst(item.getItems())) {
				return true;
			}
		}
		return false;
	}

	private boolean fits(PogOutlinePage.Entry entry) {
		return filter == null || entry.name().toLowerCase(Locale.ROOT).contains(filter.getText().strip().toLowerCase(Locale.ROOT));
	}

	private boolean matches(PogOutlinePage.Entry entry) {
		List<PogOutlinePage.Entry> children = entry.children();
		return fits(entry) || children.stream().anyMatch(this::matches);
	}
}
