package org.pipeorgan.tests.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.pipeorgan.tests.ui.WorkbenchDriver.command;
import static org.pipeorgan.tests.ui.WorkbenchDriver.example;
import static org.pipeorgan.tests.ui.WorkbenchDriver.file;
import static org.pipeorgan.tests.ui.WorkbenchDriver.open;
import static org.pipeorgan.tests.ui.WorkbenchDriver.shell;
import static org.pipeorgan.tests.ui.WorkbenchDriver.type;
import static org.pipeorgan.tests.ui.WorkbenchDriver.ui;
import static org.pipeorgan.tests.ui.WorkbenchDriver.waitFor;

import org.eclipse.core.resources.IFile;
import org.eclipse.core.resources.IProject;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.debug.core.DebugPlugin;
import org.eclipse.debug.core.ILaunchConfiguration;
import org.eclipse.debug.core.ILaunchManager;
import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.swt.widgets.Shell;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.pipeorgan.dsl.ui.editor.PogEditor;
import org.pipeorgan.dsl.ui.run.StudyLaunch;
import org.pipeorgan.dsl.ui.run.StudyLaunchShortcut;
import org.pipeorgan.dsl.ui.run.StudyRunJob;

/** Running studies from the workbench. */
@Tag("workbench")
class RunStudyTest {
	private WorkbenchDriver workbench;
	private IProject project;
	private String example;

	@BeforeEach
	void start() throws Exception {
		workbench = new WorkbenchDriver();
		project = workbench.project("running");
		example = example("xr/eye-segmentation.pog").replace("structured.ES_RITNet", "structured.KD_res8_narrow");
	}

	@AfterEach
	void stop() throws Exception {
		workbench.close();
	}

	@Test
	void writesTheResultsIntoTheProject() throws Exception {
		PogEditor editor = open(file(project, "small.pog", example.replace("write html, json, csv", "write json")));
		type(editor, "write json", "write json, csv");
		command(editor, "org.pipeorgan.dsl.ui.runStudy");
		IFile result = project.getFile("pipeorgan-out/eye_segmentation/result.json");
		waitFor("the results", () -> result.exists() && project.getFile("pipeorgan-out/eye_segmentation/result.csv").exists());
		assertTrue(new String(result.readAllBytes()).contains("pipeorgan-result/1"));
		assertFalse(ui(editor::isDirty), "the file is saved before it is run");
	}

	@Test
	void runsAsAPipeOrganStudy() throws Exception {
		IFile file = file(project, "small.pog", example.replace("write html, json, csv", "write csv"));
		ui(() -> {
			new StudyLaunchShortcut().launch(new StructuredSelection(file), ILaunchManager.RUN_MODE);
			return null;
		});
		waitFor("the result", () -> project.getFile("pipeorgan-out/eye_segmentation/result.csv").exists());
		ILaunchManager launches = DebugPlugin.getDefault().getLaunchManager();
		ILaunchConfiguration[] configurations = launches.getLaunchConfigurations(launches.getLaunchConfigurationType(StudyLaunch.TYPE));
		assertEquals(1, configurations.length);
		assertEquals("/running/small.pog", configurations[0].getAttribute(StudyLaunch.FILE, ""));
		configurations[0].delete();
		assertEquals(0, launches.getLaunches().length);
	}

	@Test
	void refusesAFileWithErrors() throws Exception {
		PogEditor editor = open(file(project, "bad.pog", example.replace("clock 1 GHz", "clock 1 GB")));
		command(editor, "org.pipeorgan.dsl.ui.runStudy");
		waitFor("the message", () -> shell(RunStudyTest::isRefusal).isPresent());
		ui(() -> {
			shell(RunStudyTest::isRefusal).get().close();
			return null;
		});
		assertFalse(project.getFolder(StudyRunJob.OUTPUT).exists());
	}

	@Test
	void stopsWhenCancelled() throws Exception {
		IFile file = file(project, "long.pog", example.replace("structured.KD_res8_narrow", "structured.DE_midas_v21_small"));
		StudyRunJob job = new StudyRunJob(file, message -> { }, files -> { });
		job.schedule();
		job.cancel();
		job.join();
		IStatus status = job.getResult();
		assertTrue(status == null || status.matches(IStatus.CANCEL), () -> String.valueOf(status));
		assertFalse(project.getFolder(StudyRunJob.OUTPUT).exists());
	}

	private static boolean isRefusal(Shell shell) {
		return shell.getText().equals("The studies were not run");
	}
}
