package org.pipeorgan.tests.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.pipeorgan.engine.cost.CostModel;
import org.pipeorgan.engine.cost.MappingPoint;
import org.pipeorgan.engine.cost.MappingPoint.WeightLevel;
import org.pipeorgan.engine.cost.OperatorChoice;
import org.pipeorgan.engine.cost.SegmentCost;
import org.pipeorgan.engine.cost.SegmentPlan;
import org.pipeorgan.engine.hardware.Accelerator;
import org.pipeorgan.engine.hardware.Energies;
import org.pipeorgan.engine.hardware.Rational;
import org.pipeorgan.engine.interconnect.Interconnect;
import org.pipeorgan.engine.interconnect.Network;
import org.pipeorgan.engine.interconnect.Topology;
import org.pipeorgan.engine.organization.Organization;
import org.pipeorgan.engine.organization.SplitRule;
import org.pipeorgan.engine.pipelining.OrderClass;
import org.pipeorgan.engine.simulation.SegmentSimulator;
import org.pipeorgan.engine.simulation.SimulatedSegment;
import org.pipeorgan.engine.simulation.SimulationOptions;
import org.pipeorgan.engine.workload.Operator;
import org.pipeorgan.engine.workload.Tensor;
import org.pipeorgan.engine.workload.TensorShape;
import org.pipeorgan.engine.workload.Window;
import org.pipeorgan.engine.workload.Workload;
import org.pipeorgan.engine.workload.WorkloadBuilder;

/** The simulator, which sends every packet and every burst, against what the model counts, and against closed forms. */
class SegmentSimulatorTest {

	/** With seed 7795 a product has a right operand of a single row. */
	static IntStream seeds() {
		return IntStream.concat(IntStream.rangeClosed(1, 150), IntStream.of(7795));
	}

	/** What the model sums up by formulas, the simulator moves piece by piece: the same bytes over each level, the same bits over links. */
	@ParameterizedTest
	@MethodSource("seeds")
	void everythingThatTheModelCountsIsMoved(int seed) {
		Random random = new Random(seed);
		RandomSegments segments = new RandomSegments(random);
		Accelerator accelerator = segments.accelerator();
		Workload workload = WorkloadBuilder.withPrecision(segments.workload(2 + random.nextInt(5)), accelerator.precisionBits());
		CostModel model = new CostModel(workload, accelerator, new Network(segments.interconnect(), accelerator.rows(), accelerator.columns()), SplitRule.ALL_RANKS);
		for (int i = 0; i < 4; i++) {
			SegmentPlan plan = model.plan(segments.point(workload, accelerator, SplitRule.ALL_RANKS), model.scratch());
			if (plan == null || SegmentSimulator.unable(model) != null) {
				continue;
			}
			Set<Integer> kept = new TreeSet<>();
			workload.tensors().stream().filter(t -> random.nextBoolean()).forEach(t -> kept.add(t.index()));
			Set<Integer> held = new TreeSet<>();
			long heldBytes = 0;
			for (Tensor tensor : workload.tensors()) {
				if (tensor.producer() >= 0 && tensor.producer() < plan.point().first() && random.nextBoolean()) {
					held.add(tensor.index());
					heldBytes += tensor.bytes();
				}
			}
			SegmentCost cost = SegmentCost.of(model, plan, held::contains, kept::contains, heldBytes, 0);
			if (cost != null) {
				String what = accelerator + "\n" + model.network().interconnect() + "\n" + plan.point() + "\n" + workload.tensors() + "\n" + workload.operators();
				compare(model, plan, cost, SegmentSimulator.simulate(model, plan, held::contains, kept::contains, 0, SimulationOptions.DEFAULT, () -> false), what);
			}
		}
	}

