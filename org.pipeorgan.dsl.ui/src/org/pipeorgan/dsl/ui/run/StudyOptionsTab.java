package org.pipeorgan.dsl.ui.run;

import java.util.Optional;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.IPath;
import org.eclipse.debug.core.ILaunchConfiguration;
import org.eclipse.debug.core.ILaunchConfigurationWorkingCopy;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.events.SelectionListener;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Spinner;
import org.eclipse.swt.widgets.Text;
import org.pipeorgan.dsl.ui.help.Help;

/** The tab of where results go, how many threads search, and whether the report is opened. */
final class StudyOptionsTab extends LaunchTab {
	private Text output;
	private Spinner threads;
	private Button report;

	StudyOptionsTab() {
		super("Options", "policy");
	}

	@Override
	public void createControl(Composite parent) {
		Composite area = new Composite(parent, SWT.NONE);
		GridLayoutFactory.swtDefaults().numColumns(2).applyTo(area);
		new Label(area, SWT.NONE).setText("Output &folder in the project:");
		output = new Text(area, SWT.BORDER);
		output.setMessage("as the project says");
		output.addModifyListener(event -> updateLaunchConfigurationDialog());
		GridDataFactory.fillDefaults().grab(true, false).applyTo(output);
		new Label(area, SWT.NONE).setText("Search &threads (0: as the project says):");
		threads = new Spinner(area, SWT.BORDER);
		threads.setValues(0, 0, 1024, 0, 1, 8);
		threads.addModifyListener(event -> updateLaunchConfigurationDialog());
		report = new Button(area, SWT.CHECK);
		report.setText("Open the &report at the end");
		report.addSelectionListener(SelectionListener.widgetSelectedAdapter(event -> updateLaunchConfigurationDialog()));
		GridDataFactory.fillDefaults().span(2, 1).applyTo(report);
		Help.set(area, "launch");
		setControl(area);
	}

	@Override
	public void setDefaults(ILaunchConfigurationWorkingCopy configuration) {
		configuration.setAttribute(StudyLaunch.OPEN_REPORT, true);
	}

	@Override
	void show(ILaunchConfiguration configuration) throws CoreException {
		output.setText(configuration.getAttribute(StudyLaunch.OUTPUT, ""));
		threads.setSelection(configuration.getAttribute(StudyLaunch.THREADS, 0));
		report.setSelection(configuration.getAttribute(StudyLaunch.OPEN_REPORT, true));
	}

	@Override
	public void performApply(ILaunchConfigurationWorkingCopy configuration) {
		configuration.setAttribute(StudyLaunch.OUTPUT, output.getText().strip());
		configuration.setAttribute(StudyLaunch.THREADS, threads.getSelection());
		configuration.setAttribute(StudyLaunch.OPEN_REPORT, report.getSelection());
	}

	@Override
	Optional<String> problem() {
		String folder = output.getText().strip();
		boolean valid = !IPath.fromPortableString(folder).isAbsolute() && !folder.contains("..");
		return valid ? Optional.empty() : Optional.of("The output folder is relative to the project, for example pipeorgan-out");
	}
}
