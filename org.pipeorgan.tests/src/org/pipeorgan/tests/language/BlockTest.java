package org.pipeorgan.tests.language;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.eclipse.xtext.validation.Issue;
import org.junit.jupiter.api.Test;
import org.pipeorgan.dsl.pipeorgan.Workload;
import org.pipeorgan.dsl.translation.Problem;
import org.pipeorgan.dsl.translation.WorkloadTranslator;

class BlockTest {
	private static final String BLOCKS = """
			/** The inverted residual of MobileNetV2, with its skip edge. */
			block InvertedResidual(x) {
			  param width
			  param expansion = 6
			  wide = conv(x) K expansion * width R 1 S 1
			  deep = depthwise(wide) R 3 S 3 pad 1
			  narrow = conv(deep) K width R 1 S 1
			  y = add(narrow, x)
			}

			block Layer(tokens) {
			  param width = 64
			  param heads = 4
			  q = linear(tokens) K width
			  k = linear(tokens) K width
			  v = linear(tokens) K width
			  score = matmul(q, k) transposed groups heads
			  weight = softmax(score) groups heads
			  context = matmul(weight, v) groups heads
			  out = linear(context) K width
			  sum = add(out, tokens)
			  y = norm(sum)
			}

			block Pair(a, b) {
			  sum = add(a, b)
			  [low, high] = Split(sum)
			  output high
			  output low
			}

			block Split(x) {
			  low = relu(x)
			  high = relu(x)
			  output low
			  output high
			}
			""";

	private static org.pipeorgan.engine.workload.Workload workload(String lines) {
		var resource = Pog.parse(BLOCKS + "workload T { " + lines + " }");
		assertEquals(List.of(), Pog.problems(resource));
		return WorkloadTranslator.translate((Workload) Pog.model(resource).getDeclarations().get(4), Problem.IGNORE).orElseThrow();
	}

	private static List<String> names(org.pipeorgan.engine.workload.Workload workload) {
		return workload.operators().stream().map(operator -> operator.name()).toList();
	}

	@Test
	void operatorsOfABlockBearItsName() {
		var workload = workload("input i [C 16, H 8, W 8] a = InvertedResidual(i, width = 16) b = relu(a)");
		assertEquals(List.of("a.wide", "a.deep", "a.narrow", "a", "b"), names(workload));
		assertEquals("[N 1, C 96, H 8, W 8]", workload.outputOf(workload.operators().get(1)).shape().toString());
	}

	@Test
	void repetitionsFollowEachOther() {
		var once = workload("input t [C 64, H 10] y = Layer(t)");
		var thrice = workload("param n = 2 input t [C 64, H 10] y = Layer(t) repeat n + 1");
		assertEquals(once.operators().size() * 3, thrice.operators().size());
		assertEquals("y.1.q", thrice.operators().get(0).name());
		assertEquals("y.1", thrice.operators().get(8).name());
		assertEquals("y", thrice.operators().get(26).name());
		assertEquals(List.of("y.1"), operands(thrice, "y.2.q"));
		assertEquals(List.of("y.2.out", "y.1"), operands(thrice, "y.2.sum"));
	}

	@Test
	void aLineByLineCopyIsTheSame() {
		String lines = "q = linear(t) K 64 k = linear(t) K 64 v = linear(t) K 64 score = matmul(q, k) transposed groups 4 weight = softmax(score) groups 4 "
				+ "context = matmul(weight, v) groups 4 out = linear(context) K 64 sum = add(out, t) y = norm(sum)";
		var written = workload("input t [C 64, H 10] " + lines);
		var used = workload("input t [C 64, H 10] y = Layer(t)");
		assertEquals(written.operators().stream().map(operator -> operator.macs()).toList(), used.operators().stream().map(operator -> operator.macs()).toList());
		assertEquals(written.tensors().stream().map(tensor -> tensor.consumers()).toList(), used.tensors().stream().map(tensor -> tensor.consumers()).toList());
	}

	@Test
	void severalResultsAndBlocksInBlocks() {
		var workload = workload("input i [C 2] input j [C 2] [p, q] = Pair(i, j) repeat 2 z = add(p, q)");
		assertEquals(List.of("p.1.sum", "q.1", "p.1", "p.2.sum", "q", "p", "z"), names(workload));
		assertEquals(List.of("p.1", "q.1"), operands(workload, "p.2.sum"));
	}

	/** The names inside a block are its own, whatever the blocks around it call theirs. */
	@Test
	void equalNamesInBlocksOfBlocksAreApart() {
		var resource = Pog.parse("""
				block Inner(x) { a = relu(x) }
				block Middle(x) {
				  a = Inner(x)
				  b = Inner(a)
				}
				block Outer(x) {
				  a = Middle(x)
				  b = Middle(a) repeat 2
				}
				workload T {
				  input i [C 4]
				  y = Outer(i)
				}
				""");
		assertEquals(List.of(), Pog.problems(resource));
		var workload = WorkloadTranslator.translate((Workload) Pog.model(resource).getDeclarations().get(3), Problem.IGNORE).orElseThrow();
		assertEquals(List.of("y.a.a", "y.a", "y.b.1.a", "y.1", "y.b.2.a", "y"), names(workload));
	}

	/** Chains that nobody writes end in one error, not in an exhausted stack or machine. */
	@Test
	void blocksAreNestedOnlySoDeep() {
		StringBuilder text = new StringBuilder("block B0(x) { a = relu(x) }\n");
		for (int i = 1; i <= 40; i++) {
			text.append("block B%d(x) { a = B%d(x) b = B%d(a) }\n".formatted(i, i - 1, i - 1));
		}
		List<String> messages = Pog.problems(Pog.parse(text + "workload T { input i [C 4] y = B40(i) }")).stream().map(Issue::getMessage).toList();
		assertEquals(1, messages.size(), messages::toString);
		assertTrue(messages.get(0).endsWith("with this the workload has more than 100000 operators; repeat less often"), messages::toString);
		StringBuilder deep = new StringBuilder("block B0(x) { a = relu(x) }\n");
		for (int i = 1; i <= 3000; i++) {
			deep.append("block B%d(x) { a = B%d(x) }\n".formatted(i, i - 1));
		}
		messages = Pog.problems(Pog.parse(deep + "workload T { input i [C 4] y = B3000(i) }")).stream().map(Issue::getMessage).toList();
		assertEquals(1, messages.size(), messages::toString);
		assertTrue(messages.get(0).endsWith("this uses blocks in blocks, more than 100 deep; put some of them together"), messages::toString);
	}

	@Test
	void fixedPoliciesNameWhatIsInside() {
		var resource = Pog.parse(BLOCKS + """
				workload T { input t [C 64, H 10] y = Layer(t) repeat 2 }
				accelerator A { clock 1 GHz array 4 x 4 { registers 512 B } buffer 64 KiB at 8 B/cycle memory 1 GB/s interconnect mesh }
				policy mine {
				  strategy fixed
				  segment { operators y.1.q .. y.1 chunks 1 keep y.1 }
				  segment { operators y.2.q .. y chunks 1 }
				}
				study s { map T on A policies mine }
				""");
		assertEquals(List.of(), Pog.problems(resource));
	}

	private static List<String> operands(org.pipeorgan.engine.workload.Workload workload, String operator) {
		return workload.operators().stream().filter(o -> o.name().equals(operator)).findFirst().orElseThrow().operands().stream()
				.map(operand -> workload.tensors().get(operand.tensor()).name()).toList();
	}
}