	private static void compare(CostModel model, SegmentPlan plan, SegmentCost cost, SimulatedSegment simulated, String what) {
		assertEquals(cost.memoryReadBytes() + cost.memoryWriteBytes(), simulated.memoryBytes(), () -> "memory bytes of " + what);
		assertEquals(cost.bufferReadBytes() + cost.bufferWriteBytes(), simulated.bufferBytes(), () -> "buffer bytes of " + what);
		assertEquals(plan.hopBits(), simulated.hopBits(), () -> "hop bits of " + what);
		// no machine is faster than its memory, nor than all its lanes at work
		long work = model.workload().operators().subList(plan.point().first(), plan.point().first() + plan.point().depth()).stream().mapToLong(Operator::work).sum();
		Accelerator accelerator = model.accelerator();
		assertTrue(simulated.latencyCycles() >= Math.ceilDiv(work, accelerator.pes() * accelerator.macsPerCycle()), what);
		assertTrue(simulated.latencyCycles() >= Rational.of(simulated.memoryBytes()).dividedBy(accelerator.memoryBandwidth()).ceil(), what);
	}

	/** Two stages that hand over without halo take p + (T - 1) max(p, q) + q; bandwidths are so large that nothing else takes time. */
	@ParameterizedTest
	@CsvSource({ "1, 4, 8", "4, 1, 8", "3, 3, 16", "2, 7, 1" })
	void twoStagesTakeTheClosedForm(int p, int q, int chunks) {
		Workload workload = new WorkloadBuilder("pair", "", 8).input("x", TensorShape.of(p, chunks, 5), 0).convolution("a", "x", 1, Window.of(1, 1), 1, 0)
				.convolution("b", "a", q, Window.of(1, 1), 1, 0).build();
		SimulatedSegment simulated = simulate(workload, huge(1, 2, 1), Topology.MESH, 0, Organization.BLOCKED_ROWS, chunks, SimulationOptions.DEFAULT);
		long stage1 = 5L * p;
		long stage2 = 5L * q;
		assertEquals(stage1 + (chunks - 1) * Math.max(stage1, stage2) + stage2, simulated.latencyCycles(), 2);
	}

	/** Weights may have been fetched during the segment before; operands may not. */
	@Test
	void onlyWeightsAreFetchedAhead() {
		Workload workload = new WorkloadBuilder("one", "", 8).input("x", TensorShape.of(4, 8, 8), 0).convolution("a", "x", 4, Window.of(1, 1), 1, 0).build();
		Accelerator slow = new Accelerator("slow", Rational.ONE, 2, 2, 1, 1 << 16, 8, 4, 1 << 20, Rational.of(256), Rational.ONE, Energies.DEFAULT);
		CostModel model = model(workload, slow, mesh(Topology.MESH, 0));
		SegmentPlan plan = plan(model, Organization.BLOCKED_ROWS, 1);
		long[] latency = new long[2];
		for (int i = 0; i < 2; i++) {
			latency[i] = SegmentSimulator.simulate(model, plan, t -> false, t -> false, 1000 * i, SimulationOptions.DEFAULT, () -> false).latencyCycles();
		}
		assertEquals(16, latency[0] - latency[1], 1);
	}

	/** Operators that take turns take the sum of their times. */
	@Test
	void turnsTakeTheSum() {
		Workload workload = new WorkloadBuilder("pair", "", 8).input("x", TensorShape.of(3, 8, 5), 0).convolution("a", "x", 2, Window.of(1, 1), 1, 0)
				.convolution("b", "a", 4, Window.of(1, 1), 1, 0).build();
		SimulatedSegment simulated = simulate(workload, huge(1, 1, 1), Topology.MESH, 0, Organization.TURN_TAKING, 4, SimulationOptions.DEFAULT);
		assertEquals(3 * 2 * 40 + 2 * 4 * 40, simulated.latencyCycles(), 9);
	}

