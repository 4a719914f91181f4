package org.pipeorgan.tests.language;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.eclipse.emf.common.util.URI;
import org.eclipse.emf.ecore.resource.Resource;
import org.eclipse.emf.ecore.xmi.impl.XMIResourceImpl;
import org.eclipse.xtext.diagnostics.Severity;
import org.eclipse.xtext.resource.XtextResource;
import org.eclipse.xtext.resource.XtextResourceSet;
import org.eclipse.xtext.util.CancelIndicator;
import org.eclipse.xtext.validation.CheckMode;
import org.eclipse.xtext.validation.IResourceValidator;
import org.eclipse.xtext.validation.Issue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pipeorgan.dsl.conversion.PogText;
import org.pipeorgan.dsl.conversion.Xmi;
import org.pipeorgan.dsl.pipeorgan.Accelerator;
import org.pipeorgan.dsl.pipeorgan.Model;
import org.pipeorgan.dsl.pipeorgan.PipeorganFactory;
import org.pipeorgan.dsl.pipeorgan.Quantity;
import org.pipeorgan.dsl.translation.HardwareTranslator;
import org.pipeorgan.dsl.translation.Problem;
import org.pipeorgan.tests.Sample;

class ConversionTest {
	static Stream<Path> files() throws IOException {
		List<Path> files;
		try (Stream<Path> library = Files.walk(Pog.root().resolve("org.pipeorgan.dsl/library")); Stream<Path> examples = Files.walk(Pog.root().resolve("org.pipeorgan.dsl.ui/examples"))) {
			files = Stream.concat(library, examples).filter(file -> file.toString().endsWith(".pog")).sorted().toList();
		}
		return files.stream();
	}

	private static byte[] xmi(XtextResource resource, URI uri) {
		return Pog.service(Xmi.class).write(Pog.model(resource), uri);
	}

	/** To XMI, back to text and to XMI again: the same bytes. */
	private static String roundTrip(XtextResource resource) throws IOException {
		URI uri = resource.getURI().trimFileExtension().appendFileExtension("xmi");
		byte[] first = xmi(resource, uri);
		XtextResourceSet set = Pog.service(XtextResourceSet.class);
		Resource read = Pog.service(Xmi.class).read(first, uri, set);
		String text = Pog.service(PogText.class).of((Model) read.getContents().get(0), resource.getURI(), set);
		XtextResource again = Pog.parse(text, resource.getURI());
		assertEquals(new String(first, StandardCharsets.UTF_8), new String(xmi(again, uri), StandardCharsets.UTF_8));
		assertEquals(text, Pog.format(again));
		return text;
	}

	@ParameterizedTest
	@MethodSource("files")
	void everyFileSurvivesTheRoundTrip(Path file) throws IOException {
		roundTrip(Pog.load(file));
	}

	@Test
	void expressionsBlocksAndMappingsSurviveTheRoundTrip() throws IOException {
		String text = """
				package a.b

				import library.classic.*

				param side = -(2 + 3 * 4) - 1 % (2 - -1)
				param wide = max(side, 1 KiB / (2 B)) * 1.50

				/**
				 * Two lines
				 * of documentation.
				 */
				block B(x, y) {
				  param k
				  param g = 1

				  /** An operator. */
				  a = conv(x) K (k + g) * 2 R 1 S 1 pad k (g) x 0 1
				  [p, q] = C(a, y)
				  output p
				  output q
				}

				block C(x, y) {
				  r = relu(x)
				  s = B(x, y, k = 2, g = (3 - 1) / 2) repeat side / 2
				  t = slice(s) C 0 .. 2 * 8
				  output s
				}

				interconnect n refines amp {
				  express every 4 from 1 step 2, auto
				  unicast
				  shared distribution ports north, west every 4
				}

				accelerator A refines library.accelerators.EdgeXR {
				  param p = 2
				  buffer p * 1 MiB reads 8 B/cycle writes 4 B/cycle banks 16
				  interconnect n
				}

				policy p {
				  strategy fixed

				  segment {
				    operators b.1.a .. b.2.p
				    chunks 4
				    organization blocked-1d-columns
				    keep b, c
				  }
				}

				policy q refines p {
				  restrict unicast, no_residence
				}

				study s {
				  map AlexNet, VGG16 on A with mesh, n
				  policies p, q as baseline on mesh
				  objective edp
				  write csv
				}
				""";
		assertTrue(roundTrip(Pog.parse(text)).contains("/**\n * Two lines\n * of documentation.\n */\nblock B(x, y) {\n"));
	}

	@Test
	void theFileDoesNotDependOnTheMachine() {
		byte[] xmi = xmi(Pog.parse("accelerator A refines library.accelerators.EdgeXR { interconnect amp }"), URI.createURI("memory:/a.xmi"));
		String text = new String(xmi, StandardCharsets.UTF_8);
		assertTrue(text.contains("href=\"pipeorgan:/library/accelerators/EdgeXR.pog#"), text);
		assertFalse(text.contains("file:"), text);
	}

