package org.pipeorgan.dsl.ui.wizards;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.core.resources.IContainer;
import org.eclipse.core.resources.IFile;
import org.eclipse.core.resources.IProject;
import org.eclipse.core.resources.IResource;
import org.eclipse.core.resources.ResourcesPlugin;
import org.eclipse.core.runtime.Adapters;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.IPath;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.viewers.IStructuredSelection;
import org.eclipse.jface.window.Window;
import org.eclipse.jface.wizard.Wizard;
import org.eclipse.jface.wizard.WizardPage;
import org.eclipse.swt.SWT;
import org.eclipse.swt.events.ModifyListener;
import org.eclipse.swt.events.SelectionListener;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.FileDialog;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.IImportWizard;
import org.eclipse.ui.IWorkbench;
import org.eclipse.ui.dialogs.ContainerSelectionDialog;
import org.pipeorgan.dsl.imports.ImportException;
import org.pipeorgan.dsl.imports.Importer;
import org.pipeorgan.dsl.ui.PipeOrganUi;
import org.pipeorgan.dsl.ui.help.Help;
import org.pipeorgan.dsl.ui.project.NewProject;

/** Brings a network of another tool in, in any format that the language reads. */
public final class ImportNetworkWizard extends Wizard implements IImportWizard {
	private IWorkbench workbench;
	private IContainer selected;
	private Page page;

	@Override
	public void init(IWorkbench bench, IStructuredSelection selection) {
		workbench = bench;
		Wizards.begin(this, "Import a Network");
		IResource resource = selection == null ? null : Adapters.adapt(selection.getFirstElement(), IResource.class);
		selected = resource instanceof IContainer container ? container : resource == null ? null : resource.getParent();
	}

	@Override
	public void addPages() {
		page = new Page(selected);
		addPage(page);
	}

	@Override
	public boolean performFinish() {
		Importer importer = page.importer();
		Path source = Path.of(page.source.getText().strip());
		IFile target = page.target();
		String name = page.name.getText().isBlank() ? null : page.name.getText().strip();
		Importer.Options options = new Importer.Options(name, importer.pads() && page.pad.getSelection(), importer.dynamic() ? page.sizes() : Map.of(),
				importer.dynamic() && page.cut.getSelection());
		return Wizards.finish(this, workbench, monitor -> {
			try {
				Importer.Imported imported = importer.reader().read(source, options);
				imported.notes().forEach(note -> PipeOrganUi.info(source.getFileName() + ": " + note));
				return List.of(NewProject.write(target.getParent(), target.getName(), imported.text(), monitor));
			} catch (ImportException e) {
				throw new CoreException(Status.warning(source.getFileName() + (importer.dynamic() ? ": " : ", line " + e.line() + ": ") + e.getMessage()));
			} catch (IOException e) {
				throw new CoreException(Status.warning(source + " cannot be read: " + e.getMessage()));
			}
		});
	}

	/** Format, file, and where it goes. */
	private static final class Page extends WizardPage {
		/** Nine digits are more than enough, and fit. */
		private static final Pattern SIZE = Pattern.compile("(\\S+?)\\s*=\\s*(\\d{1,9})");
		private final IContainer selected;
		private Combo format;
		private Text source;
		private Text folder;
		private Text file;
		private Text name;
		private Button pad;
		private Text dimensions;
		private Button cut;

		private Page(IContainer selected) {
			super("network");
			this.selected = selected;
			setTitle("Import a Network");
			setDescription("Writes the network of a file of another tool as a workload. Nothing is written if the file has mistakes.");
		}

		@Override
		public void createControl(Composite parent) {
			Composite area = new Composite(parent, SWT.NONE);
			GridLayoutFactory.swtDefaults().numColumns(3).applyTo(area);
			ModifyListener changed = event -> check();
			new Label(area, SWT.NONE).setText("F&ormat:");
			format = new Combo(area, SWT.READ_ONLY);
			Importer.ALL.forEach(importer -> format.add(importer.name() + " (" + String.join(", ", importer.extensions().stream().map(extension -> "." + extension).toList()) + ")"));
			format.select(0);
			GridDataFactory.fillDefaults().span(2, 1).grab(true, false).applyTo(format);
			source = line(area, "F&ile:", "");
			button(area).addSelectionListener(SelectionListener.widgetSelectedAdapter(event -> browseSource()));
			folder = line(area, "Into &folder:", selected == null ? "" : selected.getFullPath().toString());
			button(area).addSelectionListener(SelectionListener.widgetSelectedAdapter(event -> browseFolder()));
			file = line(area, "&As file:", "");
			new Label(area, SWT.NONE);
			name = line(area, "&Workload name:", "");
			name.setMessage("the network's own, or the file's");
			new Label(area, SWT.NONE);
			pad = box(area, "&Inputs are padded so that outputs are as large as the input over the stride");
			dimensions = line(area, "&Dimensions:", "");
			dimensions.setMessage("sizes of those left open: batch=1, image.2=224");
			new Label(area, SWT.NONE);
			cut = box(area, "&Cut operators out that cannot be imported");
			dimensions.addModifyListener(changed);
			format.addModifyListener(changed);
			source.addModifyListener(event -> suggest());
			folder.addModifyListener(changed);
			file.addModifyListener(changed);
			setControl(area);
			Help.set(area, "import");
			check();
			setErrorMessage(null);
		}