	/** One packet of 4 B over links of 1 B/cycle: 1 hop of 7 cycles, then the tail. The producer computes for 4 cycles, the consumer while the tail comes in; buffer and memory take less than a cycle each. */
	@Test
	void aPacketTakesItsHopsAndItsBytes() {
		Workload workload = new WorkloadBuilder("pair", "", 8).input("x", TensorShape.of(1, 1, 4), 0).elementwise("a", List.of("x"), 0)
				.elementwise("b", List.of("a"), 0).build();
		Accelerator accelerator = huge(1, 2, 1);
		Interconnect slow = new Interconnect("slow", Topology.MESH, List.of(), Rational.ONE, Rational.ONE, 7, true);
		SimulatedSegment simulated = simulate(workload, accelerator, slow, Organization.BLOCKED_ROWS, 1, SimulationOptions.DEFAULT);
		assertEquals(4 + 7 + 4, simulated.latencyCycles(), 2);
		assertEquals(4 * 8, simulated.hopBits());
	}

	/** A PE makes 80 B in 80 cycles and sends them over a link of 1 B/cycle in eight parts of 8 to 16 B, as it makes them: the last part takes its way alone. */
	@Test
	void chunksSetOffAsTheyAreMade() {
		Workload workload = new WorkloadBuilder("pair", "", 8).input("x", TensorShape.of(1, 8, 10), 0).elementwise("a", List.of("x"), 0)
				.elementwise("b", List.of("a"), 0).build();
		Interconnect slow = new Interconnect("slow", Topology.MESH, List.of(), Rational.ONE, Rational.ONE, 1, true);
		SimulatedSegment simulated = simulate(workload, huge(1, 2, 1), slow, Organization.BLOCKED_ROWS, 1, new SimulationOptions(8, 8, 1));
		assertTrue(simulated.latencyCycles() >= 80 + 8 + 80 && simulated.latencyCycles() <= 80 + 16 + 1 + 80 + 2, simulated.toString());
	}

	/** Weights of 4,000 B each at 1 B/cycle, streamed while 4,000 cycles of work go on: who comes second does not take the first one's time. */
	@Test
	void weightsThatStreamInTurnsComeWhenTheirTurnComes() {
		Workload workload = new WorkloadBuilder("pair", "", 8).input("x", TensorShape.of(4000, 1, 1), 0).convolution("a", "x", 1, Window.of(1, 1), 1, 0)
				.convolution("b", "x", 1, Window.of(1, 1), 1, 0).build();
		Accelerator slow = new Accelerator("slow", Rational.ONE, 1, 1, 1, 64, 8, 4, 1 << 20, Rational.of(64), Rational.ONE, Energies.DEFAULT);
		CostModel model = model(workload, slow, mesh(Topology.MESH, 0));
		SegmentPlan plan = model.plan(new MappingPoint(0, 2, OrderClass.ACTIVATION_OUTER, 1, Organization.TURN_TAKING, WeightLevel.MEMORY), model.scratch());
		long cycles = SegmentSimulator.simulate(model, plan, t -> true, t -> true, 0, SimulationOptions.DEFAULT, () -> false).latencyCycles();
		assertEquals(4000 + 4000, cycles, 100);
	}

	/**
	 * Three PEs make a row of 64 B each in 64 cycles, two need one each. The first row and the third go to the same PE, over a port of 1 B/cycle: the first interval
	 * waits for the first alone, the second for a row of the second chunk (128 cycles), and the third follows it. If it waited for the whole chunk, all would be a row later.
	 */
	@Test
	void anIntervalWaitsForWhatItNeedsOfAChunkAlone() {
		Workload workload = new WorkloadBuilder("pair", "", 8).input("x", TensorShape.of(64, 6, 1), 0).elementwise("a", List.of("x"), 0)
				.elementwise("b", List.of("a"), 0).build();
		Interconnect slowPorts = new Interconnect("ports", Topology.MESH, List.of(), Rational.of(1 << 10), Rational.ONE, 1, true);
		CostModel model = model(workload, huge(1, 5, 1), slowPorts);
		List<OperatorChoice> rows = List.of(new OperatorChoice(new OperatorChoice.Tile(64, 3, 1), 3, new OperatorChoice.Parts(1, 3, 1, 1)),
				new OperatorChoice(new OperatorChoice.Tile(64, 2, 1), 2, new OperatorChoice.Parts(1, 2, 1, 1)));
		SegmentPlan plan = model.plan(new MappingPoint(0, 2, OrderClass.ACTIVATION_OUTER, 2, Organization.BLOCKED_ROWS, WeightLevel.REGISTERS, rows), model.scratch());
		long cycles = SegmentSimulator.simulate(model, plan, t -> true, t -> true, 0, SimulationOptions.DEFAULT, () -> false).latencyCycles();
		assertTrue(cycles >= 4 * 64 && cycles < 5 * 64, "" + cycles);
	}

