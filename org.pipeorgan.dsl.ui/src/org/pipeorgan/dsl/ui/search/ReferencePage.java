package org.pipeorgan.dsl.ui.search;

import java.util.Arrays;
import java.util.Comparator;
import org.eclipse.core.resources.IFile;
import org.eclipse.emf.common.util.URI;
import org.eclipse.jface.viewers.ITreeContentProvider;
import org.eclipse.jface.viewers.LabelProvider;
import org.eclipse.jface.viewers.StructuredViewer;
import org.eclipse.jface.viewers.TableViewer;
import org.eclipse.jface.viewers.TreeViewer;
import org.eclipse.jface.viewers.Viewer;
import org.eclipse.jface.viewers.ViewerComparator;
import org.eclipse.search.ui.text.AbstractTextSearchViewPage;
import org.eclipse.search.ui.text.Match;
import org.eclipse.swt.graphics.Image;
import org.eclipse.xtext.util.TextRegion;
import org.pipeorgan.dsl.ui.Icons;
import org.pipeorgan.dsl.ui.editor.EditorOpener;
import org.pipeorgan.dsl.ui.project.WorkspaceFiles;

/** Shows references in the Search view: files, and the lines with references in them. */
public final class ReferencePage extends AbstractTextSearchViewPage {
	/** Files are URIs, their lines {@link ReferenceLine}s. */
	private static final class Contents implements ITreeContentProvider {
		private ReferenceResult result;

		@Override
		public void inputChanged(Viewer viewer, Object before, Object now) {
			result = now instanceof ReferenceResult found ? found : null;
		}

		@Override
		public Object[] getElements(Object input) {
			return result == null ? new Object[0] : Arrays.stream(result.getElements()).map(element -> ((ReferenceLine) element).file()).distinct().toArray();
		}

		@Override
		public Object[] getChildren(Object parent) {
			return result == null || !(parent instanceof URI) ? new Object[0]
					: Arrays.stream(result.getElements()).filter(element -> ((ReferenceLine) element).file().equals(parent)).toArray();
		}

		@Override
		public Object getParent(Object element) {
			return element instanceof ReferenceLine line ? line.file() : null;
		}

		@Override
		public boolean hasChildren(Object element) {
			return element instanceof URI;
		}
	}

	private static final class Labels extends LabelProvider {
		@Override
		public String getText(Object element) {
			if (element instanceof ReferenceLine line) {
				return line.number() + ": " + line.text();
			}
			IFile file = WorkspaceFiles.file((URI) element);
			return file == null ? ((URI) element).lastSegment() : file.getFullPath().makeRelative().toString();
		}

		@Override
		public Image getImage(Object element) {
			return Icons.image(element instanceof URI ? "file" : "reference");
		}
	}

	/** Makes the page: a tree, as a list of lines without their files would say little. */
	public ReferencePage() {
		super(FLAG_LAYOUT_TREE);
	}

	@Override
	protected void elementsChanged(Object[] objects) {
		getViewer().refresh();
		if (getViewer() instanceof TreeViewer tree) {
			tree.expandAll();
		}
	}

	@Override
	protected void clear() {
		getViewer().refresh();
	}

	@Override
	protected void configureTreeViewer(TreeViewer viewer) {
		configure(viewer);
		viewer.setContentProvider(new Contents());
	}

	@Override
	protected void configureTableViewer(TableViewer viewer) {
		configure(viewer);
	}

	@Override
	protected void showMatch(Match match, int offset, int length, boolean activate) {
		EditorOpener.open(getSite().getPage(), ((ReferenceLine) match.getElement()).file(), new TextRegion(offset, length));
	}

	/** The viewer with the lines, for tests. */
	public StructuredViewer viewer() {
		return getViewer();
	}

	private static void configure(StructuredViewer viewer) {
		viewer.setLabelProvider(new Labels());
		viewer.setComparator(new ViewerComparator() {
			@Override
			public int compare(Viewer in, Object one, Object other) {
				return one instanceof ReferenceLine a && other instanceof ReferenceLine b ? Integer.compare(a.number(), b.number())
						: Comparator.comparing(Object::toString).compare(one, other);
			}
		});
	}
}
