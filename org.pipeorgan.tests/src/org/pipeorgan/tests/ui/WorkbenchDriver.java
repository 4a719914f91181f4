package org.pipeorgan.tests.ui;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.eclipse.core.resources.IFile;
import org.eclipse.core.resources.IFolder;
import org.eclipse.core.resources.IProject;
import org.eclipse.core.resources.ResourcesPlugin;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.ILogListener;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.NullProgressMonitor;
import org.eclipse.core.runtime.Platform;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.graphics.ImageData;
import org.eclipse.swt.graphics.ImageLoader;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.ui.IViewReference;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.handlers.IHandlerService;
import org.eclipse.ui.ide.IDE;
import org.pipeorgan.dsl.ui.PipeOrganPerspective;
import org.pipeorgan.dsl.ui.PipeOrganUi;
import org.pipeorgan.dsl.ui.editor.PogEditor;
import org.pipeorgan.dsl.ui.editor.ProblemAnnotation;
import org.pipeorgan.dsl.ui.project.ProjectSettings;

/**
 * Drives the real workbench from a test that runs outside the UI thread. Nothing here waits for a fixed time:
 * {@link #waitFor} lets the workbench work until a condition holds, with a deadline.
 */
final class WorkbenchDriver implements AutoCloseable {
	private static final long DEADLINE_SECONDS = 30;
	private static final int PAUSE_MILLISECONDS = 20;

	private final List<IStatus> errors = new CopyOnWriteArrayList<>();
	private final ILogListener errorLog = (status, plugin) -> {
		if (status.getSeverity() == IStatus.ERROR) {
			errors.add(status);
		}
	};
	private final List<IProject> projects = new ArrayList<>();
	private final UiWatch watch = new UiWatch();

	/** Prepares the workbench window: as large as the screen, without a welcome. */
	WorkbenchDriver() {
		Platform.addLogListener(errorLog);
		runNothingOnSave();
		ui(() -> {
			IWorkbenchWindow window = window();
			window.getShell().setBounds(Display.getDefault().getPrimaryMonitor().getBounds());
			window.getShell().forceActive();
			PlatformUI.getWorkbench().showPerspective(PipeOrganPerspective.ID, window);
			for (IViewReference view : window.getActivePage().getViewReferences()) {
				if ("org.eclipse.ui.internal.introview".equals(view.getId())) {
					window.getActivePage().hideView(view);
				}
			}
			return null;
		});
	}

	/** Keeps studies from running whenever a test writes a file. */
	static void runNothingOnSave() {
		PipeOrganUi.get().getPreferenceStore().setValue(ProjectSettings.RUN_ON_SAVE, false);
	}

	/** Runs {@code work} in the UI thread and returns its result. */
	static <T> T ui(Callable<T> work) {
		List<T> result = new ArrayList<>();
		List<Throwable> problem = new ArrayList<>();
		Display.getDefault().syncExec(() -> {
			try {
				result.add(work.call());
			} catch (Exception | Error e) {
				problem.add(e);
			}
		});
		if (!problem.isEmpty()) {
			throw new AssertionError(problem.get(0));
		}
		return result.get(0);
	}

	/** Waits until {@code condition} holds in the UI thread, while the workbench goes on working; fails after the deadline. */
	static void waitFor(String what, Supplier<Boolean> condition) {
		waitFor(what, condition, () -> "");
	}

	/** As {@link #waitFor(String, Supplier)}, with something to tell about the state when the deadline passes. */
	static void waitFor(String what, Supplier<Boolean> condition, Supplier<String> state) {
		long deadline = System.nanoTime() + DEADLINE_SECONDS * 1_000_000_000;
		while (!ui(condition::get)) {
			if (System.nanoTime() > deadline) {
				String told = ui(state::get);
				try {
					screenshot("failure-" + what.replaceAll("\\W+", "-"));
				} catch (IOException e) {
					told += " (" + e + ")";
				}
				fail("Waited " + DEADLINE_SECONDS + " s for " + what + ": " + told);
			}
			pause();
		}
	}

	private static void pause() {
		try {
			Thread.sleep(PAUSE_MILLISECONDS);
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(e);
		}
	}

	/** Waits for the builds of the workspace to end. */
	static void waitForBuild() {
		try {
			Job.getJobManager().join(ResourcesPlugin.FAMILY_MANUAL_BUILD, new NullProgressMonitor());
			Job.getJobManager().join(ResourcesPlugin.FAMILY_AUTO_BUILD, new NullProgressMonitor());
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(e);
		}
	}

	/** An open project of this name, deleted again when the test ends. */
	IProject project(String name) throws CoreException {
		IProject project = ResourcesPlugin.getWorkspace().getRoot().getProject(name);
		project.create(null);
		project.open(null);
		projects.add(project);
		return project;
	}

	/** Has a project that a test makes deleted when it ends. */
	void deleteAtTheEnd(IProject project) {
		projects.add(project);
	}

	/** A file with {@code content} in {@code project}, in folders that are made if needed. */
	static IFile file(IProject project, String path, String content) throws CoreException {
		IFile file = project.getFile(path);
		List<IFolder> missing = new ArrayList<>();
		for (var parent = file.getParent(); parent instanceof IFolder folder && !folder.exists(); parent = folder.getParent()) {
			missing.add(0, folder);
		}
		for (IFolder folder : missing) {
			folder.create(true, true, null);
		}
		file.write(content.getBytes(StandardCharsets.UTF_8), true, false, true, null);
		return file;
	}

