package org.pipeorgan.tests.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.pipeorgan.journey.WorkbenchRobot.page;
import static org.pipeorgan.journey.WorkbenchRobot.screenshot;
import static org.pipeorgan.journey.WorkbenchRobot.ui;
import static org.pipeorgan.journey.WorkbenchRobot.waitFor;
import static org.pipeorgan.tests.ui.WorkbenchDriver.command;
import static org.pipeorgan.tests.ui.WorkbenchDriver.example;
import static org.pipeorgan.tests.ui.WorkbenchDriver.file;
import static org.pipeorgan.tests.ui.WorkbenchDriver.offset;
import static org.pipeorgan.tests.ui.WorkbenchDriver.open;
import static org.pipeorgan.tests.ui.WorkbenchDriver.problems;
import static org.pipeorgan.tests.ui.WorkbenchDriver.select;
import static org.pipeorgan.tests.ui.WorkbenchDriver.text;
import static org.pipeorgan.tests.ui.WorkbenchDriver.type;
import static org.pipeorgan.tests.ui.WorkbenchDriver.waitUntilAnalysed;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.core.resources.IFile;
import org.eclipse.core.resources.IProject;
import org.eclipse.core.runtime.NullProgressMonitor;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.jface.text.ITextHover;
import org.eclipse.jface.text.source.projection.ProjectionViewer;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.StyleRange;
import org.eclipse.swt.custom.StyledText;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.TableItem;
import org.eclipse.swt.widgets.Tree;
import org.eclipse.swt.widgets.TreeItem;
import org.eclipse.ui.IPageLayout;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.ide.IDE;
import org.eclipse.ui.part.FileEditorInput;
import org.eclipse.ui.texteditor.ITextEditorActionDefinitionIds;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.pipeorgan.dsl.ui.editor.EditorOpener;
import org.pipeorgan.dsl.ui.editor.FormatHandler;
import org.pipeorgan.dsl.ui.editor.PogEditor;
import org.pipeorgan.journey.WorkbenchRobot;

/** The editor in the real workbench: one test for each feature. */
@Tag("workbench")
class EditorTest {
	@RegisterExtension
	private final WorkbenchDriver workbench = new WorkbenchDriver();
	private IProject project;
	private String example;

	@BeforeEach
	void start() throws Exception {
		project = workbench.project("editing");
		example = example("xr/eye-segmentation.pog");
	}

	@Test
	void coloursTokensAndNames() throws Exception {
		PogEditor editor = open("eye-segmentation.pog", example);
		waitFor("the colour of names", () -> hasStyleOf(editor, "EdgeXR {", SWT.BOLD));
		StyleRange keyword = styleOf(editor, "accelerator EdgeXR");
		assertEquals(SWT.BOLD, keyword.fontStyle);
		StyleRange comment = styleOf(editor, "A small accelerator");
		assertEquals(SWT.NORMAL, comment.fontStyle);
		StyleRange number = styleOf(editor, "512 B");
		StyleRange reference = styleOf(editor, "structured.ES_RITNet");
		assertEquals(4, List.of(keyword, comment, number, reference).stream().map(range -> range.foreground).distinct().count());
		assertEquals(reference.foreground, styleOf(editor, "amp\n  policies").foreground);
		assertNotEquals(keyword.foreground, styleOf(editor, "pipeorgan, tangram").foreground, "a name that is a keyword elsewhere");
		screenshot("editor");
	}

	@Test
	void coloursAfterACommentOpensAndCloses() throws Exception {
		PogEditor editor = open("a.pog", "workload Tiny {\n}\nworkload Other {\n}\n");
		type(editor, "workload Tiny {", "/* workload Tiny {");
		assertEquals(SWT.NORMAL, styleOf(editor, "workload Other").fontStyle, "an open comment reaches to the end");
		type(editor, "/* workload Tiny {", "/* */ workload Tiny {");
		assertEquals(SWT.BOLD, styleOf(editor, "workload Other").fontStyle);
	}

