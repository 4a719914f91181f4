package org.pipeorgan.tests.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.pipeorgan.journey.WorkbenchRobot.page;
import static org.pipeorgan.journey.WorkbenchRobot.screenshot;
import static org.pipeorgan.journey.WorkbenchRobot.shell;
import static org.pipeorgan.journey.WorkbenchRobot.ui;
import static org.pipeorgan.journey.WorkbenchRobot.waitFor;
import static org.pipeorgan.tests.ui.WorkbenchDriver.command;
import static org.pipeorgan.tests.ui.WorkbenchDriver.file;
import static org.pipeorgan.tests.ui.WorkbenchDriver.open;
import static org.pipeorgan.tests.ui.WorkbenchDriver.select;
import static org.pipeorgan.tests.ui.WorkbenchDriver.text;
import static org.pipeorgan.tests.ui.WorkbenchDriver.type;
import static org.pipeorgan.tests.ui.WorkbenchDriver.waitForBuild;

import java.util.ArrayList;
import java.util.List;

import org.eclipse.core.resources.IFile;
import org.eclipse.core.resources.IMarker;
import org.eclipse.core.resources.IProject;
import org.eclipse.core.resources.IResource;
import org.eclipse.core.runtime.NullProgressMonitor;
import org.eclipse.jface.text.codemining.ICodeMining;
import org.eclipse.jface.text.contentassist.ICompletionProposal;
import org.eclipse.jface.text.quickassist.IQuickAssistInvocationContext;
import org.eclipse.jface.text.source.ISourceViewer;
import org.eclipse.jface.text.source.TextInvocationContext;
import org.eclipse.jface.viewers.TreeViewer;
import org.eclipse.ltk.core.refactoring.Change;
import org.eclipse.ltk.core.refactoring.RefactoringStatus;
import org.eclipse.search.ui.NewSearchUI;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.IMarkerResolution;
import org.eclipse.ui.ide.IDE;
import org.eclipse.ui.part.IPage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.pipeorgan.dsl.ui.editor.PogEditor;
import org.pipeorgan.dsl.ui.editor.ProblemAnnotation;
import org.pipeorgan.dsl.ui.editor.QuickOutline;
import org.pipeorgan.dsl.ui.project.PipeOrganNature;
import org.pipeorgan.dsl.ui.project.ProblemMarkers;
import org.pipeorgan.dsl.ui.rename.Renaming;
import org.pipeorgan.dsl.ui.search.ReferencePage;
import org.pipeorgan.journey.WorkbenchRobot;

/** What the editor does with names, problems and shapes, over several files: one test for each feature. */
@Tag("workbench")
class LanguageToolsTest {
	private static final String NOC = "interconnect slow {\n  topology mesh\n  link 4 B/cycle\n  hop 1 cycle\n}\n";
	private static final String CHIP = """
			import "noc.pog"

			accelerator Small {
			  clock 1 GHz
			  array 8 x 8 {
			    macs 1 per cycle
			    registers 512 B
			    precision 8 bit
			  }
			  buffer 64 KiB at 64 B/cycle
			  memory 8 GB/s
			  interconnect slow
			}
			""";
	private static final String NET = "workload Net {\n  input image [C 3, H 8, W 8]\n  first = conv(image) K 4 R 3 S 3 pad 1\n  second = relu(first)\n}\n";

	@RegisterExtension
	private final WorkbenchDriver workbench = new WorkbenchDriver();
	private IProject project;

	@BeforeEach
	void start() throws Exception {
		project = workbench.project("tools");
	}

	@Test
	void mendsAProblemInTheEditor() throws Exception {
		file(project, "noc.pog", NOC);
		PogEditor editor = open(file(project, "chip.pog", CHIP.replace("64 KiB", "64")));
		waitFor("the problem", () -> problem(editor) != null);
		List<String> labels = ui(() -> proposals(editor).stream().map(ICompletionProposal::getDisplayString).toList());
		assertTrue(labels.contains("Add the unit KiB"), labels.toString());
		ui(() -> {
			proposals(editor).stream().filter(proposal -> proposal.getDisplayString().equals("Add the unit KiB")).findFirst().get().apply(editor.document());
			return null;
		});
		assertEquals(CHIP, text(editor));
		waitFor("no problem", () -> problem(editor) == null);
	}

