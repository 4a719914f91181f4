package org.pipeorgan.tests.language;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.inject.Injector;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.stream.Stream;

import org.eclipse.emf.common.util.URI;
import org.eclipse.xtext.ide.editor.contentassist.ContentAssistEntry;
import org.eclipse.xtext.ide.editor.contentassist.IdeContentProposalAcceptor;
import org.eclipse.xtext.ide.editor.contentassist.IdeContentProposalProvider;
import org.eclipse.xtext.ide.editor.contentassist.antlr.ContentAssistContextFactory;
import org.eclipse.xtext.resource.XtextResource;
import org.eclipse.xtext.util.TextRegion;
import org.eclipse.xtext.validation.Issue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pipeorgan.dsl.ide.Facts;
import org.pipeorgan.dsl.ide.Fixes;
import org.pipeorgan.dsl.ide.InlayHints;
import org.pipeorgan.dsl.ide.PipeOrganIdeSetup;
import org.pipeorgan.dsl.ide.References;
import org.pipeorgan.dsl.ide.Signatures;
import org.pipeorgan.dsl.pipeorgan.Workload;
import org.pipeorgan.dsl.validation.IssueCode;

/** A place in a text is marked with {@code |}. */
class EditorServicesTest {
	private static final Injector IDE = new PipeOrganIdeSetup().createInjector();

	private static List<ContentAssistEntry> proposals(String marked) {
		int offset = marked.indexOf('|');
		String text = marked.replace("|", "");
		XtextResource resource = Pog.parse(text, URI.createURI("memory:/test.pog"), IDE);
		ContentAssistContextFactory contexts = IDE.getInstance(ContentAssistContextFactory.class);
		contexts.setPool(IDE.getInstance(ExecutorService.class));
		IdeContentProposalAcceptor acceptor = IDE.getInstance(IdeContentProposalAcceptor.class);
		IDE.getInstance(IdeContentProposalProvider.class).createProposals(List.of(contexts.create(text, new TextRegion(offset, 0), offset, resource)), acceptor);
		List<ContentAssistEntry> entries = new ArrayList<>();
		acceptor.getEntries().forEach(entries::add);
		return entries;
	}

	private static List<String> texts(String marked) {
		return proposals(marked).stream().map(ContentAssistEntry::getProposal).toList();
	}

	@Test
	void unitsOfThePlaceAreProposed() {
		List<String> units = texts("accelerator A { clock 1 |");
		assertTrue(units.containsAll(List.of("Hz", "kHz", "MHz", "GHz")), units::toString);
		assertFalse(units.contains("MiB"), units::toString);
		assertTrue(texts("accelerator A { memory 64 G|").contains("GB/s"));
		assertTrue(texts("param p = 3 |").containsAll(List.of("MiB", "ns", "pJ/B")));
	}

	@Test
	void valuesAboveAndParametersAreProposed() {
		String text = "param wide = 3 workload T { param k = 4 input image [C 1]\n a = relu(image)\n b = add(|\n c = relu(a) }";
		List<String> names = texts(text);
		assertTrue(names.containsAll(List.of("image", "a")), names::toString);
		assertFalse(names.contains("c"), names::toString);
		assertTrue(texts("param wide = 3 workload T { param k = 4 input i [C 1] y = linear(i) K |").containsAll(List.of("wide", "k")));
		assertTrue(texts("study s { map library.classic.AlexNet on library.accelerators.EdgeXR with |").containsAll(List.of("mesh", "amp")));
	}

	@Test
	void everyTemplateIsValid() {
		List<ContentAssistEntry> templates = proposals("|").stream().filter(entry -> entry.getKind().equals(ContentAssistEntry.KIND_SNIPPET)).toList();
		assertEquals(7, templates.size());
		for (ContentAssistEntry template : templates) {
			assertEquals(List.of(), Pog.validate(template.getProposal()), template.getProposal());
			assertEquals(template.getProposal(), Pog.format(template.getProposal()));
		}
	}

	@Test
	void factsAreWhatTheEngineComputes() {
		var model = Pog.model(Pog.parse("""
				param p = 2 * 3 KiB
				workload T { precision 8 bit input i [C 4, H 8, W 8] a = conv(i) K 16 R 3 S 3 pad 1 y = relu(a) }
				accelerator A { clock 1 GHz array 4 x 4 { macs 2 registers 64 B } buffer 1 KiB at 8 B/cycle memory 8 GB/s }
				"""));
		Facts facts = Pog.service(Facts.class);
		assertEquals(List.of("= 6 KiB"), facts.of(model.getDeclarations().get(0)));
		Workload workload = (Workload) model.getDeclarations().get(1);
		// 16 x 8 x 8 outputs of 4 x 3 x 3 products; 16 x 4 x 3 x 3 weights; 256 and 1,024 elements of 1 B
		assertEquals(List.of("shape [N 1, C 16, H 8, W 8], 1,024 elements", "36,864 MACs", "inputs 256 B, output 1,024 B, weights 576 B, A/W 2.22"), facts.of(workload.getMembers().get(1)));
		assertEquals("2 operators, 36,864 MACs", facts.of(workload).get(0));
		assertEquals("memory 8 B/cycle: 4.0 MACs for each byte keep the array busy", facts.of(model.getDeclarations().get(2)).get(1));
	}

	@Test
	void shapesAreHints() {
		String text = "block b(x) { y = linear(x) K 3 } workload T { input i [C 4, H 8, W 8] a = maxpool(i) R 2 S 2 stride 2 y = b(a) z = add(y, i) }";
		var hints = Pog.service(InlayHints.class).in(Pog.parse(text), new TextRegion(0, text.length()));
		assertEquals(List.of("a[N 1, C 4, H 4, W 4]", "y[N 1, C 3, H 4, W 4]"), hints.stream().map(hint -> text.charAt(hint.offset() - 1) + hint.label()).toList());
	}

