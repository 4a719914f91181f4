package org.pipeorgan.tests.language;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;

import org.eclipse.xtext.validation.Issue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pipeorgan.dsl.expressions.Environment;
import org.pipeorgan.dsl.expressions.Evaluator;
import org.pipeorgan.dsl.pipeorgan.Parameter;
import org.pipeorgan.dsl.pipeorgan.Workload;
import org.pipeorgan.dsl.translation.Problem;
import org.pipeorgan.dsl.translation.WorkloadTranslator;

class ExpressionTest {
	private static String value(String expression) {
		var model = Pog.model(Pog.parse("param two = 2 param size = 1.5 KiB param result = " + expression));
		Parameter parameter = (Parameter) model.getDeclarations().get(2);
		return Evaluator.evaluate(parameter.getValue(), new Environment()).toString();
	}

	/** The right-hand sides were worked out by hand. */
	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			1 + 2 * 3                  | 7
			(1 + 2) * 3                | 9
			10 - 4 - 3                 | 3
			-two * -3                  | 6
			7 / 2                      | 3.5
			1 / 3 * 3                  | 1
			17 % 5                     | 2
			-17 % 5                    | -2
			2 * size                   | 3 KiB
			1 MiB - 1 KiB              | 1023 KiB
			1 MB / 1 kB                | 1000
			1 MiB / 1 kB               | 1048.58
			256 B/cycle * 1 GHz        | 256 GB/s
			64 GB/s / 2 GHz            | 32 B/cycle
			10 ns * 500 MHz            | 5 cycle
			200 pJ/B * 1 kB            | 200 nJ
			size * size                | 150994944 bit^2
			max(3, two, 2.5)           | 3
			min(1 KiB, 1 kB)           | 1 kB
			floor(-0.5)                | -1
			ceil(7 / two)              | 4
			round(2.5)                 | 3
			max(two)                   | 2
			""")
	void evaluatesExactlyWithDimensions(String expression, String value) {
		assertEquals(value, value(expression));
	}

	@Test
	void aNumberStandsBesideNamesThatLookLikeUnits() {
		var issues = Pog.validate("""
				workload T {
				  param k = 8
				  input i [C k, H 2 * k, W k]
				  param twice = 2 * k
				  bits = conv(i) K twice R 1 S 1 stride 1 pad 0
				  B = linear(bits) K 10
				  x = conv(B) K (k) R min(3, k) S 3 pad 1 x 1
				  y = conv(x) K k R 3 S 3 pad k (k + 1) x k (2) stride k x k
				}
				""");
		assertEquals(List.of(), issues);
	}

	@Test
	void sharedParametersAreComputedOnce() {
		StringBuilder text = new StringBuilder("param p0 = 0\n");
		for (int i = 1; i <= 60; i++) {
			text.append("param p").append(i).append(" = p").append(i - 1).append(" + p").append(i - 1).append('\n');
		}
		assertTimeoutPreemptively(Duration.ofSeconds(20), () -> assertEquals(List.of(), Pog.validate(text.toString())));
	}

	/** A chain of parameters is as long as a file may be; a cycle of as many is told in each of them. */
	@Test
	void aLongChainOfParametersHasAValue() {
		StringBuilder chain = new StringBuilder();
		for (int i = 0; i < 5000; i++) {
			chain.append("param p%d = p%d + 1\n".formatted(i, i + 1));
		}
		var resource = Pog.parse(chain + "param p5000 = 1\nworkload W { input i [C 4] y = linear(i) K p0 }");
		assertEquals(List.of(), Pog.problems(resource));
		var workload = WorkloadTranslator.translate((Workload) Pog.model(resource).getDeclarations().get(5001), Problem.IGNORE).orElseThrow();
		assertEquals(5001, workload.outputOf(workload.operators().get(0)).shape().c());
		String cycle = chain.substring(0, chain.indexOf("param p500 ")) + "param p500 = p0";
		assertEquals(501, Pog.problems(Pog.parse(cycle)).stream().filter(issue -> issue.getCode().equals("parameter-cycle")).count());
	}

	@Test
	void whatIsNestedTooDeepIsSaidToBe() {
		String message = Pog.problems(Pog.parse("param a = " + "(".repeat(200) + "1" + ")".repeat(200))).get(0).getMessage();
		assertEquals("unexpected '(': brackets are at most 100 deep, and an expression has at most 250 operators; give a part of it a name with 'param'", message);
		assertEquals(List.of("unused-import"), Pog.problems(Pog.parse("import library.classic.*\n".repeat(1100) + "policy p refines tangram { }")).stream().map(Issue::getCode).distinct().toList());
	}
}
