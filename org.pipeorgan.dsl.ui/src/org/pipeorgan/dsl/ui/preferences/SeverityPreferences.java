package org.pipeorgan.dsl.ui.preferences;

import java.util.Locale;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.preference.IPreferenceStore;
import org.eclipse.jface.preference.PreferencePage;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.ui.IWorkbench;
import org.eclipse.ui.IWorkbenchPreferencePage;
import org.pipeorgan.dsl.settings.Severities;
import org.pipeorgan.dsl.ui.PipeOrganUi;
import org.pipeorgan.dsl.ui.editor.DocumentStates;
import org.pipeorgan.dsl.ui.help.Help;
import org.pipeorgan.dsl.ui.project.ProjectSettings;
import org.pipeorgan.dsl.ui.project.Rebuild;
import org.pipeorgan.dsl.validation.IssueCode;

/** How bad problems are, in the whole workspace. */
public final class SeverityPreferences extends PreferencePage implements IWorkbenchPreferencePage {
	private SeverityTable table;

	@Override
	public void init(IWorkbench workbench) {
		setPreferenceStore(PipeOrganUi.get().getPreferenceStore());
		setDescription("Severities for this workspace. A project's own are in its file .pipeorgan (Properties > PipeOrgan > Problems), which the command line obeys too.");
	}

	@Override
	protected Control createContents(Composite parent) {
		Composite area = new Composite(parent, SWT.NONE);
		GridLayoutFactory.fillDefaults().applyTo(area);
		new Label(area, SWT.NONE).setText("Problems that leave nothing to compute are always errors.");
		table = new SeverityTable(area, Severities.NONE);
		table.show(ProjectSettings.workspaceSeverities());
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
		if (!chosen.equals(ProjectSettings.workspaceSeverities())) {
			IPreferenceStore store = getPreferenceStore();
			for (IssueCode code : IssueCode.values()) {
				store.setValue(ProjectSettings.SEVERITY + code.id(), chosen.of(code.id()).map(severity -> severity.name().toLowerCase(Locale.ROOT)).orElse(""));
			}
			DocumentStates.get().outdateAll();
			Rebuild.all();
		}
		return true;
	}
}
