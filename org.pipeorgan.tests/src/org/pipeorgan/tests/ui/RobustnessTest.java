package org.pipeorgan.tests.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.pipeorgan.journey.WorkbenchRobot.page;
import static org.pipeorgan.journey.WorkbenchRobot.ui;
import static org.pipeorgan.journey.WorkbenchRobot.waitFor;
import static org.pipeorgan.tests.ui.WorkbenchDriver.example;
import static org.pipeorgan.tests.ui.WorkbenchDriver.file;
import static org.pipeorgan.tests.ui.WorkbenchDriver.open;
import static org.pipeorgan.tests.ui.WorkbenchDriver.type;
import static org.pipeorgan.tests.ui.WorkbenchDriver.waitForBuild;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import org.eclipse.core.resources.IFile;
import org.eclipse.core.resources.IMarker;
import org.eclipse.core.resources.IProject;
import org.eclipse.core.resources.IResource;
import org.eclipse.core.resources.IWorkspaceRunnable;
import org.eclipse.core.resources.IncrementalProjectBuilder;
import org.eclipse.core.resources.ResourcesPlugin;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.jobs.IJobChangeEvent;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.core.runtime.jobs.JobChangeAdapter;
import org.eclipse.ui.IPageLayout;
import org.eclipse.ui.ide.IDE;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.pipeorgan.dsl.ui.editor.DocumentStates;
import org.pipeorgan.dsl.ui.editor.PogEditor;
import org.pipeorgan.dsl.ui.project.PipeOrganBuilder;
import org.pipeorgan.dsl.ui.project.PipeOrganNature;
import org.pipeorgan.dsl.ui.project.ProblemMarkers;
import org.pipeorgan.dsl.ui.project.ProjectValidation;
import org.pipeorgan.dsl.ui.run.StudyRun;
import org.pipeorgan.dsl.ui.run.StudyRunJob;

/**
 * What goes wrong in a workbench: nothing of it shows a dialog, logs an error (the driver looks), leaves a job or a listener behind, or blocks the UI thread (the driver
 * looks too).
 */
@Tag("workbench")
class RobustnessTest {
	private static final int MANY = 500;
	@RegisterExtension
	private final WorkbenchDriver workbench = new WorkbenchDriver();
	private IProject project;
	private String example;

	@BeforeEach
	void start() throws Exception {
		project = workbench.project("robust");
		example = example("xr/eye-segmentation.pog");
	}

	@AfterEach
	void stop() throws Exception {
		assertEquals(Set.of(), ours());
		ui(() -> page().closeAllEditors(false));
		assertEquals(0, DocumentStates.get().size(), "open documents that no editor shows");
	}

	@Test
	void buildsAWorkspaceOfManyFilesWhileTheUserWorks() throws Exception {
		ResourcesPlugin.getWorkspace().run((IWorkspaceRunnable) monitor -> {
			for (int i = 0; i < MANY; i++) {
				file(project, "models/study" + i + ".pog", i == 0 ? example : "import \"study0.pog\"\nimport library.xrbench.*\n\nstudy s" + i
						+ " {\n  map structured.KD_res8_narrow on examples.xr.EdgeXR with mesh\n  policies pipeorgan, tangrm\n}\n");
			}
		}, null);
		PogEditor editor = open(project.getFile("models/study1.pog"));
		PipeOrganNature.addTo(project, null);
		type(editor, "tangrm", "tangram");
		waitFor("no problem", () -> !editor.viewer().getAnnotationModel().getAnnotationIterator().hasNext()
				|| WorkbenchDriver.problems(editor).isEmpty(), () -> WorkbenchDriver.problems(editor).toString());
		ui(() -> page().saveEditor(editor, false));
		waitForBuild();
		waitFor("the markers", () -> count() == MANY - 2, () -> String.valueOf(count()));
		long begin = System.nanoTime();
		file(project, "models/study2.pog", new String(project.getFile("models/study1.pog").readAllBytes()).replace("s1", "s2"));
		waitForBuild();
		waitFor("the one marker less", () -> count() == MANY - 3, () -> String.valueOf(count()));
		assertTrue(System.nanoTime() - begin < 10_000_000_000L, "one file of " + MANY + " is not built as if it were all");
	}

