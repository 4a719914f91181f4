package org.pipeorgan.tests.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pipeorgan.engine.hardware.Accelerator;
import org.pipeorgan.engine.hardware.Energies;
import org.pipeorgan.engine.hardware.Rational;
import org.pipeorgan.engine.interconnect.Topology;
import org.pipeorgan.engine.organization.Organization;
import org.pipeorgan.engine.pipelining.OrderClass;
import org.pipeorgan.engine.report.JsonReport;
import org.pipeorgan.engine.result.Comparison;
import org.pipeorgan.engine.result.RunResult;
import org.pipeorgan.engine.result.StudyResult;
import org.pipeorgan.engine.search.Constraints;
import org.pipeorgan.engine.search.Objective;
import org.pipeorgan.engine.search.Policy;
import org.pipeorgan.engine.search.PolicyKind;
import org.pipeorgan.engine.search.Progress;
import org.pipeorgan.engine.search.Restriction;
import org.pipeorgan.engine.search.Study;
import org.pipeorgan.engine.search.StudyRunner;
import org.pipeorgan.engine.workload.Operator;
import org.pipeorgan.engine.workload.TensorShape;
import org.pipeorgan.engine.workload.Window;
import org.pipeorgan.engine.workload.Workload;
import org.pipeorgan.engine.workload.WorkloadBuilder;

/** What holds for every mapping of every policy. */
class StudyRunnerTest {

	@RepeatedTest(25)
	void mappingsCoverTheWorkloadAndNothingBeatsTheBound(RepetitionInfo repetition) {
		Random random = new Random(repetition.getCurrentRepetition());
		Workload workload = RandomWorkloads.graph(random, 2 + random.nextInt(6));
		StudyResult result = StudyRunner.run(study(workload, Inputs.accelerator(4, 3 + random.nextInt(3)), Objective.LATENCY), 1, Progress.NONE);
		for (RunResult run : result.runs()) {
			List<String> mapped = new ArrayList<>();
			run.segments().forEach(s -> mapped.addAll(s.operators()));
			assertEquals(workload.operators().stream().map(Operator::name).toList(), mapped, run.policy());
			assertTrue(run.latencyCycles() >= run.lowerBoundCycles(), run.policy());
			assertTrue(run.memoryBytes() >= run.lowerBoundMemoryBytes(), run.policy());
			assertEquals(run.latencyCycles(), run.segments().stream().mapToLong(s -> s.latencyCycles()).sum());
			assertEquals(run.memoryBytes(), run.segments().stream().mapToLong(s -> s.memoryBytes()).sum());
			assertTrue(run.bufferWriteBytes() >= run.memoryReadBytes(), "what is read from memory is written to the buffer");
			assertTrue(run.bufferReadBytes() >= run.memoryWriteBytes(), "what is written to memory is read from the buffer");
			assertTrue(run.segments().stream().allMatch(s -> s.pes().stream().mapToInt(i -> i).max().orElse(0) <= run.rows() * run.columns()));
		}
	}

	@RepeatedTest(25)
	void aPolicyWithMoreFreedomIsNeverWorse(RepetitionInfo repetition) {
		Random random = new Random(1000 + repetition.getCurrentRepetition());
		Workload workload = RandomWorkloads.graph(random, 2 + random.nextInt(5));
		Study.Target target = new Study.Target(workload, Inputs.accelerator(3, 4), Inputs.interconnect(Topology.MESH, 0));
		for (Objective objective : Objective.values()) {
			List<Policy> policies = Arrays.stream(PolicyKind.values()).filter(kind -> kind != PolicyKind.FIXED).map(Policy::of).toList();
			StudyResult result = StudyRunner.run(new Study("study", List.of(target), policies, null, null, objective), 1, Progress.NONE);
			Map<String, Double> values = new HashMap<>();
			result.runs().forEach(run -> values.put(run.policy(), value(run, objective)));
			for (String policy : values.keySet()) {
				assertNotWorse("optimal", policy, values, objective);
			}
			assertNotWorse("tangram", "tangram_paired", values, objective);
			assertNotWorse("tangram", "layer_by_layer", values, objective);
			if (objective == Objective.LATENCY) {
				assertNotWorse("pipeorgan", "tangram", values, objective);
			}
		}
	}

