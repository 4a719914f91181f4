package org.pipeorgan.tests.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.pipeorgan.engine.cost.MappingPoint.WeightLevel;
import org.pipeorgan.engine.cost.OperatorChoice;
import org.pipeorgan.engine.cost.OperatorChoice.Parts;
import org.pipeorgan.engine.cost.OperatorChoice.Tile;
import org.pipeorgan.engine.hardware.Accelerator;
import org.pipeorgan.engine.hardware.Energies;
import org.pipeorgan.engine.hardware.Rational;
import org.pipeorgan.engine.interconnect.Topology;
import org.pipeorgan.engine.organization.Organization;
import org.pipeorgan.engine.pipelining.OrderClass;
import org.pipeorgan.engine.result.InfeasibleRun;
import org.pipeorgan.engine.result.RunResult;
import org.pipeorgan.engine.result.SegmentResult;
import org.pipeorgan.engine.result.StudyResult;
import org.pipeorgan.engine.search.Constraints;
import org.pipeorgan.engine.search.FixedMapping;
import org.pipeorgan.engine.search.FixedMapping.Fault;
import org.pipeorgan.engine.search.FixedMapping.NamedChoice;
import org.pipeorgan.engine.search.FixedMapping.Part;
import org.pipeorgan.engine.search.FixedMapping.Segment;
import org.pipeorgan.engine.search.FixedMapping.Topic;
import org.pipeorgan.engine.search.Objective;
import org.pipeorgan.engine.search.Policy;
import org.pipeorgan.engine.search.PolicyKind;
import org.pipeorgan.engine.search.Progress;
import org.pipeorgan.engine.search.Restriction;
import org.pipeorgan.engine.search.Study;
import org.pipeorgan.engine.search.StudyRunner;
import org.pipeorgan.engine.workload.TensorShape;
import org.pipeorgan.engine.workload.Workload;
import org.pipeorgan.engine.workload.WorkloadBuilder;

/** Mappings that a user wrote; Inputs.residual() has the operators pool a b sum dw mean fc. */
class FixedMappingTest {

	@RepeatedTest(15)
	void everyComputedMappingEvaluatesToTheSameNumbers(RepetitionInfo repetition) {
		Random random = new Random(4000 + repetition.getCurrentRepetition());
		Workload workload = RandomWorkloads.graph(random, 2 + random.nextInt(6));
		// small buffers and slow memory, so that residence and fetching ahead matter
		Accelerator accelerator = new Accelerator("small", Rational.ONE, 3, 4, 2, 128, 8, 4, 4096 << random.nextInt(4), Rational.of(16), Rational.of(1 + random.nextInt(4)),
				Energies.DEFAULT);
		Study.Target target = new Study.Target(workload, accelerator, Inputs.interconnect(Topology.MESH, 0));
		for (Objective objective : Objective.values()) {
			for (Policy policy : policies()) {
				List<RunResult> runs = result(target, policy, objective).runs();
				if (runs.isEmpty()) {
					continue;
				}
				RunResult run = runs.get(0);
				boolean full = random.nextBoolean();
				RunResult again = run(target, policy.fixed("mine", run, full), objective);
				assertEquals(numbers(run), numbers(again), () -> policy + " for " + objective);
				if (!policy.constraints().isEmpty()) {
					continue;
				}
				assertEquals(full, again.segments().stream().noneMatch(segment -> segment.stated().isEmpty()));
				assertEquals(policy.restricted(), again.restricted(), policy::toString);
			}
		}
	}

	private static List<Policy> policies() {
		List<Policy> policies = new ArrayList<>();
		Arrays.stream(PolicyKind.values()).filter(kind -> kind != PolicyKind.FIXED).map(Policy::of).forEach(policies::add);
		policies.add(new Policy("narrow", PolicyKind.PIPEORGAN, 4, EnumSet.allOf(Restriction.class)));
		policies.add(new Policy("unicast", PolicyKind.TANGRAM, 2, Set.of(Restriction.UNICAST)));
		policies.add(new Policy("constrained", PolicyKind.OPTIMAL, 4, Set.of(), new Constraints(Set.of(), Set.of(), Set.of(), new Constraints.Range(1, 3), Set.of(WeightLevel.REGISTERS_OR_MEMORY),
				List.of(), List.of(), List.of(), List.of(), List.of(new NamedChoice("o1", new OperatorChoice(new Tile(0, 1, 0), 3, new Parts(1, 1, 2, 1)))))));
		return policies;
	}

