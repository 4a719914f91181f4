package org.pipeorgan.dsl.ui.help;

import java.util.ArrayList;
import java.util.List;
import org.commonmark.node.Node;
import org.eclipse.core.runtime.ICoreRunnable;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.viewers.ITreeContentProvider;
import org.eclipse.jface.viewers.LabelProvider;
import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.jface.viewers.TreeViewer;
import org.eclipse.jface.viewers.Viewer;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.SashForm;
import org.eclipse.swt.custom.StyleRange;
import org.eclipse.swt.custom.StyledText;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Display;
import org.eclipse.ui.part.ViewPart;
import org.pipeorgan.dsl.ui.Icons;
import org.pipeorgan.dsl.ui.help.Documentation.Page;
import org.pipeorgan.dsl.ui.help.Documentation.Section;

/** The documentation as a view that needs neither a browser nor a help server: contents, and the page as text. */
public final class DocumentationView extends ViewPart {
	/** Id of the view. */
	public static final String ID = "org.pipeorgan.dsl.ui.documentation";

	/** An entry of the contents: a page, or a section of it. */
	private record Entry(Page page, Section section, int index) {
	}

	/** All pages with their sections, read in the background. */
	private record Contents(List<Entry> pages, List<List<Entry>> sections) {
		private static Contents read() {
			List<List<Section>> all = Documentation.PAGES.stream().map(Documentation::sections).toList();
			List<Entry> pages = new ArrayList<>();
			List<List<Entry>> below = new ArrayList<>();
			for (int i = 0; i < all.size(); i++) {
				Page page = Documentation.PAGES.get(i);
				List<Section> sections = all.get(i);
				pages.add(new Entry(page, sections.get(0), 0));
				List<Entry> entries = new ArrayList<>();
				for (int s = 1; s < sections.size(); s++) {
					if (sections.get(s).level() == 2) {
						entries.add(new Entry(page, sections.get(s), s));
					}
				}
				below.add(entries);
			}
			return new Contents(pages, below);
		}
	}

	private TreeViewer tree;
	private StyledText text;
	private Page shown;
	private StyledMarkdown.Shown content;
	private String wanted;

	@Override
	public void createPartControl(Composite parent) {
		SashForm both = new SashForm(parent, SWT.VERTICAL);
		both.addListener(SWT.Resize, event -> both.setOrientation(both.getSize().x > both.getSize().y ? SWT.HORIZONTAL : SWT.VERTICAL));
		tree = new TreeViewer(both, SWT.SINGLE | SWT.V_SCROLL | SWT.H_SCROLL);
		tree.setLabelProvider(new LabelProvider() {
			@Override
			public String getText(Object element) {
				return ((Entry) element).section.title();
			}

			@Override
			public Image getImage(Object element) {
				return Icons.image(((Entry) element).index == 0 ? "book" : "topic");
			}
		});
		tree.setContentProvider(new TreeContents());
		tree.addSelectionChangedListener(event -> {
			if (event.getStructuredSelection().getFirstElement() instanceof Entry entry) {
				show(entry);
			}
		});
		text = new StyledText(both, SWT.READ_ONLY | SWT.MULTI | SWT.WRAP | SWT.V_SCROLL);
		text.setMargins(8, 6, 8, 6);
		text.setText("Reading the documentation...");
		GridDataFactory.fillDefaults().grab(true, true).applyTo(text);
		both.setWeights(30, 70);
		Job job = Job.createSystem("Reading the documentation", (ICoreRunnable) monitor -> {
			Contents contents = Contents.read();
			Display.getDefault().asyncExec(() -> {
				if (!tree.getControl().isDisposed()) {
					tree.setInput(contents);
					open(wanted == null ? Documentation.PAGES.get(0).name() : wanted);
				}
			});
		});
		job.schedule();
	}

	@Override
	public void setFocus() {
		tree.getControl().setFocus();
	}

	/** Opens the page of this name, with {@code #anchor} at a section. UI thread. */
	public void open(String place) {
		wanted = place;
		if (!(tree.getInput() instanceof Contents contents)) {
			return;
		}
		String name = place.replaceFirst("#.*", "");
		String anchor = place.contains("#") ? place.substring(place.indexOf('#') + 1) : "";
		for (int i = 0; i < contents.pages.size(); i++) {
			if (contents.pages.get(i).page.name().equals(name)) {
				Entry target = contents.sections.get(i).stream().filter(entry -> entry.section.anchor().equals(anchor)).findFirst().orElse(contents.pages.get(i));
				tree.setSelection(new StructuredSelection(target), true);
			}
		}
	}

	/** The page that is shown, as text. UI thread. */
	public String text() {
		return text.getText();
	}

	private void show(Entry entry) {
		if (entry.page.equals(shown)) {
			reveal(entry.index);
			return;
		}
		shown = entry.page;
		Job job = Job.createSystem("Reading " + entry.page.name(), (ICoreRunnable) monitor -> {
			Node parsed = Documentation.parse(entry.page);
			Display.getDefault().asyncExec(() -> {
				if (!text.isDisposed() && entry.page.equals(shown)) {
					content = StyledMarkdown.of(parsed);
					text.setText(content.text());
					text.setStyleRanges(content.styles().toArray(StyleRange[]::new));
					reveal(entry.index);
				}
			});
		});
		job.schedule();
	}

	private void reveal(int section) {
		if (content != null && section < content.sections().size()) {
			int offset = content.sections().get(section);
			text.setTopIndex(text.getLineAtOffset(offset));
			// Lines are of different heights and measured only when they are shown.
			text.setTopPixel(text.getTopPixel() + text.getLocationAtOffset(offset).y - text.getTopMargin());
		}
	}

	/** The contents as a tree. */
	private static final class TreeContents implements ITreeContentProvider {
		private Contents contents;

		@Override
		public void inputChanged(Viewer viewer, Object before, Object now) {
			contents = (Contents) now;
		}

		@Override
		public Object[] getElements(Object input) {
			return contents.pages.toArray();
		}

		@Override
		public Object[] getChildren(Object parent) {
			int page = contents.pages.indexOf(parent);
			return page < 0 ? new Object[0] : contents.sections.get(page).toArray();
		}

		@Override
		public Object getParent(Object element) {
			return contents.pages.stream().filter(page -> page.page.equals(((Entry) element).page) && page != element).findFirst().orElse(null);
		}

		@Override
		public boolean hasChildren(Object element) {
			return getChildren(element).length > 0;
		}
	}
}
