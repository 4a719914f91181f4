package org.pipeorgan.dsl.ui.help;

import org.eclipse.swt.widgets.Control;
import org.eclipse.ui.PlatformUI;
import org.pipeorgan.dsl.ui.PipeOrganUi;

/** Context help: what F1 shows. */
public final class Help {
	private Help() {
	}

	/** Has F1 on {@code control} show the context {@code name} of {@code contexts.xml}. */
	public static void set(Control control, String name) {
		PlatformUI.getWorkbench().getHelpSystem().setHelp(control, PipeOrganUi.ID + "." + name);
	}
}