	private static void assertNotWorse(String free, String bound, Map<String, Double> values, Objective objective) {
		assertTrue(values.get(free) <= values.get(bound) * (1 + 1e-12), objective + ": " + free + " " + values.get(free) + ", " + bound + " " + values.get(bound));
	}

	@Test
	void theNumberOfThreadsDoesNotChangeAByte() {
		Study study = study(Inputs.residual(), Inputs.accelerator(8, 8), Objective.LATENCY);
		String one = JsonReport.write(StudyRunner.run(study, 1, Progress.NONE)).replaceAll("\"seconds\": .*", "");
		String four = JsonReport.write(StudyRunner.run(study, 4, Progress.NONE)).replaceAll("\"seconds\": .*", "");
		assertEquals(one, four);
	}

	@Test
	void whatElseIsInTheStudyDoesNotChangeARun() {
		List<Policy> policies = new ArrayList<>(Arrays.stream(PolicyKind.values()).filter(kind -> kind != PolicyKind.FIXED).map(Policy::of).toList());
		policies.add(new Policy("shallow", PolicyKind.PIPEORGAN, 2));
		for (Restriction restriction : Restriction.values()) {
			policies.add(new Policy(restriction.keyword(), PolicyKind.PIPEORGAN, 4, Set.of(restriction)));
		}
		Accelerator accelerator = Inputs.accelerator(4, 6);
		List<Study.Target> targets = Stream.of(Topology.MESH, Topology.TORUS).map(topology -> new Study.Target(Inputs.residual(), accelerator, Inputs.interconnect(topology, 0))).toList();
		List<String> alone = new ArrayList<>();
		for (Study.Target target : targets) {
			for (Policy policy : policies) {
				StudyRunner.run(new Study("s", List.of(target), List.of(policy), null, null, Objective.LATENCY), 1, Progress.NONE).runs().forEach(run -> alone.add(text(run)));
			}
		}
		Study together = new Study("s", targets, policies, null, null, Objective.LATENCY);
		assertEquals(alone, StudyRunner.run(together, 4, Progress.NONE).runs().stream().map(StudyRunnerTest::text).toList());
	}

	private static String text(RunResult run) {
		return JsonReport.write(new StudyResult("s", "latency", List.of(run), List.of())).replaceAll("\"seconds\": .*", "");
	}

	@Test
	void progressGrowsUpToTheLastRun() {
		List<Double> parts = Collections.synchronizedList(new ArrayList<>());
		List<String> told = Collections.synchronizedList(new ArrayList<>());
		Progress listener = new Progress() {
			@Override
			public void advance(String finished, int done, int total) {
				told.add(done + "/" + total);
			}

			@Override
			public void step(String doing, double part) {
				told.add(doing);
				parts.add(part);
			}

			@Override
			public boolean isCancelled() {
				return false;
			}
		};
		Study study = study(Inputs.residual(), Inputs.accelerator(8, 8), Objective.LATENCY).withSimulation();
		int runs = StudyRunner.run(study, 2, listener).runs().size();
		assertTrue(told.get(0).contains(", search of "), told::toString);
		assertEquals(runs + "/" + runs, told.get(told.size() - 1));
		assertTrue(parts.stream().allMatch(part -> part >= 0 && part <= 1), parts::toString);
		assertEquals(parts.stream().sorted().toList(), parts);
	}

	@Test
	void anOperatorThatFitsNowhereIsNamed() {
		Accelerator tiny = new Accelerator("tiny", Rational.ONE, 2, 2, 1, 16, 8, 4, 32, Rational.ONE, Rational.ONE, Energies.DEFAULT);
		String reason = reason(study(Inputs.residual(), tiny, Objective.LATENCY));
		assertTrue(reason.contains("'pool'") && reason.contains("32 B"), reason);
	}

	@Test
	void bandwidthsWithoutACommonMeasureAreRefused() {
		Accelerator odd = new Accelerator("odd", Rational.ONE, 2, 2, 1, 64, 8, 4, 4096, new Rational(999_999_937, 3), new Rational(999_999_929, 7), Energies.DEFAULT);
		String reason = reason(study(Inputs.residual(), odd, Objective.LATENCY));
		assertTrue(reason.contains("'odd'") && reason.contains("fewer digits"), reason);
	}

