package org.pipeorgan.dsl.ui.editor;

import org.eclipse.core.runtime.preferences.AbstractPreferenceInitializer;
import org.eclipse.core.runtime.preferences.DefaultScope;
import org.eclipse.core.runtime.preferences.IEclipsePreferences;
import org.pipeorgan.dsl.ui.PipeOrganUi;
import org.pipeorgan.dsl.ui.project.ProjectSettings;

/** The preferences of the editor, and the defaults of all. */
public final class EditorPreferences extends AbstractPreferenceInitializer {
	/** Whether the bracket that belongs to the one at the cursor is marked. */
	public static final String MATCH_BRACKETS = "matchingBrackets";
	/** Colour of that mark, as {@code red,green,blue}. */
	public static final String MATCHING_BRACKETS_COLOR = "matchingBracketsColor";

	/** Whether the places that name what is named at the cursor are marked. */
	public static final String MARK_OCCURRENCES = "markOccurrences";
	/** Whether inferred shapes and numbers of MACs are shown in the text. */
	public static final String CODE_MININGS = "codeMinings";

	@Override
	public void initializeDefaultPreferences() {
		IEclipsePreferences defaults = DefaultScope.INSTANCE.getNode(PipeOrganUi.ID);
		defaults.putBoolean(MATCH_BRACKETS, true);
		defaults.putBoolean(MARK_OCCURRENCES, true);
		defaults.putBoolean(CODE_MININGS, true);
		defaults.putBoolean(ProjectSettings.VALIDATE, true);
		defaults.putBoolean(ProjectSettings.RUN_ON_SAVE, true);
		defaults.putBoolean(ProjectSettings.OPEN_REPORT, true);
		defaults.put(ProjectSettings.OUTPUT, ProjectSettings.DEFAULT_OUTPUT);
		defaults.putInt(ProjectSettings.THREADS, 0);
		defaults.put(MATCHING_BRACKETS_COLOR, "127,127,127");
	}
}
