package org.pipeorgan.product;

import org.eclipse.help.IContext;
import org.eclipse.help.IHelpResource;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.help.AbstractHelpUI;
import org.pipeorgan.dsl.ui.PipeOrganUi;
import org.pipeorgan.dsl.ui.help.DocumentationView;

/** The help of the product, which has no help server: everything opens in the guide's view. */
public final class GuideHelp extends AbstractHelpUI {
	@Override
	public void displayHelp() {
		show("");
	}

	@Override
	public void displayHelpResource(String href) {
		show(href);
	}

	@Override
	public void displayContext(IContext context, int x, int y) {
		IHelpResource[] topics = context == null ? new IHelpResource[0] : context.getRelatedTopics();
		show(topics.length == 0 ? "" : topics[0].getHref());
	}

	@Override
	public void displayDynamicHelp() {
		show("");
	}

	@Override
	public boolean isContextHelpDisplayed() {
		return false;
	}

	/** {@code /bundle/docs/NAME.html#anchor} opens page NAME. */
	private static void show(String href) {
		IWorkbenchWindow window = PlatformUI.getWorkbench().getActiveWorkbenchWindow();
		IWorkbenchPage page = window == null ? null : window.getActivePage();
		if (page == null) {
			return;
		}
		try {
			DocumentationView view = (DocumentationView) page.showView(DocumentationView.ID);
			String place = href.substring(href.lastIndexOf('/') + 1).replace(".html", "");
			if (!place.isEmpty()) {
				view.open(place);
			}
		} catch (PartInitException e) {
			PipeOrganUi.log("The guide could not be opened", e);
		}
	}
}
