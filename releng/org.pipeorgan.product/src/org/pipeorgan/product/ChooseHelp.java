package org.pipeorgan.product;

import org.eclipse.swt.widgets.Display;
import org.eclipse.ui.IStartup;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.internal.help.WorkbenchHelpSystem;

/**
 * Has the product's help be {@link GuideHelp}. The platform's, which comes with its cheat sheets, needs a help server that
 * the product does not have, and the platform takes whichever it finds first.
 */
@SuppressWarnings("restriction")
public final class ChooseHelp implements IStartup {
	@Override
	public void earlyStartup() {
		Display.getDefault().asyncExec(() -> {
			if (PlatformUI.getWorkbench().getHelpSystem() instanceof WorkbenchHelpSystem help) {
				help.setDesiredHelpSystemId("org.pipeorgan.product.help");
			}
		});
	}
}