	@Test
	void marksAnErrorWhileTypingAndForgetsItWhenMended() throws Exception {
		PogEditor editor = open("eye-segmentation.pog", example);
		assertEquals(List.of(), problems(editor));
		type(editor, "clock 1 GHz", "clock 1 GB");
		waitFor("the error", () -> problems(editor).stream().anyMatch(problem -> problem.contains("GB")), () -> problems(editor).toString());
		screenshot("editor-error");
		type(editor, "clock 1 GB", "clock 1 GHz");
		waitFor("no error", () -> problems(editor).isEmpty(), () -> problems(editor).toString());
		type(editor, "memory 64 GB/s\n", "memory 64 GB/s }\n");
		waitFor("the syntax error", () -> !problems(editor).isEmpty());
		type(editor, "memory 64 GB/s }", "memory 64 GB/s");
		waitFor("no error", () -> problems(editor).isEmpty(), () -> problems(editor).toString());
	}

	@Test
	void analysesEveryExampleWithoutProblems() throws Exception {
		file(project, "eye-segmentation.pog", example);
		for (String name : List.of("keyword-detection.pog", "action-segmentation.pog")) {
			PogEditor editor = open(name, example("xr/" + name));
			assertEquals(List.of(), ui(() -> problems(editor)), name);
		}
	}

	@Test
	void seesChangesOfTheFilesItReads() throws Exception {
		file(project, "eye-segmentation.pog", example);
		PogEditor editor = open("keyword-detection.pog", example("xr/keyword-detection.pog"));
		file(project, "eye-segmentation.pog", example.replace("EdgeXR", "EdgeAR"));
		waitFor("the error", () -> !problems(editor).isEmpty());
		file(project, "eye-segmentation.pog", example);
		waitFor("no error", () -> problems(editor).isEmpty(), () -> problems(editor).toString());
	}

	@Test
	void proposesKeywords() throws Exception {
		PogEditor editor = open("eye-segmentation.pog", example);
		type(editor, "  memory 64 GB/s\n", "  mem\n");
		assist(editor, "  mem\n", "  mem".length());
		waitFor("the keyword", () -> text(editor).contains("  memory\n") || proposals().contains("memory"), () -> proposals().toString());
	}

	@Test
	void proposesNamesOfTheLibrary() throws Exception {
		PogEditor editor = open("eye-segmentation.pog", example);
		type(editor, "structured.ES_RITNet", "structured.");
		assist(editor, "map structured.", "map structured.".length());
		waitFor("the library's workloads", () -> proposals().stream().anyMatch(proposal -> proposal.contains("KD_res8_narrow")),
				() -> proposals().toString());
		screenshot("editor-content-assist");
	}

	@Test
	void opensDeclarations() throws Exception {
		PogEditor editor = open("eye-segmentation.pog", example);
		ui(() -> {
			select(editor, "EdgeXR with");
			return null;
		});
		command(editor, "org.pipeorgan.dsl.ui.openDeclaration");
		waitFor("the declaration", () -> editor.viewer().getSelectedRange().x == example.indexOf("EdgeXR {"));
		ui(() -> {
			select(editor, "ES_RITNet on");
			return null;
		});
		command(editor, "org.pipeorgan.dsl.ui.openDeclaration");
		waitFor("the library's file", () -> page().getActiveEditor().getTitle().equals("ES_RITNet.pog"));
		PogEditor library = ui(() -> (PogEditor) page().getActiveEditor());
		assertFalse(ui(library::isEditable));
		assertEquals("ES_RITNet", ui(() -> library.viewer().getTextWidget().getSelectionText()));
		waitUntilAnalysed(library);
		screenshot("editor-library");
	}

	@Test
	void opensADeclarationWithCtrlClick() throws Exception {
		PogEditor editor = open("eye-segmentation.pog", example);
		ui(() -> {
			page().activate(editor);
			editor.selectAndReveal(offset(editor, "EdgeXR with"), 0);
			StyledText text = editor.viewer().getTextWidget();
			Point place = text.getLocationAtOffset(text.getCaretOffset() + 3);
			text.getDisplay().setCursorLocation(text.toDisplay(place.x, place.y + text.getLineHeight() / 2));
			return null;
		});
		waitFor("the declaration", () -> {
			StyledText text = editor.viewer().getTextWidget();
			Event event = new Event();
			Point mouse = text.toControl(text.getDisplay().getCursorLocation());
			event.x = mouse.x;
			event.y = mouse.y;
			event.stateMask = SWT.MOD1;
			text.notifyListeners(SWT.MouseMove, event);
			event.button = 1;
			event.count = 1;
			text.notifyListeners(SWT.MouseDown, event);
			text.notifyListeners(SWT.MouseUp, event);
			return editor.viewer().getSelectedRange().x == example.indexOf("EdgeXR {");
		});
	}

