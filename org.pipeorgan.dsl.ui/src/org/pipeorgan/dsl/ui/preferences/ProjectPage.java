package org.pipeorgan.dsl.ui.preferences;

import org.eclipse.core.resources.IProject;
import org.eclipse.core.resources.ProjectScope;
import org.eclipse.core.runtime.Adapters;
import org.eclipse.core.runtime.preferences.IEclipsePreferences;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.events.SelectionListener;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.ui.dialogs.PropertyPage;
import org.osgi.service.prefs.BackingStoreException;
import org.pipeorgan.dsl.ui.PipeOrganUi;
import org.pipeorgan.dsl.ui.help.Help;
import org.pipeorgan.dsl.ui.project.ProjectSettings;
import org.pipeorgan.dsl.ui.project.ProjectValidation;

/** A project's own settings of how it is built and run. */
public final class ProjectPage extends PropertyPage {
	private Button own;
	private BuildFields fields;

	@Override
	protected Control createContents(Composite parent) {
		Composite area = new Composite(parent, SWT.NONE);
		GridLayoutFactory.fillDefaults().applyTo(area);
		own = new Button(area, SWT.CHECK);
		own.setText("This project has settings of its &own");
		fields = new BuildFields(area, this::check);
		IEclipsePreferences node = node();
		own.setSelection(node.getBoolean(ProjectSettings.OWN, false));
		fields.show(setting -> node.get(setting, PipeOrganUi.get().getPreferenceStore().getString(setting)));
		own.addSelectionListener(SelectionListener.widgetSelectedAdapter(event -> fields.setEnabled(own.getSelection())));
		fields.setEnabled(own.getSelection());
		Help.set(area, "preferences");
		return area;
	}

	@Override
	protected void performDefaults() {
		own.setSelection(false);
		fields.show(PipeOrganUi.get().getPreferenceStore()::getString);
		fields.setEnabled(false);
		super.performDefaults();
	}

	@Override
	public boolean performOk() {
		IEclipsePreferences node = node();
		node.putBoolean(ProjectSettings.OWN, own.getSelection());
		fields.values().forEach(node::put);
		try {
			node.flush();
		} catch (BackingStoreException e) {
			setErrorMessage("The settings cannot be written: " + e.getMessage());
			return false;
		}
		ProjectValidation.ofOne(project());
		return true;
	}

	private void check() {
		setErrorMessage(fields == null ? null : fields.problem());
		setValid(fields == null || fields.problem() == null);
	}

	private IProject project() {
		return Adapters.adapt(getElement(), IProject.class);
	}

	private IEclipsePreferences node() {
		return new ProjectScope(project()).getNode(PipeOrganUi.ID);
	}
}