	/**
	 * A PE makes 160 B in 160 cycles, half of it for each of two PEs, one and two hops of 40 cycles away, which make of that 80 B each in 80 cycles, and send it to a PE of the next
	 * row, over a common link of 1 B/cycle, two and three hops. The nearer one of the two is done when what the other makes comes to that link: nobody waits there.
	 */
	@Test
	void chunksDoNotMeetThatAreMadeOneAfterTheOther() {
		Workload workload = new WorkloadBuilder("chain", "", 8).input("x", TensorShape.of(2, 80, 1), 0).elementwise("a", List.of("x"), 0)
				.elementwise("b", List.of("a"), 0).elementwise("c", List.of("b"), 0).build();
		Interconnect slow = new Interconnect("slow", Topology.MESH, List.of(), Rational.ONE, Rational.of(1 << 10), 40, true);
		CostModel model = model(workload, huge(2, 3, 1), slow);
		OperatorChoice.Tile whole = new OperatorChoice.Tile(2, 80, 1);
		OperatorChoice one = new OperatorChoice(whole, 1, new OperatorChoice.Parts(1, 1, 1, 1));
		OperatorChoice two = new OperatorChoice(whole, 2, new OperatorChoice.Parts(2, 1, 1, 1));
		SegmentPlan plan = model.plan(new MappingPoint(0, 3, OrderClass.ACTIVATION_OUTER, 1, Organization.BLOCKED_ROWS, WeightLevel.REGISTERS, List.of(one, two, one)), model.scratch());
		// the last of eight parts takes at most 20 cycles over a link
		long cycles = 160 + 2 * 40 + 80 + 3 * 40 + 160;
		assertEquals(cycles + 10, plan.endUnits()[2] / model.unitsPerCycle(), 14);
		assertEquals(cycles + 10, SegmentSimulator.simulate(model, plan, t -> true, t -> true, 0, SimulationOptions.DEFAULT, () -> false).latencyCycles(), 14);
	}

	/** Each of two operators has 100 B of weights for each of two parts of K, at 1 B/cycle: the second parts follow each other while the first are worked on, and then 100 B of results. */
	@Test
	void memoryFetchesPartsOfWeightsOneAfterTheOther() {
		Workload workload = new WorkloadBuilder("pair", "", 8).input("x", TensorShape.of(100, 1, 1), 0).convolution("a", "x", 2, Window.of(1, 1), 1, 0)
				.convolution("b", "a", 100, Window.of(1, 1), 1, 0).build();
		Accelerator slow = new Accelerator("slow", Rational.ONE, 1, 2, 1000, 1 << 16, 8, 4, 1 << 20, Rational.of(1 << 10), Rational.ONE, Energies.DEFAULT);
		CostModel model = model(workload, slow, mesh(Topology.MESH, 0));
		SegmentPlan plan = model.plan(new MappingPoint(0, 2, OrderClass.WEIGHT_OUTER, 2, Organization.BLOCKED_ROWS, WeightLevel.BUFFER), model.scratch());
		assertEquals(100 + 100, plan.endUnits()[1] / model.unitsPerCycle(), 4);
		assertEquals(4 * 100 + 100, SegmentSimulator.simulate(model, plan, t -> true, t -> true, 0, SimulationOptions.DEFAULT, () -> false).latencyCycles(), 4);
	}

