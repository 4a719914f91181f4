package org.pipeorgan.tests.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.pipeorgan.journey.WorkbenchRobot.page;
import static org.pipeorgan.journey.WorkbenchRobot.screenshot;
import static org.pipeorgan.journey.WorkbenchRobot.ui;
import static org.pipeorgan.journey.WorkbenchRobot.waitFor;
import static org.pipeorgan.tests.ui.WorkbenchDriver.example;
import static org.pipeorgan.tests.ui.WorkbenchDriver.file;
import static org.pipeorgan.tests.ui.WorkbenchDriver.open;
import static org.pipeorgan.tests.ui.WorkbenchDriver.select;

import java.lang.management.ManagementFactory;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.eclipse.core.resources.IFile;
import org.eclipse.core.resources.IProject;
import org.eclipse.core.resources.IResource;
import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.swtchart.ISeries;
import org.eclipse.ui.IPageLayout;
import org.eclipse.ui.part.ISetSelectionTarget;
import org.eclipse.ui.views.properties.PropertySheet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.pipeorgan.dsl.ui.editor.PogEditor;
import org.pipeorgan.dsl.ui.results.Outcomes;
import org.pipeorgan.dsl.ui.results.StudyOutcome;
import org.pipeorgan.dsl.ui.run.StudyRun;
import org.pipeorgan.dsl.ui.run.StudyRunJob;
import org.pipeorgan.dsl.ui.views.CompareView;
import org.pipeorgan.dsl.ui.views.ElementProperties;
import org.pipeorgan.dsl.ui.views.LinkLoad;
import org.pipeorgan.dsl.ui.views.MappingView;
import org.pipeorgan.dsl.ui.views.SegmentDetails;
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
	@RegisterExtension
	private final WorkbenchDriver workbench = new WorkbenchDriver();
	private IProject project;
	private IFile file;

	@BeforeEach
	void start() throws Exception {
		Outcomes.get().clear();
		project = workbench.project("views");
		file = file(project, "study.pog", example("xr/eye-segmentation.pog").replace("structured.ES_RITNet", "Net").replace("import library.xrbench.*\n", "") + NET);
	}

	@AfterEach
	void stop() throws Exception {
		Outcomes.get().clear();
	}

	@Test
	void perspectiveHasWhatIsNeeded() {
		ui(() -> {
			page().resetPerspective();
			return null;
		});
		assertEquals("PipeOrgan", ui(() -> page().getPerspective().getLabel()));
		for (String view : List.of(IPageLayout.ID_PROJECT_EXPLORER, IPageLayout.ID_OUTLINE, IPageLayout.ID_PROBLEM_VIEW, MappingView.ID, CompareView.ID, IPageLayout.ID_PROP_SHEET,
				IPageLayout.ID_PROGRESS_VIEW)) {
			assertNotNull(ui(() -> page().findViewReference(view)), view);
		}
		assertTrue(List.of(ui(() -> page().getNewWizardShortcuts())).contains("org.pipeorgan.dsl.ui.newExample"));
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
		waitFor("the array", () -> view.array().isDrawn());
		assertEquals(10, busiest(ui(() -> view.array().details())), "tenths of the busiest link");
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
		Outcomes.get().add(new StudyOutcome(project.getFile("huge.pog"), with(ui(view::outcome).result(), Map.of("study", "huge", "runs", List.of(run), "comparisons", List.of()))));
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
		file = file(project, "both.pog", new String(file.readAllBytes()).replace("map Net", "map library.xrbench.structured.KD_res8_narrow, Net"));
		run();
		StudyOutcome ran = Outcomes.get().all().get(0);
		CompareView compare = (CompareView) ui(() -> page().showView(CompareView.ID));
		Outcomes.get().add(new StudyOutcome(project.getFile("other.pog"), with(ran.result(), Map.of("study", "other"))));
		waitFor("the newer one", () -> compare.outcome() != ran);
		choose(project.getFile("pipeorgan-out/eye_segmentation/result.json"));
		waitFor("the result as the session knows it", () -> compare.outcome() == ran);
		Outcomes.get().clear();
		choose(project);
		choose(project.getFile("pipeorgan-out/eye_segmentation/result.json"));
		waitFor("the bars", () -> compare.chart().getSeriesSet().getSeries().length == 6);

		PogEditor editor = open(file);
		MappingView mapping = (MappingView) ui(() -> page().showView(MappingView.ID));
		RunResult busy = ran.result().runs().stream().filter(each -> busy(each) >= 0).findFirst().orElseThrow();
		int piped = busy(busy);
		ui(() -> {
			mapping.showRun(mapping.outcome().result().runs().get(ran.result().runs().indexOf(busy)));
			mapping.select(piped, -1, false);
			return null;
		});
		waitFor("the array", () -> mapping.array().isDrawn());
		SegmentDetails shown = ui(() -> mapping.array().details());
		assertEquals(10, busiest(shown));
		IntStream.range(0, busy.rows() * busy.columns()).forEach(pe -> assertEquals(new SegmentDetails(busy, piped).linksFrom(pe), shown.linksFrom(pe)));
		screenshot("view-mapping-stored");
		ui(() -> {
			mapping.showRun(mapping.outcome().result().runs().stream().filter(each -> each.workloadLabel().equals("Net")).findFirst().orElseThrow());
			mapping.select(0, 0, true);
			return null;
		});
		waitFor("the operator in the open editor", () -> editor.viewer().getTextWidget().getSelectionText().equals("first"));
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

	private static void choose(IResource resource) {
		ui(() -> {
			((ISetSelectionTarget) page().showView(IPageLayout.ID_PROJECT_EXPLORER)).selectReveal(new StructuredSelection(resource));
			return null;
		});
	}

	/** The largest load of a link, in tenths of the largest; 0 for none. */
	private static int busiest(SegmentDetails details) {
		return IntStream.range(0, details.run().rows() * details.run().columns()).mapToObj(details::linksFrom).flatMap(List::stream).mapToInt(LinkLoad::tenths).max().orElse(0);
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