	@Test
	void whoTakesTurnsHasNoShareOfItsOwn() {
		Study.Target target = new Study.Target(Inputs.residual(), Inputs.accelerator(8, 8), Inputs.interconnect(Topology.MESH, 0));
		for (int share : new int[] { 0, 16 }) {
			List<NamedChoice> stated = List.of(new NamedChoice("a", new OperatorChoice(new Tile(0, 4, 0), share, Parts.NONE)));
			Policy policy = new Policy("turns", PolicyKind.OPTIMAL, 2, Set.of(), new Constraints(Set.of(Organization.TURN_TAKING), Set.of(), Set.of(), Constraints.Range.OPEN, Set.of(),
					List.of(), List.of(new Constraints.Together("a", "b")), List.of(), List.of(), stated));
			assertEquals(share > 0, result(target, policy, Objective.LATENCY).runs().isEmpty());
		}
	}

	private static StudyResult result(Study.Target target, Policy policy, Objective objective) {
		return StudyRunner.run(new Study("s", List.of(target), List.of(policy), null, null, objective), 1, Progress.NONE);
	}

	/** Why a mapping was refused. */
	private static InfeasibleRun refused(Study.Target target, Policy policy) {
		StudyResult result = result(target, policy, Objective.LATENCY);
		assertEquals(List.of(), result.runs());
		return result.infeasible().get(0);
	}

	private static RunResult run(Study.Target target, Policy policy, Objective objective) {
		return result(target, policy, objective).runs().get(0);
	}

	/** Everything that a run states about its mapping, without names, search and explanation. */
	private static List<Object> numbers(RunResult run) {
		List<Object> all = new ArrayList<>(List.of(run.latencyCycles(), run.latencySeconds(), run.energyPicojoules(), run.memoryReadBytes(), run.memoryWriteBytes(),
				run.bufferReadBytes(), run.bufferWriteBytes(), run.nocByteHops(), run.maxLinkLoadCycles(), run.peUtilization(), run.lowerBoundCycles()));
		for (SegmentResult s : run.segments()) {
			all.add(List.of(s.operators(), s.granularityElements(), s.intervals(), s.organization(), s.pes(), s.orders(), s.orderClass(), s.chunks(), s.weightLevel(),
					s.intervalCycles(), s.bottleneck(), s.latencyCycles(), s.memoryBytes(), s.maxLinkLoadCycles(), s.meanHops(), s.energyPicojoules(), s.heldTensors(),
					s.owners(), s.choices()));
		}
		return all;
	}

	@Test
	void aMappingOfOnesOwnIsComparedWithTheHeuristic() {
		RunResult run = run(residualOn(Inputs.accelerator(8, 8)), policy(segment("pool", "b", 4, "pool"), segment("sum", "fc", 2)), Objective.LATENCY);
		assertEquals(List.of(List.of("pool", "a", "b"), List.of("sum", "dw", "mean", "fc")), run.segments().stream().map(SegmentResult::operators).toList());
		assertEquals(List.of("pool"), run.segments().get(0).heldTensors());
		assertEquals(2, run.search().candidates());
		assertTrue(run.segments().get(0).nextBest() != null && run.segments().get(0).depthEnd().matches("with 'sum' it would take .* cycles, cut here .* cycles(; the cut is fixed)?"), run.segments().get(0).depthEnd());
	}

	@Test
	void operatorsThatTheWorkloadDoesNotHave() {
		assertFault(0, Part.LAST, Topic.NAME, "'residual' has no operator 'bb'", segment("pool", "bb", 1), segment("sum", "fc", 1));
		assertFault(0, Part.FIRST, Topic.NAME, "no operator 'x', it is an input", segment("x", "b", 1), segment("sum", "fc", 1));
	}

	@Test
	void operatorsThatNoSegmentHas() {
		assertFault(0, Part.FIRST, Topic.COVERAGE, "operator 'pool' of workload 'residual' is in no segment, before 'a'", segment("a", "fc", 1));
		assertFault(1, Part.FIRST, Topic.COVERAGE, "2 operators 'b' .. 'sum' of workload 'residual' are in no segment, before 'dw'", segment("pool", "a", 1),
				segment("dw", "fc", 1));
		assertFault(0, Part.LAST, Topic.COVERAGE, "behind 'mean'; go on with a segment that begins with 'fc'", segment("pool", "mean", 1));
	}

