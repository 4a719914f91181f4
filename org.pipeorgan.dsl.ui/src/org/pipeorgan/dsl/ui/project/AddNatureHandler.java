package org.pipeorgan.dsl.ui.project;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.resources.IProject;
import org.eclipse.core.resources.WorkspaceJob;
import org.eclipse.core.runtime.Adapters;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.ui.handlers.HandlerUtil;

/** Gives the selected projects the PipeOrgan nature ({@code Configure > Validate PipeOrgan Files}). */
public final class AddNatureHandler extends AbstractHandler {
	@Override
	public Object execute(ExecutionEvent event) {
		for (Object element : HandlerUtil.getCurrentStructuredSelection(event)) {
			IProject project = Adapters.adapt(element, IProject.class);
			if (project != null && project.isOpen()) {
				configure(project);
			}
		}
		return null;
	}

	private static void configure(IProject project) {
		WorkspaceJob job = new WorkspaceJob("Configuring " + project.getName()) {
			@Override
			public IStatus runInWorkspace(IProgressMonitor monitor) throws CoreException {
				PipeOrganNature.addTo(project, monitor);
				return Status.OK_STATUS;
			}
		};
		job.setRule(project.getWorkspace().getRoot());
		job.schedule();
	}
}
