package org.pipeorgan.tests.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.pipeorgan.engine.cost.CostModel;
import org.pipeorgan.engine.cost.LowerBound;
import org.pipeorgan.engine.cost.MappingPoint;
import org.pipeorgan.engine.cost.MappingPoint.WeightLevel;
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
import org.pipeorgan.engine.workload.Tensor;
import org.pipeorgan.engine.workload.TensorShape;
import org.pipeorgan.engine.workload.Window;
import org.pipeorgan.engine.workload.Workload;
import org.pipeorgan.engine.workload.WorkloadBuilder;

/** The engine, against an evaluator written from the page {@code docs/model.md} alone: every number, to the last digit. */
class ReferenceEvaluatorTest {
	/** Other seeds, for a longer comparison: {@code -Dreference.seed=1000}. */
	private static final int SEED = Integer.getInteger("reference.seed", 0);
	/** Seeds of one repetition, for a longer comparison. */
	private static final int SEEDS = Integer.getInteger("reference.seeds", 1);

	@RepeatedTest(300)
	void theEngineComputesWhatThePageSays(RepetitionInfo repetition) {
		for (int i = 0; i < SEEDS; i++) {
			compare(SEED + i * repetition.getTotalRepetitions() + repetition.getCurrentRepetition(), new TreeSet<>());
		}
	}

	/** Keeps the random segments from leaving something out. */
	@Test
	void theComparisonMeetsEveryLimit() {
		Set<String> limits = new TreeSet<>();
		for (int seed = 1; seed <= 60; seed++) {
			compare(seed, limits);
		}
		assertEquals(Set.of("buffer", "buffer banks", "compute", "infeasible", "link", "memory", "port"), limits);
	}

	/** A convolution of 2 to 3 channels of 4 x 8 pixels, and a sum that reads its 96 B so many times: all, or none, waits in registers. */
	@Test
	void allOf64HandOversAreForwarded() {
		SegmentCost forwarded = sumOfOne(64, Organization.BLOCKED_ROWS);
		assertEquals(64 + 6 + 96, forwarded.bufferWriteBytes());
		assertEquals(64 + 6 + 96, forwarded.bufferReadBytes());
		assertNull(sumOfOne(65, Organization.BLOCKED_ROWS), "one more is not in the space");
	}

	@Test
	void whatManyReadThroughTheBufferIsWrittenOnce() {
		SegmentCost through = sumOfOne(3, Organization.THROUGH_BUFFER);
		assertEquals(64 + 6 + 96 + 96, through.bufferWriteBytes());
		assertEquals(64 + 6 + 3 * 96 + 96, through.bufferReadBytes());
	}

	private static SegmentCost sumOfOne(int operands, Organization organization) {
		Workload workload = new WorkloadBuilder("pair", "", 8).input("x", TensorShape.of(2, 4, 8), 0)
				.convolution("a", "x", 3, Window.of(1, 1), 1, 0).elementwise("sum", Collections.nCopies(operands, "a"), 0).build();
		Accelerator accelerator = new Accelerator("large", Rational.ONE, 1, 2, 1, 1 << 16, 8, 4, 1 << 16, Rational.ONE, Rational.ONE, Energies.DEFAULT);
		Interconnect mesh = new Interconnect("mesh", Topology.MESH, List.of(), Rational.ONE, Rational.ONE, 1, true);
		CostModel model = new CostModel(workload, accelerator, new Network(mesh, 1, 2), SplitRule.ALL_RANKS);
		SegmentPlan plan = model.plan(new MappingPoint(0, 2, OrderClass.ACTIVATION_OUTER, 4, organization, WeightLevel.REGISTERS), model.scratch());
		return plan == null ? null : SegmentCost.of(model, plan, t -> false, t -> false, 0, 0);
	}

	private static void compare(int seed, Set<String> limits) {
		Random random = new Random(seed);
		RandomSegments segments = new RandomSegments(random);
		Accelerator accelerator = segments.accelerator();
		Workload workload = WorkloadBuilder.withPrecision(segments.workload(2 + random.nextInt(5)), accelerator.precisionBits());
		Network network = new Network(segments.interconnect(), accelerator.rows(), accelerator.columns());
		SplitRule rule = random.nextInt(6) == 0 ? SplitRule.CHANNELS_ONLY : SplitRule.ALL_RANKS;
		CostModel model = new CostModel(workload, accelerator, network, rule);
		assertEquals(ReferenceEvaluator.lowerBound(workload, accelerator), LowerBound.of(workload, accelerator).cycles(), () -> seed + " " + workload.operators());
		for (int i = 0; i < 4; i++) {
			MappingPoint point = segments.point(workload, accelerator, rule);
			String what = seed + " " + accelerator + "\n" + network.interconnect() + "\n" + rule + "\n" + point + "\n" + workload.tensors() + "\n"
					+ workload.operators();
			ReferenceEvaluator reference = new ReferenceEvaluator(workload, accelerator, network, point, rule);
			SegmentPlan plan = model.plan(point, model.scratch());
			if (!reference.fits()) {
				assertNull(plan, what);
				continue;
			}
			assertNotNull(plan, what);
			for (int j = 0; j < 3; j++) {
				limits.add(compare(random, model, plan, reference, what));
			}
		}
	}

	private static String compare(Random random, CostModel model, SegmentPlan plan, ReferenceEvaluator reference, String what) {
		MappingPoint point = plan.point();
		int end = point.first() + point.depth();
		Set<Integer> held = new TreeSet<>();
		Set<Integer> kept = new TreeSet<>();
		long heldBytes = 0;
		for (Tensor tensor : model.workload().tensors()) {
			boolean before = tensor.producer() >= 0 && tensor.producer() < point.first() && tensor.lastConsumer() >= point.first();
			boolean after = tensor.producer() >= point.first() && tensor.producer() < end && tensor.lastConsumer() >= end;
			if (before && random.nextInt(3) > 0) {
				held.add(tensor.index());
				heldBytes += tensor.bytes();
			}
			if (after && random.nextInt(3) > 0) {
				kept.add(tensor.index());
			}
		}
		long room = random.nextInt(3) * random.nextInt(100);
		String all = what + "\nheld " + held + ", kept " + kept + ", room " + room;
		ReferenceEvaluator.Cost expected = reference.cost(held, kept, heldBytes, room);
		SegmentCost actual = SegmentCost.of(model, plan, held::contains, kept::contains, heldBytes, room);
		assertEquals(expected == null, actual == null, () -> "infeasible\n" + all);
		if (expected != null) {
			// energy apart, because it is summed up in another order
			assertEquals(expected, new ReferenceEvaluator.Cost(actual.latencyCycles(), expected.energy(), actual.memoryReadBytes(), actual.memoryWriteBytes(),
					actual.bufferReadBytes(), actual.bufferWriteBytes(), actual.prefetchRoom()), all);
			assertEquals(expected.energy(), actual.energyPicojoules(), 1e-9 * expected.energy(), all);
		}
		return actual == null ? "infeasible" : actual.limit().startsWith("buffer") ? actual.limit() : actual.limit().split(" ")[0];
	}
}
