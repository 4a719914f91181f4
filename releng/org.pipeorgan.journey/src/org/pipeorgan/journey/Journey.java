package org.pipeorgan.journey;

import static org.pipeorgan.journey.WorkbenchRobot.fillScreen;
import static org.pipeorgan.journey.WorkbenchRobot.find;
import static org.pipeorgan.journey.WorkbenchRobot.later;
import static org.pipeorgan.journey.WorkbenchRobot.page;
import static org.pipeorgan.journey.WorkbenchRobot.press;
import static org.pipeorgan.journey.WorkbenchRobot.screenshot;
import static org.pipeorgan.journey.WorkbenchRobot.shell;
import static org.pipeorgan.journey.WorkbenchRobot.ui;
import static org.pipeorgan.journey.WorkbenchRobot.waitFor;
import static org.pipeorgan.journey.WorkbenchRobot.window;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

import javax.xml.parsers.DocumentBuilderFactory;

import org.eclipse.core.resources.IFile;
import org.eclipse.core.resources.ResourcesPlugin;
import org.eclipse.core.runtime.Platform;
import org.eclipse.e4.ui.css.swt.theme.IThemeEngine;
import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.IEditorPart;
import org.eclipse.ui.IStartup;
import org.eclipse.ui.IViewPart;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.intro.IIntroManager;
import org.eclipse.ui.intro.config.IntroURLFactory;
import org.pipeorgan.dsl.ui.editor.PogEditor;
import org.pipeorgan.dsl.ui.help.DocumentationView;
import org.pipeorgan.dsl.ui.report.ReportEditor;
import org.pipeorgan.dsl.ui.views.CompareView;
import org.pipeorgan.dsl.ui.views.MappingView;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Takes the product from an empty workspace to a report, as a user would, and takes pictures on the way. It does nothing unless the system property
 * {@code pipeorgan.journey} names the folder for the pictures; there it writes {@code journey.txt}, which says how it went, and ends the workbench.
 */
public final class Journey implements IStartup {
	private static final String FOLDER = "pipeorgan.journey";
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
			fillScreen();
			return null;
		});
		IIntroManager intro = PlatformUI.getWorkbench().getIntroManager();
		waitFor("the welcome page", () -> intro.getIntro() != null);
		screenshot("welcome");
		welcomeLinks(intro);

		later("org.eclipse.ui.newWizard(newWizardId=org.pipeorgan.dsl.ui.newProject)");
		waitFor("the wizard", () -> wizard().isPresent());
		ui(() -> {
			find(wizard().get(), Text.class, text -> text.isEnabled() && text.getEditable()).setText("glasses");
			return null;
		});
		screenshot("new-project");
		ui(() -> {
			press(wizard().get(), IDialogConstants.FINISH_ID);
			return null;
		});
		waitFor("the study in its editor", () -> wizard().isEmpty() && page().getActiveEditor() instanceof PogEditor);
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
		waitFor("what it says", () -> report.isShown() || report.plainText().contains("KD_res8_narrow"));
		IFile html = ResourcesPlugin.getWorkspace().getRoot().getProject("glasses").getFile("pipeorgan-out/first/report.html");
		check("the report is a file of the project", html.exists());
		screenshot("report");

		MappingView mapping = ui(() -> (MappingView) page().showView(MappingView.ID));
		waitFor("the mapping", () -> mapping.run() != null && mapping.array().isDrawn());
		ui(() -> {
			mapping.showRun(mapping.outcome().result().runs().stream().filter(run -> run.policy().equals("pipeorgan")).findFirst().orElseThrow());
			mapping.select(0, -1, false);
			page().activate(editor);
			return null;
		});
		waitFor("the mapping", () -> mapping.array().isDrawn());
		screenshot("mapping");
		CompareView compare = ui(() -> (CompareView) page().showView(CompareView.ID));
		waitFor("the bars", () -> compare.chart().getSeriesSet().getSeries().length > 0);
		screenshot("compare");

		later("org.eclipse.ui.help.aboutAction");
		waitFor("what the product is", () -> shell(each -> each.getText().startsWith("About")).isPresent());
		screenshot("about");
		check("it is this product", ui(() -> closed("About PipeOrgan Workbench")));

		later("org.eclipse.ui.help.helpContents");
		waitFor("the guide", () -> page().findView(DocumentationView.ID) instanceof DocumentationView view && view.text().contains("The workbench"));
		screenshot("guide");
		ui(() -> hidden(DocumentationView.ID));
		theme(DARK);
		ui(() -> {
			page().showView(MappingView.ID);
			page().activate(editor);
			return null;
		});
		screenshot("dark-mapping");
		ui(() -> page().showView(CompareView.ID));
		screenshot("dark-compare");
		ui(() -> {
			page().activate(report);
			return null;
		});
		screenshot("dark-report");
		ui(() -> intro.showIntro(window(), false));
		screenshot("dark-welcome");
		theme(LIGHT);
		ui(() -> page().closeAllEditors(false));
		for (IEditorPart left : ui(() -> page().getEditors())) {
			check(left.getTitle() + " is closed", false);
		}
	}

	private static Optional<Shell> wizard() {
		return shell(each -> each.getText().equals("New PipeOrgan Project"));
	}

	/** Follows the links of the Welcome page, which closes it, and looks whether they lead where they say. */
	private static void welcomeLinks(IIntroManager intro) throws Exception {
		Map<String, Callable<Boolean>> places = Map.of("example", () -> closed("New PipeOrgan Example"), "project", () -> closed("New PipeOrgan Project"), "network",
				() -> closed("Import a Network"), "sheet", () -> hidden("org.eclipse.ui.cheatsheets.views.CheatSheetView"), "guide", () -> guideShows("The workbench"), "language",
				() -> guideShows("The PipeOrgan language"), "problems", () -> guideShows("Problems"), "model", () -> guideShows("The cost model"), "workbench", () -> true);
		NodeList links = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(Platform.getBundle("org.pipeorgan.product").getEntry("intro/content.xml").openStream())
				.getElementsByTagName("link");
		check("there are as many links as places", links.getLength() == places.size());
		for (int i = 0; i < links.getLength(); i++) {
			Element link = (Element) links.item(i);
			ui(() -> intro.showIntro(window(), false));
			Display.getDefault().asyncExec(() -> IntroURLFactory.createIntroURL(link.getAttribute("url")).execute());
			waitFor("what the Welcome page links as " + link.getAttribute("label"), places.get(link.getAttribute("id")));
			waitFor("the end of the Welcome page", () -> intro.getIntro() == null);
		}
	}

	/** Whether a dialog is open, which is then closed. */
	private static boolean closed(String title) {
		Optional<Shell> dialog = shell(each -> each.getText().equals(title));
		dialog.ifPresent(Shell::close);
		return dialog.isPresent();
	}

	/** Whether a view is open, which is then closed. */
	private static boolean hidden(String id) {
		IViewPart view = page().findView(id);
		if (view != null) {
			page().hideView(view);
		}
		return view != null;
	}

	private static boolean guideShows(String title) {
		return page().findView(DocumentationView.ID) instanceof DocumentationView view && view.text().startsWith(title) && hidden(DocumentationView.ID);
	}

	private static void theme(String id) {
		ui(() -> {
			PlatformUI.getWorkbench().getService(IThemeEngine.class).setTheme(id, false);
			return null;
		});
	}

	private static void check(String what, boolean holds) {
		if (!holds) {
			throw new AssertionError("It does not hold that " + what);
		}
	}
}
