package org.pipeorgan.dsl.ui.preferences;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.core.runtime.IPath;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Spinner;
import org.eclipse.swt.widgets.Text;
import org.pipeorgan.dsl.ui.project.ProjectSettings;

/** The settings of how files are validated and studies run, for the workspace and for a project alike. */
public final class BuildFields {
	private final Map<String, Button> switches = new LinkedHashMap<>();
	private final List<Label> labels = new ArrayList<>();
	private final Text output;
	private final Spinner threads;

	/** Makes the fields. {@code changed} is told of every change. */
	BuildFields(Composite parent, Runnable changed) {
		Composite area = new Composite(parent, SWT.NONE);
		GridLayoutFactory.fillDefaults().numColumns(2).applyTo(area);
		GridDataFactory.fillDefaults().grab(true, false).applyTo(area);
		toggle(area, ProjectSettings.VALIDATE, "&Validate files when the project is built");
		toggle(area, ProjectSettings.RUN_ON_SAVE, "&Run the studies of a file, and of those that read it, when it is saved");
		toggle(area, ProjectSettings.OPEN_REPORT, "&Open the report when a launched study is done");
		label(area, "Output &folder in the project:");
		output = new Text(area, SWT.BORDER);
		output.addModifyListener(event -> changed.run());
		GridDataFactory.fillDefaults().grab(true, false).hint(240, SWT.DEFAULT).applyTo(output);
		label(area, "Search &threads (0: as many as processors):");
		threads = new Spinner(area, SWT.BORDER);
		threads.setValues(0, 0, 1024, 0, 1, 8);
	}

	/** What is wrong with the fields; {@code null} if nothing is. */
	String problem() {
		String folder = output.getText().strip();
		return folder.isEmpty() || IPath.fromPortableString(folder).isAbsolute() || folder.contains("..") ? "The output folder must be a relative path, such as "
				+ ProjectSettings.DEFAULT_OUTPUT : null;
	}

	/** The values by setting. */
	Map<String, String> values() {
		Map<String, String> values = new LinkedHashMap<>();
		switches.forEach((setting, button) -> values.put(setting, String.valueOf(button.getSelection())));
		values.put(ProjectSettings.OUTPUT, output.getText().strip());
		values.put(ProjectSettings.THREADS, String.valueOf(threads.getSelection()));
		return values;
	}

	/** Shows values by setting. */
	void show(java.util.function.UnaryOperator<String> values) {
		switches.forEach((setting, button) -> button.setSelection(Boolean.parseBoolean(values.apply(setting))));
		output.setText(values.apply(ProjectSettings.OUTPUT));
		String number = values.apply(ProjectSettings.THREADS);
		threads.setSelection(number.matches("\\d{1,4}") ? Integer.parseInt(number) : 0);
	}

	/** Switches a setting as a user would. */
	public void set(String setting, boolean on) {
		switches.get(setting).setSelection(on);
	}

	/** Switches the fields on or off. */
	void setEnabled(boolean enabled) {
		switches.values().forEach(button -> button.setEnabled(enabled));
		labels.forEach(label -> label.setEnabled(enabled));
		output.setEnabled(enabled);
		threads.setEnabled(enabled);
	}

	private void toggle(Composite area, String setting, String text) {
		Button button = new Button(area, SWT.CHECK);
		button.setText(text);
		GridDataFactory.fillDefaults().span(2, 1).applyTo(button);
		switches.put(setting, button);
	}

	private void label(Composite area, String text) {
		Label label = new Label(area, SWT.NONE);
		label.setText(text);
		labels.add(label);
	}
}