	@Test
	void savesAtOnceWhileAllIsValidated() throws Exception {
		files(project, 200);
		PipeOrganNature.addTo(project, null);
		PogEditor editor = open(project.getFile("study7.pog"));
		ThreadMXBean threads = ManagementFactory.getThreadMXBean();
		threads.setThreadContentionMonitoringEnabled(true);
		waitFor("the validation", () -> validation().isPresent());
		long longest = 0;
		int saved = 0;
		for (; validation().isPresent() && saved < 20; saved++) {
			type(editor, "memory " + (64 + saved) + " GB", "memory " + (65 + saved) + " GB");
			longest = Math.max(longest, ui(() -> {
				long before = waited(threads);
				page().saveEditor(editor, false);
				return waited(threads) - before;
			}));
		}
		assertTrue(saved > 3, "files were saved during the validation: " + saved);
		assertTrue(longest <= 100, "saving waited for " + longest + " ms");
		waitForBuild();
		assertEquals(List.of(), messages());
	}

	@Test
	void deletesAProjectWhileItIsValidated() throws Exception {
		IProject gone = workbench.project("gone");
		files(gone, 60);
		PipeOrganNature.addTo(gone, null);
		ui(() -> IDE.openEditor(page(), gone.getFile("study7.pog")));
		Job building = Job.create("Building", monitor -> {
			gone.build(IncrementalProjectBuilder.FULL_BUILD, PipeOrganBuilder.ID, null, monitor);
		});
		building.schedule();
		waitFor("the validation", () -> validation().isPresent());
		gone.delete(true, true, null);
		building.join();
		waitForBuild();
		assertFalse(gone.exists());
	}

	@Test
	void deletesAProjectWhileItsStudyRuns() throws Exception {
		IProject gone = workbench.project("gone");
		IFile file = file(gone, "study.pog", example.replace("structured.ES_RITNet", "structured.PD_Plane_RCNN_Quarter"));
		StudyRunJob job = run(file);
		gone.delete(true, true, null);
		job.cancel();
		job.join();
		assertFalse(gone.exists());
	}

	@Test
	void stopsARunAtEveryStage() throws Exception {
		IFile file = file(project, "study.pog", example.replace("structured.ES_RITNet", "structured.KD_res8_narrow"));
		for (int wait = 0; wait < 400; wait += 40) {
			StudyRunJob job = run(file);
			job.join(wait + 1, null);
			job.cancel();
			job.join();
			IFile report = project.getFile("pipeorgan-out/eye_segmentation/report.html");
			assertEquals(report.exists(), project.getFile("pipeorgan-out/eye_segmentation/result.json").exists(), "all files or none");
			if (report.exists()) {
				project.getFolder("pipeorgan-out").delete(true, null);
			}
		}
	}

	@Test
	void stopsAValidationAtEveryStage() throws Exception {
		files(project, 30);
		PipeOrganNature.addTo(project, null);
		waitForBuild();
		for (int stage = 0; stage < 8; stage++) {
			int wait = 1 + 60 * stage;
			project.build(IncrementalProjectBuilder.FULL_BUILD, PipeOrganBuilder.ID, null, null);
			Optional<Job> job = validation();
			if (job.isPresent()) {
				job.get().join(wait, null);
				job.get().cancel();
				job.get().join();
			}
		}
		file(project, "study3.pog", example.replace("clock 1 GHz", "clock 1 GB"));
		waitForBuild();
		assertEquals(1, errors(), "what was stopped is done by the next build");
	}

	@Test
	void survivesABrokenFile() throws Exception {
		PipeOrganNature.addTo(project, null);
		file(project, "empty.pog", "");
		file(project, "deep.pog", "param p = " + "(".repeat(900) + "1" + ")".repeat(900));
		project.getFile("binary.pog").write(new byte[] { 0, -1, -2, 1, 2, 3, (byte) 200, 0 }, true, false, false, null);
		file(project, "open.pog", "workload { conv( \" /* ");
		file(project, "self.pog", "import \"self.pog\"\nimport \"../robust/../robust/self.pog\"\n");
		waitForBuild();
		for (String name : List.of("empty.pog", "deep.pog", "binary.pog", "open.pog", "self.pog")) {
			open(project.getFile(name));
		}
		assertTrue(errors() >= 3);
	}

