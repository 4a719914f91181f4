package org.pipeorgan.dsl.ui.views;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eclipse.core.resources.IFile;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.ICoreRunnable;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.emf.common.util.URI;
import org.eclipse.jface.action.Action;
import org.eclipse.jface.action.IAction;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.text.ITextSelection;
import org.eclipse.jface.viewers.ArrayContentProvider;
import org.eclipse.jface.viewers.ColumnLabelProvider;
import org.eclipse.jface.viewers.ISelection;
import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.jface.viewers.TableViewer;
import org.eclipse.jface.viewers.TableViewerColumn;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.SashForm;
import org.eclipse.swt.events.SelectionListener;
import org.eclipse.swt.layout.FillLayout;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Label;
import org.eclipse.ui.ISelectionListener;
import org.eclipse.ui.IWorkbenchPart;
import org.eclipse.xtext.util.TextRegion;
import org.pipeorgan.dsl.ui.PipeOrganUi;
import org.pipeorgan.dsl.ui.editor.DocumentStates;
import org.pipeorgan.dsl.ui.editor.EditorOpener;
import org.pipeorgan.dsl.ui.editor.PogEditor;
import org.pipeorgan.dsl.ui.help.Help;
import org.pipeorgan.dsl.ui.language.LanguageServices.Member;
import org.pipeorgan.dsl.ui.language.Target;
import org.pipeorgan.dsl.ui.project.WorkspaceFiles;
import org.pipeorgan.dsl.ui.results.StudyOutcome;
import org.pipeorgan.engine.result.RunResult;
import org.pipeorgan.engine.result.SegmentResult;

/**
 * A mapping: its segments as a table and a timeline, and the PE array of the selected one with the loads of its links. The
 * selected operator is selected in the editor, and the operator at the editor's cursor is selected here.
 */
public final class MappingView extends OutcomeView {
	/** Id of the view. */
	public static final String ID = "org.pipeorgan.dsl.ui.mapping";

	/** A column of the table. */
	private record Column(String title, int width, boolean number, Function<Integer, String> text) {
	}

	private final ISelectionListener editorFollows = this::follow;
	private Combo runs;
	private TableViewer table;
	private ArrayCanvas array;
	private TimelineCanvas timeline;
	private IAction link;
	private List<RunResult> shownRuns = List.of();
	private RunResult run;
	private int segment = -1;
	private int operator = -1;
	private boolean following;

	@Override
	public void createPartControl(Composite parent) {
		Composite area = new Composite(parent, SWT.NONE);
		GridLayoutFactory.swtDefaults().margins(4, 4).numColumns(4).applyTo(area);
		createChoice(area);
		new Label(area, SWT.NONE).setText("Run:");
		runs = new Combo(area, SWT.READ_ONLY);
		GridDataFactory.fillDefaults().grab(true, false).applyTo(runs);
		runs.addSelectionListener(SelectionListener.widgetSelectedAdapter(event -> showRun(shownRuns.get(runs.getSelectionIndex()))));
		SashForm all = new SashForm(area, SWT.HORIZONTAL);
		GridDataFactory.fillDefaults().span(4, 1).grab(true, true).applyTo(all);
		SashForm left = new SashForm(all, SWT.VERTICAL);
		createTable(left);
		timeline = new TimelineCanvas(left, table.getTable(), (s, o) -> select(s, o, true));
		left.setWeights(58, 42);
		array = new ArrayCanvas(all, chosen -> select(segment, chosen, true));
		all.setWeights(55, 45);
		createActions();
		getSite().getPage().addPostSelectionListener(editorFollows);
		Help.set(area, "mapping");
		refresh();
	}

	@Override
	public void dispose() {
		getSite().getPage().removePostSelectionListener(editorFollows);
		super.dispose();
	}

	/** The array, for tests. */
	public ArrayCanvas array() {
		return array;
	}

	/** Position of the selected segment; -1 for none. UI thread. */
	public int segment() {
		return segment;
	}

	/** The run that is shown; {@code null} for none. UI thread. */
	public RunResult run() {
		return run;
	}

