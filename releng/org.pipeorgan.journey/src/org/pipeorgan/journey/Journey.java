package org.pipeorgan.journey;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Predicate;

import org.eclipse.core.resources.IFile;
import org.eclipse.core.resources.ResourcesPlugin;
import org.eclipse.e4.ui.css.swt.theme.IThemeEngine;
import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.graphics.ImageData;
import org.eclipse.swt.graphics.ImageLoader;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.IStartup;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.commands.ICommandService;
import org.eclipse.ui.handlers.IHandlerService;
import org.eclipse.ui.intro.IIntroManager;
import org.eclipse.ui.IEditorPart;
import org.eclipse.core.commands.ParameterizedCommand;
import org.pipeorgan.dsl.ui.editor.PogEditor;
import org.pipeorgan.dsl.ui.help.DocumentationView;
import org.pipeorgan.dsl.ui.report.ReportEditor;
import org.pipeorgan.dsl.ui.views.CompareView;
import org.pipeorgan.dsl.ui.views.MappingView;

/**
 * Takes the product from an empty workspace to a report, as a user would, and takes pictures on the way. It does nothing unless the system property
 * {@code pipeorgan.journey} names the folder for the pictures; there it writes {@code journey.txt}, which says how it went, and ends the workbench.
 */
public final class Journey implements IStartup {
	private static final String FOLDER = "pipeorgan.journey";
	private static final long DEADLINE_SECONDS = 60;
	private static final int PAUSE_MILLISECONDS = 20;
	private static final String DARK = "org.eclipse.e4.ui.css.theme.e4_dark";
	private static final String LIGHT = "org.eclipse.e4.ui.css.theme.e4_default";
	private Path folder;

	@Override
	public void earlyStartup() {
		String named = System.getProperty(FOLDER);
		if (named != null) {
			folder = Path.of(named);
			Thread thread = new Thread(this::travel, "journey");
			thread.setDaemon(true);
			thread.start();
		}
	}

	private void travel() {
		String told;
		try {
			Files.createDirectories(folder);
			steps();
			told = "arrived";
		} catch (Exception | Error e) {
			StringWriter trace = new StringWriter();
			e.printStackTrace(new PrintWriter(trace));
			told = "failed: " + trace;
			try {
				picture("failure");
			} catch (Exception | Error again) {
				told += "\nwithout a picture: " + again;
			}
		}
		try {
			Files.writeString(folder.resolve("journey.txt"), told + "\n");
		} catch (IOException e) {
			e.printStackTrace();
		}
		Display.getDefault().asyncExec(() -> PlatformUI.getWorkbench().close());
	}

	private void steps() throws Exception {
		waitFor("the window", () -> PlatformUI.getWorkbench().getWorkbenchWindowCount() > 0 && window() != null && page() != null);
		ui(() -> {
			window().getShell().setBounds(Display.getDefault().getPrimaryMonitor().getBounds());
			window().getShell().forceActive();
			return null;
		});
		IIntroManager intro = PlatformUI.getWorkbench().getIntroManager();
		waitFor("the welcome page", () -> intro.getIntro() != null);
		picture("welcome");
		ui(() -> intro.closeIntro(intro.getIntro()));

		later("org.eclipse.ui.newWizard(newWizardId=org.pipeorgan.dsl.ui.newProject)");
		waitFor("the wizard", () -> shell("New PipeOrgan Project") != null);
		ui(() -> {
			find(shell("New PipeOrgan Project"), Text.class, text -> text.isEnabled() && text.getEditable()).setText("glasses");
			return null;
		});
		picture("new-project");
		ui(() -> {
			find(shell("New PipeOrgan Project"), Button.class, button -> Integer.valueOf(IDialogConstants.FINISH_ID).equals(button.getData())).notifyListeners(SWT.Selection, null);
			return null;
		});
		waitFor("the study in its editor", () -> shell("New PipeOrgan Project") == null && page().getActiveEditor() instanceof PogEditor);
		PogEditor editor = ui(() -> (PogEditor) page().getActiveEditor());
		waitFor("its analysis", () -> editor.state(editor.document()).isAnalysed());

		ui(() -> {
			String text = editor.document().get();
			int offset = text.indexOf("library.xrbench.structured.ES_RITNet");
			editor.selectAndReveal(offset, "library.xrbench.structured.ES_RITNet".length());
			editor.viewer().getTextWidget().insert("library.xrbench.structured.KD_res8_narrow");
			return null;
		});
		waitFor("its analysis", () -> editor.state(editor.document()).isAnalysed());
		later("org.pipeorgan.dsl.ui.runStudy");
		waitFor("the report", () -> page().getActiveEditor() instanceof ReportEditor);
		ReportEditor report = ui(() -> (ReportEditor) page().getActiveEditor());
		waitFor("what it says", () -> report.hasBrowser() || report.plainText().contains("KD_res8_narrow"));
		IFile html = ResourcesPlugin.getWorkspace().getRoot().getProject("glasses").getFile("pipeorgan-out/first/report.html");
		check("the report is a file of the project", html.exists());
		picture("report");

		MappingView mapping = ui(() -> (MappingView) page().showView(MappingView.ID));
		waitFor("the mapping", () -> mapping.run() != null && mapping.array().isDrawn() && mapping.array().details().loads() != null);
		ui(() -> {
			mapping.showRun(mapping.outcome().result().runs().stream().filter(run -> run.policy().equals("pipeorgan")).findFirst().orElseThrow());
			mapping.select(0, -1, false);
			page().activate(editor);
			return null;
		});
		waitFor("the mapping", () -> mapping.array().isDrawn() && mapping.array().details().loads() != null);
		picture("mapping");
		CompareView compare = ui(() -> (CompareView) page().showView(CompareView.ID));
		waitFor("the bars", () -> compare.chart().getSeriesSet().getSeries().length > 0);
		picture("compare");

		later("org.eclipse.ui.help.helpContents");
		waitFor("the guide", () -> page().findView(DocumentationView.ID) instanceof DocumentationView view && view.text().contains("The workbench"));
		picture("guide");
		ui(() -> {
			page().hideView(page().findView(DocumentationView.ID));
			theme(DARK);
			page().activate(editor);
			page().showView(MappingView.ID);
			page().activate(editor);
			return null;
		});
		picture("dark-mapping");
		ui(() -> page().showView(CompareView.ID));
		picture("dark-compare");
		ui(() -> {
			theme(LIGHT);
			page().closeAllEditors(false);
			return null;
		});
		for (IEditorPart left : ui(() -> page().getEditors())) {
			check(left.getTitle() + " is closed", false);
		}
	}

