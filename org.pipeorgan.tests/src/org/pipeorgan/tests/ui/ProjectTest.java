package org.pipeorgan.tests.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.pipeorgan.tests.ui.WorkbenchDriver.file;
import static org.pipeorgan.tests.ui.WorkbenchDriver.screenshot;
import static org.pipeorgan.tests.ui.WorkbenchDriver.ui;
import static org.pipeorgan.tests.ui.WorkbenchDriver.waitFor;
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
import org.eclipse.ui.IPageLayout;
import org.eclipse.ui.part.ViewPart;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.pipeorgan.dsl.ui.project.PipeOrganNature;
import org.pipeorgan.dsl.ui.project.ProblemMarkers;

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

	private WorkbenchDriver workbench;
	private IProject project;

	@BeforeEach
	void start() throws CoreException {
		workbench = new WorkbenchDriver();
		project = workbench.project("building");
		PipeOrganNature.addTo(project, null);
		waitForBuild();
	}

	@AfterEach
	void stop() throws Exception {
		workbench.close();
	}

	@Test
	void marksProblemsInTheProblemsView() throws Exception {
		ViewPart view = (ViewPart) ui(() -> WorkbenchDriver.page().showView(IPageLayout.ID_PROBLEM_VIEW));
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

	private static List<IMarker> markers(IResource resource) throws CoreException {
		return Arrays.asList(resource.findMarkers(ProblemMarkers.TYPE, true, IResource.DEPTH_INFINITE));
	}

	private List<String> messages() throws CoreException {
		List<String> messages = new ArrayList<>();
		for (IMarker marker : markers(project)) {
			messages.add(marker.getResource().getName() + ":" + marker.getAttribute(IMarker.LINE_NUMBER, 0) + " "
					+ marker.getAttribute(IMarker.MESSAGE, ""));
		}
		messages.sort(null);
		return messages;
	}
}