	/** With queues of a single packet everything still arrives, on rings and tori too: routes have no cycles. */
	@ParameterizedTest
	@CsvSource({ "MESH", "TORUS", "RING", "FLATTENED_BUTTERFLY" })
	void shortQueuesDelayButDoNotBlock(Topology topology) {
		Window same = Window.of(3, 3).pad(1, 1, 1, 1);
		Workload workload = new WorkloadBuilder("chain", "", 8).input("x", TensorShape.of(8, 12, 12), 0).convolution("a", "x", 16, same, 1, 0)
				.convolution("b", "a", 16, same, 1, 0).convolution("c", "b", 16, same, 1, 0).elementwise("d", List.of("c", "a"), 0).build();
		Accelerator accelerator = new Accelerator("odd", Rational.ONE, 4, 5, 2, 1 << 13, 8, 4, 1 << 20, Rational.of(64), Rational.of(32), Energies.DEFAULT);
		Interconnect narrow = new Interconnect("narrow", topology, List.of(), Rational.ONE, Rational.of(2), 1, true);
		SimulatedSegment free = simulate(workload, accelerator, narrow, Organization.CHECKERBOARD, 12, new SimulationOptions(8, 1000, 1));
		SimulatedSegment single = simulate(workload, accelerator, narrow, Organization.CHECKERBOARD, 12, new SimulationOptions(8, 1, 1));
		assertTrue(free.hopBits() > 0);
		assertEquals(free.hopBits(), single.hopBits());
		assertTrue(single.latencyCycles() >= free.latencyCycles(), single + " " + free);
		assertEquals(single, simulate(workload, accelerator, narrow, Organization.CHECKERBOARD, 12, new SimulationOptions(8, 1, 1)), "deterministic");
	}

	@Test
	void simulationsCanBeCancelled() {
		Workload workload = new WorkloadBuilder("pair", "", 8).input("x", TensorShape.of(64, 64, 64), 0).convolution("a", "x", 64, Window.of(1, 1), 1, 0)
				.convolution("b", "a", 64, Window.of(1, 1), 1, 0).build();
		Accelerator accelerator = huge(4, 4, 1);
		CostModel model = model(workload, accelerator, mesh(Topology.MESH, 1));
		SegmentPlan plan = plan(model, Organization.CHECKERBOARD, 64);
		assertThrows(CancellationException.class,
				() -> SegmentSimulator.simulate(model, plan, t -> false, t -> false, 0, SimulationOptions.DEFAULT, () -> true));
	}

	private static SimulatedSegment simulate(Workload workload, Accelerator accelerator, Topology topology, int hop, Organization organization, int chunks,
			SimulationOptions options) {
		return simulate(workload, accelerator, mesh(topology, hop), organization, chunks, options);
	}

	private static SimulatedSegment simulate(Workload workload, Accelerator accelerator, Interconnect interconnect, Organization organization, int chunks,
			SimulationOptions options) {
		CostModel model = model(workload, accelerator, interconnect);
		return SegmentSimulator.simulate(model, plan(model, organization, chunks), t -> false, t -> false, 0, options, () -> false);
	}

	private static SegmentPlan plan(CostModel model, Organization organization, int chunks) {
		return model.plan(new MappingPoint(0, model.workload().operators().size(), OrderClass.ACTIVATION_OUTER, chunks, organization, WeightLevel.REGISTERS),
				model.scratch());
	}

	private static CostModel model(Workload workload, Accelerator accelerator, Interconnect interconnect) {
		return new CostModel(workload, accelerator, new Network(interconnect, accelerator.rows(), accelerator.columns()), SplitRule.ALL_RANKS);
	}

	private static Interconnect mesh(Topology topology, int hop) {
		return new Interconnect("mesh", topology, List.of(), Rational.of(1 << 20), Rational.of(1 << 20), hop, true);
	}

	/** Large stores, and so much bandwidth that only computation takes time. */
	private static Accelerator huge(int rows, int columns, int lanes) {
		return new Accelerator("huge", Rational.ONE, rows, columns, lanes, 1 << 20, 8, 4, 1 << 30, Rational.of(1 << 20), Rational.of(1 << 20), Energies.DEFAULT);
	}
}
