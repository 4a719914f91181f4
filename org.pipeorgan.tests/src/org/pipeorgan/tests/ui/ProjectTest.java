package org.pipeorgan.tests.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.pipeorgan.journey.WorkbenchRobot.screenshot;
import static org.pipeorgan.journey.WorkbenchRobot.ui;
import static org.pipeorgan.journey.WorkbenchRobot.waitFor;
import static org.pipeorgan.tests.ui.WorkbenchDriver.file;
import static org.pipeorgan.tests.ui.WorkbenchDriver.waitForBuild;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.eclipse.core.resources.IFile;
import org.eclipse.core.resources.IMarker;
import org.eclipse.core.resources.IProject;
import org.eclipse.core.resources.IResource;
import org.eclipse.core.resources.IncrementalProjectBuilder;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.ui.IPageLayout;
import org.eclipse.ui.part.ViewPart;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.pipeorgan.dsl.ui.PipeOrganUi;
import org.pipeorgan.dsl.ui.project.PipeOrganNature;
import org.pipeorgan.dsl.ui.project.ProblemMarkers;
import org.pipeorgan.dsl.ui.project.ProjectSettings;
import org.pipeorgan.dsl.ui.project.ProjectValidation;
import org.pipeorgan.dsl.ui.run.StudyRunJob;
import org.pipeorgan.journey.WorkbenchRobot;

/** Projects with the PipeOrgan nature: the builder and its markers. */
@Tag("workbench")
class ProjectTest {
	private static final String GOOD = "interconnect slow { topology mesh  link 4 B/cycle  hop 1 cycle }\n";
	private static final String BAD = "interconnect slow { topology mesh\n  link 4 parsecs  hop 1 cycle }\n";
	private static final String USER = """
			import "noc.pog"
			accelerator Small {
			  clock 1 GHz
			  array 8 x 8 { macs 1 per cycle  registers 512 B  precision 8 bit }
			  buffer 64 KiB at 64 B/cycle
			  memory 8 GB/s
			  interconnect slow
			}
			""";

	/** A workload with a warning. */
	private static final String UNUSED = "workload T {\n  input i [C 4, H 8, W 8]\n  param k = 3\n  y = relu(i)\n}\n";

	@RegisterExtension
	private final WorkbenchDriver workbench = new WorkbenchDriver();
	private IProject project;

	@BeforeEach
	void start() throws CoreException {
		project = workbench.project("building");
		PipeOrganNature.addTo(project, null);
		waitForBuild();
	}

	@Test
	void marksProblemsInTheProblemsView() throws Exception {
		ViewPart view = (ViewPart) ui(() -> WorkbenchRobot.page().showView(IPageLayout.ID_PROBLEM_VIEW));
		IFile file = file(project, "models/noc.pog", BAD);
		waitForBuild();
		List<IMarker> markers = markers(file);
		assertEquals(1, markers.size(), markers.toString());
		assertEquals(IMarker.SEVERITY_ERROR, markers.get(0).getAttribute(IMarker.SEVERITY, -1));
		assertEquals(2, markers.get(0).getAttribute(IMarker.LINE_NUMBER, -1));
		assertTrue(markers.get(0).getAttribute(ProblemMarkers.CODE, "").length() > 0);
		waitFor("the Problems view", () -> view.getContentDescription().startsWith("1 error"), view::getContentDescription);
		screenshot("problems-view");
		file(project, "models/noc.pog", GOOD);
		waitForBuild();
		assertEquals(List.of(), markers(file));
	}

	@Test
	void buildsTheFilesThatReadAChangedOne() throws Exception {
		IFile user = file(project, "user.pog", USER);
		file(project, "noc.pog", GOOD);
		waitForBuild();
		assertEquals(List.of(), messages());
		file(project, "noc.pog", GOOD.replace("slow", "fast"));
		waitForBuild();
		assertEquals(1, markers(user).size(), messages().toString());
		List<String> incremental = messages();
		project.build(IncrementalProjectBuilder.CLEAN_BUILD, null);
		project.build(IncrementalProjectBuilder.FULL_BUILD, null);
		waitForBuild();
		assertEquals(messages(), incremental);
		project.getFile("noc.pog").delete(true, null);
		waitForBuild();
		assertTrue(markers(user).size() > 0);
		file(project, "noc.pog", GOOD);
		waitForBuild();
		assertEquals(List.of(), messages());
	}

	@Test
	void forgetsItsMarkersWithTheNature() throws Exception {
		IFile file = file(project, "a.pog", BAD);
		waitForBuild();
		assertEquals(1, markers(file).size());
		var description = project.getDescription();
		description.setNatureIds(new String[0]);
		project.setDescription(description, null);
		waitForBuild();
		assertEquals(List.of(), markers(project));
		assertEquals(0, project.getDescription().getBuildSpec().length);
	}

