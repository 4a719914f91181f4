package org.pipeorgan.dsl.ui.run;

import java.util.Optional;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.debug.core.ILaunchConfiguration;
import org.eclipse.debug.ui.AbstractLaunchConfigurationTab;
import org.eclipse.swt.graphics.Image;
import org.pipeorgan.dsl.ui.Icons;

/** A tab of the launch configuration of studies. */
abstract class LaunchTab extends AbstractLaunchConfigurationTab {
	private final String name;
	private final String icon;

	LaunchTab(String name, String icon) {
		this.name = name;
		this.icon = icon;
	}

	/** Shows what a configuration says. */
	abstract void show(ILaunchConfiguration configuration) throws CoreException;

	/** What is wrong with what the tab shows, and how to mend it. */
	abstract Optional<String> problem();

	@Override
	public void initializeFrom(ILaunchConfiguration configuration) {
		try {
			show(configuration);
		} catch (CoreException e) {
			setErrorMessage(e.getMessage());
		}
	}

	@Override
	public boolean isValid(ILaunchConfiguration configuration) {
		Optional<String> problem = problem();
		setErrorMessage(problem.orElse(null));
		return problem.isEmpty();
	}

	@Override
	public String getName() {
		return name;
	}

	@Override
	public Image getImage() {
		return Icons.image(icon);
	}
}
