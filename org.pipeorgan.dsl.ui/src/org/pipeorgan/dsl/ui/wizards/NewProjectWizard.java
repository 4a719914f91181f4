package org.pipeorgan.dsl.ui.wizards;

import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.core.resources.IProject;
import org.eclipse.core.runtime.IPath;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.ui.dialogs.WizardNewProjectCreationPage;
import org.eclipse.ui.wizards.newresource.BasicNewProjectResourceWizard;
import org.pipeorgan.dsl.ide.PipeOrganContentProposals;
import org.pipeorgan.dsl.ui.help.Help;
import org.pipeorgan.dsl.ui.project.NewProject;

/** Makes a project, with a study to begin with if wanted. */
public final class NewProjectWizard extends ProjectWizard {
	private Page page;

	/** For the extension registry. */
	public NewProjectWizard() {
		super("New PipeOrgan Project");
	}

	@Override
	public void addPages() {
		page = new Page();
		addPage(page);
	}

	@Override
	public boolean performFinish() {
		IProject project = page.getProjectHandle();
		IPath location = page.useDefaults() ? null : page.getLocationPath();
		Map<String, String> files = new LinkedHashMap<>();
		if (page.study.getSelection()) {
			files.put("study.pog", PipeOrganContentProposals.templates().get("study").replace("study name", "study first"));
		}
		boolean done = finish(monitor -> NewProject.create(project, location, files, monitor));
		if (done) {
			BasicNewProjectResourceWizard.selectAndReveal(project, workbench().getActiveWorkbenchWindow());
		}
		return done;
	}

	/** Name, place, and what it begins with. */
	private static final class Page extends WizardNewProjectCreationPage {
		private Button study;

		private Page() {
			super("project");
			setTitle("PipeOrgan Project");
			setDescription("A project whose .pog files are validated, and which keeps the results of its studies.");
		}

		@Override
		public void createControl(Composite parent) {
			super.createControl(parent);
			study = new Button((Composite) getControl(), SWT.CHECK);
			study.setText("&Begin with a study of a network of the library");
			study.setSelection(true);
			GridDataFactory.fillDefaults().indent(5, 0).applyTo(study);
			Help.set(getControl(), "project");
		}
	}
}