	@Test
	void marksTheBracketThatBelongsToTheOneAtTheCursor() throws Exception {
		PogEditor editor = open("eye-segmentation.pog", example);
		int close = example.indexOf("}");
		ui(() -> {
			page().activate(editor);
			editor.selectAndReveal(0, 0);
			return null;
		});
		byte[] plain = pixels(editor, close);
		ui(() -> {
			editor.selectAndReveal(example.indexOf("amp {") + "amp {".length(), 0);
			return null;
		});
		waitFor("the mark", () -> !Arrays.equals(plain, pixels(editor, close)));
	}

	@Test
	void outlineHasAnIconForEachKindOfElement() throws Exception {
		ui(() -> page().showView(IPageLayout.ID_OUTLINE));
		PogEditor editor = open("kinds.pog", example + """

				policy mine refines pipeorgan {
				  granularity rows
				}

				workload Net {
				  input image [C 8, H 32, W 32]
				  first = conv(image) K 16 R 3 S 3 pad 1
				}
				""");
		waitFor("the outline", () -> editor.outline().entries().size() == 5, () -> editor.outline().entries().toString());
		Tree tree = ui(() -> (Tree) editor.outline().getControl());
		waitFor("the members", () -> tree.getItem(4).getItemCount() == 2);
		assertEquals(7, ui(() -> Stream.concat(Arrays.stream(tree.getItems()), Arrays.stream(tree.getItem(4).getItems())).map(TreeItem::getImage).distinct().count()));
	}

	@Test
	@SuppressWarnings("deprecation") // the method that the hover manager calls in its thread
	void tellsWhatANameStandsFor() throws Exception {
		PogEditor editor = open("eye-segmentation.pog", example);
		ITextHover hover = ui(() -> editor.hover());
		int offset = ui(() -> offset(editor, "EdgeXR with"));
		ProjectionViewer viewer = ui(editor::viewer);
		String told = hover.getHoverInfo(viewer, hover.getHoverRegion(viewer, offset));
		assertTrue(told.contains("accelerator") && told.contains("EdgeXR"), told);
		assertTrue(told.contains("A small accelerator for glasses and headsets."), told);
	}

	@Test
	void outlineFollowsTheCursor() throws Exception {
		ui(() -> page().showView(IPageLayout.ID_OUTLINE));
		PogEditor editor = open("eye-segmentation.pog", example);
		ui(() -> {
			page().activate(editor);
			return null;
		});
		waitFor("the outline", () -> editor.outline().entries().stream().map(Object::toString).toList()
				.equals(List.of("amp", "EdgeXR", "eye_segmentation")), () -> editor.outline().entries().toString());
		ui(() -> {
			select(editor, "64 GB/s");
			return null;
		});
		waitFor("the outline's selection", () -> editor.outline().getSelection().toString().equals("[EdgeXR]"),
				() -> editor.outline().getSelection().toString());
		screenshot("editor-outline");
	}

	@Test
	void togglesComments() throws Exception {
		PogEditor editor = open("eye-segmentation.pog", example);
		ui(() -> {
			select(editor, "  topology mesh\n  express every 4\n");
			return null;
		});
		command(editor, "org.pipeorgan.dsl.ui.toggleComment");
		assertTrue(text(editor).contains("//  topology mesh\n//  express every 4\n  link"), text(editor));
		command(editor, "org.pipeorgan.dsl.ui.toggleComment");
		assertEquals(example, text(editor));
	}

	@Test
	void formats() throws Exception {
		PogEditor editor = open("a.pog", "interconnect   slow{topology mesh\nlink   4 B/cycle hop 1 cycle}");
		command(editor, "org.pipeorgan.dsl.ui.format");
		Job.getJobManager().join(FormatHandler.FAMILY, new NullProgressMonitor());
		waitFor("the formatted text", () -> editor.document().get().startsWith("interconnect slow {\n  topology mesh\n"),
				() -> editor.document().get());
	}

