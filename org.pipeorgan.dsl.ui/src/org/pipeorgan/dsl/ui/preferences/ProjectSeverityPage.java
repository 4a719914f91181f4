package org.pipeorgan.dsl.ui.preferences;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.eclipse.core.resources.IFile;
import org.eclipse.core.resources.IProject;
import org.eclipse.core.runtime.Adapters;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.IPath;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.ui.dialogs.PropertyPage;
import org.pipeorgan.dsl.settings.Severities;
import org.pipeorgan.dsl.settings.SettingsFile;
import org.pipeorgan.dsl.ui.help.Help;
import org.pipeorgan.dsl.ui.project.ProjectSettings;

/** How bad problems are in a project: edits its file {@code .pipeorgan}, which the command line obeys too. */
public final class ProjectSeverityPage extends PropertyPage {
	private static final String PREFIX = "severity.";
	private SeverityTable table;
	private Severities before;

	@Override
	protected Control createContents(Composite parent) {
		Composite area = new Composite(parent, SWT.NONE);
		GridLayoutFactory.fillDefaults().applyTo(area);
		Label about = new Label(area, SWT.WRAP);
		about.setText("Kept in the project's file " + SettingsFile.NAME + ", which the command line and language servers obey too.");
		GridDataFactory.fillDefaults().grab(true, false).hint(420, SWT.DEFAULT).applyTo(about);
		table = new SeverityTable(area, ProjectSettings.workspaceSeverities());
		IPath folder = project().getLocation();
		before = folder == null || !file().exists() ? Severities.NONE : SettingsFile.above(folder.toPath()).severities();
		table.show(before);
		Help.set(area, "severities");
		return area;
	}

	/** The table, for tests. */
	public SeverityTable table() {
		return table;
	}

	@Override
	protected void performDefaults() {
		table.show(Severities.NONE);
		super.performDefaults();
	}

	@Override
	public boolean performOk() {
		Severities chosen = table.chosen();
		if (!chosen.equals(before)) {
			try {
				file().write(text(chosen).getBytes(StandardCharsets.UTF_8), true, false, true, null);
				before = chosen;
			} catch (CoreException e) {
				setErrorMessage(e.getStatus().getMessage());
				return false;
			}
		}
		return true;
	}

	/** Keeps what else stands in the file: comments, and lines that mean nothing. */
	private String text(Severities chosen) throws CoreException {
		List<String> lines = new ArrayList<>();
		if (file().exists()) {
			new String(file().readAllBytes(), StandardCharsets.UTF_8).lines().filter(line -> !line.strip().startsWith(PREFIX)).forEach(lines::add);
		}
		new TreeMap<>(chosen.byCode()).forEach((code, severity) -> lines.add(PREFIX + code.id() + " = " + severity.name().toLowerCase(Locale.ROOT)));
		return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
	}

	private IFile file() {
		return project().getFile(SettingsFile.NAME);
	}

	private IProject project() {
		return Adapters.adapt(getElement(), IProject.class);
	}
}
