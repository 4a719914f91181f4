package org.pipeorgan.dsl.ui.project;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.eclipse.core.resources.ICommand;
import org.eclipse.core.resources.IProject;
import org.eclipse.core.resources.IProjectDescription;
import org.eclipse.core.resources.IProjectNature;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.IProgressMonitor;

/** The nature of projects with PipeOrgan files: has them built by {@link PipeOrganBuilder}. */
public final class PipeOrganNature implements IProjectNature {
	/** Id of the nature. */
	public static final String ID = "org.pipeorgan.dsl.ui.nature";

	private IProject project;

	/** Gives {@code project} the nature if it does not have it yet. */
	public static void addTo(IProject project, IProgressMonitor monitor) throws CoreException {
		IProjectDescription description = project.getDescription();
		if (!description.hasNature(ID)) {
			List<String> natures = new ArrayList<>(Arrays.asList(description.getNatureIds()));
			natures.add(ID);
			description.setNatureIds(natures.toArray(String[]::new));
			project.setDescription(description, monitor);
		}
	}

	/** Whether {@code project} is open and has the nature. */
	static boolean isOf(IProject project) {
		try {
			return project.isAccessible() && project.hasNature(ID);
		} catch (CoreException e) {
			// It was closed or deleted meanwhile.
			return false;
		}
	}

	@Override
	public void configure() throws CoreException {
		IProjectDescription description = project.getDescription();
		List<ICommand> commands = new ArrayList<>(Arrays.asList(description.getBuildSpec()));
		if (commands.stream().noneMatch(command -> PipeOrganBuilder.ID.equals(command.getBuilderName()))) {
			ICommand command = description.newCommand();
			command.setBuilderName(PipeOrganBuilder.ID);
			commands.add(command);
			description.setBuildSpec(commands.toArray(ICommand[]::new));
			project.setDescription(description, null);
		}
	}

	@Override
	public void deconfigure() throws CoreException {
		IProjectDescription description = project.getDescription();
		List<ICommand> commands = new ArrayList<>(Arrays.asList(description.getBuildSpec()));
		if (commands.removeIf(command -> PipeOrganBuilder.ID.equals(command.getBuilderName()))) {
			description.setBuildSpec(commands.toArray(ICommand[]::new));
			project.setDescription(description, null);
		}
		ProjectValidation.of(project).clean();
	}

	@Override
	public IProject getProject() {
		return project;
	}

	@Override
	public void setProject(IProject project) {
		this.project = project;
	}
}