	@Test
	void mendsAProblemFromItsMarker() throws Exception {
		PipeOrganNature.addTo(project, null);
		file(project, "noc.pog", NOC);
		IFile file = file(project, "chip.pog", CHIP.replace("interconnect slow", "interconnect slo"));
		waitForBuild();
		IMarker marker = file.findMarkers(ProblemMarkers.TYPE, true, IResource.DEPTH_ZERO)[0];
		assertTrue(IDE.getMarkerHelpRegistry().hasResolutions(marker));
		IMarkerResolution fix = IDE.getMarkerHelpRegistry().getResolutions(marker)[0];
		assertEquals("Change to 'slow'", fix.getLabel());
		ui(() -> {
			fix.run(marker);
			return null;
		});
		assertEquals(CHIP, new String(file.readAllBytes()));
		waitForBuild();
		assertEquals(0, file.findMarkers(ProblemMarkers.TYPE, true, IResource.DEPTH_ZERO).length);
	}

	@Test
	void marksOccurrences() throws Exception {
		PogEditor editor = open(file(project, "net.pog", NET));
		ui(() -> {
			select(editor, "first)");
			return null;
		});
		waitFor("the marked places", () -> occurrences(editor).equals(List.of(NET.indexOf("first ="), NET.indexOf("first)"))), () -> occurrences(editor).toString());
		screenshot("editor-occurrences");
	}

	@Test
	void findsReferencesInOtherFiles() throws Exception {
		PogEditor editor = open(file(project, "noc.pog", NOC));
		file(project, "chip.pog", CHIP);
		file(project, "other.pog", CHIP.replace("interconnect slow", "interconnect mesh"));
		ui(() -> {
			select(editor, "slow");
			return null;
		});
		command(editor, "org.pipeorgan.dsl.ui.findReferences");
		waitFor("the place", () -> page().findView(NewSearchUI.SEARCH_VIEW_ID) != null && lines().equals(List.of("12: interconnect slow")), () -> lines().toString());
		screenshot("search-references");
		ui(() -> {
			TreeViewer tree = (TreeViewer) searchPage().viewer();
			tree.setSelection(new org.eclipse.jface.viewers.StructuredSelection(tree.getTree().getItem(0).getItem(0).getData()));
			searchPage().gotoNextMatch();
			return null;
		});
		waitFor("the reference's editor", () -> page().getActiveEditor().getTitle().equals("chip.pog"));
	}

	@Test
	void renamesInAllFiles() throws Exception {
		PogEditor editor = open(file(project, "noc.pog", NOC));
		PogEditor user = open(file(project, "chip.pog", CHIP));
		IFile closed = file(project, "far/chip.pog", CHIP.replace("noc.pog", "../noc.pog"));
		ui(() -> {
			page().activate(editor);
			select(editor, "slow");
			return null;
		});
		command(editor, "org.pipeorgan.dsl.ui.rename");
		waitFor("the dialog", () -> shell(s -> s.getText().startsWith("Rename")).isPresent());
		ui(() -> {
			Shell shell = shell(s -> s.getText().startsWith("Rename")).get();
			WorkbenchRobot.find(shell, Text.class, text -> text.getText().equals("slow")).setText("fast");
			return null;
		});
		screenshot("rename");
		ui(() -> {
			Button ok = WorkbenchRobot.find(shell(s -> s.getText().startsWith("Rename")).get(), Button.class, button -> button.getText().replace("&", "").equals("OK"));
			ok.notifyListeners(org.eclipse.swt.SWT.Selection, null);
			return null;
		});
		waitFor("the new name", () -> editor.document().get().equals(NOC.replace("slow", "fast")));
		assertEquals(CHIP.replace("slow", "fast"), text(user));
		assertEquals(CHIP.replace("noc.pog", "../noc.pog").replace("slow", "fast"), new String(closed.readAllBytes()));
	}

	@Test
	void refusesANameThatIsTaken() throws Exception {
		IFile file = file(project, "net.pog", NET);
		Renaming renaming = new Renaming(org.pipeorgan.dsl.ui.project.WorkspaceFiles.uri(file), NET.indexOf("second"));
		assertTrue(renaming.checkInitialConditions(new NullProgressMonitor()).isOK());
		renaming.setNewName("first");
		RefactoringStatus status = renaming.checkFinalConditions(new NullProgressMonitor());
		assertTrue(status.hasError(), status.toString());
		renaming.setNewName("third");
		assertTrue(renaming.checkFinalConditions(new NullProgressMonitor()).isOK());
		Change change = renaming.createChange(new NullProgressMonitor());
		change.initializeValidationData(new NullProgressMonitor());
		change.perform(new NullProgressMonitor());
		assertEquals(NET.replace("second", "third"), new String(file.readAllBytes()));
	}