	private static Signatures.Signature signature(String marked) {
		return Pog.service(Signatures.class).at(Pog.parse(marked.replace("|", "")), marked.indexOf('|')).orElseThrow();
	}

	@Test
	void signaturesNameWhatIsTyped() {
		var conv = signature("workload T { input i [C 1] y = conv(i) K 3 R 3 S 3 stride | }");
		assertEquals("conv(a) K R S [stride] [pad] [dilation] [groups] [precision]", conv.label());
		assertEquals("[stride]", conv.parameters().get(conv.active()));
		assertEquals(1, signature("workload T { input i [C 1] y = add(i, |i) }").active());
		var block = signature("block b(x, y) { param k = 3 z = add(x, y) } workload T { input i [C 1] y = b(i, i, k| = 2) }");
		assertEquals("b(x, y, k = 3)", block.label());
		assertEquals(2, block.active());
	}

	/** Problems for which a fix has to be offered. */
	private static final Set<IssueCode> FIXABLE = EnumSet.of(IssueCode.MISSING_UNIT, IssueCode.UNKNOWN_UNIT, IssueCode.WRONG_DIMENSION, IssueCode.UNRESOLVED_NAME, IssueCode.MISSING_OPTION,
			IssueCode.DUPLICATE_NAME, IssueCode.UNEXPECTED_OPTION, IssueCode.MISSING_INTERCONNECT, IssueCode.UNUSED_IMPORT, IssueCode.UNUSED_PARAMETER, IssueCode.UNUSED_DECLARATION);

	static Stream<ProblemsTest.Section> fixable() throws IOException {
		return ProblemsTest.sections().filter(section -> FIXABLE.contains(IssueCode.of(section.code()).orElseThrow()));
	}

	@ParameterizedTest
	@MethodSource("fixable")
	void theDocumentedProblemsHaveFixes(ProblemsTest.Section section) {
		String text = section.examples().get(0);
		Issue issue = Pog.validate(text).stream().filter(each -> each.getCode().equals(section.code())).findFirst().orElseThrow();
		assertFalse(fixes(text, issue).isEmpty(), () -> "no fix for " + issue);
	}

	@ParameterizedTest
	@MethodSource("org.pipeorgan.tests.language.ValidationTest#cases")
	void everyFixMends(ValidationTest.Case test) {
		String text = test.source();
		for (Issue issue : Pog.validate(text)) {
			for (Fixes.Fix fix : fixes(text, issue)) {
				String mended = apply(text, fix);
				List<Issue> after = Pog.validate(mended);
				assertFalse(after.stream().anyMatch(each -> each.getCode().equals(IssueCode.SYNTAX_ERROR.id())), () -> fix + " breaks the text: " + mended + after);
				long before = Pog.validate(text).stream().filter(each -> each.getCode().equals(issue.getCode())).count();
				assertTrue(after.stream().filter(each -> each.getCode().equals(issue.getCode())).count() < before, () -> fix + " does not mend " + issue + ": " + mended + after);
			}
		}
	}

	private static List<Fixes.Fix> fixes(String text, Issue issue) {
		List<String> data = issue.getData() == null ? List.of() : Arrays.asList(issue.getData());
		return Pog.service(Fixes.class).of(Pog.parse(text), issue.getCode(), issue.getOffset(), issue.getLength(), data);
	}

	private static String apply(String text, Fixes.Fix fix) {
		StringBuilder changed = new StringBuilder(text);
		fix.edits().stream().sorted(Comparator.comparingInt(Fixes.Edit::offset).reversed()).forEach(edit -> changed.replace(edit.offset(), edit.offset() + edit.length(), edit.text()));
		return changed.toString();
	}

	@Test
	void referencesAreTheDeclarationEveryUseAndEveryImport() {
		String noc = "package p interconnect slow { topology mesh link 4 B/cycle hop 1 cycle }";
		String chip = "import \"noc.pog\" import p.slow\naccelerator A { interconnect slow }\naccelerator B { interconnect p.slow }\nworkload slow { }";
		XtextResource declaring = Pog.parse(noc, URI.createURI("memory:/noc.pog"), IDE);
		XtextResource using = (XtextResource) declaring.getResourceSet().createResource(URI.createURI("memory:/chip.pog"));
		assertDoesNotThrow(() -> using.load(new org.eclipse.xtext.util.StringInputStream(chip), java.util.Map.of()));
		References references = IDE.getInstance(References.class);
		var element = references.elementAt(declaring, noc.indexOf("slow")).orElseThrow();
		List<References.Reference> places = references.to(element, List.of(declaring, using), new org.eclipse.core.runtime.NullProgressMonitor());
		assertEquals(List.of(chip.indexOf("slow\nacc"), chip.indexOf("slow }\nacc"), chip.indexOf("slow }\nwork"), noc.indexOf("slow")), places.stream().map(References.Reference::offset).toList());
		assertEquals(List.of(1, 2, 3, 1), places.stream().map(References.Reference::line).toList());
		assertEquals(List.of(false, false, false, true), places.stream().map(References.Reference::declaration).toList());
		assertTrue(references.elementAt(using, 0).isEmpty());
	}

	@Test
	void operatorsTellTheirWork() {
		String text = "workload T { input i [C 3, H 8, W 8]\n a = conv(i) K 4 R 3 S 3 pad 1\n b = relu(a) }";
		XtextResource resource = Pog.parse(text, URI.createURI("memory:/test.pog"), IDE);
		assertEquals(List.of(new InlayHints.Hint(text.indexOf("\n b"), "6,912 MACs")), IDE.getInstance(InlayHints.class).work(resource));
	}
}
