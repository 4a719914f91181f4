package org.pipeorgan.dsl.ui.run;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.eclipse.core.resources.IFile;
import org.eclipse.core.resources.IResource;
import org.eclipse.core.resources.ResourcesPlugin;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.IPath;
import org.eclipse.debug.core.ILaunchConfiguration;
import org.eclipse.debug.core.ILaunchConfigurationWorkingCopy;
import org.eclipse.debug.ui.DebugUITools;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.window.Window;
import org.eclipse.swt.SWT;
import org.eclipse.swt.events.SelectionListener;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.dialogs.FilteredResourcesSelectionDialog;
import org.pipeorgan.dsl.ui.PipeOrganUi;
import org.pipeorgan.dsl.ui.help.Help;
import org.pipeorgan.dsl.ui.project.WorkspaceFiles;

/** The tab that names the file and the studies that are run. */
final class StudyLaunchTab extends LaunchTab {
	private Text file;
	private Text studies;

	StudyLaunchTab() {
		super("Study", "study");
	}

	@Override
	public void createControl(Composite parent) {
		Composite area = new Composite(parent, SWT.NONE);
		GridLayoutFactory.swtDefaults().numColumns(3).applyTo(area);
		new Label(area, SWT.NONE).setText("&File:");
		file = new Text(area, SWT.BORDER);
		GridDataFactory.fillDefaults().grab(true, false).align(SWT.FILL, SWT.CENTER).applyTo(file);
		file.addModifyListener(event -> updateLaunchConfigurationDialog());
		Button browse = createPushButton(area, "&Browse...", null);
		browse.addSelectionListener(SelectionListener.widgetSelectedAdapter(event -> browse()));
		new Label(area, SWT.NONE).setText("&Studies:");
		studies = new Text(area, SWT.BORDER);
		studies.setMessage("all; or names, with commas between");
		studies.addModifyListener(event -> updateLaunchConfigurationDialog());
		GridDataFactory.fillDefaults().span(2, 1).grab(true, false).applyTo(studies);
		Help.set(area, "launch");
		setControl(area);
	}

	/** The file of the active editor or selection, if it is one. */
	@Override
	public void setDefaults(ILaunchConfigurationWorkingCopy configuration) {
		IResource context = DebugUITools.getSelectedResource();
		configuration.setAttribute(StudyLaunch.FILE, context instanceof IFile && WorkspaceFiles.isPipeOrgan(context) ? context.getFullPath().toPortableString() : "");
	}

	@Override
	void show(ILaunchConfiguration configuration) throws CoreException {
		file.setText(configuration.getAttribute(StudyLaunch.FILE, ""));
		studies.setText(String.join(", ", configuration.getAttribute(StudyLaunch.STUDIES, List.of())));
	}

	@Override
	public void performApply(ILaunchConfigurationWorkingCopy configuration) {
		configuration.setAttribute(StudyLaunch.FILE, file.getText().strip());
		configuration.setAttribute(StudyLaunch.STUDIES, Arrays.stream(studies.getText().split(",")).map(String::strip).filter(name -> !name.isEmpty()).toList());
	}

	@Override
	Optional<String> problem() {
		IPath path = IPath.fromPortableString(file.getText().strip());
		boolean valid = path.segmentCount() > 1 && PipeOrganUi.FILE_EXTENSION.equals(path.getFileExtension())
				&& ResourcesPlugin.getWorkspace().getRoot().getFile(path).exists();
		return valid ? Optional.empty() : Optional.of("Choose a .pog file of the workspace, for example /project/study.pog");
	}

	private void browse() {
		FilteredResourcesSelectionDialog dialog = new FilteredResourcesSelectionDialog(getShell(), false,
				ResourcesPlugin.getWorkspace().getRoot(), IResource.FILE);
		dialog.setTitle("PipeOrgan file");
		dialog.setInitialPattern("*." + PipeOrganUi.FILE_EXTENSION);
		if (dialog.open() == Window.OK && dialog.getFirstResult() instanceof IFile chosen) {
			file.setText(chosen.getFullPath().toPortableString());
		}
	}
}
