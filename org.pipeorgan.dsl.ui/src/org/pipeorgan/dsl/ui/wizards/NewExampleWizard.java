package org.pipeorgan.dsl.ui.wizards;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.eclipse.core.resources.IFile;
import org.eclipse.core.resources.IProject;
import org.eclipse.core.resources.ResourcesPlugin;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.viewers.ArrayContentProvider;
import org.eclipse.jface.viewers.LabelProvider;
import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.jface.viewers.TableViewer;
import org.eclipse.jface.wizard.WizardPage;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Text;
import org.eclipse.core.resources.IResource;
import org.pipeorgan.dsl.ui.Icons;
import org.pipeorgan.dsl.ui.help.Help;
import org.pipeorgan.dsl.ui.project.NewProject;
import org.pipeorgan.dsl.ui.wizards.Examples.Example;

/** Makes a project of the examples and opens a chosen one. */
public final class NewExampleWizard extends ProjectWizard {
	private Page page;

	/** For the extension registry. */
	public NewExampleWizard() {
		super("New PipeOrgan Example");
	}

	@Override
	public void addPages() {
		page = new Page();
		addPage(page);
	}

	@Override
	public boolean performFinish() {
		Example chosen = page.chosen();
		IProject project = ResourcesPlugin.getWorkspace().getRoot().getProject(page.name.getText().strip());
		return finish(monitor -> {
			Map<String, String> files = Examples.files(chosen.folder());
			List<IFile> created = new ArrayList<>(NewProject.create(project, null, files, monitor));
			created.sort(Comparator.comparing(file -> !file.getName().equals(chosen.file())));
			return created;
		});
	}

	/** The examples, what each is about, and the project's name. */
	private static final class Page extends WizardPage {
		private TableViewer examples;
		private Text about;
		private Text name;

		private Page() {
			super("example");
			setTitle("PipeOrgan Example");
			setDescription("Makes a project with all examples, which read each other, and opens the one you choose.");
		}

		@Override
		public void createControl(Composite parent) {
			Composite area = new Composite(parent, SWT.NONE);
			GridLayoutFactory.swtDefaults().numColumns(2).applyTo(area);
			new Label(area, SWT.NONE).setText("&Project name:");
			name = new Text(area, SWT.BORDER);
			name.setText(freeName());
			name.addModifyListener(event -> check());
			GridDataFactory.fillDefaults().grab(true, false).applyTo(name);
			examples = new TableViewer(area, SWT.BORDER | SWT.SINGLE | SWT.V_SCROLL);
			examples.setContentProvider(ArrayContentProvider.getInstance());
			examples.setLabelProvider(new LabelProvider() {
				@Override
				public String getText(Object element) {
					return ((Example) element).file();
				}

				@Override
				public Image getImage(Object element) {
					return Icons.image("file");
				}
			});
			GridDataFactory.fillDefaults().span(2, 1).grab(true, true).hint(460, 150).applyTo(examples.getControl());
			about = new Text(area, SWT.READ_ONLY | SWT.MULTI | SWT.WRAP | SWT.V_SCROLL | SWT.BORDER);
			GridDataFactory.fillDefaults().span(2, 1).grab(true, true).hint(460, 110).applyTo(about);
			examples.addSelectionChangedListener(event -> {
				about.setText(chosen() == null ? "" : chosen().about());
				check();
			});
			try {
				List<Example> all = Examples.all();
				examples.setInput(all);
				examples.setSelection(new StructuredSelection(all.get(0)));
			} catch (CoreException e) {
				setErrorMessage(e.getStatus().getMessage());
			}
			setControl(area);
			Help.set(area, "example");
			check();
		}

		private Example chosen() {
			return (Example) examples.getStructuredSelection().getFirstElement();
		}

		private void check() {
			String text = name.getText().strip();
			IStatus valid = ResourcesPlugin.getWorkspace().validateName(text, IResource.PROJECT);
			boolean taken = valid.isOK() && ResourcesPlugin.getWorkspace().getRoot().getProject(text).exists();
			setErrorMessage(!valid.isOK() ? valid.getMessage() : taken ? "There is a project " + text + " already; choose another name" : null);
			setPageComplete(valid.isOK() && !taken && chosen() != null);
		}

		private static String freeName() {
			String first = "pipeorgan-examples";
			String free = first;
			for (int i = 2; ResourcesPlugin.getWorkspace().getRoot().getProject(free).exists(); i++) {
				free = first + "-" + i;
			}
			return free;
		}
	}
}
