package org.pipeorgan.dsl.ui.preferences;

import java.util.Locale;
import org.eclipse.jface.preference.IPreferenceStore;
import org.eclipse.ui.IWorkbench;
import org.eclipse.ui.IWorkbenchPreferencePage;
import org.pipeorgan.dsl.settings.Severities;
import org.pipeorgan.dsl.ui.PipeOrganUi;
import org.pipeorgan.dsl.ui.editor.DocumentStates;
import org.pipeorgan.dsl.ui.project.ProjectSettings;
import org.pipeorgan.dsl.ui.project.ProjectValidation;
import org.pipeorgan.dsl.validation.IssueCode;

/** How bad problems are, in the whole workspace. */
public final class SeverityPreferences extends SeverityPage implements IWorkbenchPreferencePage {
	@Override
	public void init(IWorkbench workbench) {
		setPreferenceStore(PipeOrganUi.get().getPreferenceStore());
	}

	@Override
	String about() {
		return "Severities for this workspace. A project's own are in its file .pipeorgan (Properties > PipeOrgan > Problems), which the command line obeys too. "
				+ "Problems that leave nothing to compute are always errors.";
	}

	@Override
	Severities inherited() {
		return Severities.NONE;
	}

	@Override
	Severities stored() {
		return ProjectSettings.workspaceSeverities();
	}

	@Override
	void store(Severities chosen) {
		IPreferenceStore store = getPreferenceStore();
		for (IssueCode code : IssueCode.values()) {
			store.setValue(ProjectSettings.SEVERITY + code.id(), chosen.of(code.id()).map(severity -> severity.name().toLowerCase(Locale.ROOT)).orElse(""));
		}
		DocumentStates.get().outdateAll();
		ProjectValidation.ofAll();
	}
}