	private static void theme(String id) {
		PlatformUI.getWorkbench().getService(IThemeEngine.class).setTheme(id, false);
	}

	private static void check(String what, boolean holds) {
		if (!holds) {
			throw new AssertionError("It does not hold that " + what);
		}
	}

	/** Runs a command as a menu would: it may open a dialog, so nothing waits for it. */
	private static void later(String serialized) {
		Display.getDefault().asyncExec(() -> {
			try {
				ParameterizedCommand command = PlatformUI.getWorkbench().getService(ICommandService.class).deserialize(serialized);
				window().getService(IHandlerService.class).executeCommand(command, null);
			} catch (Exception e) {
				throw new IllegalStateException(serialized, e);
			}
		});
	}

	private static IWorkbenchWindow window() {
		IWorkbenchWindow active = PlatformUI.getWorkbench().getActiveWorkbenchWindow();
		return active != null || PlatformUI.getWorkbench().getWorkbenchWindowCount() == 0 ? active : PlatformUI.getWorkbench().getWorkbenchWindows()[0];
	}

	private static IWorkbenchPage page() {
		return window().getActivePage();
	}

	private static Shell shell(String title) {
		for (Shell shell : Display.getDefault().getShells()) {
			if (!shell.isDisposed() && shell.isVisible() && title.equals(shell.getText())) {
				return shell;
			}
		}
		return null;
	}

	private static <T extends Control> T find(Composite parent, Class<T> type, Predicate<T> condition) {
		for (Control child : parent.getChildren()) {
			if (type.isInstance(child) && condition.test(type.cast(child))) {
				return type.cast(child);
			}
			T below = child instanceof Composite composite ? find(composite, type, condition) : null;
			if (below != null) {
				return below;
			}
		}
		return null;
	}

	private static void waitFor(String what, Callable<Boolean> condition) throws InterruptedException {
		long deadline = System.nanoTime() + DEADLINE_SECONDS * 1_000_000_000;
		while (!ui(condition)) {
			if (System.nanoTime() > deadline) {
				throw new AssertionError("Waited " + DEADLINE_SECONDS + " s for " + what);
			}
			Thread.sleep(PAUSE_MILLISECONDS);
		}
	}

	private static <T> T ui(Callable<T> work) {
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

	private void picture(String name) throws Exception {
		for (int frame = 0; frame < 40; frame++) {
			ui(() -> {
				Display.getDefault().update();
				return null;
			});
			Thread.sleep(PAUSE_MILLISECONDS);
		}
		ui(() -> {
			Display display = Display.getDefault();
			Rectangle area = window().getShell().getBounds();
			Image image = new Image(display, area.width, area.height);
			GC gc = new GC(display);
			try {
				gc.copyArea(image, area.x, area.y);
				ImageLoader loader = new ImageLoader();
				loader.data = new ImageData[] { image.getImageData() };
				loader.save(new File(folder.toFile(), name + ".png").getPath(), SWT.IMAGE_PNG);
			} finally {
				gc.dispose();
				image.dispose();
			}
			return null;
		});
	}
}