	@Test
	void operatorsInTheWrongOrder() {
		assertFault(0, Part.LAST, Topic.COVERAGE, "write 'pool .. b'", segment("b", "pool", 1), segment("sum", "fc", 1));
		assertFault(1, Part.FIRST, Topic.COVERAGE, "is in an earlier segment already; begin this one with 'sum'", segment("pool", "b", 1), segment("b", "fc", 1));
		assertFault(1, Part.FIRST, Topic.COVERAGE, "is in an earlier segment already; remove it here", segment("pool", "fc", 1), segment("fc", "fc", 1));
	}

	@Test
	void operatorsThatCannotBeTogether() {
		Workload scattered = new WorkloadBuilder("scattered", "", 8).input("x", TensorShape.of(4, 6, 5), 0).linear("a", "x", 8, 0)
				.reshape("regrouped", "a", TensorShape.of(6, 8, 5)).linear("b", "regrouped", 3, 0).build();
		List<Fault> faults = new FixedMapping(List.of(segment("a", "b", 1))).faults(scattered);
		assertEquals(1, faults.size(), faults::toString);
		assertTrue(faults.get(0).topic() == Topic.TOGETHER && faults.get(0).message().contains("end the segment before 'b'"), faults::toString);
		WorkloadBuilder deep = new WorkloadBuilder("deep", "", 8).input("o0", TensorShape.of(1, 4, 4), 0);
		for (int i = 1; i <= 33; i++) {
			deep.elementwise("o" + i, List.of("o" + (i - 1)), 0);
		}
		faults = new FixedMapping(List.of(segment("o1", "o33", 1))).faults(deep.build());
		assertTrue(faults.size() == 1 && faults.get(0).message().contains("33 operators; at most 32"), faults::toString);
	}

	@Test
	void tensorsThatCannotBeKept() {
		Segment rest = segment("sum", "fc", 1);
		assertFault(0, Part.KEPT, Topic.RESIDENCE, "no later segment reads 'a'", segment("pool", "b", 1, "a"), rest);
		assertFault(0, Part.KEPT, Topic.RESIDENCE, "'x' is an input", segment("pool", "b", 1, "x"), rest);
		assertFault(0, Part.KEPT, Topic.RESIDENCE, "'sum' is made by another segment", segment("pool", "b", 1, "sum"), rest);
		assertFault(0, Part.KEPT, Topic.NAME, "has no tensor 'poool'", segment("pool", "b", 1, "poool"), rest);
		List<Fault> faults = new FixedMapping(List.of(segment("pool", "b", 1, "pool", "pool"), rest)).faults(Inputs.residual());
		assertEquals(1, faults.size());
		assertEquals(1, faults.get(0).index());
		assertTrue(faults.get(0).message().contains("kept twice"), faults::toString);
	}

	@Test
	void whatDoesNotFitTheBufferIsRefusedWithBothNumbers() {
		// pool keeps 8 x 12 x 10 B, which is read by sum
		Accelerator small = new Accelerator("small", Rational.ONE, 4, 4, 1, 64, 8, 4, 2048, Rational.of(16), Rational.ONE, Energies.DEFAULT);
		Policy policy = policy(segment("pool", "pool", 1, "pool"), segment("a", "b", 1), segment("sum", "fc", 1));
		InfeasibleRun e = refused(residualOn(small), policy);
		assertTrue(e.reason().matches("segment .* of policy 'mine' cannot run workload 'residual': it needs \\d+ B of the global buffer.*'small' has 2048 B.*"), e.reason());
		assertEquals("mine", e.policy());
		assertTrue(e.segment() >= 0);
	}

	@Test
	void whatHasNoLayoutIsRefusedWithTheReason() {
		Policy rows = policy(new Segment("pool", "fc", OrderClass.ACTIVATION_OUTER, 2, Organization.STRIPED_ROWS, WeightLevel.BUFFER, List.of(), List.of()));
		assertRefused("organization striped cannot give each of 7 operators a part of the 4 x 4 array of 'test', which it hands out in 4 units", rows);
		Policy diagonals = policy(new Segment("pool", "fc", OrderClass.ACTIVATION_OUTER, 2, Organization.CHECKERBOARD, WeightLevel.BUFFER, List.of(), List.of()));
		assertRefused("organization checkerboard cannot give each of 7 operators", diagonals);
	}

	@Test
	void tooManyIntervalsAreRefusedWithBothNumbers() {
		Workload wide = new WorkloadBuilder("wide", "", 8).input("x", TensorShape.of(2, 200, 200), 0).linear("a", "x", 4, 0).build();
		Policy policy = policy(segment("a", "a", 40_000));
		InfeasibleRun e = refused(new Study.Target(wide, Inputs.accelerator(4, 4), Inputs.interconnect(Topology.MESH, 0)), policy);
		assertTrue(e.reason().contains("with 40000 chunks operator 'a' has 40000 intervals; at most 16384"), e.reason());
	}