	/** Shows a run of the outcome. UI thread. */
	public void showRun(RunResult shown) {
		run = shown;
		runs.select(shown == null ? -1 : shownRuns.indexOf(shown));
		table.setInput(shown == null ? List.of() : IntStream.range(0, shown.segments().size()).boxed().toList());
		timeline.show(shown);
		select(shown == null || shown.segments().isEmpty() ? -1 : largest(shown), -1, false);
	}

	/** Selects a segment and one of its operators, -1 for none. UI thread. @param tell whether the editor follows */
	public void select(int chosenSegment, int chosenOperator, boolean tell) {
		segment = chosenSegment;
		operator = chosenOperator;
		following = true;
		try {
			table.setSelection(segment < 0 ? StructuredSelection.EMPTY : new StructuredSelection(segment), true);
		} finally {
			following = false;
		}
		timeline.select(segment, operator);
		showArray();
		if (tell && link.isChecked() && segment >= 0) {
			reveal(false);
		}
	}

	@Override
	void show(StudyOutcome shown) {
		shownRuns = shown == null ? List.of() : shown.result().runs();
		runs.setItems(shownRuns.stream().map(each -> each.workloadLabel() + " on " + each.accelerator() + " with " + each.interconnect() + ": " + each.policy()).toArray(String[]::new));
		setContentDescription(shown == null ? "Run a study to see its mappings." : "");
		RunResult same = run == null ? null : shownRuns.stream().filter(each -> each.workloadLabel().equals(run.workloadLabel()) && each.accelerator().equals(run.accelerator())
				&& each.interconnect().equals(run.interconnect()) && each.policy().equals(run.policy())).findFirst().orElse(null);
		showRun(same != null ? same : shownRuns.isEmpty() ? null : shownRuns.get(0));
	}

	private void createTable(Composite parent) {
		Composite holder = new Composite(parent, SWT.NONE);
		holder.setLayout(new FillLayout());
		table = new TableViewer(holder, SWT.FULL_SELECTION | SWT.SINGLE | SWT.BORDER | SWT.V_SCROLL | SWT.H_SCROLL);
		table.getTable().setHeaderVisible(true);
		table.setContentProvider(ArrayContentProvider.getInstance());
		List<Column> columns = new ArrayList<>();
		columns.add(new Column("#", 36, true, i -> String.valueOf(i + 1)));
		columns.add(new Column("Operators", 210, false, i -> names(part(i))));
		columns.add(new Column("Depth", 52, true, i -> String.valueOf(part(i).depth())));
		columns.add(new Column("Organization", 110, false, i -> part(i).organization()));
		columns.add(number("Cycles", 80, each -> each.latencyCycles()));
		columns.add(new Column("%", 44, true, i -> String.format(Locale.ROOT, "%.0f", 100.0 * part(i).latencyCycles() / Math.max(1, run.latencyCycles()))));
		columns.add(new Column("Bound by", 150, false, i -> part(i).bottleneck()));
		columns.add(number("Intervals", 70, SegmentResult::intervals));
		columns.add(number("Memory B", 90, SegmentResult::memoryBytes));
		columns.add(new Column("Weights in", 90, false, i -> part(i).weightLevel()));
		for (Column column : columns) {
			TableViewerColumn viewer = new TableViewerColumn(table, column.number ? SWT.RIGHT : SWT.LEFT);
			viewer.getColumn().setText(column.title);
			viewer.getColumn().setWidth(column.width);
			viewer.setLabelProvider(ColumnLabelProvider.createTextProvider(index -> column.text.apply((Integer) index)));
		}
		table.addSelectionChangedListener(event -> {
			if (!following && event.getStructuredSelection().getFirstElement() instanceof Integer index) {
				select(index, -1, true);
			}
		});
		table.addDoubleClickListener(event -> reveal(true));
	}

	private Column number(String title, int width, ToDoubleFunction<SegmentResult> value) {
		return new Column(title, width, true, i -> String.format(Locale.ROOT, "%,.0f", value.applyAsDouble(part(i))));
	}