	@Test
	void seesWhatOtherEditorsHaveNotSaved() throws Exception {
		PogEditor noc = open(file(project, "noc.pog", NOC));
		PogEditor chip = open(file(project, "chip.pog", CHIP));
		assertEquals(null, ui(() -> problem(chip)));
		type(noc, "slow", "fast");
		waitFor("the problem", () -> problem(chip) != null);
		assertTrue(ui(noc::isDirty));
		type(noc, "fast", "slow");
		waitFor("no problem", () -> problem(chip) == null);
		type(noc, "slow", "fast");
		waitFor("the problem", () -> problem(chip) != null);
		ui(() -> page().closeEditor(noc, false));
		waitFor("no problem after closing without saving", () -> problem(chip) == null);
	}

	@Test
	void showsShapesAndMacs() throws Exception {
		PogEditor editor = open(file(project, "net.pog", NET));
		waitFor("the minings", () -> minings(editor).equals(List.of("[N 1, C 4, H 8, W 8]", "[N 1, C 4, H 8, W 8]", "6,912 MACs")), () -> minings(editor).toString());
		screenshot("editor-minings");
	}

	@Test
	void goesToANameFromTheQuickOutline() throws Exception {
		PogEditor editor = open(file(project, "chip.pog", CHIP + "\n" + NET));
		waitFor("the outline", () -> !editor.outline().entries().isEmpty());
		QuickOutline popup = ui(editor::openQuickOutline);
		ui(() -> {
			popup.type("seco");
			return null;
		});
		screenshot("quick-outline");
		ui(() -> {
			popup.go();
			return null;
		});
		assertEquals("second", ui(() -> editor.viewer().getTextWidget().getSelectionText()));
	}

	@Test
	void tellsWhatAnOperatorTakes() throws Exception {
		PogEditor editor = open(file(project, "net.pog", NET));
		int offset = NET.indexOf("K 4");
		waitFor("the signature", () -> editor.signatures(offset) != null);
		String signature = ui(() -> editor.signatures(offset)[0].getInformationDisplayString());
		assertTrue(signature.startsWith("conv(a) K R S"), signature);
	}

	@Test
	void completesATemplate() throws Exception {
		PogEditor editor = open(file(project, "empty.pog", ""));
		ICompletionProposal template = ui(() -> editor.proposals(0)).stream().filter(proposal -> proposal.getDisplayString().startsWith("accelerator {")).findFirst().get();
		ui(() -> {
			template.apply(editor.document());
			return null;
		});
		assertTrue(text(editor).startsWith("accelerator Name {\n  clock 1 GHz"));
		WorkbenchDriver.waitUntilAnalysed(editor);
		assertFalse(ui(() -> problem(editor) != null && problem(editor).getType().equals(ProblemAnnotation.ERROR)));
	}

	private static List<ICompletionProposal> proposals(PogEditor editor) {
		select(editor, "64 at");
		IQuickAssistInvocationContext context = new TextInvocationContext((ISourceViewer) editor.viewer(), editor.document().get().indexOf("64 at"), 0);
		return List.of(((org.eclipse.jface.text.source.ISourceViewerExtension3) editor.viewer()).getQuickAssistAssistant().canFix(problem(editor))
				? editor.quickFixes().computeQuickAssistProposals(context) : new ICompletionProposal[0]);
	}

	private static ProblemAnnotation problem(PogEditor editor) {
		List<ProblemAnnotation> found = new ArrayList<>();
		editor.viewer().getAnnotationModel().getAnnotationIterator().forEachRemaining(annotation -> {
			if (annotation instanceof ProblemAnnotation problem) {
				found.add(problem);
			}
		});
		return found.isEmpty() ? null : found.get(0);
	}

	private static List<Integer> occurrences(PogEditor editor) {
		var model = editor.viewer().getAnnotationModel();
		List<Integer> found = new ArrayList<>();
		model.getAnnotationIterator().forEachRemaining(annotation -> {
			if ("org.pipeorgan.dsl.ui.occurrence".equals(annotation.getType())) {
				found.add(model.getPosition(annotation).getOffset());
			}
		});
		found.sort(null);
		return found;
	}

	private static List<String> minings(PogEditor editor) {
		return editor.minings().stream().map(ICodeMining::getLabel).map(String::strip).toList();
	}

	private static ReferencePage searchPage() {
		IPage shown = NewSearchUI.getSearchResultView() == null ? null : (IPage) NewSearchUI.getSearchResultView().getActivePage();
		return shown instanceof ReferencePage references ? references : null;
	}

	private static List<String> lines() {
		List<String> lines = new ArrayList<>();
		if (searchPage() != null) {
			TreeViewer tree = (TreeViewer) searchPage().viewer();
			for (var file : tree.getTree().getItems()) {
				for (var line : file.getItems()) {
					lines.add(line.getText().replaceFirst(" \\(.*", ""));
				}
			}
		}
		return lines;
	}
}