	@Test
	void whatIsStatedOfOperatorsIsHeldAgainstArrayAndPolicy() {
		assertRefused("the shares add up to 18 PEs, but the 4 x 4 array of 'test' has 16", stating(Organization.BLOCKED_ROWS, Set.of(), 6, Parts.NONE));
		assertRefused("the share of 'pool' is 2 PEs, but organization striped hands the 4 x 4 array of 'test' out in units of 4", stating(Organization.STRIPED_ROWS, Set.of(), 2, Parts.NONE));
		assertRefused("operator 'pool' is split into 6 parts, but has 4 PEs", stating(Organization.BLOCKED_ROWS, Set.of(), 4, new Parts(2, 3, 1, 1)));
		assertRefused("restricted to channel splits, but 'pool' is split into P 3 Q 1", stating(Organization.BLOCKED_ROWS, Set.of(Restriction.CHANNEL_SPLIT), 5, new Parts(1, 3, 1, 1)));
	}

	/** Each of the first three operators of the residual block with a share and parts. */
	private static Policy stating(Organization organization, Set<Restriction> restrictions, int share, Parts parts) {
		OperatorChoice choice = new OperatorChoice(Tile.NONE, share, parts);
		Segment stated = new Segment("pool", "b", OrderClass.ACTIVATION_OUTER, 4, organization, WeightLevel.REGISTERS, List.of(),
				Stream.of("pool", "a", "b").map(name -> new NamedChoice(name, choice)).toList());
		return Policy.fixed("mine", new FixedMapping(List.of(stated, segment("sum", "fc", 1))), restrictions);
	}

	@Test
	void tooManyHandOversAreRefusedWithBothNumbers() {
		WorkloadBuilder busy = new WorkloadBuilder("busy", "", 8).input("o0", TensorShape.of(1, 4, 4), 0);
		for (int i = 1; i <= 23; i++) {
			busy.elementwise("o" + i, List.of("o" + (i - 1), "o" + (i - 1), "o" + (i - 1)), 0);
		}
		Study.Target target = new Study.Target(busy.build(), Inputs.accelerator(8, 8), Inputs.interconnect(Topology.MESH, 0));
		InfeasibleRun e = refused(target, policy(segment("o1", "o23", 1)));
		assertTrue(e.reason().contains("its operators hand over 66 operands; at most 64"), e.reason());
		assertEquals(63, run(target, policy(segment("o1", "o22", 1), segment("o23", "o23", 1)), Objective.LATENCY).segments().get(0).granularityElements().size());
	}

	@Test
	void anImpossibleMappingIsRefusedByTheEngineToo() {
		assertRefused("segments cover all operators", policy(segment("a", "fc", 1)));
		assertThrows(IllegalArgumentException.class, () -> segment("a", "a", 0));
		assertThrows(IllegalArgumentException.class, () -> Policy.of(PolicyKind.FIXED));
		assertRefused("restricted to no residence", Policy.fixed("mine", new FixedMapping(List.of(segment("pool", "b", 1, "pool"), segment("sum", "fc", 1))),
				Set.of(Restriction.NO_RESIDENCE)));
	}

	private static void assertRefused(String reason, Policy policy) {
		InfeasibleRun e = refused(residualOn(Inputs.accelerator(4, 4)), policy);
		assertTrue(e.reason().contains(reason), e.reason());
		assertEquals(0, e.segment());
	}

	private static void assertFault(int segment, Part part, Topic topic, String message, Segment... segments) {
		List<Fault> faults = new FixedMapping(List.of(segments)).faults(Inputs.residual());
		assertEquals(1, faults.size(), faults::toString);
		Fault fault = faults.get(0);
		assertEquals(List.of(segment, part, topic), List.of(fault.segment(), fault.part(), fault.topic()), fault::message);
		assertTrue(fault.message().contains(message), fault::message);
	}

	private static Study.Target residualOn(Accelerator accelerator) {
		return new Study.Target(Inputs.residual(), accelerator, Inputs.interconnect(Topology.MESH, 0));
	}

	private static Policy policy(Segment... segments) {
		return Policy.fixed("mine", new FixedMapping(List.of(segments)), Set.of());
	}

	private static Segment segment(String first, String last, long chunks, String... kept) {
		return new Segment(first, last, OrderClass.ACTIVATION_OUTER, chunks, Organization.BLOCKED_ROWS, WeightLevel.REGISTERS, List.of(kept), List.of());
	}
}