	@Test
	void timesBeyond64BitsAreRefused() {
		Accelerator slow = new Accelerator("slow", Rational.ONE, 1, 1, 1, 1 << 20, 8, 4, 1L << 50, Rational.ONE, new Rational(1, 1L << 50), Energies.DEFAULT);
		Workload huge = new WorkloadBuilder("huge", "", 8).input("x", TensorShape.of(1 << 15, 1 << 12, 1 << 12), 0)
				.convolution("y", "x", 1 << 15, Window.of(3, 3).pad(1, 1, 1, 1), 1, 0).build();
		String reason = reason(study(huge, slow, Objective.LATENCY));
		assertTrue(reason.contains("'huge'") && reason.contains("64 bits"), reason);
	}

	@Test
	void cancellingStopsTheStudy() {
		Progress cancelled = new Progress() {
			@Override
			public void advance(String finished, int done, int total) {
				throw new AssertionError("nothing may finish");
			}

			@Override
			public boolean isCancelled() {
				return true;
			}
		};
		assertThrows(CancellationException.class,
				() -> StudyRunner.run(study(Inputs.residual(), Inputs.accelerator(4, 4), Objective.LATENCY), 2, cancelled));
	}

	/** Why none of the runs of a study has a mapping. */
	private static String reason(Study study) {
		StudyResult result = StudyRunner.run(study, 1, Progress.NONE);
		assertEquals(List.of(), result.runs());
		assertEquals(study.policies().size(), result.infeasible().size());
		return result.infeasible().get(0).reason();
	}

	@Test
	void whatHasNoMappingDoesNotKeepTheRestFromRunning() {
		Accelerator small = new Accelerator("small", Rational.ONE, 4, 4, 1, 64, 8, 4, 2048, Rational.of(16), Rational.ONE, Energies.DEFAULT);
		Policy together = new Policy("together", PolicyKind.OPTIMAL, 32, Set.of(), new Constraints(Set.of(Organization.STRIPED_ROWS), Set.of(), Set.of(), Constraints.Range.OPEN, Set.of(),
				List.of(), List.of(new Constraints.Together("pool", "fc")), List.of(), List.of(), List.of()));
		Policy baseline = Policy.of(PolicyKind.TANGRAM);
		StudyResult result = StudyRunner.run(new Study("s", List.of(new Study.Target(Inputs.residual(), small, Inputs.interconnect(Topology.MESH, 0))),
				List.of(together, Policy.of(PolicyKind.PIPEORGAN), baseline), baseline, null, Objective.LATENCY), 1, Progress.NONE);
		assertEquals(List.of("pipeorgan", "tangram"), result.runs().stream().map(RunResult::policy).toList());
		assertEquals(List.of("pipeorgan"), result.comparisons().stream().map(Comparison::policy).toList());
		String reason = result.infeasible().get(0).reason();
		// 7 operators, 4 rows
		assertTrue(reason.contains("organization striped; together pool .. fc") && reason.contains("no segment that begins with operator 'pool'"), reason);
	}

	@Test
	void aHeuristicFindsTheOnlySegmentsThatMeetTheConstraintsHoweverDeepTheyAre() {
		Constraints together = new Constraints(Set.of(), Set.of(), Set.of(), Constraints.Range.OPEN, Set.of(), List.of(), List.of(new Constraints.Together("c1", "c12")), List.of(), List.of(),
				List.of());
		// what does not fit into the buffer is kept only if nothing reads it behind its segment
		Constraints kept = new Constraints(Set.of(), Set.of(), Set.of(), Constraints.Range.OPEN, Set.of(), List.of(), List.of(), List.of("c1"), List.of(), List.of());
		for (Constraints constraints : List.of(together, kept)) {
			WorkloadBuilder builder = new WorkloadBuilder("chain", "", 0).input("x", TensorShape.of(8, 64, 64), 0);
			for (int i = 0; i < 13; i++) {
				builder.convolution("c" + i, i == 0 ? "x" : "c" + (i - 1), 8, Window.of(1, 1), 1, 0);
			}
			Workload workload = builder.elementwise("sum", List.of("c12", "c1"), 0).build();
			Accelerator small = new Accelerator("small", Rational.ONE, 8, 8, 8, 512, 8, 4, 16384, Rational.of(256), Rational.of(64), Energies.DEFAULT);
			Policy policy = new Policy("deep", PolicyKind.PIPEORGAN, 32, Set.of(), constraints);
			StudyResult result = StudyRunner.run(new Study("s", List.of(new Study.Target(workload, small, Inputs.interconnect(Topology.MESH, 0))), List.of(policy), null, null,
					Objective.LATENCY), 1, Progress.NONE);
			assertEquals(List.of(), result.infeasible());
			assertTrue(result.runs().get(0).segments().stream().anyMatch(segment -> segment.operators().containsAll(List.of("c1", "c12"))));
		}
	}

