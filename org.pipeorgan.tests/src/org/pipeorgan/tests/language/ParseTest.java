package org.pipeorgan.tests.language;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.eclipse.xtext.GrammarUtil;
import org.eclipse.xtext.IGrammarAccess;
import org.eclipse.xtext.ParserRule;
import org.eclipse.xtext.validation.Issue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pipeorgan.dsl.expressions.Evaluator;
import org.pipeorgan.dsl.pipeorgan.Accelerator;
import org.pipeorgan.dsl.pipeorgan.BlockUse;
import org.pipeorgan.dsl.pipeorgan.Convolution;
import org.pipeorgan.dsl.pipeorgan.PadOption;
import org.pipeorgan.dsl.pipeorgan.Quantity;
import org.pipeorgan.dsl.pipeorgan.Value;
import org.pipeorgan.dsl.pipeorgan.Workload;
import org.pipeorgan.dsl.units.Dimension;
import org.pipeorgan.dsl.units.Units;

class ParseTest {
	@Test
	void keywordsAreNames() {
		var resource = Pog.parse("""
				package input.add
				workload workload {
				  input input [C 8, H 4, W 4]
				  K = conv(input) K 8 R 1 S 1
				  x = add(K, input)
				  add = mul(x, K) precision 8 bit
				  add_1 = add(add, x)
				  transposed = relu(add_1)
				  to = resize(transposed) to 8 x 8
				  output = concat(to, to)
				  output to
				}
				""");
		assertEquals(List.of(), Pog.validate(resource));
		Workload workload = (Workload) Pog.model(resource).getDeclarations().get(0);
		assertEquals(List.of("input", "K", "x", "add", "add_1", "transposed", "to", "output"),
				workload.getMembers().stream().filter(Value.class::isInstance).map(Value.class::cast).map(Value::getName).toList());
	}

	@Test
	void everyKeywordMayBeAName() {
		var grammar = Pog.service(IGrammarAccess.class).getGrammar();
		Set<String> words = new TreeSet<>();
		Collection<String> keywords = GrammarUtil.getAllKeywords(grammar);
		keywords.stream().filter(keyword -> keyword.matches("[A-Za-z_][A-Za-z_0-9]*")).forEach(words::add);
		Set<String> named = new TreeSet<>();
		for (String rule : List.of("ValidID", "BlockID")) {
			GrammarUtil.containedKeywords(((ParserRule) GrammarUtil.findRuleForName(grammar, rule)).getAlternatives()).forEach(keyword -> named.add(keyword.getValue()));
		}
		assertEquals(words, named);
	}

	@Test
	void theColoursOfTheExtensionKnowEveryKeyword() throws IOException {
		String colours = Files.readString(Pog.root().resolve("releng/org.pipeorgan.vscode/syntaxes/pipeorgan.tmLanguage.json"));
		Set<String> words = new TreeSet<>(List.of(colours.split("[^a-z_]+")));
		Set<String> missing = new TreeSet<>(GrammarUtil.getAllKeywords(Pog.service(IGrammarAccess.class).getGrammar()));
		missing.removeIf(keyword -> !keyword.matches("[a-z_]{2,}") || words.contains(keyword));
		assertEquals(Set.of(), missing);
	}

	@Test
	void whatNoPersonWritesIsASyntaxError() {
		for (String text : List.of("param p = " + "(".repeat(5000) + "1" + ")".repeat(5000), "param p = " + "-".repeat(20000) + "1", "param p = 1" + " + 1".repeat(20000),
				"workload T { input i " + "[".repeat(5000), "{".repeat(100000))) {
			assertTrue(Pog.parse(text).getParseResult().hasSyntaxErrors());
		}
		String deep = "param p = " + "(".repeat(90) + "1" + " + 1)".repeat(90) + "\n\nworkload T {\n  input i [C p]\n  y = relu(i)\n}\n";
		assertEquals(List.of(), Pog.validate(deep));
		assertEquals(deep, Pog.format(deep));
	}

	@Test
	void everyOperatorIsNoBlock() {
		var workload = (Workload) Pog.model(Pog.parse("block repeat(x) { y = relu(x) } workload T { input x [C 1] y = repeat(x) z = add(y, x) }")).getDeclarations().get(1);
		assertEquals("repeat", ((BlockUse) workload.getMembers().get(1)).getBlock().getName());
		assertTrue(Pog.parse("block add(x) { y = relu(x) }").getParseResult().hasSyntaxErrors());
	}