	@Test
	void editsALargeFile() throws Exception {
		StringBuilder text = new StringBuilder("workload Large {\n  input x0 [C 8, H 16, W 16]\n");
		for (int i = 1; i <= 3000; i++) {
			text.append("  x").append(i).append(" = conv(x").append(i - 1).append(") K 8 R 3 S 3 pad 1\n");
		}
		ui(() -> page().showView(IPageLayout.ID_OUTLINE));
		PogEditor editor = open(file(project, "large.pog", text + "}\n"));
		waitFor("the outline", () -> !editor.outline().entries().isEmpty());
		type(editor, "x1500 = conv(x1499)", "x1500 = conv(y)");
		waitFor("the problem", () -> !WorkbenchDriver.problems(editor).isEmpty());
		type(editor, "x1500 = conv(y)", "x1500 = conv(x1499)");
		waitFor("no problem", () -> WorkbenchDriver.problems(editor).isEmpty());
		WorkbenchDriver.waitUntilAnalysed(editor);
	}

	@Test
	void closesEditorsInTheMiddleOfEverything() throws Exception {
		IFile file = file(project, "eye-segmentation.pog", example);
		for (int i = 0; i < 12; i++) {
			int step = i;
			ui(() -> {
				PogEditor editor = (PogEditor) IDE.openEditor(page(), file);
				editor.selectAndReveal(editor.document().get().indexOf("EdgeXR with") + step % 3, 0);
				editor.viewer().getTextWidget().insert("x");
				return null;
			});
			if (step % 2 == 0) {
				ui(() -> true);
			}
			ui(() -> page().closeAllEditors(false));
		}
	}

	private static StudyRunJob run(IFile file) throws InterruptedException {
		CountDownLatch running = new CountDownLatch(1);
		StudyRunJob job = new StudyRunJob(StudyRun.of(file, false), new StudyRunJob.Listener() {
			@Override
			public void line(String text, boolean error) {
				// not looked at
			}

			@Override
			public void written(List<IFile> files) {
				// not looked at
			}
		});
		job.addJobChangeListener(new JobChangeAdapter() {
			@Override
			public void running(IJobChangeEvent event) {
				running.countDown();
			}
		});
		job.schedule();
		assertTrue(running.await(20, TimeUnit.SECONDS));
		return job;
	}

	private void files(IProject in, int number) throws CoreException {
		ResourcesPlugin.getWorkspace().run((IWorkspaceRunnable) monitor -> {
			for (int i = 0; i < number; i++) {
				file(in, "study" + i + ".pog", example);
			}
		}, null);
	}

	/** Milliseconds for which this thread has waited for locks. */
	private static long waited(ThreadMXBean threads) {
		ThreadInfo thread = threads.getThreadInfo(Thread.currentThread().threadId());
		return thread.getWaitedTime() + thread.getBlockedTime();
	}

	/** The validation of the files of a project, if it runs or waits. */
	private static Optional<Job> validation() {
		return Arrays.stream(Job.getJobManager().find(ResourcesPlugin.FAMILY_AUTO_BUILD)).filter(ProjectValidation.class::isInstance).findFirst();
	}

	/** Jobs of the plug-in that still run, once everything else has ended. */
	private static Set<String> ours() {
		waitForBuild();
		long deadline = System.nanoTime() + 20_000_000_000L;
		Set<String> jobs;
		do {
			ui(() -> true);
			jobs = Arrays.stream(Job.getJobManager().find(null)).filter(job -> job.getState() != Job.NONE && job.getClass().getName().startsWith("org.pipeorgan"))
					.map(Job::getName).collect(Collectors.toSet());
		} while (!jobs.isEmpty() && System.nanoTime() < deadline);
		return jobs;
	}

	private List<String> messages() throws CoreException {
		return Arrays.stream(project.findMarkers(ProblemMarkers.TYPE, true, IResource.DEPTH_INFINITE))
				.map(marker -> marker.getResource().getName() + ": " + marker.getAttribute(IMarker.MESSAGE, "")).toList();
	}

	private int count() {
		try {
			return project.findMarkers(ProblemMarkers.TYPE, true, IResource.DEPTH_INFINITE).length;
		} catch (CoreException e) {
			throw new IllegalStateException(e);
		}
	}

	private long errors() throws Exception {
		return Arrays.stream(project.findMarkers(ProblemMarkers.TYPE, true, IResource.DEPTH_INFINITE)).filter(marker -> marker.getAttribute(IMarker.SEVERITY, 0) == IMarker.SEVERITY_ERROR)
				.count();
	}
}
