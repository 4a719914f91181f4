package org.pipeorgan.tests.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.pipeorgan.tests.ui.WorkbenchDriver.example;
import static org.pipeorgan.tests.ui.WorkbenchDriver.file;
import static org.pipeorgan.tests.ui.WorkbenchDriver.open;
import static org.pipeorgan.tests.ui.WorkbenchDriver.page;
import static org.pipeorgan.tests.ui.WorkbenchDriver.screenshot;
import static org.pipeorgan.tests.ui.WorkbenchDriver.select;
import static org.pipeorgan.tests.ui.WorkbenchDriver.ui;
import static org.pipeorgan.tests.ui.WorkbenchDriver.waitFor;

import java.lang.management.ManagementFactory;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.eclipse.core.resources.IFile;
import org.eclipse.core.resources.IProject;
import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.swtchart.ISeries;
import org.eclipse.ui.IPageLayout;
import org.eclipse.ui.part.ISetSelectionTarget;
import org.eclipse.ui.views.properties.PropertySheet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.pipeorgan.dsl.ui.editor.PogEditor;
import org.pipeorgan.dsl.ui.results.Outcomes;
import org.pipeorgan.dsl.ui.results.StudyOutcome;
import org.pipeorgan.dsl.ui.run.StudyRun;
import org.pipeorgan.dsl.ui.run.StudyRunJob;
import org.pipeorgan.dsl.ui.views.CompareView;
import org.pipeorgan.dsl.ui.views.ElementProperties;
import org.pipeorgan.dsl.ui.views.LinkLoad;
import org.pipeorgan.dsl.ui.views.MappingView;
import org.pipeorgan.engine.result.RunResult;
import org.pipeorgan.engine.result.SegmentResult;

/** The views of results, and the properties of elements. */
@Tag("workbench")
class ViewsTest {
	private static final String NET = """

			workload Net {
			  input image [C 8, H 32, W 32]
			  first = conv(image) K 16 R 3 S 3 pad 1
			  second = conv(first) K 16 R 3 S 3 pad 1
			  third = conv(second) K 16 R 3 S 3 pad 1
			}
			""";
	private WorkbenchDriver workbench;
	private IProject project;
	private IFile file;

	@BeforeEach
	void start() throws Exception {
		workbench = new WorkbenchDriver();
		Outcomes.get().clear();
		project = workbench.project("views");
		file = file(project, "study.pog", example("xr/eye-segmentation.pog").replace("structured.ES_RITNet", "Net").replace("import library.xrbench.*\n", "") + NET);
	}

	@AfterEach
	void stop() throws Exception {
		Outcomes.get().clear();
		workbench.close();
	}

	@Test
	void showsAMappingWithItsArrayAndLinkLoads() throws Exception {
		file = file(project, "keywords.pog", example("xr/eye-segmentation.pog").replace("structured.ES_RITNet", "structured.KD_res8_narrow"));
		MappingView view = (MappingView) ui(() -> page().showView(MappingView.ID));
		assertNull(ui(view::run));
		run();
		waitFor("the run", () -> view.run() != null && view.run().policy().equals("pipeorgan"));
		RunResult run = ui(view::outcome).result().runs().stream().filter(each -> busy(each) >= 0).findFirst().orElseThrow();
		int piped = busy(run);
		ui(() -> {
			view.showRun(run);
			view.select(piped, -1, false);
			return null;
		});
		waitFor("the link loads", () -> view.array().isDrawn() && view.array().details().loads() != null);
		SegmentResult segment = run.segments().get(piped);
		double most = ui(() -> view.array().details().loads()).stream().mapToDouble(LinkLoad::cycles).max().orElseThrow();
		// the result states the busiest link's cycles in an interval of the slowest operator, whose number of intervals it does not state
		assertEquals(0, most / segment.maxLinkLoadCycles() - Math.rint(most / segment.maxLinkLoadCycles()), 1e-6);
		screenshot("view-mapping");
	}

	@Test
	void linksMappingAndEditorBothWays() throws Exception {
		PogEditor editor = open(file);
		MappingView view = (MappingView) ui(() -> page().showView(MappingView.ID));
		run();
		waitFor("the run", () -> view.run() != null);
		RunResult run = ui(view::run);
		ui(() -> {
			page().activate(editor);
			select(editor, "third = conv");
			return null;
		});
		waitFor("the operator in the view", () -> view.array().operator() >= 0 && run.segments().get(view.segment()).operators().get(view.array().operator()).equals("third"));
		ui(() -> {
			int segment = IntStream.range(0, run.segments().size()).filter(i -> run.segments().get(i).operators().contains("first")).findFirst().orElseThrow();
			view.select(segment, run.segments().get(segment).operators().indexOf("first"), true);
			return null;
		});
		waitFor("the operator in the editor", () -> editor.viewer().getTextWidget().getSelectionText().equals("first"));
	}

