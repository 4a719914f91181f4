package org.pipeorgan.tests.language;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.eclipse.xtext.diagnostics.Severity;
import org.eclipse.xtext.validation.Issue;
import org.junit.jupiter.api.Test;
import org.pipeorgan.dsl.ide.Fixes;
import org.pipeorgan.dsl.pipeorgan.Study;
import org.pipeorgan.dsl.translation.Problem;
import org.pipeorgan.dsl.translation.StudyTranslator;
import org.pipeorgan.engine.export.SimulatorFormat;
import org.pipeorgan.engine.result.StudyResult;
import org.pipeorgan.engine.search.MappedRun;
import org.pipeorgan.engine.search.Progress;
import org.pipeorgan.engine.search.StudyRunner;

/** What users of other tools complain about in their issue threads, each shown to be impossible here. */
class ComplaintsTest {
	private static final String ACCELERATOR = """
			accelerator A {
			  clock 1 GHz
			  array 8 x 8 {
			    registers 256 B
			  }
			  buffer 64 KiB at 32 B/cycle
			  memory 8 GB/s
			  interconnect mesh
			}
			""";
	private static final String WORKLOAD = """
			workload W {
			  input x [C 4, H 16, W 16]
			  a = conv(x) K 8 R 3 S 3 pad 1
			  b = conv(a) K 8 R 3 S 3 pad 1
			}
			""";

	private static Issue only(String text, String code) {
		List<Issue> issues = Pog.validate(text).stream().filter(issue -> issue.getSeverity() != Severity.INFO).toList();
		assertEquals(List.of(code), issues.stream().map(Issue::getCode).toList(), issues::toString);
		return issues.get(0);
	}

	private static String marked(String text, Issue issue) {
		return text.substring(issue.getOffset(), issue.getOffset() + issue.getLength());
	}

	@Test
	void aMisspeltKeyIsKeyNotFoundInLineZero() {
		String text = ACCELERATOR.replace("memory", "memroy");
		Issue issue = Pog.validate(text).get(0);
		assertEquals("memroy", marked(text, issue));
		assertEquals(7, issue.getLineNumber());
		assertTrue(issue.getMessage().contains("here may stand param, clock, array, buffer, memory, interconnect or energy"), issue::getMessage);
	}

	@Test
	void anErrorIsANestedDumpWithoutAPosition() {
		String text = WORKLOAD.replace("conv(a) K 8 R 3", "conv(a) K 8 R 30");
		Issue issue = only(text, "shape-mismatch");
		assertEquals(4, issue.getLineNumber());
		assertTrue(!issue.getMessage().contains("\n") && !issue.getMessage().contains("Exception") && issue.getMessage().contains("30"), issue::getMessage);
	}

	@Test
	void factorsThatDoNotMultiplyToADimensionAreFoundOnlyAtRunTime() {
		String policy = "policy p { strategy fixed segment { operators a chunks 1 operator a { split K 5 } } segment { operators b chunks 4 } }\n";
		String text = WORKLOAD + ACCELERATOR + policy + "study s { map W on A policies p }\n";
		Issue issue = only(text, "value-out-of-range");
		assertTrue(marked(text, issue).contains("K 5"), marked(text, issue));
		assertTrue(issue.getMessage().contains("'a' is split into K 5 of 2 each, but 8 channels of its tile give only 4 such parts; write 'K 4'"), issue::getMessage);
		assertTrue(Pog.validate(text.replace("K 5", "K 4")).stream().noneMatch(each -> each.getSeverity() == Severity.ERROR));
	}

	@Test
	void infeasibleConstraintsStillGiveAMapping() {
		String text = WORKLOAD + ACCELERATOR.replace("8 x 8", "1 x 1") + "policy p refines optimal { organization striped together a .. b }\nstudy s { map W on A policies p, layer_by_layer }\n";
		StudyResult result = run(text);
		assertEquals(List.of("layer_by_layer"), result.runs().stream().map(run -> run.policy()).toList());
		assertTrue(result.infeasible().get(0).reason().contains("within its constraints (organization striped; together a .. b)"), result::toString);
	}

	@Test
	void aShareThatTheArrayDoesNotHaveStillGivesAMapping() {
		String text = WORKLOAD + ACCELERATOR + "policy p refines optimal { operator a { share 100 } }\nstudy s { map W on A policies p }\n";
		assertEquals("the share of 'a' in policy 'p' is 100 PEs, but the 8 x 8 array of 'A' has 64; take fewer", only(text, "unfit-mapping").getMessage());
		assertEquals(only(text, "unfit-mapping").getMessage(), run(text).infeasible().get(0).reason());
		String fixed = WORKLOAD + ACCELERATOR + "policy p { strategy fixed segment { operators a .. b chunks 16 organization striped operator a { share 60 } operator b { share 4 } } }\n"
				+ "study s { map W on A policies p }\n";
		Issue issue = only(fixed, "unfit-mapping");
		assertEquals("a", marked(fixed, issue));
		assertTrue(issue.getMessage().contains("the share of 'a' is 60 PEs, but organization striped hands the 8 x 8 array of 'A' out in units of 8; take a multiple"), issue::getMessage);
		assertEquals(issue.getMessage(), run(fixed).infeasible().get(0).reason());
	}