	@Test
	void foldsDeclarations() throws Exception {
		PogEditor editor = open("eye-segmentation.pog", example);
		waitFor("the places to fold", () -> editor.viewer().getProjectionAnnotationModel().getAnnotationIterator().hasNext());
		int lines = ui(() -> editor.viewer().getTextWidget().getLineCount());
		ui(() -> {
			editor.viewer().doOperation(ProjectionViewer.COLLAPSE_ALL);
			return null;
		});
		waitFor("fewer lines", () -> editor.viewer().getTextWidget().getLineCount() < lines);
	}

	@Test
	void closesInTheMiddleOfAnAnalysis() throws Exception {
		IFile file = file(project, "eye-segmentation.pog", example);
		for (int i = 0; i < 10; i++) {
			ui(() -> {
				PogEditor editor = (PogEditor) IDE.openEditor(page(), file);
				select(editor, "clock 1 GHz");
				editor.viewer().getTextWidget().insert("clock 1 GB");
				return page().closeEditor(editor, false);
			});
		}
		PogEditor editor = open("eye-segmentation.pog", example);
		assertEquals(List.of(), ui(() -> problems(editor)));
	}

	@Test
	void sharesTheParsedStateBetweenEditorsOfAFile() throws Exception {
		IFile file = file(project, "eye-segmentation.pog", example);
		PogEditor first = WorkbenchDriver.open(file);
		PogEditor second = ui(() -> (PogEditor) page().openEditor(new FileEditorInput(file), EditorOpener.EDITOR, true, IWorkbenchPage.MATCH_NONE));
		assertSame(ui(() -> first.state(first.document())), ui(() -> second.state(second.document())));
		ui(() -> page().closeEditor(second, false));
		type(first, "clock 1 GHz", "clock 1 GB");
		waitFor("the error", () -> !problems(first).isEmpty());
	}

	private PogEditor open(String name, String text) throws Exception {
		return WorkbenchDriver.open(file(project, name, text));
	}

	private static void assist(PogEditor editor, String after, int length) {
		ui(() -> {
			editor.selectAndReveal(offset(editor, after) + length, 0);
			editor.setFocus();
			return null;
		});
		command(editor, ITextEditorActionDefinitionIds.CONTENT_ASSIST_PROPOSALS);
	}

	private static StyleRange styleOf(PogEditor editor, String part) {
		return ui(() -> {
			int offset = editor.viewer().modelOffset2WidgetOffset(offset(editor, part));
			StyleRange range = editor.viewer().getTextWidget().getStyleRangeAtOffset(offset);
			assertNotNull(range, "no style at " + part);
			return range;
		});
	}

	/** How the character at {@code offset} looks. */
	private static byte[] pixels(PogEditor editor, int offset) {
		return ui(() -> {
			StyledText text = editor.viewer().getTextWidget();
			text.update();
			int shown = editor.viewer().modelOffset2WidgetOffset(offset);
			Rectangle bounds = text.getTextBounds(shown, shown);
			Image image = new Image(text.getDisplay(), bounds.width, bounds.height);
			GC gc = new GC(text);
			gc.copyArea(image, bounds.x, bounds.y);
			gc.dispose();
			byte[] data = image.getImageData().data;
			image.dispose();
			return data;
		});
	}

	private static boolean hasStyleOf(PogEditor editor, String part, int font) {
		return styleOf(editor, part).fontStyle == font;
	}

	/** The entries of the completion popup; UI thread. */
	private static List<String> proposals() {
		List<String> found = new ArrayList<>();
		for (Shell shell : Display.getDefault().getShells()) {
			if (shell != WorkbenchRobot.window().getShell() && shell.isVisible()) {
				collect(shell, found);
			}
		}
		return found;
	}

	private static void collect(Composite parent, List<String> found) {
		for (Control child : parent.getChildren()) {
			if (child instanceof Table table) {
				for (TableItem item : table.getItems()) {
					found.add(item.getText());
				}
			} else if (child instanceof Composite composite) {
				collect(composite, found);
			}
		}
	}
}
