package org.pipeorgan.tests.language;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pipeorgan.dsl.generator.FixedPolicyText;
import org.pipeorgan.dsl.pipeorgan.Study;
import org.pipeorgan.dsl.translation.Problem;
import org.pipeorgan.dsl.translation.StudyTranslator;
import org.pipeorgan.engine.result.RunResult;
import org.pipeorgan.engine.search.Progress;
import org.pipeorgan.engine.search.StudyRunner;

/** A computed mapping, printed, read again and evaluated. */
class FixedPolicyTest {
	private static final String HEAD = """
			import library.xrbench.*
			import library.accelerators.*

			policy narrow refines tangram {
			  restrict channel_split, unicast, no_residence
			}

			""";

	@ParameterizedTest
	@ValueSource(strings = { "pipeorgan", "tangram", "tangram_paired", "simba", "layer_by_layer", "narrow" })
	void printedMappingsGiveTheSameNumbers(String policy) {
		var study = study(HEAD + "study s {\n  map structured.KD_res8_narrow on EdgeXR with mesh, amp\n  policies " + policy + "\n}\n");
		List<RunResult> searched = StudyRunner.run(study, 2, Progress.NONE).runs();
		for (int i = 0; i < 2 * searched.size(); i++) {
			RunResult run = searched.get(i / 2);
			String name = policy + "_structured_KD_res8_narrow_EdgeXR_" + run.interconnect();
			String text = HEAD + new FixedPolicyText().of(study.policies().get(0), run, i % 2 == 1) + "\nstudy s {\n  map structured.KD_res8_narrow on EdgeXR with " + run.interconnect()
					+ "\n  policies " + name + "\n}\n";
			assertEquals(text, Pog.format(text));
			assertEquals(List.of(), Pog.problems(Pog.parse(text)));
			RunResult again = StudyRunner.run(study(text), 1, Progress.NONE).runs().get(0);
			assertEquals(numbers(run), numbers(again));
			assertEquals(i % 2 == 1, text.contains("    operator "));
			// what a mapping states of its operators is printed again
			assertEquals(text.substring(text.indexOf("strategy fixed")).replace(name, "mine"), (new FixedPolicyText().of(study(text).policies().get(0), again, false)
					+ text.substring(text.indexOf("\nstudy s"))).transform(t -> t.substring(t.indexOf("strategy fixed"))).replace(name, "mine"));
		}
	}

	private static org.pipeorgan.engine.search.Study study(String text) {
		List<Problem> problems = new ArrayList<>();
		var declarations = Pog.model(Pog.parse(text)).getDeclarations();
		return StudyTranslator.translate((Study) declarations.get(declarations.size() - 1), problems::add).orElseThrow(() -> new AssertionError(problems));
	}

	private static List<Object> numbers(RunResult run) {
		return List.of(run.latencyCycles(), run.energyPicojoules(), run.memoryReadBytes(), run.memoryWriteBytes(), run.bufferReadBytes(), run.bufferWriteBytes(),
				run.nocByteHops(), run.maxLinkLoadCycles(), run.segments().stream().map(s -> List.of(s.operators(), s.organization(), s.latencyCycles(), s.heldTensors())).toList());
	}
}
