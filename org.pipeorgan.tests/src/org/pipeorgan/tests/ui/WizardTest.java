package org.pipeorgan.tests.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.pipeorgan.journey.WorkbenchRobot.button;
import static org.pipeorgan.journey.WorkbenchRobot.find;
import static org.pipeorgan.journey.WorkbenchRobot.page;
import static org.pipeorgan.journey.WorkbenchRobot.press;
import static org.pipeorgan.journey.WorkbenchRobot.screenshot;
import static org.pipeorgan.journey.WorkbenchRobot.ui;
import static org.pipeorgan.journey.WorkbenchRobot.waitFor;
import static org.pipeorgan.tests.ui.WorkbenchDriver.file;
import static org.pipeorgan.tests.ui.WorkbenchDriver.waitForBuild;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

import org.eclipse.core.resources.IFile;
import org.eclipse.core.resources.IMarker;
import org.eclipse.core.resources.IProject;
import org.eclipse.core.resources.IResource;
import org.eclipse.core.resources.ResourcesPlugin;
import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.jface.preference.PreferenceDialog;
import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.jface.wizard.WizardDialog;
import org.eclipse.jface.wizard.WizardPage;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.IWorkbenchWizard;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.dialogs.PreferencesUtil;
import org.eclipse.ui.wizards.IWizardDescriptor;
import org.eclipse.xtext.diagnostics.Severity;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.pipeorgan.dsl.imports.Importer;
import org.pipeorgan.dsl.ui.PipeOrganUi;
import org.pipeorgan.dsl.ui.preferences.MainPreferences;
import org.pipeorgan.dsl.ui.preferences.ProjectSeverityPage;
import org.pipeorgan.dsl.ui.project.PipeOrganNature;
import org.pipeorgan.dsl.ui.project.ProblemMarkers;
import org.pipeorgan.dsl.ui.project.ProjectSettings;
import org.pipeorgan.dsl.validation.IssueCode;
import org.pipeorgan.journey.WorkbenchRobot;

/** Wizards, preference and property pages, each opened as the user opens it. */
@Tag("workbench")
class WizardTest {
	@RegisterExtension
	private final WorkbenchDriver workbench = new WorkbenchDriver();

	@Test
	void makesAProjectWithAStudy() throws Exception {
		IProject project = ResourcesPlugin.getWorkspace().getRoot().getProject("fresh");
		workbench.deleteAtTheEnd(project);
		WizardDialog dialog = open(PlatformUI.getWorkbench().getNewWizardRegistry().findWizard("org.pipeorgan.dsl.ui.newProject"), StructuredSelection.EMPTY);
		ui(() -> {
			find(dialog.getShell(), Text.class, text -> text.isEnabled() && text.getEditable()).setText("fresh");
			return null;
		});
		screenshot("wizard-project");
		finish(dialog);
		waitForBuild();
		assertTrue(project.hasNature(PipeOrganNature.ID));
		waitFor("the editor", () -> page().getActiveEditor() != null && page().getActiveEditor().getTitle().equals("study.pog"));
		assertEquals(0, project.findMarkers(ProblemMarkers.TYPE, true, IResource.DEPTH_INFINITE).length);
	}

	@Test
	void makesAFileOfAKind() throws Exception {
		IProject project = workbench.project("files");
		WizardDialog dialog = open(PlatformUI.getWorkbench().getNewWizardRegistry().findWizard("org.pipeorgan.dsl.ui.newFile"), new StructuredSelection(project));
		ui(() -> {
			find(dialog.getShell(), Text.class, text -> text.getText().isEmpty() && text.getEditable()).setText("chip");
			Combo kind = find(dialog.getShell(), Combo.class, combo -> combo.indexOf("accelerator") >= 0);
			kind.select(kind.indexOf("accelerator"));
			return null;
		});
		screenshot("wizard-file");
		finish(dialog);
		assertTrue(new String(project.getFile("chip.pog").readAllBytes()).startsWith("accelerator Name {"));
		waitFor("the editor", () -> page().getActiveEditor() != null && page().getActiveEditor().getTitle().equals("chip.pog"));
	}

	@Test
	void makesAProjectOfExamples() throws Exception {
		IProject project = ResourcesPlugin.getWorkspace().getRoot().getProject("pipeorgan-examples");
		workbench.deleteAtTheEnd(project);
		WizardDialog dialog = open(PlatformUI.getWorkbench().getNewWizardRegistry().findWizard("org.pipeorgan.dsl.ui.newExample"), StructuredSelection.EMPTY);
		screenshot("wizard-example");
		finish(dialog);
		waitForBuild();
		waitFor("the editor", () -> page().getActiveEditor() != null && page().getActiveEditor().getTitle().equals("keyword-detection.pog"));
		assertTrue(project.getFile("headline.pog").exists());
		assertEquals(0, Arrays.stream(project.findMarkers(ProblemMarkers.TYPE, true, IResource.DEPTH_INFINITE))
				.filter(marker -> marker.getAttribute(IMarker.SEVERITY, 0) == IMarker.SEVERITY_ERROR).count());
	}

