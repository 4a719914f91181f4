package org.pipeorgan.dsl.ui;

import org.eclipse.search.ui.NewSearchUI;
import org.eclipse.ui.IFolderLayout;
import org.eclipse.ui.IPageLayout;
import org.eclipse.ui.IPerspectiveFactory;
import org.eclipse.ui.console.IConsoleConstants;
import org.pipeorgan.dsl.ui.help.DocumentationView;
import org.pipeorgan.dsl.ui.views.CompareView;
import org.pipeorgan.dsl.ui.views.MappingView;

/** The perspective for writing and running studies: projects left, outline right, problems, mapping and comparison below. */
public final class PipeOrganPerspective implements IPerspectiveFactory {
	/** Id of the perspective. */
	public static final String ID = "org.pipeorgan.dsl.ui.perspective";
	private static final String HELP = "org.eclipse.help.ui.HelpView";
	private static final String CHEAT_SHEETS = "org.eclipse.ui.cheatsheets.views.CheatSheetView";

	@Override
	public void createInitialLayout(IPageLayout layout) {
		String editors = layout.getEditorArea();
		layout.addView(IPageLayout.ID_PROJECT_EXPLORER, IPageLayout.LEFT, 0.2f, editors);
		IFolderLayout right = layout.createFolder("right", IPageLayout.RIGHT, 0.78f, editors);
		right.addView(IPageLayout.ID_OUTLINE);
		right.addPlaceholder(HELP);
		right.addPlaceholder(CHEAT_SHEETS);
		IFolderLayout below = layout.createFolder("below", IPageLayout.BOTTOM, 0.58f, editors);
		below.addView(IPageLayout.ID_PROBLEM_VIEW);
		below.addView(MappingView.ID);
		below.addView(CompareView.ID);
		below.addView(IPageLayout.ID_PROP_SHEET);
		below.addView(IPageLayout.ID_PROGRESS_VIEW);
		below.addPlaceholder(IConsoleConstants.ID_CONSOLE_VIEW);
		below.addPlaceholder(NewSearchUI.SEARCH_VIEW_ID);
		below.addPlaceholder(DocumentationView.ID);
		layout.addActionSet("org.eclipse.debug.ui.launchActionSet");
		for (String view : new String[] { IPageLayout.ID_PROJECT_EXPLORER, IPageLayout.ID_OUTLINE, IPageLayout.ID_PROBLEM_VIEW, MappingView.ID, CompareView.ID, IPageLayout.ID_PROP_SHEET,
				IConsoleConstants.ID_CONSOLE_VIEW, NewSearchUI.SEARCH_VIEW_ID }) {
			layout.addShowViewShortcut(view);
		}
		for (String wizard : new String[] { "newProject", "newFile", "newExample" }) {
			layout.addNewWizardShortcut(PipeOrganUi.ID + "." + wizard);
		}
		layout.addNewWizardShortcut("org.eclipse.ui.wizards.new.folder");
	}
}
