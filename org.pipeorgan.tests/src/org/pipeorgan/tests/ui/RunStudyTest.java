package org.pipeorgan.tests.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.pipeorgan.journey.WorkbenchRobot.page;
import static org.pipeorgan.journey.WorkbenchRobot.screenshot;
import static org.pipeorgan.journey.WorkbenchRobot.shell;
import static org.pipeorgan.journey.WorkbenchRobot.ui;
import static org.pipeorgan.journey.WorkbenchRobot.waitFor;
import static org.pipeorgan.tests.ui.WorkbenchDriver.command;
import static org.pipeorgan.tests.ui.WorkbenchDriver.example;
import static org.pipeorgan.tests.ui.WorkbenchDriver.file;
import static org.pipeorgan.tests.ui.WorkbenchDriver.open;
import static org.pipeorgan.tests.ui.WorkbenchDriver.type;

import java.util.Arrays;
import java.util.List;

import org.eclipse.core.resources.IFile;
import org.eclipse.core.resources.IProject;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.debug.core.DebugPlugin;
import org.eclipse.debug.core.ILaunch;
import org.eclipse.debug.core.ILaunchConfiguration;
import org.eclipse.debug.core.ILaunchManager;
import org.eclipse.debug.ui.DebugUITools;
import org.eclipse.jface.text.BadLocationException;
import org.eclipse.jface.text.IDocument;
import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.swt.custom.CTabFolder;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.ui.IPageLayout;
import org.eclipse.ui.console.IConsole;
import org.eclipse.ui.console.IHyperlink;
import org.eclipse.ui.console.TextConsole;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.pipeorgan.dsl.ui.editor.PogEditor;
import org.pipeorgan.dsl.ui.report.ReportEditor;
import org.pipeorgan.dsl.ui.run.StudyLaunch;
import org.pipeorgan.dsl.ui.run.StudyLaunchShortcut;
import org.pipeorgan.dsl.ui.run.StudyProcess;
import org.pipeorgan.dsl.ui.run.StudyRun;
import org.pipeorgan.dsl.ui.run.StudyRunJob;
import org.pipeorgan.journey.WorkbenchRobot;

/** Running studies in the workbench: launches, console, cancellation, report. */
@Tag("workbench")
class RunStudyTest {
	private static final String OUTPUT = "pipeorgan-out/eye_segmentation/";
	@RegisterExtension
	private final WorkbenchDriver workbench = new WorkbenchDriver();
	private IProject project;
	private String example;

	@BeforeEach
	void start() throws Exception {
		project = workbench.project("running");
		example = example("xr/eye-segmentation.pog").replace("structured.ES_RITNet", "structured.KD_res8_narrow");
	}

	@AfterEach
	void stop() throws Exception {
		ILaunchManager launches = DebugPlugin.getDefault().getLaunchManager();
		for (ILaunchConfiguration configuration : launches.getLaunchConfigurations()) {
			configuration.delete();
		}
		launches.removeLaunches(launches.getLaunches());
	}

	@Test
	void runsFromTheEditorAndOpensTheReport() throws Exception {
		PogEditor editor = open(file(project, "small.pog", example));
		type(editor, "1 MiB", "2 MiB");
		command(editor, "org.pipeorgan.dsl.ui.runStudy");
		waitFor("the report", () -> page().getActiveEditor() instanceof ReportEditor);
		assertTrue(new String(project.getFile(OUTPUT + "result.json").readAllBytes()).contains("pipeorgan-result/1"));
		assertTrue(project.getFile(OUTPUT + "result.csv").exists());
		assertFalse(ui(editor::isDirty), "the file is saved before it is run");
		ReportEditor report = ui(() -> (ReportEditor) page().getActiveEditor());
		waitFor("the browser, or the text where there is none", () -> report.hasBrowser() && report.isShown() || report.plainText().contains("KD_res8_narrow"));
		waitFor("the console", () -> console() != null && console().getDocument().get().contains("written to /running/pipeorgan-out/eye_segmentation"));
		screenshot("run-report");
	}

	@Test
	void runsAsAPipeOrganStudyAndLinksItsConsole() throws Exception {
		IFile file = file(project, "small.pog", example.replace("write html, json, csv", "write csv"));
		ui(() -> {
			new StudyLaunchShortcut().launch(new StructuredSelection(file), ILaunchManager.RUN_MODE);
			return null;
		});
		waitFor("the result", () -> project.getFile(OUTPUT + "result.csv").exists());
		ILaunchManager launches = DebugPlugin.getDefault().getLaunchManager();
		ILaunchConfiguration[] configurations = launches.getLaunchConfigurations(launches.getLaunchConfigurationType(StudyLaunch.TYPE));
		assertEquals(1, configurations.length);
		assertEquals("/running/small.pog", configurations[0].getAttribute(StudyLaunch.FILE, ""));
		waitFor("the end", () -> Arrays.stream(launches.getLaunches()).allMatch(ILaunch::isTerminated));
		assertEquals(0, process().getExitValue());
		waitFor("the link", () -> link("result.csv") != null);
		waitFor("the table", () -> console().getDocument().get().contains("x bound"));
	}