	@Test
	void importsANetworkOfAnotherTool(@TempDir Path folder) throws Exception {
		IProject project = workbench.project("imports");
		Path topology = folder.resolve("tiny.csv");
		Files.writeString(topology, "Layer name,IFMAP Height,IFMAP Width,Filter Height,Filter Width,Channels,Num Filter,Strides,\nConv1,8,8,3,3,3,16,1,\n");
		WizardDialog dialog = open(PlatformUI.getWorkbench().getImportWizardRegistry().findWizard("org.pipeorgan.dsl.ui.importNetwork"), new StructuredSelection(project));
		ui(() -> {
			assertEquals(Importer.ALL.size(), find(dialog.getShell(), Combo.class, c -> true).getItemCount(), "every format of the language is offered");
			find(dialog.getShell(), Text.class, text -> text.getText().isEmpty() && text.getEditable()).setText(topology.toString());
			return null;
		});
		screenshot("wizard-import");
		finish(dialog);
		assertTrue(new String(project.getFile("tiny.pog").readAllBytes()).contains("Conv1 = conv(Conv1_in) K 16 R 3 S 3"));
		Files.writeString(topology, "Layer name,IFMAP Height,IFMAP Width,Filter Height,Filter Width,Channels,Num Filter,Strides,\nConv1,8,8,x,3,3,16,1,\n");
		WizardDialog again = open(PlatformUI.getWorkbench().getImportWizardRegistry().findWizard("org.pipeorgan.dsl.ui.importNetwork"), new StructuredSelection(project));
		ui(() -> {
			find(again.getShell(), Text.class, text -> text.getText().isEmpty() && text.getEditable()).setText(topology.toString());
			find(again.getShell(), Text.class, text -> text.getText().equals("tiny.pog")).setText("broken.pog");
			WorkbenchRobot.window().getShell().getDisplay().asyncExec(() -> press(again.getShell(), IDialogConstants.FINISH_ID));
			return null;
		});
		waitFor("the refusal", () -> "tiny.csv, line 2: 'x' in layer 'Conv1' is no whole number".equals(((WizardPage) again.getCurrentPage()).getErrorMessage()));
		screenshot("wizard-import-refused");
		ui(again::close);
		assertFalse(project.getFile("broken.pog").exists());
	}

	@Test
	void setsPreferences() throws Exception {
		PreferenceDialog dialog = ui(() -> PreferencesUtil.createPreferenceDialogOn(WorkbenchRobot.window().getShell(), "org.pipeorgan.dsl.ui.preferences", null, null));
		ui(() -> {
			dialog.setBlockOnOpen(false);
			return dialog.open();
		});
		screenshot("preferences");
		ui(() -> {
			((MainPreferences) dialog.getSelectedPage()).fields().set(ProjectSettings.OPEN_REPORT, false);
			press(dialog.getShell(), IDialogConstants.OK_ID);
			return null;
		});
		assertFalse(ProjectSettings.isOn(null, ProjectSettings.OPEN_REPORT));
		PipeOrganUi.get().getPreferenceStore().setToDefault(ProjectSettings.OPEN_REPORT);
		assertTrue(ProjectSettings.isOn(null, ProjectSettings.OPEN_REPORT));
	}

	@Test
	void setsAProjectsSeverities() throws Exception {
		IProject project = workbench.project("severe");
		PipeOrganNature.addTo(project, null);
		IFile file = file(project, "a.pog", "workload T {\n  input i [C 4, H 8, W 8]\n  param k = 3\n  y = relu(i)\n}\n");
		waitForBuild();
		PreferenceDialog dialog = ui(() -> PreferencesUtil.createPropertyDialogOn(WorkbenchRobot.window().getShell(), project, "org.pipeorgan.dsl.ui.projectSeverities", null, null));
		ui(() -> {
			dialog.setBlockOnOpen(false);
			return dialog.open();
		});
		ui(() -> {
			((ProjectSeverityPage) dialog.getSelectedPage()).table().choose(IssueCode.UNUSED_PARAMETER, Severity.ERROR);
			return null;
		});
		screenshot("project-severities");
		ui(() -> {
			press(dialog.getShell(), IDialogConstants.OK_ID);
			return null;
		});
		assertEquals("severity.unused-parameter = error\n", new String(project.getFile(".pipeorgan").readAllBytes()));
		waitForBuild();
		assertEquals(IMarker.SEVERITY_ERROR, file.findMarkers(ProblemMarkers.TYPE, true, IResource.DEPTH_ZERO)[0].getAttribute(IMarker.SEVERITY, 0));
	}

	private static WizardDialog open(IWizardDescriptor descriptor, StructuredSelection selection) {
		return ui(() -> {
			IWorkbenchWizard wizard = descriptor.createWizard();
			wizard.init(PlatformUI.getWorkbench(), selection);
			WizardDialog dialog = new WizardDialog(WorkbenchRobot.window().getShell(), wizard);
			dialog.setBlockOnOpen(false);
			dialog.open();
			return dialog;
		});
	}

	private static void finish(WizardDialog dialog) {
		ui(() -> {
			Button button = button(dialog.getShell(), IDialogConstants.FINISH_ID);
			assertTrue(button.isEnabled(), dialog.getErrorMessage());
			button.notifyListeners(SWT.Selection, null);
			return null;
		});
		waitFor("the end of the wizard", () -> dialog.getShell() == null || dialog.getShell().isDisposed());
	}
}
