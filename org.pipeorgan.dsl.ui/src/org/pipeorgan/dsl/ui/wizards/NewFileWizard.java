package org.pipeorgan.dsl.ui.wizards;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.eclipse.core.resources.IFile;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.viewers.IStructuredSelection;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.ui.IWorkbench;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.dialogs.WizardNewFileCreationPage;
import org.eclipse.ui.ide.IDE;
import org.eclipse.ui.wizards.newresource.BasicNewResourceWizard;
import org.pipeorgan.dsl.ide.PipeOrganContentProposals;
import org.pipeorgan.dsl.ui.PipeOrganUi;
import org.pipeorgan.dsl.ui.help.Help;

/** Makes a file, with a declaration of a chosen kind to begin with. */
public final class NewFileWizard extends BasicNewResourceWizard {
	private Page page;

	@Override
	public void init(IWorkbench workbench, IStructuredSelection selection) {
		super.init(workbench, selection);
		setWindowTitle("New PipeOrgan File");
		setDefaultPageImageDescriptor(PipeOrganUi.get().image("wizard"));
	}

	@Override
	public void addPages() {
		page = new Page(getSelection());
		addPage(page);
	}

	@Override
	public boolean performFinish() {
		IFile file = page.createNewFile();
		if (file == null) {
			return false;
		}
		selectAndReveal(file);
		try {
			IDE.openEditor(getWorkbench().getActiveWorkbenchWindow().getActivePage(), file, true);
		} catch (PartInitException e) {
			PipeOrganUi.log("The new file could not be opened", e);
		}
		return true;
	}

	/** Folder, name and kind. */
	private static final class Page extends WizardNewFileCreationPage {
		private static final String EMPTY = "nothing";
		private Combo kind;

		private Page(IStructuredSelection selection) {
			super("file", selection);
			setTitle("PipeOrgan File");
			setDescription("A file for workloads, accelerators, interconnects, policies and studies.");
			setFileExtension(PipeOrganUi.FILE_EXTENSION);
		}

		@Override
		protected void createAdvancedControls(Composite parent) {
			Composite line = new Composite(parent, SWT.NONE);
			GridLayoutFactory.fillDefaults().numColumns(2).applyTo(line);
			new Label(line, SWT.NONE).setText("&Begin with:");
			kind = new Combo(line, SWT.READ_ONLY);
			kind.add(EMPTY);
			PipeOrganContentProposals.templates().keySet().forEach(kind::add);
			kind.select(kind.indexOf("study"));
			GridDataFactory.fillDefaults().applyTo(kind);
			super.createAdvancedControls(parent);
		}

		@Override
		public void createControl(Composite parent) {
			super.createControl(parent);
			Help.set(getControl(), "file");
		}

		@Override
		protected InputStream getInitialContents() {
			Map<String, String> templates = PipeOrganContentProposals.templates();
			return new ByteArrayInputStream(templates.getOrDefault(kind.getText(), "").getBytes(StandardCharsets.UTF_8));
		}
	}
}
