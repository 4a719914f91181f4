package org.pipeorgan.dsl.ui.editor;

import org.eclipse.core.runtime.preferences.AbstractPreferenceInitializer;
import org.eclipse.core.runtime.preferences.DefaultScope;
import org.eclipse.core.runtime.preferences.IEclipsePreferences;
import org.pipeorgan.dsl.ui.PipeOrganUi;

/** The editor's preferences and their defaults. */
public final class EditorPreferences extends AbstractPreferenceInitializer {
	/** Whether the bracket that belongs to the one at the cursor is marked. */
	public static final String MATCH_BRACKETS = "matchingBrackets";
	/** Colour of that mark, as {@code red,green,blue}. */
	public static final String MATCHING_BRACKETS_COLOR = "matchingBracketsColor";

	@Override
	public void initializeDefaultPreferences() {
		IEclipsePreferences defaults = DefaultScope.INSTANCE.getNode(PipeOrganUi.ID);
		defaults.putBoolean(MATCH_BRACKETS, true);
		defaults.put(MATCHING_BRACKETS_COLOR, "127,127,127");
	}
}