		private static Text line(Composite area, String label, String text) {
			new Label(area, SWT.NONE).setText(label);
			Text field = new Text(area, SWT.BORDER);
			field.setText(text);
			GridDataFactory.fillDefaults().grab(true, false).align(SWT.FILL, SWT.CENTER).hint(340, SWT.DEFAULT).applyTo(field);
			return field;
		}

		private static Button box(Composite area, String text) {
			new Label(area, SWT.NONE);
			Button box = new Button(area, SWT.CHECK);
			box.setText(text);
			GridDataFactory.fillDefaults().span(2, 1).applyTo(box);
			return box;
		}

		private static Button button(Composite area) {
			Button button = new Button(area, SWT.PUSH);
			button.setText("Browse...");
			return button;
		}

		private Importer importer() {
			return Importer.ALL.get(Math.max(0, format.getSelectionIndex()));
		}

		private IFile target() {
			IPath path = IPath.fromPortableString(folder.getText().strip()).append(file.getText().strip());
			return path.segmentCount() < 2 ? null : ResourcesPlugin.getWorkspace().getRoot().getFile(path);
		}

		/** The sizes of dimensions; {@code null} if they are not written as they should be. */
		private Map<String, Long> sizes() {
			Map<String, Long> sizes = new TreeMap<>();
			for (String each : dimensions.getText().split(",")) {
				Matcher matcher = SIZE.matcher(each.strip());
				if (matcher.matches()) {
					sizes.put(matcher.group(1), Long.valueOf(matcher.group(2)));
				} else if (!each.isBlank()) {
					return null;
				}
			}
			return sizes;
		}

		/** The format and the new file's name follow the chosen file. */
		private void suggest() {
			String chosen = IPath.fromOSString(source.getText().strip()).lastSegment();
			if (chosen != null) {
				for (Importer importer : Importer.ALL) {
					if (importer.extensions().stream().anyMatch(extension -> chosen.endsWith("." + extension))) {
						format.select(Importer.ALL.indexOf(importer));
					}
				}
				file.setText(chosen.replaceFirst("\\.[^.]*$", "") + "." + PipeOrganUi.FILE_EXTENSION);
			}
			check();
		}

		private void check() {
			pad.setEnabled(importer().pads());
			dimensions.setEnabled(importer().dynamic());
			cut.setEnabled(importer().dynamic());
			String problem = problem();
			setErrorMessage(problem);
			setPageComplete(problem == null);
		}

		private String problem() {
			try {
				if (source.getText().isBlank() || !Files.isRegularFile(Path.of(source.getText().strip()))) {
					return "Choose the file to import";
				}
			} catch (InvalidPathException e) {
				return "Choose the file to import";
			}
			if (importer().dynamic() && sizes() == null) {
				return "Write the sizes of dimensions as NAME=SIZE, with commas between, such as batch=1, image.2=224";
			}
			IPath path = IPath.fromPortableString(folder.getText().strip());
			if (path.segmentCount() == 0 || !(ResourcesPlugin.getWorkspace().getRoot().findMember(path) instanceof IContainer container)) {
				return "Choose a folder of the workspace";
			}
			IProject project = container.getProject();
			if (project == null || !project.isOpen()) {
				return "Choose a folder of an open project";
			}
			IStatus valid = ResourcesPlugin.getWorkspace().validateName(file.getText().strip(), IResource.FILE);
			if (!valid.isOK() || !file.getText().strip().endsWith("." + PipeOrganUi.FILE_EXTENSION)) {
				return "Give a file name that ends in ." + PipeOrganUi.FILE_EXTENSION;
			}
			return target().exists() ? target().getFullPath() + " is there already; give another name" : null;
		}

		private void browseSource() {
			FileDialog dialog = new FileDialog(getShell(), SWT.OPEN);
			List<String> patterns = importer().extensions().stream().map(extension -> "*." + extension).toList();
			dialog.setFilterExtensions(new String[] { String.join(";", patterns), "*.*" });
			String chosen = dialog.open();
			if (chosen != null) {
				source.setText(chosen);
			}
		}

		private void browseFolder() {
			ContainerSelectionDialog dialog = new ContainerSelectionDialog(getShell(), selected, false, "Folder of the new file:");
			if (dialog.open() == Window.OK && dialog.getResult().length == 1 && dialog.getResult()[0] instanceof IPath path) {
				folder.setText(path.toString());
			}
		}
	}
}