	/** Opens {@code file} with its default editor, which must be ours, and waits until it has analysed the text. */
	static PogEditor open(IFile file) {
		PogEditor editor = ui(() -> (PogEditor) IDE.openEditor(page(), file));
		waitUntilAnalysed(editor);
		return editor;
	}

	/** Waits until {@code editor} shows the problems and the outline of its present text. */
	static void waitUntilAnalysed(PogEditor editor) {
		waitFor("the analysis of " + editor.getTitle(), () -> editor.state(editor.document()).isAnalysed());
	}

	/** Runs a command of the workbench on {@code editor}. */
	static void command(PogEditor editor, String id) {
		ui(() -> {
			page().activate(editor);
			return editor.getSite().getService(IHandlerService.class).executeCommand(id, null);
		});
	}

	/** The content of an example file that users get. */
	static String example(String path) throws IOException {
		return Files.readString(Path.of(System.getProperty("pipeorgan.root"), "org.pipeorgan.dsl.ui", "examples", path));
	}

	/** The messages of the problems that the editor shows; UI thread. */
	static List<String> problems(PogEditor editor) {
		List<String> messages = new ArrayList<>();
		editor.viewer().getAnnotationModel().getAnnotationIterator().forEachRemaining(annotation -> {
			if (annotation instanceof ProblemAnnotation) {
				messages.add(annotation.getText());
			}
		});
		return messages;
	}

	/** The text of {@code editor}. */
	static String text(PogEditor editor) {
		return ui(() -> editor.document().get());
	}

	/** Replaces {@code old}, which the text must contain, in {@code editor} as typing would. */
	static void type(PogEditor editor, String old, String replacement) {
		ui(() -> {
			select(editor, old);
			editor.viewer().getTextWidget().insert(replacement);
			return null;
		});
	}

	/** Selects the first {@code part} of the text, which must contain it. UI thread. */
	static void select(PogEditor editor, String part) {
		editor.selectAndReveal(offset(editor, part), part.length());
	}

	/** Where the first {@code part} of the text begins. UI thread. */
	static int offset(PogEditor editor, String part) {
		int offset = editor.document().get().indexOf(part);
		if (offset < 0) {
			throw new AssertionError("'" + part + "' is not in the text");
		}
		return offset;
	}

	/** The first open shell that fits, UI thread. */
	static Optional<Shell> shell(Predicate<Shell> condition) {
		for (Shell shell : Display.getDefault().getShells()) {
			if (!shell.isDisposed() && shell.isVisible() && condition.test(shell)) {
				return Optional.of(shell);
			}
		}
		return Optional.empty();
	}

	/** The first control of a class below {@code parent} that fits; fails if there is none. UI thread. */
	static <T extends Control> T find(Composite parent, Class<T> type, Predicate<T> condition) {
		T found = search(parent, type, condition);
		if (found == null) {
			throw new AssertionError("There is no such " + type.getSimpleName() + " in " + parent);
		}
		return found;
	}

	private static <T extends Control> T search(Composite parent, Class<T> type, Predicate<T> condition) {
		for (Control child : parent.getChildren()) {
			if (type.isInstance(child) && condition.test(type.cast(child))) {
				return type.cast(child);
			}
			T below = child instanceof Composite composite ? search(composite, type, condition) : null;
			if (below != null) {
				return below;
			}
		}
		return null;
	}

	/** Writes a picture of the workbench window, with the popups above it, into the folder of the screenshots. */
	static void screenshot(String name) throws IOException {
		File folder = new File(System.getProperty("pipeorgan.screenshots", "target/screenshots"));
		if (!folder.isDirectory() && !folder.mkdirs()) {
			throw new IOException("Cannot make " + folder);
		}
		letPaint();
		ui(() -> {
			Display display = Display.getDefault();
			Rectangle area = window().getShell().getBounds();
			Image image = new Image(display, area.width, area.height);
			GC gc = new GC(display);
			try {
				gc.copyArea(image, area.x, area.y);
				ImageLoader loader = new ImageLoader();
				loader.data = new ImageData[] { image.getImageData() };
				loader.save(new File(folder, name + ".png").getPath(), SWT.IMAGE_PNG);
			} finally {
				gc.dispose();
				image.dispose();
			}
			return null;
		});
	}

	/** Lets the workbench paint some frames, only for pictures: nothing tells when all is painted. */
	private static void letPaint() {
		for (int frame = 0; frame < 25; frame++) {
			ui(() -> {
				Display.getDefault().update();
				return null;
			});
			pause();
		}
	}

	/** The page of the workbench window, UI thread. */
	static IWorkbenchPage page() {
		return window().getActivePage();
	}

	/** The workbench window, UI thread. */
	static IWorkbenchWindow window() {
		IWorkbenchWindow active = PlatformUI.getWorkbench().getActiveWorkbenchWindow();
		return active != null ? active : PlatformUI.getWorkbench().getWorkbenchWindows()[0];
	}

	/** Closes the editors, deletes the projects and fails if an error was logged or the plug-in blocked the UI thread meanwhile. */
	@Override
	public void close() throws CoreException {
		ui(() -> page().closeAllEditors(false));
		for (IProject project : projects) {
			if (project.exists()) {
				project.delete(true, true, null);
			}
		}
		waitForBuild();
		Platform.removeLogListener(errorLog);
		watch.close();
		if (!watch.blocks().isEmpty()) {
			throw new AssertionError("The UI thread was blocked for " + String.join("\nand ", watch.blocks()));
		}
		if (!errors.isEmpty()) {
			AssertionError failure = new AssertionError("The error log has " + errors);
			errors.stream().map(IStatus::getException).filter(e -> e != null).forEach(failure::addSuppressed);
			throw failure;
		}
	}
}
