package org.pipeorgan.dsl.ui.run;

import java.util.List;
import org.eclipse.core.resources.IFile;
import org.eclipse.core.resources.IProject;
import org.eclipse.core.resources.ResourcesPlugin;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.IPath;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.Status;
import org.eclipse.debug.core.DebugPlugin;
import org.eclipse.debug.core.ILaunch;
import org.eclipse.debug.core.ILaunchConfiguration;
import org.eclipse.debug.core.ILaunchConfigurationType;
import org.eclipse.debug.core.ILaunchConfigurationWorkingCopy;
import org.eclipse.debug.core.ILaunchManager;
import org.eclipse.debug.core.model.LaunchConfigurationDelegate;
import org.pipeorgan.dsl.ui.project.ProjectSettings;

/** The launch configurations of studies; launching one starts a {@link StudyProcess}. */
public final class StudyLaunch extends LaunchConfigurationDelegate {
	/** Id of the type of these launch configurations. */
	public static final String TYPE = "org.pipeorgan.dsl.ui.study";
	/** Attribute: full path of the file in the workspace. */
	public static final String FILE = "org.pipeorgan.dsl.ui.file";
	/** Attribute: names of the studies; empty for all. */
	public static final String STUDIES = "org.pipeorgan.dsl.ui.studies";
	/** Attribute: folder of the results in the project; empty for the project's setting. */
	public static final String OUTPUT = "org.pipeorgan.dsl.ui.output";
	/** Attribute: number of threads; 0 for the project's setting. */
	public static final String THREADS = "org.pipeorgan.dsl.ui.threads";
	/** Attribute: whether to open the report; the project's setting if it is absent. */
	public static final String OPEN_REPORT = "org.pipeorgan.dsl.ui.openReport";

	@Override
	public boolean buildForLaunch(ILaunchConfiguration configuration, String mode, IProgressMonitor monitor) {
		// A run validates its file itself.
		return false;
	}

	@Override
	protected boolean saveBeforeLaunch(ILaunchConfiguration configuration, String mode, IProgressMonitor monitor) {
		// The run saves its own file; others need not be asked for.
		return true;
	}

	@Override
	public void launch(ILaunchConfiguration configuration, String mode, ILaunch launch, IProgressMonitor monitor) throws CoreException {
		IFile file = file(configuration);
		if (file == null || !file.exists()) {
			DebugPlugin.getDefault().getLaunchManager().removeLaunch(launch);
			throw new CoreException(Status.warning("The launch configuration " + configuration.getName() + " names no file of the workspace; open it with Run > Run Configurations and choose one"));
		}
		StudyRuns.start(launch, run(configuration, file));
	}

	/** What a configuration of {@code file} runs. */
	static StudyRun run(ILaunchConfiguration configuration, IFile file) throws CoreException {
		IProject project = file.getProject();
		String output = configuration.getAttribute(OUTPUT, "").strip();
		int threads = configuration.getAttribute(THREADS, 0);
		return new StudyRun(file, configuration.getAttribute(STUDIES, List.of()), output.isEmpty() ? ProjectSettings.output(project) : output,
				threads > 0 ? threads : ProjectSettings.threads(project), configuration.getAttribute(OPEN_REPORT, ProjectSettings.isOn(project, ProjectSettings.OPEN_REPORT)));
	}

	/** The file of a configuration; {@code null} if it names none. */
	static IFile file(ILaunchConfiguration configuration) throws CoreException {
		String path = configuration.getAttribute(FILE, "");
		IPath full = IPath.fromPortableString(path);
		return full.segmentCount() < 2 ? null : ResourcesPlugin.getWorkspace().getRoot().getFile(full);
	}

	/** The configuration that runs all studies of {@code file}: the first one that does, or a new one. */
	static ILaunchConfiguration configuration(IFile file) throws CoreException {
		ILaunchManager launches = DebugPlugin.getDefault().getLaunchManager();
		ILaunchConfigurationType type = launches.getLaunchConfigurationType(TYPE);
		String path = file.getFullPath().toPortableString();
		for (ILaunchConfiguration configuration : launches.getLaunchConfigurations(type)) {
			if (path.equals(configuration.getAttribute(FILE, "")) && configuration.getAttribute(STUDIES, List.of()).isEmpty()) {
				return configuration;
			}
		}
		String name = launches.generateLaunchConfigurationName(file.getFullPath().removeFileExtension().lastSegment());
		ILaunchConfigurationWorkingCopy copy = type.newInstance(null, name);
		copy.setAttribute(FILE, path);
		copy.setMappedResources(new IFile[] { file });
		return copy.doSave();
	}
}
