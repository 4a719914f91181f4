package org.pipeorgan.dsl.ui.project;

import java.util.Arrays;
import java.util.List;
import org.eclipse.core.resources.IProject;
import org.eclipse.core.resources.IncrementalProjectBuilder;
import org.eclipse.core.resources.ResourcesPlugin;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.SubMonitor;
import org.eclipse.core.runtime.jobs.Job;

/** Builds projects anew after settings have changed. */
public final class Rebuild {
	/** Jobs of this kind belong to this family. */
	public static final Object FAMILY = Rebuild.class;

	private Rebuild() {
	}

	/** Builds all open projects with the nature. */
	public static void all() {
		schedule(Arrays.asList(ResourcesPlugin.getWorkspace().getRoot().getProjects()));
	}

	/** Builds one project, if it has the nature. */
	public static void one(IProject project) {
		schedule(List.of(project));
	}

	private static void schedule(List<IProject> projects) {
		Job job = new Job("Validating PipeOrgan files") {
			@Override
			protected IStatus run(IProgressMonitor monitor) {
				SubMonitor progress = SubMonitor.convert(monitor, projects.size());
				for (IProject project : projects) {
					try {
						if (project.isAccessible() && project.hasNature(PipeOrganNature.ID)) {
							project.build(IncrementalProjectBuilder.FULL_BUILD, PipeOrganBuilder.ID, null, progress.split(1));
						}
					} catch (CoreException e) {
						if (project.isAccessible()) {
							return e.getStatus();
						}
					}
				}
				return Status.OK_STATUS;
			}

			@Override
			public boolean belongsTo(Object family) {
				return family == FAMILY;
			}
		};
		job.setRule(ResourcesPlugin.getWorkspace().getRuleFactory().buildRule());
		job.schedule();
	}
}