	@ParameterizedTest
	@CsvSource({ "36, LATENCY, 16384", "109, ENERGY, 262144" })
	void whatAHeuristicProvesHoldsForSegmentsDeeperThanItLooksAt(int seed, Objective objective, int bufferBytes) {
		// both spaces have the same points of segments of several operators; the best mapping has a segment of 14 or 16
		Constraints constraints = new Constraints(EnumSet.allOf(Organization.class), Set.of(OrderClass.ACTIVATION_OUTER), Set.of(), new Constraints.Range(4, 4), Set.of(), List.of(), List.of(),
				List.of(), List.of(), List.of());
		Workload workload = RandomWorkloads.graph(new Random(seed), 8 + seed % 10);
		Accelerator small = new Accelerator("small", Rational.ONE, 4, 4, 8, 512, 8, 4, bufferBytes, Rational.of(64), Rational.of(seed % 3 == 0 ? 4 : 16), Energies.DEFAULT);
		StudyResult result = StudyRunner.run(new Study("s", List.of(new Study.Target(workload, small, Inputs.interconnect(Topology.MESH, 0))),
				List.of(new Policy("heuristic", PolicyKind.PIPEORGAN, 32, Set.of(), constraints), new Policy("exact", PolicyKind.OPTIMAL, 32, Set.of(), constraints)), null, null, objective), 1, Progress.NONE);
		RunResult exact = result.runs().get(1);
		assertTrue(exact.search().exhaustive());
		assertTrue(exact.segments().stream().anyMatch(segment -> segment.operators().size() > 8));
		double best = objective == Objective.LATENCY ? exact.latencyCycles() : exact.energyPicojoules();
		assertTrue(result.runs().get(0).search().bound() <= best, () -> result.runs().get(0).search().bound() + " above " + best);
	}

	@Test
	void ofMappingsThatMoveAsMuchAHeuristicTakesNoneThatIsSlowerThanTheBaselines() {
		StudyResult result = StudyRunner.run(study(Inputs.residual(), Inputs.accelerator(8, 8), Objective.MEMORY_TRAFFIC), 1, Progress.NONE);
		RunResult tangram = result.runs().stream().filter(run -> run.policy().equals("tangram")).findFirst().orElseThrow();
		RunResult pipeorgan = result.runs().stream().filter(run -> run.policy().equals("pipeorgan")).findFirst().orElseThrow();
		assertEquals(tangram.memoryBytes(), pipeorgan.memoryBytes());
		assertTrue(pipeorgan.latencyCycles() <= tangram.latencyCycles(), pipeorgan.latencyCycles() + " cycles, the baseline " + tangram.latencyCycles());
	}

	private static double value(RunResult run, Objective objective) {
		return switch (objective) {
			case LATENCY -> run.latencyCycles();
			case ENERGY -> run.energyPicojoules();
			case MEMORY_TRAFFIC -> run.memoryBytes();
			case ENERGY_DELAY -> run.energyPicojoules() * run.latencyCycles();
		};
	}

	private static Study study(Workload workload, Accelerator accelerator, Objective objective) {
		Policy tangram = Policy.of(PolicyKind.TANGRAM);
		return new Study("study", List.of(new Study.Target(workload, accelerator, Inputs.interconnect(Topology.MESH, 0))),
				List.of(Policy.of(PolicyKind.PIPEORGAN), tangram, Policy.of(PolicyKind.LAYER_BY_LAYER)), tangram, null, objective);
	}
}