	@Test
	void staysFluidWithALargeArray() throws Exception {
		MappingView view = (MappingView) ui(() -> page().showView(MappingView.ID));
		run();
		waitFor("the run", () -> view.run() != null);
		RunResult small = ui(view::run);
		int side = 256;
		SegmentResult first = small.segments().get(0);
		List<Integer> owners = IntStream.range(0, side * side).map(pe -> pe / side % first.depth()).boxed().toList();
		SegmentResult large = with(first, Map.of("owners", owners));
		RunResult run = with(small, Map.of("accelerator", "Huge", "rows", side, "columns", side, "segments", Collections.nCopies(100, large)));
		Outcomes.get().add(new StudyOutcome(null, null, with(ui(view::outcome).result(), Map.of("study", "huge", "runs", List.of(run), "comparisons", List.of()))));
		waitFor("the large run", () -> view.run() == run);
		long longest = 0;
		for (int i = 0; i < 100; i++) {
			int segment = i;
			// processor time, so that a busy machine does not count
			long took = ui(() -> {
				long begin = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
				view.select(segment, -1, false);
				view.array().update();
				return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - begin;
			});
			longest = i < 10 ? 0 : Math.max(longest, took);
		}
		waitFor("the array", () -> view.array().isDrawn());
		screenshot("view-mapping-large");
		assertTrue(longest < 100_000_000, "selecting a segment took " + longest / 1_000_000 + " ms of the UI thread");
	}

	@Test
	void comparesPolicies() throws Exception {
		CompareView view = (CompareView) ui(() -> page().showView(CompareView.ID));
		run();
		waitFor("the bars", () -> view.chart().getSeriesSet().getSeries().length == 6);
		assertEquals(6, ui(() -> view.table().getTable().getItemCount()));
		StudyOutcome outcome = Outcomes.get().all().get(0);
		ui(() -> {
			view.compare(CompareView.Metric.CYCLES);
			return null;
		});
		ISeries<?> bars = ui(() -> view.chart().getSeriesSet().getSeries()[0]);
		assertEquals(outcome.result().runs().get(0).latencyCycles(), bars.getYSeries()[0]);
		screenshot("view-compare");
	}

	@Test
	void showsAStoredResult() throws Exception {
		run();
		Outcomes.get().clear();
		CompareView view = (CompareView) ui(() -> page().showView(CompareView.ID));
		IFile stored = project.getFile("pipeorgan-out/eye_segmentation/result.json");
		ui(() -> {
			var explorer = page().showView(IPageLayout.ID_PROJECT_EXPLORER);
			((ISetSelectionTarget) explorer).selectReveal(new StructuredSelection(stored));
			return null;
		});
		waitFor("the bars", () -> view.chart().getSeriesSet().getSeries().length == 6);
	}

	@Test
	void tellsTheFactsOfTheSelectedElement() throws Exception {
		PogEditor editor = open(file);
		PropertySheet view = (PropertySheet) ui(() -> page().showView(IPageLayout.ID_PROP_SHEET));
		ui(() -> {
			page().activate(editor);
			select(editor, "second = conv");
			return null;
		});
		waitFor("the facts", () -> view.getCurrentPage() instanceof ElementProperties page && page.shown() != null && page.shown().name().endsWith("second"),
				() -> String.valueOf(view.getCurrentPage()));
		List<String> facts = ui(() -> ((ElementProperties) view.getCurrentPage()).shown().facts());
		assertTrue(facts.get(1).contains("2,359,296 MACs"), facts.toString());
		screenshot("view-properties");
	}

	/** The same record with other values of some components. */
	private static <R extends Record> R with(R record, Map<String, Object> values) throws ReflectiveOperationException {
		RecordComponent[] components = record.getClass().getRecordComponents();
		Object[] all = new Object[components.length];
		for (int i = 0; i < all.length; i++) {
			all[i] = values.containsKey(components[i].getName()) ? values.get(components[i].getName()) : components[i].getAccessor().invoke(record);
		}
		@SuppressWarnings("unchecked")
		R changed = (R) record.getClass().getDeclaredConstructor(Arrays.stream(components).map(RecordComponent::getType).toArray(Class[]::new)).newInstance(all);
		return changed;
	}

	/** A segment with load on the links; -1 for none. */
	private static int busy(RunResult run) {
		return IntStream.range(0, run.segments().size()).filter(i -> run.segments().get(i).maxLinkLoadCycles() > 0).findFirst().orElse(-1);
	}

	private void run() throws Exception {
		StudyRunJob job = new StudyRunJob(StudyRun.of(file, false), new StudyRunJob.Listener() {
			@Override
			public void line(String text, boolean error) {
				assertTrue(!error, text);
			}

			@Override
			public void written(List<IFile> files) {
				assertEquals(3, files.size(), Arrays.toString(files.toArray()));
			}
		});
		job.schedule();
		job.join();
		assertEquals(1, Outcomes.get().all().size());
	}
}
