package org.pipeorgan.dsl.ui.preferences;

import org.eclipse.core.runtime.CoreException;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.ui.dialogs.PropertyPage;
import org.pipeorgan.dsl.settings.Severities;
import org.pipeorgan.dsl.ui.help.Help;

/** A page with the severities of problems. */
abstract class SeverityPage extends PropertyPage {
	private SeverityTable table;

	@Override
	protected Control createContents(Composite parent) {
		Composite area = new Composite(parent, SWT.NONE);
		GridLayoutFactory.fillDefaults().applyTo(area);
		Label about = new Label(area, SWT.WRAP);
		about.setText(about());
		GridDataFactory.fillDefaults().grab(true, false).hint(420, SWT.DEFAULT).applyTo(about);
		table = new SeverityTable(area, inherited());
		table.show(stored());
		Help.set(area, "severities");
		return area;
	}

	/** The table, for tests. */
	public SeverityTable table() {
		return table;
	}

	@Override
	protected void performDefaults() {
		table.show(Severities.NONE);
		super.performDefaults();
	}

	@Override
	public boolean performOk() {
		Severities chosen = table.chosen();
		try {
			if (!chosen.equals(stored())) {
				store(chosen);
			}
			return true;
		} catch (CoreException e) {
			setErrorMessage(e.getStatus().getMessage());
			return false;
		}
	}

	/** What the page says about itself. */
	abstract String about();

	/** What holds where nothing is chosen, besides the language's own severities. */
	abstract Severities inherited();

	/** What is chosen. */
	abstract Severities stored();

	/** Keeps what was chosen. */
	abstract void store(Severities chosen) throws CoreException;
}
