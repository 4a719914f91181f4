package org.pipeorgan.tests.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.pipeorgan.tests.ui.WorkbenchDriver.file;
import static org.pipeorgan.tests.ui.WorkbenchDriver.open;
import static org.pipeorgan.tests.ui.WorkbenchDriver.screenshot;
import static org.pipeorgan.tests.ui.WorkbenchDriver.type;
import static org.pipeorgan.tests.ui.WorkbenchDriver.ui;
import static org.pipeorgan.tests.ui.WorkbenchDriver.waitFor;

import java.util.ArrayList;
import java.util.List;
import org.eclipse.jface.text.source.ISourceViewer;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.StyleRange;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.TableItem;
import org.eclipse.ui.IPageLayout;
import org.eclipse.ui.handlers.IHandlerService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.pipeorgan.dsl.ui.editor.PogEditor;
import org.pipeorgan.dsl.ui.editor.ProblemAnnotation;

/** The editor in the real workbench: one test for each feature. */
@Tag("workbench")
class EditorTest {
	private static final String TEXT = """
			// A comment: workload
			workload Tiny {
			}
			workload Other {
			}
			""";

	private WorkbenchDriver workbench;

	@BeforeEach
	void start() {
		workbench = new WorkbenchDriver();
	}

	@AfterEach
	void stop() throws Exception {
		workbench.close();
	}

	@Test
	void coloursKeywordsAndComments() throws Exception {
		PogEditor editor = editor(TEXT);
		StyleRange keyword = styleAt(editor, TEXT.indexOf("workload Tiny"));
		assertEquals(SWT.BOLD, keyword.fontStyle);
		assertNotNull(keyword.foreground);
		StyleRange comment = styleAt(editor, TEXT.indexOf("workload"));
		assertEquals(SWT.NORMAL, comment.fontStyle);
		assertNotNull(comment.foreground);
		assertTrue(!comment.foreground.equals(keyword.foreground));
	}

	@Test
	void coloursAfterACommentOpensAndCloses() throws Exception {
		PogEditor editor = editor(TEXT);
		int other = TEXT.indexOf("workload Other");
		type(editor, "workload Tiny {\n}", "/* workload Tiny {\n}");
		assertEquals(SWT.NORMAL, styleAt(editor, other + 3).fontStyle, "an open comment reaches to the end");
		type(editor, "/* workload Tiny {\n}", "/* */ workload Tiny {\n}");
		assertEquals(SWT.BOLD, styleAt(editor, other + 6).fontStyle);
	}

	@Test
	void marksAnErrorWhileTypingAndForgetsItWhenMended() throws Exception {
		PogEditor editor = editor(TEXT);
		waitForOutline(editor, "Tiny");
		assertEquals(List.of(), problems(editor));
		type(editor, "Tiny {", "Tiny ");
		waitFor("the error", () -> problems(editor).contains(ProblemAnnotation.ERROR), () -> problems(editor).toString());
		screenshot("editor-error");
		type(editor, "Tiny ", "Tiny {");
		waitFor("no error", () -> problems(editor).isEmpty(), () -> problems(editor).toString());
	}

	@Test
	void proposesKeywords() throws Exception {
		PogEditor editor = editor("wor");
		ui(() -> {
			editor.selectAndReveal(3, 0);
			editor.setFocus();
			editor.viewer().doOperation(ISourceViewer.CONTENTASSIST_PROPOSALS);
			return null;
		});
		waitFor("the keyword", () -> text(editor).startsWith("workload") || proposals().stream().anyMatch(p -> p.startsWith("workload")),
				() -> proposals().toString());
		screenshot("editor-content-assist");
	}

	@Test
	void outlineFollowsTheCursor() throws Exception {
		PogEditor editor = editor(TEXT);
		ui(() -> WorkbenchDriver.page().showView(IPageLayout.ID_OUTLINE));
		ui(() -> {
			WorkbenchDriver.page().activate(editor);
			return null;
		});
		waitForOutline(editor, "Other");
		ui(() -> {
			editor.selectAndReveal(TEXT.indexOf("Other"), 0);
			return null;
		});
		waitFor("the outline's selection", () -> editor.outline().getSelection().toString().contains("Other"),
				() -> editor.outline().getSelection().toString());
		screenshot("editor-outline");
	}

	@Test
	void togglesComments() throws Exception {
		PogEditor editor = editor(TEXT);
		ui(() -> {
			editor.selectAndReveal(TEXT.indexOf("workload Tiny"), "workload Tiny {\n}".length());
			return null;
		});
		command(editor, "org.pipeorgan.dsl.ui.toggleComment");
		assertTrue(text(editor).contains("//workload Tiny {\n//}\n"), text(editor));
		command(editor, "org.pipeorgan.dsl.ui.toggleComment");
		assertEquals(TEXT, text(editor));
	}

	private PogEditor editor(String text) throws Exception {
		PogEditor editor = open(file(workbench.project("editing"), "a.pog", text));
		return editor;
	}

	private static void command(PogEditor editor, String id) {
		ui(() -> {
			WorkbenchDriver.page().activate(editor);
			return editor.getSite().getService(IHandlerService.class).executeCommand(id, null);
		});
	}

	private static String text(PogEditor editor) {
		return WorkbenchDriver.text(editor);
	}

	private static StyleRange styleAt(PogEditor editor, int offset) {
		StyleRange range = ui(() -> editor.viewer().getTextWidget().getStyleRangeAtOffset(offset));
		assertNotNull(range, "no style at " + offset);
		return range;
	}

	private static List<String> problems(PogEditor editor) {
		List<String> types = new ArrayList<>();
		editor.viewer().getAnnotationModel().getAnnotationIterator().forEachRemaining(annotation -> {
			if (annotation instanceof ProblemAnnotation) {
				types.add(annotation.getType());
			}
		});
		return types;
	}

	private static void waitForOutline(PogEditor editor, String name) {
		waitFor("the outline", () -> editor.outline().entries().stream().anyMatch(entry -> entry.name().equals(name)),
				() -> editor.outline().entries().stream().map(entry -> entry.name()).toList().toString());
	}

	/** The entries of the completion popup; UI thread. */
	private static List<String> proposals() {
		List<String> found = new ArrayList<>();
		for (Shell shell : Display.getDefault().getShells()) {
			if (shell != WorkbenchDriver.window().getShell() && shell.isVisible()) {
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
