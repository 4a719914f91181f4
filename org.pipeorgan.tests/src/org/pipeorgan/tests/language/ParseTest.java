package org.pipeorgan.tests.language;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import org.eclipse.xtext.GrammarUtil;
import org.eclipse.xtext.IGrammarAccess;
import org.eclipse.xtext.ParserRule;
import org.junit.jupiter.api.Test;
import org.pipeorgan.dsl.pipeorgan.Accelerator;
import org.pipeorgan.dsl.pipeorgan.Convolution;
import org.pipeorgan.dsl.pipeorgan.PadOption;
import org.pipeorgan.dsl.pipeorgan.Quantity;
import org.pipeorgan.dsl.pipeorgan.Value;
import org.pipeorgan.dsl.pipeorgan.Workload;

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
		ParserRule names = (ParserRule) GrammarUtil.findRuleForName(grammar, "ValidID");
		Set<String> words = new TreeSet<>();
		Collection<String> keywords = GrammarUtil.getAllKeywords(grammar);
		keywords.stream().filter(keyword -> keyword.matches("[A-Za-z_][A-Za-z_0-9]*")).forEach(words::add);
		Set<String> named = new TreeSet<>();
		GrammarUtil.containedKeywords(names.getAlternatives()).forEach(keyword -> named.add(keyword.getValue()));
		assertEquals(words, named);
	}

	@Test
	void quantitiesKeepWhatWasWritten() {
		Accelerator accelerator = (Accelerator) Pog.model(Pog.parse("accelerator A { clock 1.50 GHz memory 64 GB / s }")).getDeclarations().get(0);
		Quantity clock = accelerator.getClock();
		assertEquals("1.50", clock.getValue().toPlainString());
		assertEquals("GHz", clock.getUnit());
		assertEquals("GB/s", accelerator.getMemory().getBandwidth().getUnit());
	}

	@Test
	void optionsComeInAnyOrder() {
		var workload = (Workload) Pog.model(Pog.parse("workload T { input i [C 1, H 9, W 9] y = conv(i) pad 0 1 x 2 3 S 3 stride 2 x 1 K 4 R 3 }")).getDeclarations().get(0);
		Convolution convolution = (Convolution) workload.getMembers().get(1);
		assertEquals(5, convolution.getOptions().size());
		PadOption pad = (PadOption) convolution.getOptions().get(0);
		assertEquals(List.of(0L, 1L, 2L, 3L), List.of(pad.getTop(), pad.getBottom(), pad.getLeft(), pad.getRight()));
		
	}
}
