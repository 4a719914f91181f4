package org.pipeorgan.tests.ui;

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
import org.eclipse.core.runtime.NullProgressMonitor;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.swt.widgets.Shell;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.pipeorgan.dsl.ui.editor.PogEditor;
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
		Job.getJobManager().join(StudyRunJob.FAMILY, new NullProgressMonitor());
		IFile result = project.getFile("pipeorgan-out/eye_segmentation/result.json");
		waitFor("the results", () -> result.exists() && project.getFile("pipeorgan-out/eye_segmentation/result.csv").exists());
		assertTrue(new String(result.readAllBytes()).contains("pipeorgan-result/1"));
		assertFalse(ui(editor::isDirty), "the file is saved before it is run");
	}

	@Test
	void refusesAFileWithErrors() throws Exception {
		PogEditor editor = open(file(project, "bad.pog", example.replace("clock 1 GHz", "clock 1 GB")));
		command(editor, "org.pipeorgan.dsl.ui.runStudy");
		Job.getJobManager().join(StudyRunJob.FAMILY, new NullProgressMonitor());
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
