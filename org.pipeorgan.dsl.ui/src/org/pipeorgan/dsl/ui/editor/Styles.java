package org.pipeorgan.dsl.ui.editor;

import java.util.Map;
import org.eclipse.jface.resource.ColorRegistry;
import org.eclipse.jface.util.IPropertyChangeListener;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.StyleRange;
import org.eclipse.swt.graphics.Color;
import org.eclipse.ui.PlatformUI;
import org.eclipse.xtext.ide.editor.syntaxcoloring.HighlightingStyles;
import org.pipeorgan.dsl.ui.PipeOrganUi;

/**
 * Colours and fonts of the highlighting styles. The colours are colour definitions of the workbench
 * ({@code General > Appearance > Colors and Fonts}), so that users and themes can change them. UI thread only.
 */
final class Styles {
	/** What all colour definitions of the editor begin with. */
	static final String COLOR_PREFIX = PipeOrganUi.ID + ".color.";

	/** Colour definition (without prefix) by style; styles that are not listed have the editor's own colour. */
	private static final Map<String, String> COLORS = Map.of(
			HighlightingStyles.KEYWORD_ID, "keyword",
			HighlightingStyles.COMMENT_ID, "comment",
			HighlightingStyles.STRING_ID, "string",
			HighlightingStyles.NUMBER_ID, "number",
			HighlightingStyles.TYPE_ID, "reference",
			HighlightingStyles.DEFINITION_ID, "definition",
			HighlightingStyles.TASK_ID, "task");
	private static final Map<String, Integer> FONTS = Map.of(
			HighlightingStyles.KEYWORD_ID, SWT.BOLD,
			HighlightingStyles.DEFINITION_ID, SWT.BOLD,
			HighlightingStyles.TASK_ID, SWT.BOLD);

	private Styles() {
	}

	/** The style range that shows {@code style} at a place of the text. */
	static StyleRange range(String style, int offset, int length) {
		return new StyleRange(offset, length, color(style), null, FONTS.getOrDefault(style, SWT.NORMAL));
	}

	/** Calls {@code listener} when a colour of the workbench changes, until {@link #removeListener}. */
	static void addListener(IPropertyChangeListener listener) {
		PlatformUI.getWorkbench().getThemeManager().addPropertyChangeListener(listener);
	}

	/** Undoes {@link #addListener}. */
	static void removeListener(IPropertyChangeListener listener) {
		PlatformUI.getWorkbench().getThemeManager().removePropertyChangeListener(listener);
	}

	private static Color color(String style) {
		String name = COLORS.get(style);
		if (name == null) {
			return null;
		}
		ColorRegistry colors = PlatformUI.getWorkbench().getThemeManager().getCurrentTheme().getColorRegistry();
		return colors.get(COLOR_PREFIX + name);
	}
}
