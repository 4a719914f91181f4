package org.pipeorgan.dsl.ui.wizards;

import org.eclipse.core.runtime.IConfigurationElement;
import org.eclipse.core.runtime.IExecutableExtension;
import org.eclipse.jface.viewers.IStructuredSelection;
import org.eclipse.jface.wizard.Wizard;
import org.eclipse.ui.INewWizard;
import org.eclipse.ui.IWorkbench;
import org.eclipse.ui.wizards.newresource.BasicNewProjectResourceWizard;

/** Makes a project, opens what is first in it, and changes to the perspective that its extension names. */
abstract class ProjectWizard extends Wizard implements INewWizard, IExecutableExtension {
	private final String title;
	private IWorkbench workbench;
	private IConfigurationElement configuration;

	ProjectWizard(String title) {
		this.title = title;
	}

	@Override
	public final void init(IWorkbench bench, IStructuredSelection selection) {
		workbench = bench;
		Wizards.begin(this, title);
	}

	@Override
	public final void setInitializationData(IConfigurationElement element, String property, Object data) {
		configuration = element;
	}

	final IWorkbench workbench() {
		return workbench;
	}

	/** Runs {@code work} as {@link Wizards#finish} does. @return whether it is done */
	final boolean finish(Wizards.Work work) {
		boolean done = Wizards.finish(this, workbench, work);
		if (done) {
			BasicNewProjectResourceWizard.updatePerspective(configuration);
		}
		return done;
	}
}