	@Test
	void validatesOnlyWhatDependsOnAChangeInAnyProject() throws Exception {
		IProject other = workbench.project("other");
		PipeOrganNature.addTo(other, null);
		file(project, "noc.pog", GOOD);
		file(project, "unrelated.pog", UNUSED);
		file(project, "user.pog", USER + UNUSED);
		file(other, "far.pog", USER.replace("noc.pog", "../building/user.pog").replace("accelerator Small", "accelerator Large refines Small").replaceAll("(?s)\\{.*", "{\n}\n") + UNUSED);
		file(other, "missing.pog", USER.replace("noc.pog", "later.pog"));
		waitForBuild();
		List<String> before = stamped();
		assertEquals(3, before.stream().filter(line -> line.contains("'k'")).count(), before.toString());
		file(project, "noc.pog", GOOD.replace("slow", "fast"));
		waitForBuild();
		List<String> after = stamped();
		List<String> kept = new ArrayList<>(after);
		kept.retainAll(before);
		assertTrue(kept.stream().anyMatch(line -> line.startsWith("unrelated.pog")), "what does not depend on it is not validated again");
		assertTrue(kept.stream().noneMatch(line -> line.startsWith("user.pog") || line.startsWith("far.pog")), kept.toString());
		assertTrue(after.stream().anyMatch(line -> line.startsWith("user.pog") && line.contains("slow")), after.toString());
		List<String> incremental = messages();
		List<String> far = messages(other);
		rebuild(project);
		rebuild(other);
		assertEquals(messages(), incremental);
		assertEquals(messages(other), far);
		file(other, "later.pog", GOOD);
		waitForBuild();
		assertEquals(List.of(), markers(other.getFile("missing.pog")).stream().map(m -> m.getAttribute(IMarker.MESSAGE, "")).toList());
		List<String> found = messages(other);
		rebuild(other);
		assertEquals(messages(other), found);
	}

	@Test
	void obeysTheSettingsFileAndThePreferences() throws Exception {
		IFile file = file(project, "a.pog", UNUSED);
		waitForBuild();
		assertEquals(IMarker.SEVERITY_WARNING, markers(file).get(0).getAttribute(IMarker.SEVERITY, -1));
		file(project, ".pipeorgan", "severity.unused-parameter = error\n");
		waitForBuild();
		assertEquals(IMarker.SEVERITY_ERROR, markers(file).get(0).getAttribute(IMarker.SEVERITY, -1));
		project.getFile(".pipeorgan").delete(true, null);
		PipeOrganUi.get().getPreferenceStore().setValue(ProjectSettings.SEVERITY + "unused-parameter", "ignore");
		try {
			ProjectValidation.ofAll();
			waitForBuild();
			assertEquals(List.of(), markers(file));
		} finally {
			PipeOrganUi.get().getPreferenceStore().setToDefault(ProjectSettings.SEVERITY + "unused-parameter");
		}
	}

	@Test
	void runsTheStudiesOfASavedFileUnlessThatIsSwitchedOff() throws Exception {
		String study = WorkbenchDriver.example("xr/eye-segmentation.pog").replace("structured.ES_RITNet", "structured.KD_res8_narrow").replace("pipeorgan, tangram as baseline, ", "");
		IFile file = file(project, "study.pog", study);
		waitForBuild();
		PipeOrganUi.get().getPreferenceStore().setValue(ProjectSettings.RUN_ON_SAVE, true);
		try {
			file(project, "study.pog", study.replace("1 MiB", "2 MiB"));
			waitForBuild();
			Job.getJobManager().join(StudyRunJob.FAMILY, null);
			assertTrue(project.getFile("pipeorgan-out/eye_segmentation/report.html").exists());
			project.getFolder("pipeorgan-out").delete(true, null);
			PipeOrganUi.get().getPreferenceStore().setValue(ProjectSettings.RUN_ON_SAVE, false);
			file(project, "study.pog", study);
			waitForBuild();
			Job.getJobManager().join(StudyRunJob.FAMILY, null);
			assertEquals(List.of(), markers(file));
			assertTrue(!project.getFolder("pipeorgan-out").exists());
		} finally {
			WorkbenchDriver.runNothingOnSave();
		}
	}

	private static void rebuild(IProject project) throws CoreException {
		project.build(IncrementalProjectBuilder.CLEAN_BUILD, null);
		project.build(IncrementalProjectBuilder.FULL_BUILD, null);
		waitForBuild();
	}

	/** Messages with the marker's number: one that is made anew has another. */
	private static List<String> stamped() throws CoreException {
		List<String> lines = new ArrayList<>();
		for (IMarker marker : markers(org.eclipse.core.resources.ResourcesPlugin.getWorkspace().getRoot())) {
			lines.add(marker.getResource().getName() + ":" + marker.getId() + " " + marker.getAttribute(IMarker.MESSAGE, ""));
		}
		return lines;
	}

	private static List<IMarker> markers(IResource resource) throws CoreException {
		return Arrays.asList(resource.findMarkers(ProblemMarkers.TYPE, true, IResource.DEPTH_INFINITE));
	}

	private List<String> messages() throws CoreException {
		return messages(project);
	}

	private static List<String> messages(IProject of) throws CoreException {
		List<String> messages = new ArrayList<>();
		for (IMarker marker : markers(of)) {
			messages.add(marker.getResource().getName() + ":" + marker.getAttribute(IMarker.LINE_NUMBER, 0) + " "
					+ marker.getAttribute(IMarker.MESSAGE, ""));
		}
		messages.sort(null);
		return messages;
	}
}