	@Test
	void saysWhatIsWrongWhereItCanBeClicked() throws Exception {
		PogEditor editor = open(file(project, "bad.pog", example.replace("clock 1 GHz", "clock 1 GB")));
		command(editor, "org.pipeorgan.dsl.ui.runStudy");
		waitFor("the problem", () -> console() != null && console().getDocument().get().contains("/running/bad.pog:"));
		waitFor("the link", () -> link("/running/bad.pog:") != null);
		screenshot("run-problem");
		ui(() -> {
			editor.selectAndReveal(0, 0);
			link("/running/bad.pog:").linkActivated();
			return null;
		});
		waitFor("the place", () -> {
			try {
				return editor.document().getLineOfOffset(editor.viewer().getSelectedRange().x) == editor.document().getLineOfOffset(editor.document().get().indexOf("clock"));
			} catch (BadLocationException e) {
				return false;
			}
		});
		assertFalse(project.getFolder("pipeorgan-out").exists());
	}

	@Test
	void opensTheConfigurationWithItsTabs() throws Exception {
		IFile file = file(project, "small.pog", example);
		ILaunchManager launches = DebugPlugin.getDefault().getLaunchManager();
		var copy = launches.getLaunchConfigurationType(StudyLaunch.TYPE).newInstance(null, "tabs");
		copy.setAttribute(StudyLaunch.FILE, file.getFullPath().toString());
		ILaunchConfiguration configuration = copy.doSave();
		ui(() -> {
			WorkbenchRobot.window().getShell().getDisplay().asyncExec(() -> DebugUITools.openLaunchConfigurationDialogOnGroup(WorkbenchRobot.window().getShell(),
					new StructuredSelection(configuration), "org.eclipse.debug.ui.launchGroup.run"));
			return null;
		});
		waitFor("the dialog", () -> shell(s -> s.getText().equals("Run Configurations")).isPresent());
		Shell dialog = ui(() -> shell(s -> s.getText().equals("Run Configurations")).get());
		waitFor("the tabs", () -> Arrays.stream(WorkbenchRobot.find(dialog, CTabFolder.class, f -> true).getItems()).map(item -> item.getText()).toList()
				.equals(List.of("Study", "Options", "Common")));
		ui(() -> {
			WorkbenchRobot.find(dialog, CTabFolder.class, f -> true).setSelection(1);
			return null;
		});
		screenshot("run-configuration");
		ui(() -> {
			dialog.close();
			return null;
		});
	}

	@Test
	void runsOnlyTheNamedStudies() throws Exception {
		String two = example + "\nstudy other {\n  map structured.KD_res8_narrow on EdgeXR with mesh\n  policies layer_by_layer\n  write csv\n}\n";
		IFile file = file(project, "two.pog", two);
		StudyRunJob job = new StudyRunJob(new StudyRun(file, List.of("other"), "results", 1, false), silent());
		job.schedule();
		job.join();
		assertTrue(project.getFile("results/other/result.csv").exists());
		assertFalse(project.getFolder("results/eye_segmentation").exists());
	}

	@Test
	void showsPlainTextWithoutABrowser() throws Exception {
		System.setProperty("pipeorgan.report.plain", "true");
		try {
			PogEditor editor = open(file(project, "small.pog", example));
			command(editor, "org.pipeorgan.dsl.ui.runStudy");
			waitFor("the report", () -> page().getActiveEditor() instanceof ReportEditor report && report.plainText().contains("KD_res8_narrow"));
			assertFalse(ui(() -> ((ReportEditor) page().getActiveEditor()).hasBrowser()));
			screenshot("run-report-plain");
		} finally {
			System.clearProperty("pipeorgan.report.plain");
		}
	}

	@Test
	void stopsAtOnceWhenItIsTerminated() throws Exception {
		IFile file = file(project, "long.pog", example.replace("structured.KD_res8_narrow", "structured.PD_Plane_RCNN_Quarter").replace("pipeorgan,", "optimal, pipeorgan,"));
		ui(() -> {
			new StudyLaunchShortcut().launch(new StructuredSelection(file), ILaunchManager.RUN_MODE);
			return null;
		});
		waitFor("the search", () -> process() != null && process().job().getState() == Job.RUNNING);
		ui(() -> page().showView(IPageLayout.ID_PROGRESS_VIEW));
		screenshot("run-progress");
		assertEquals(Job.RUNNING, process().job().getState());
		long begin = System.nanoTime();
		process().terminate();
		process().job().join();
		long milliseconds = (System.nanoTime() - begin) / 1_000_000;
		assertTrue(process().job().getResult().matches(IStatus.CANCEL));
		assertTrue(milliseconds < 3000, "it took " + milliseconds + " ms to stop");
		assertTrue(process().isTerminated());
		assertFalse(project.getFolder("pipeorgan-out").exists());
		waitFor("what the console says", () -> console().getDocument().get().contains("stopped; nothing was written"));
	}

	private static StudyRunJob.Listener silent() {
		return new StudyRunJob.Listener() {
			@Override
			public void line(String text, boolean error) {
				// not looked at
			}

			@Override
			public void written(List<IFile> files) {
				// not looked at
			}
		};
	}

	private static StudyProcess process() {
		ILaunch[] launches = DebugPlugin.getDefault().getLaunchManager().getLaunches();
		return launches.length == 0 || launches[0].getProcesses().length == 0 ? null : (StudyProcess) launches[0].getProcesses()[0];
	}

	private static TextConsole console() {
		IConsole console = process() == null ? null : DebugUITools.getConsole(process());
		return console instanceof TextConsole text ? text : null;
	}

	private static IHyperlink link(String text) {
		IDocument document = console().getDocument();
		int offset = document.get().indexOf(text);
		return offset < 0 ? null : console().getHyperlink(offset + 1);
	}
}
