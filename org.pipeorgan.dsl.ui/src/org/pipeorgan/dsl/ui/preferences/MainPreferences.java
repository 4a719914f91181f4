package org.pipeorgan.dsl.ui.preferences;

import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.preference.IPreferenceStore;
import org.eclipse.jface.preference.PreferencePage;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Group;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.ui.IWorkbench;
import org.eclipse.ui.IWorkbenchPreferencePage;
import org.eclipse.ui.dialogs.PreferenceLinkArea;
import org.eclipse.ui.preferences.IWorkbenchPreferenceContainer;
import org.pipeorgan.dsl.ui.PipeOrganUi;
import org.pipeorgan.dsl.ui.editor.EditorPreferences;
import org.pipeorgan.dsl.ui.help.Help;
import org.pipeorgan.dsl.ui.project.ProjectSettings;
import org.pipeorgan.dsl.ui.project.ProjectValidation;

/** The workspace's settings of the editor, of building and of running. */
public final class MainPreferences extends PreferencePage implements IWorkbenchPreferencePage {
	private Button brackets;
	private Button occurrences;
	private Button minings;
	private BuildFields fields;

	@Override
	public void init(IWorkbench workbench) {
		setPreferenceStore(PipeOrganUi.get().getPreferenceStore());
	}

	@Override
	protected Control createContents(Composite parent) {
		Composite area = new Composite(parent, SWT.NONE);
		GridLayoutFactory.fillDefaults().applyTo(area);
		Group editor = group(area, "Editor");
		brackets = toggle(editor, "Mark the bracket that &belongs to the one at the cursor");
		occurrences = toggle(editor, "&Mark the places that name what is named at the cursor");
		minings = toggle(editor, "&Show inferred shapes and numbers of MACs in the text");
		link(editor, "org.eclipse.ui.preferencePages.ColorsAndFonts", "Colours: <a>Colors and Fonts</a>, under PipeOrgan");
		Group build = group(area, "Building and running, where a project has no settings of its own");
		fields = new BuildFields(build, this::check);
		show(false);
		Help.set(area, "preferences");
		return area;
	}

	/** The settings of building and running, for tests. */
	public BuildFields fields() {
		return fields;
	}

	@Override
	protected void performDefaults() {
		show(true);
		super.performDefaults();
	}

	@Override
	public boolean performOk() {
		IPreferenceStore store = getPreferenceStore();
		boolean validated = store.getBoolean(ProjectSettings.VALIDATE);
		store.setValue(EditorPreferences.MATCH_BRACKETS, brackets.getSelection());
		store.setValue(EditorPreferences.MARK_OCCURRENCES, occurrences.getSelection());
		store.setValue(EditorPreferences.CODE_MININGS, minings.getSelection());
		fields.values().forEach(store::setValue);
		if (validated != store.getBoolean(ProjectSettings.VALIDATE)) {
			ProjectValidation.ofAll();
		}
		return true;
	}

	private void show(boolean defaults) {
		IPreferenceStore store = getPreferenceStore();
		brackets.setSelection(defaults ? store.getDefaultBoolean(EditorPreferences.MATCH_BRACKETS) : store.getBoolean(EditorPreferences.MATCH_BRACKETS));
		occurrences.setSelection(defaults ? store.getDefaultBoolean(EditorPreferences.MARK_OCCURRENCES) : store.getBoolean(EditorPreferences.MARK_OCCURRENCES));
		minings.setSelection(defaults ? store.getDefaultBoolean(EditorPreferences.CODE_MININGS) : store.getBoolean(EditorPreferences.CODE_MININGS));
		fields.show(defaults ? store::getDefaultString : store::getString);
	}

	private void check() {
		setErrorMessage(fields == null ? null : fields.problem());
		setValid(fields == null || fields.problem() == null);
	}

	private void link(Composite parent, String page, String text) {
		if (getContainer() instanceof IWorkbenchPreferenceContainer container) {
			new PreferenceLinkArea(parent, SWT.NONE, page, text, container, null);
		}
	}

	private static Group group(Composite parent, String text) {
		Group group = new Group(parent, SWT.NONE);
		group.setText(text);
		GridLayoutFactory.swtDefaults().applyTo(group);
		GridDataFactory.fillDefaults().grab(true, false).applyTo(group);
		return group;
	}

	private static Button toggle(Composite parent, String text) {
		Button button = new Button(parent, SWT.CHECK);
		button.setText(text);
		return button;
	}
}
