package org.pipeorgan.tests.language;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;

import org.eclipse.xtext.resource.XtextResource;
import org.eclipse.xtext.validation.Issue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pipeorgan.dsl.pipeorgan.Policy;
import org.pipeorgan.dsl.pipeorgan.Study;
import org.pipeorgan.dsl.translation.PolicyTranslator;
import org.pipeorgan.dsl.translation.Problem;
import org.pipeorgan.dsl.translation.StudyTranslator;
import org.pipeorgan.engine.result.RunResult;
import org.pipeorgan.engine.result.SegmentResult;
import org.pipeorgan.engine.search.Constraints;
import org.pipeorgan.engine.search.Progress;
import org.pipeorgan.engine.search.Restriction;
import org.pipeorgan.engine.search.StudyRunner;

/** Parts of a mapping that a policy fixes. */
class ConstraintsTest {
	private static final String HEAD = """
			import library.accelerators.*
			workload W {
			  input x [C 4, H 32, W 32]
			  a = conv(x) K 8 R 3 S 3 pad 1
			  b = conv(a) K 8 R 3 S 3 pad 1
			  s = add(a, b)
			  f = linear(s) K 10
			}
			""";

	private static XtextResource study(String policy) {
		return Pog.parse(HEAD + "policy p " + policy + "\nstudy t { map W on EdgeXR with mesh policies p }\n");
	}

	private static RunResult run(String policy) {
		XtextResource resource = study(policy);
		assertEquals(List.of(), Pog.problems(resource));
		Study study = (Study) Pog.model(resource).getDeclarations().getLast();
		return StudyRunner.run(StudyTranslator.translate(study, Problem.IGNORE).orElseThrow(), 1, Progress.NONE).runs().get(0);
	}

	@Test
	void theMappingIsAsTheSectionsSay() {
		RunResult run = run("refines optimal { organization checkerboard order activation_outer granularity rows chunks 3 .. 5 weights buffer cut after s together a .. b keep s "
				+ "operator b { share 300 split K 2 P 2 Q 16 } }");
		assertTrue(run.restricted());
		assertEquals(List.of("a", "b", "s"), run.segments().stream().limit(run.segments().size() - 1).flatMap(segment -> segment.operators().stream()).toList());
		SegmentResult first = run.segments().get(0);
		assertEquals("checkerboard", first.organization());
		assertTrue(first.chunks() >= 3 && first.chunks() <= 5 && first.weightLevel().equals("buffer") && first.orderClass().equals("activation_outer"), first::toString);
		assertTrue(run.segments().get(run.segments().size() - 2).heldTensors().contains("s"));
	}

	@Test
	void whatIsFixedOfOneFreedomAloneTellsWhatItIsWorth() {
		double all = run("refines optimal { depth 2 }").latencyCycles();
		String narrow = "depth 2 granularity tensor organization blocked-1d restrict no_residence";
		double least = run("refines optimal { " + narrow + " }").latencyCycles();
		for (String freed : List.of(narrow.replace("tensor", "tensor, rows, pixels, channels"), narrow.replace("blocked-1d", "striped, turn-taking, blocked-1d"), narrow.replace("no_residence", "none"),
				narrow.replace("depth 2", "depth 4"))) {
			double cycles = run("refines optimal { " + freed + " }").latencyCycles();
			assertTrue(cycles <= least && (cycles >= all || freed.contains("depth 4")), freed + ": " + cycles + ", " + least + " without, " + all + " with everything");
		}
	}

	@Test
	void sectionsTakeThePlaceOfTheBases() {
		Policy policy = (Policy) Pog.model(Pog.parse("""
				policy base refines optimal {
				  restrict no_residence, unicast
				  organization striped
				  chunks 4
				  operator a {
				    share 2
				  }
				  operator b {
				    share 3
				  }
				}
				policy p refines base {
				  restrict none, paired
				  organization turn-taking
				  granularity tensor, channels, rows, pixels
				  operator b {
				    share 4
				  }
				}
				""")).getDeclarations().getLast();
		var translated = PolicyTranslator.translate(policy, Problem.IGNORE).orElseThrow();
		Constraints constraints = translated.constraints();
		assertEquals(Set.of(Restriction.PAIRED), translated.restrictions());
		assertEquals("organization turn-taking; granularity tensor, channels, rows, pixels; chunks 4; operator b; operator a", constraints.toString());
		assertEquals(List.of(4, 2), constraints.operators().stream().map(named -> named.choice().share()).toList());
	}

	@Test
	void aPolicyThatOpensEverythingIsNotRestricted() {
		assertFalse(run("refines tangram { order activation_outer, weight_outer granularity tensor, channels, rows, pixels chunks 1 .. 16384 }").restricted());
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {
			"refines tangram { organization striped } | conflicting-options | 'tangram' lays segments out as blocked-1d, blocked-1d-columns only",
			"refines layer_by_layer { chunks 4 } | conflicting-options | one operator on the array at a time",
			"refines optimal { order weight_outer granularity rows } | conflicting-options | only activation_outer orders hand over rows",
			"refines optimal { granularity tensor chunks 4 } | conflicting-options | a whole tensor is 1 chunk",
			"refines optimal { keep a spill a } | conflicting-options | 'a' is to be kept and spilled",
			"refines optimal { keep a restrict no_residence } | conflicting-options | remove 'keep' or 'no_residence'",
			"refines optimal { cut after a together a .. s } | conflicting-options | in the middle of 'a .. s'",
			"refines optimal { together a .. s depth 2 } | infeasible-mapping | 3 operators are to be together, but the policy allows a depth of 2",
			"refines optimal { together b .. a } | value-out-of-range | does not stand behind",
			"refines optimal { chunks 8 .. 4 } | value-out-of-range | write the smaller number first",
			"refines optimal { cut after conv9 } | unresolved-name | workload 'W' has no operator 'conv9'",
			"refines optimal { keep x } | unresolved-name | it is an input",
			"refines optimal { spill f } | invalid-residence | no operator of workload 'W' reads 'f'",
			"refines optimal { operator a { tile K 9 } } | value-out-of-range | the tile of 'a' has K 9, but there are 8",
			"refines optimal { operator s { split C 2 } } | value-out-of-range | only convolutions",
			"refines simba { operator a { split P 2 } } | conflicting-options | splits along channels only",
			"refines optimal { operator a { share 4 } operator a { share 5 } } | conflicting-options | written twice",
			"{ strategy fixed segment { operators a .. f chunks 1 } weights buffer } | unexpected-option | a fixed policy is not searched" })
	void contradictionsAreErrorsWhereTheyAreWritten(String policy, String code, String message) {
		List<Issue> issues = Pog.problems(study(policy));
		assertEquals(1, issues.size(), issues::toString);
		assertEquals(code, issues.get(0).getCode(), issues::toString);
		assertTrue(issues.get(0).getMessage().contains(message), issues.get(0)::getMessage);
		assertEquals(9, issues.get(0).getLineNumber(), issues::toString);
	}
}
