package org.pipeorgan.tests.ui;

import static org.pipeorgan.journey.WorkbenchRobot.fillScreen;
import static org.pipeorgan.journey.WorkbenchRobot.page;
import static org.pipeorgan.journey.WorkbenchRobot.ui;
import static org.pipeorgan.journey.WorkbenchRobot.waitFor;
import static org.pipeorgan.journey.WorkbenchRobot.window;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
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
import org.eclipse.ui.IViewReference;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.handlers.IHandlerService;
import org.eclipse.ui.ide.IDE;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.pipeorgan.dsl.ui.PipeOrganPerspective;
import org.pipeorgan.dsl.ui.PipeOrganUi;
import org.pipeorgan.dsl.ui.editor.PogEditor;
import org.pipeorgan.dsl.ui.editor.ProblemAnnotation;
import org.pipeorgan.dsl.ui.project.ProjectSettings;

/**
 * Drives the real workbench, with {@link WorkbenchRobot}, from a test that runs outside the UI thread: the projects and editors of the test, and whether all went well.
 * Each test has one of its own, registered as an extension.
 */
final class WorkbenchDriver implements AfterEachCallback {
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
			fillScreen();
			PlatformUI.getWorkbench().showPerspective(PipeOrganPerspective.ID, window());
			for (IViewReference view : page().getViewReferences()) {
				if ("org.eclipse.ui.internal.introview".equals(view.getId())) {
					page().hideView(view);
				}
			}
			return null;
		});
	}

	/** Keeps studies from running whenever a test writes a file. */
	static void runNothingOnSave() {
		PipeOrganUi.get().getPreferenceStore().setValue(ProjectSettings.RUN_ON_SAVE, false);
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

	/** Closes the editors, deletes the projects and fails if an error was logged or the plug-in blocked the UI thread meanwhile. */
	@Override
	public void afterEach(ExtensionContext test) throws CoreException {
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
