package org.pipeorgan.dsl.ui.run;

import org.eclipse.core.resources.IFile;
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

/** The launch configurations of studies: each names a file; launching one starts a {@link StudyRunJob}. */
public final class StudyLaunch extends LaunchConfigurationDelegate {
	/** Id of the type of these launch configurations. */
	public static final String TYPE = "org.pipeorgan.dsl.ui.study";
	/** Attribute: full path of the file in the workspace. */
	public static final String FILE = "org.pipeorgan.dsl.ui.file";

	@Override
	public void launch(ILaunchConfiguration configuration, String mode, ILaunch launch, IProgressMonitor monitor) throws CoreException {
		IFile file = file(configuration);
		DebugPlugin.getDefault().getLaunchManager().removeLaunch(launch);
		if (file == null || !file.exists()) {
			throw new CoreException(Status.warning("The launch configuration " + configuration.getName() + " names no file of the workspace"));
		}
		StudyRuns.start(file);
	}

	/** The file of a configuration; {@code null} if it names none. */
	static IFile file(ILaunchConfiguration configuration) throws CoreException {
		String path = configuration.getAttribute(FILE, "");
		IPath full = IPath.fromPortableString(path);
		return full.segmentCount() < 2 ? null : ResourcesPlugin.getWorkspace().getRoot().getFile(full);
	}

	/** The configuration that runs {@code file}: the first one that names it, or a new one. */
	static ILaunchConfiguration configuration(IFile file) throws CoreException {
		ILaunchManager launches = DebugPlugin.getDefault().getLaunchManager();
		ILaunchConfigurationType type = launches.getLaunchConfigurationType(TYPE);
		String path = file.getFullPath().toPortableString();
		for (ILaunchConfiguration configuration : launches.getLaunchConfigurations(type)) {
			if (path.equals(configuration.getAttribute(FILE, ""))) {
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