	@Test
	void aModelThatAProgramMadeIsValidatedAndTranslated() {
		PipeorganFactory factory = PipeorganFactory.eINSTANCE;
		Accelerator base = (Accelerator) Pog.model(Pog.parse("accelerator A { clock 1 GHz array 4 x 4 { registers 64 B } buffer 1 KiB at 8 B/cycle memory 1 GB/s }")).getDeclarations()
				.get(0);
		Accelerator made = factory.createAccelerator();
		made.setName("B");
		made.setBase(base);
		Quantity clock = factory.createQuantity();
		clock.setValue(new BigDecimal(2));
		made.setClock(clock);
		Model model = factory.createModel();
		model.getDeclarations().add(made);
		Resource resource = new XMIResourceImpl(URI.createURI("memory:/b.xmi"));
		base.eResource().getResourceSet().getResources().add(resource);
		resource.getContents().add(model);
		List<Issue> issues = Pog.service(IResourceValidator.class).validate(resource, CheckMode.ALL, CancelIndicator.NullImpl);
		assertEquals(List.of("the clock is 2 without a unit; write, for example, '1 GHz'"), issues.stream().map(Issue::getMessage).toList());
		clock.setUnit("GHz");
		assertEquals(List.of(), Pog.service(IResourceValidator.class).validate(resource, CheckMode.ALL, CancelIndicator.NullImpl));
		assertEquals(2e9, HardwareTranslator.accelerator(made, Problem.IGNORE).orElseThrow().clockHertz().toDouble());
	}

	@Test
	void whatIsNoModelIsRefusedWithItsPlace() {
		assertEquals("1:1 Premature end of file.", fault(""));
		assertEquals("1:1 Content is not allowed in prolog.", fault("not xml"));
		assertTrue(fault("<a/>").startsWith("1:"), () -> fault("<a/>"));
		assertEquals("3:11 Feature 'nothing' not found.", fault("<?xml version=\"1.0\"?>\n" + ROOT + "\n<nothing/></pipeorgan:Model>"));
		assertEquals("1:1 its only root must be a Model of http://www.pipeorgan.org/dsl/PipeOrgan", fault("<pipeorgan:Accelerator xmlns:pipeorgan=\"http://www.pipeorgan.org/dsl/PipeOrgan\"/>"));
		String deep = "<declarations xsi:type=\"pipeorgan:Parameter\"><value xsi:type=\"pipeorgan:Negation\">" + "<operand xsi:type=\"pipeorgan:Negation\">".repeat(20_000);
		assertTrue(fault(ROOT + deep).contains("exceeds the limit"), () -> fault(ROOT + deep));
	}

	private static final String ROOT = "<pipeorgan:Model xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xmlns:pipeorgan=\"http://www.pipeorgan.org/dsl/PipeOrgan\">";

	private static String fault(String text) {
		var fault = assertThrows(Xmi.Fault.class, () -> Pog.service(Xmi.class).read(text.getBytes(StandardCharsets.UTF_8), URI.createURI("memory:/a.xmi"), Pog.service(XtextResourceSet.class)));
		return fault.line() + ":" + fault.column() + " " + fault.getMessage();
	}

	@Test
	void anExpressionOfAsManyOperatorsAsATextMayHaveSurvivesTheRoundTrip() throws IOException {
		roundTrip(Pog.parse("param a = 1" + " + 1".repeat(250)));
	}

	@Test
	void numbersStandWithoutBrackets() throws IOException {
		assertEquals("""
				param a = floor(2.5) * min(3)

				workload W {
				  input i [C 4, H 8, W 8]
				  y = conv(i) K (2 * a) R 3 S 3 pad 1 2 x 0 1
				}
				""", roundTrip(Pog.parse("param a = floor(2.5) * min(3)\nworkload W { input i [C (4), H 8, W 8] y = conv(i) K (2 * a) R (3) S 3 pad 1 2 x 0 1 }")));
	}

	/** Whatever is taken out of a file, it is either said to be missing or none the less a model that has a text. */
	@Test
	void whatIsMissingIsTold() throws IOException {
		URI file = URI.createURI("memory:/a.xmi");
		String whole = new String(xmi(Pog.parse(Sample.TEXT), file), StandardCharsets.UTF_8);
		List<String> silent = new ArrayList<>();
		int told = 0;
		for (MatchResult part : Pattern.compile(" (?!xmi|xmlns|xsi|encoding|version)\\w+=\"[^\"]*\"|(?m)^ *<\\w+[^>]*/>\n").matcher(whole).results().toList()) {
			String text = whole.substring(0, part.start()) + whole.substring(part.end());
			try {
				Resource read = Pog.service(Xmi.class).read(text.getBytes(StandardCharsets.UTF_8), file, Pog.service(XtextResourceSet.class));
				if (Pog.service(IResourceValidator.class).validate(read, CheckMode.ALL, CancelIndicator.NullImpl).stream().anyMatch(issue -> issue.getSeverity() == Severity.ERROR)) {
					told++;
				} else {
					Pog.service(PogText.class).of((Model) read.getContents().get(0), URI.createURI("memory:/a.pog"), read.getResourceSet());
				}
			} catch (Xmi.Fault e) {
				told++;
			} catch (IllegalArgumentException e) {
				silent.add(part.group() + ": " + e.getMessage());
			}
		}
		assertEquals(List.of(), silent);
		assertTrue(told > 70, "only " + told + " are told");
	}

	@Test
	void commentsMayHaveCharactersThatXmlHasNot() {
		var model = Pog.model(Pog.parse("/** a\u0000b\u001Bc\uD83D\uDE00 */ policy p refines tangram { }"));
		assertTrue(new String(Pog.service(Xmi.class).write(model, URI.createURI("memory:/a.xmi")), StandardCharsets.UTF_8).contains("documentation=\"a\uFFFDb\uFFFDc"));
	}
}