	@Test
	void everyUnitMayBeWritten() {
		for (Dimension dimension : Dimension.NAMED) {
			for (String unit : Units.names(dimension)) {
				assertEquals(List.of(), Pog.validate("param p = 3 " + unit + " param q = p"), unit);
			}
		}
	}

	@Test
	void quantitiesKeepWhatWasWritten() {
		Accelerator accelerator = (Accelerator) Pog.model(Pog.parse("accelerator A { clock 1.50 GHz memory 64 GB/s }")).getDeclarations().get(0);
		Quantity clock = (Quantity) accelerator.getClock();
		assertEquals("1.50", clock.getValue().toPlainString());
		assertEquals("GHz", clock.getUnit());
		assertEquals("GB/s", ((Quantity) accelerator.getMemory().getBandwidth()).getUnit());
	}

	@Test
	void optionsComeInAnyOrder() {
		var workload = (Workload) Pog.model(Pog.parse("workload T { input i [C 1, H 9, W 9] y = conv(i) pad 0 1 x 2 3 S 3 stride 2 x 1 K 4 R 3 }")).getDeclarations().get(0);
		Convolution convolution = (Convolution) workload.getMembers().get(1);
		assertEquals(5, convolution.getOptions().size());
		PadOption pad = (PadOption) convolution.getOptions().get(0);
		assertEquals(List.of("0", "1", "2", "3"), Stream.of(pad.getTop(), pad.getBottom(), pad.getLeft(), pad.getRight()).map(Evaluator::text).toList());
		
	}

	/** What somebody who comes from another tool writes first is told in the words of the language, in one line. */
	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			y = Conv2D(i)                      | there is no block 'Conv2D' here; did you mean 'conv'?
			y = conv(i) k 3                    | unexpected '3' behind 'k', which is no option of an operator; did you mean 'K'?
			y = conv(i) K 3 R 3 S 3 padding 1  | unexpected '1' behind 'padding', which is no option of an operator; there are K, R, S, C, stride, pad, dilation, groups, precision, transposed, scale, to, over
			} study s { map W on EdgeXR        | there is no accelerator 'EdgeXR' here; did you mean 'library.accelerators.EdgeXR'?
			} policy p { organization stripd   | unexpected 'stripd' behind 'organization'; did you mean 'striped'?
			} policy p { organization striped, 3 | unexpected '3' behind 'organization'; there are blocked-1d, blocked-1d-columns, blocked-2d, striped, striped-columns, checkerboard, through-buffer, turn-taking
			} policy p { segment { organization } | unexpected '}' behind 'organization'; there are blocked-1d,
			} policy p { strategy simbe        | unexpected 'simbe' behind 'strategy'; did you mean 'simba'?
			} interconnect x { routing yx      | unexpected 'yx' behind 'routing'; there are xy
			\uFFFD                             | there are bytes here that are no UTF-8; save the file as UTF-8
			""")
	void mistakesAreToldInTheWordsOfTheLanguage(String line, String message) {
		List<String> messages = Pog.problems(Pog.parse("workload W { input i [C 4, H 8, W 8] " + line.replace("\\uFFFD", "\uFFFD"))).stream().map(Issue::getMessage).toList();
		assertTrue(messages.stream().anyMatch(each -> each.startsWith(message)), messages::toString);
		assertTrue(messages.stream().noneMatch(each -> each.contains("\n")), messages::toString);
	}

	/** Editors write it before the first letter; no column counts it, and the text does not have it. */
	@Test
	void aByteOrderMarkBeforeTheTextIsPassedOver() {
		assertEquals(List.of(), Pog.problems(Pog.parse("\uFEFFpolicy p refines tangram { }")));
		assertEquals(8, Pog.problems(Pog.parse("\uFEFFpolicy ! refines tangram { }")).get(0).getColumn());
		assertEquals("policy p refines tangram { }", Pog.parse("\uFEFFpolicy p refines tangram { }").getParseResult().getRootNode().getText());
		assertEquals("there is a byte order mark here, which only the begin of a file may have; remove it", Pog.problems(Pog.parse("policy \uFEFFp refines tangram { }")).get(0).getMessage());
	}
}