	@Test
	void bandwidthIsNotCheckedAgainstWidthTimesPorts() {
		String memory = ACCELERATOR.replace("8 GB/s", "64 GB/s");
		assertTrue(only(memory, "unusable-bandwidth").getMessage().contains("the memory delivers 64 B/cycle, but the buffer takes in 32 B/cycle"));
		String shared = "interconnect few { topology mesh link 2 B/cycle shared distribution ports north every 8 }\n";
		String text = WORKLOAD + ACCELERATOR.replace("interconnect mesh", "interconnect few") + shared + "study s { map W on A policies pipeorgan }\n";
		assertTrue(only(text, "unusable-bandwidth").getMessage().matches("(?s).*32 B/cycle.*2 B/cycle.*"));
	}

	@Test
	void energiesHaveNoUnit() {
		Issue issue = only(ACCELERATOR.replace("  clock", "  energy { mac 0.2 buffer 1 pJ/B }\n  clock"), "missing-unit");
		String text = ACCELERATOR.replace("  clock", "  energy { mac 0.2 buffer 1 pJ/B }\n  clock");
		assertEquals("0.2", marked(text, issue));
		List<String> fixes = Pog.service(Fixes.class).of(Pog.parse(text), issue.getCode(), issue.getOffset(), issue.getLength(), Arrays.asList(issue.getData())).stream().map(fix -> fix.label()).toList();
		assertTrue(fixes.stream().anyMatch(label -> label.contains("pJ")), fixes::toString);
		assertTrue(only(ACCELERATOR.replace("  clock", "  energy { mac 0.2 pJ/B }\n  clock"), "wrong-dimension").getMessage().contains("energy per size"));
	}

	@Test
	void unitsOfSizeAndBandwidthAreUnclear() {
		for (String wrong : List.of("buffer 64 at 32 B/cycle", "buffer 64 KiB at 32", "memory 8")) {
			String line = wrong.substring(0, wrong.indexOf(' '));
			only(ACCELERATOR.replaceAll("(?m)^  " + line + " .*$", "  " + wrong), "missing-unit");
		}
		String message = only(ACCELERATOR.replace("8 GB/s", "8 GB"), "wrong-dimension").getMessage();
		assertTrue(message.contains("8 GB") && message.contains("size") && message.contains("GB/s"), message);
		// kB is no KiB
		String text = WORKLOAD + ACCELERATOR + "study s { map W on A policies layer_by_layer }";
		assertEquals(65_536, study(text).targets().get(0).accelerator().bufferBytes());
		assertEquals(64_000, study(text.replace("64 KiB", "64 kB")).targets().get(0).accelerator().bufferBytes());
		assertTrue(only(ACCELERATOR.replace("64 KiB", "64 kib"), "unknown-unit").getMessage().contains("KiB"));
	}

	@Test
	void anAttributeIsAcceptedButUnused() {
		assertTrue(only(WORKLOAD.replace("{\n  input", "{\n  param rows = 3\n  input"), "unused-parameter").getMessage().contains("'rows'"));
		only(WORKLOAD.replace("K 8 R 3 S 3 pad 1\n  b", "K 8 R 3 S 3 pad 1 transposed\n  b"), "unexpected-option");
	}

	@Test
	void aCsvFileIsRefusedForItsMissingTrailingComma() {
		Map<String, String> files = SimulatorFormat.files(List.of(SimulatorFormat.of("scalesim").orElseThrow()), mapped(WORKLOAD + ACCELERATOR + "study s { map W on A policies layer_by_layer }\n"));
		List<String> rows = files.entrySet().stream().filter(entry -> entry.getValue().startsWith("Layer")).flatMap(entry -> entry.getValue().lines()).collect(Collectors.toList());
		assertTrue(rows.size() >= 2 && rows.stream().allMatch(row -> row.endsWith(",")), rows::toString);
	}

	private static StudyResult run(String text) {
		return StudyRunner.run(study(text), 1, Progress.NONE);
	}

	private static List<MappedRun> mapped(String text) {
		return MappedRun.all(study(text), run(text));
	}

	private static org.pipeorgan.engine.search.Study study(String text) {
		return StudyTranslator.translate((Study) Pog.model(Pog.parse(text)).getDeclarations().getLast(), Problem.IGNORE).orElseThrow();
	}
}
