package org.pipeorgan.dsl.ui.rename;

import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.ltk.ui.refactoring.RefactoringWizard;
import org.eclipse.ltk.ui.refactoring.UserInputWizardPage;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Text;

/** Asks for the new name, and shows what will change. */
public final class RenameWizard extends RefactoringWizard {
	private final Renaming renaming;

	/** Makes the wizard. {@code renaming} has its initial conditions checked. */
	public RenameWizard(Renaming renaming) {
		super(renaming, DIALOG_BASED_USER_INTERFACE | PREVIEW_EXPAND_FIRST_NODE);
		this.renaming = renaming;
		setDefaultPageTitle("Rename " + renaming.subject());
	}

	@Override
	protected void addUserInputPages() {
		addPage(new NamePage(renaming));
	}

	/** The new name. */
	private static final class NamePage extends UserInputWizardPage {
		private final Renaming renaming;
		private Text name;

		private NamePage(Renaming renaming) {
			super("name");
			this.renaming = renaming;
		}

		@Override
		public void createControl(Composite parent) {
			Composite area = new Composite(parent, SWT.NONE);
			GridLayoutFactory.swtDefaults().numColumns(2).applyTo(area);
			new Label(area, SWT.NONE).setText("New &name:");
			name = new Text(area, SWT.BORDER);
			GridDataFactory.fillDefaults().grab(true, false).hint(convertWidthInCharsToPixels(40), SWT.DEFAULT).applyTo(name);
			name.setText(renaming.oldName());
			name.selectAll();
			name.addModifyListener(event -> check());
			setControl(area);
			check();
		}

		private void check() {
			String text = name.getText().strip();
			renaming.setNewName(text);
			setPageComplete(!text.isEmpty() && !text.equals(renaming.oldName()));
		}
	}
}