	private void createActions() {
		link = new Action("Link with Editor", IAction.AS_CHECK_BOX) {
		};
		link.setImageDescriptor(PipeOrganUi.get().image("linked"));
		link.setToolTipText("Select in the editor what is selected here");
		link.setChecked(true);
		getViewSite().getActionBars().getToolBarManager().add(link);
	}

	private SegmentResult part(int index) {
		return run.segments().get(index);
	}

	private static String names(SegmentResult part) {
		return part.depth() == 1 ? part.operators().get(0) : part.operators().get(0) + " .. " + part.operators().get(part.depth() - 1);
	}

	private static int largest(RunResult of) {
		return IntStream.range(0, of.segments().size()).reduce(0, (a, b) -> of.segments().get(b).latencyCycles() > of.segments().get(a).latencyCycles() ? b : a);
	}

	private void showArray() {
		array.show(run == null || segment < 0 ? null : new SegmentDetails(run, segment), operator);
	}

	/** Selects the operator in the editor of its file, if that is open, or opens it. For a stored result it is looked for in what the open files map. */
	private void reveal(boolean open) {
		StudyOutcome of = outcome();
		if (of == null || run == null || segment < 0) {
			return;
		}
		String name = part(segment).operators().get(Math.max(0, operator));
		String workload = run.workloadLabel();
		List<IFile> sources = of.isStored() ? editors().map(editor -> WorkspaceFiles.file(editor.file())).filter(Objects::nonNull).toList() : List.of(of.origin());
		Job job = Job.createSystem("Looking for " + name, (ICoreRunnable) monitor -> {
			for (IFile source : sources) {
				Optional<Target> target = target(source, workload, name);
				if (target.isPresent()) {
					Display.getDefault().asyncExec(() -> reveal(target.get(), open));
					return;
				}
			}
		});
		job.schedule();
	}

	private static Optional<Target> target(IFile source, String workload, String operator) throws CoreException {
		if (!source.exists()) {
			return Optional.empty();
		}
		URI uri = WorkspaceFiles.uri(source);
		Optional<String> edited = DocumentStates.get().of(uri);
		String text = edited.isPresent() ? edited.get() : new String(source.readAllBytes(), StandardCharsets.UTF_8);
		return PipeOrganUi.language().operator(uri, text, DocumentStates.get(), workload, operator);
	}

	private Stream<PogEditor> editors() {
		return Arrays.stream(getSite().getPage().getEditorReferences()).map(reference -> reference.getEditor(false)).filter(PogEditor.class::isInstance).map(PogEditor.class::cast);
	}

	private void reveal(Target target, boolean open) {
		if (table.getControl().isDisposed()) {
			return;
		}
		following = true;
		try {
			if (open) {
				EditorOpener.open(getSite().getPage(), target.file(), new TextRegion(target.region().getOffset(), target.region().getLength()));
				return;
			}
			editors().filter(editor -> target.file().equals(editor.file())).forEach(editor -> {
				getSite().getPage().bringToTop(editor);
				editor.selectAndReveal(target.region().getOffset(), target.region().getLength());
			});
		} finally {
			following = false;
		}
	}

	/** The operator at the editor's cursor is selected here. */
	private void follow(IWorkbenchPart part, ISelection selection) {
		if (link.isChecked() && !following && run != null && part instanceof PogEditor editor && selection instanceof ITextSelection caret
				&& getSite().getPage().isPartVisible(this) && getSite().getPage().getActivePart() == editor) {
			RunResult of = run;
			editor.inBackground("Following the editor", resource -> PipeOrganUi.language().memberAround(resource, caret.getOffset()),
					member -> member.ifPresent(found -> follow(of, found)));
		}
	}

	private void follow(RunResult of, Member member) {
		if (run != of || table.getControl().isDisposed()) {
			return;
		}
		for (int s = 0; s < of.segments().size(); s++) {
			List<String> operators = part(s).operators();
			for (int o = 0; o < operators.size(); o++) {
				if (member.covers(of.workload(), operators.get(o))) {
					if (s != segment || o != operator) {
						select(s, o, false);
					}
					return;
				}
			}
		}
	}
}
