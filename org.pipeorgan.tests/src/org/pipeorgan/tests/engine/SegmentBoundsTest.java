package org.pipeorgan.tests.engine;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.pipeorgan.engine.cost.CostModel;
import org.pipeorgan.engine.cost.MappingPoint;
import org.pipeorgan.engine.cost.MappingPoint.WeightLevel;
import org.pipeorgan.engine.cost.RelaxedCost;
import org.pipeorgan.engine.cost.ResidenceBound;
import org.pipeorgan.engine.cost.ResidenceCost;
import org.pipeorgan.engine.cost.SegmentBounds;
import org.pipeorgan.engine.cost.SegmentCost;
import org.pipeorgan.engine.cost.SegmentCost.Residence;
import org.pipeorgan.engine.cost.SegmentNeeds;
import org.pipeorgan.engine.cost.SegmentPlan;
import org.pipeorgan.engine.cost.Tiling;
import org.pipeorgan.engine.hardware.Accelerator;
import org.pipeorgan.engine.hardware.Energies;
import org.pipeorgan.engine.hardware.GlobalBuffer;
import org.pipeorgan.engine.hardware.Rational;
import org.pipeorgan.engine.interconnect.BufferPorts;
import org.pipeorgan.engine.interconnect.Interconnect;
import org.pipeorgan.engine.interconnect.Network;
import org.pipeorgan.engine.interconnect.Topology;
import org.pipeorgan.engine.organization.Organization;
import org.pipeorgan.engine.organization.Placement;
import org.pipeorgan.engine.organization.SplitRule;
import org.pipeorgan.engine.pipelining.OrderClass;
import org.pipeorgan.engine.workload.Tensor;
import org.pipeorgan.engine.workload.Workload;

/** What bounds a point, before it is laid out and after, against what its plan costs with nothing and with everything held. */
class SegmentBoundsTest {
	private static final List<Tiling> TILINGS = List.of(new Tiling(OrderClass.ACTIVATION_OUTER, 1), new Tiling(OrderClass.ACTIVATION_OUTER, 2), new Tiling(OrderClass.ACTIVATION_OUTER, 5),
			new Tiling(OrderClass.ACTIVATION_OUTER, 16), new Tiling(OrderClass.WEIGHT_OUTER, 1), new Tiling(OrderClass.WEIGHT_OUTER, 3), new Tiling(OrderClass.WEIGHT_OUTER, 8));

	private int planned;
	private int tight;

	@Test
	void noPointCostsLessThanItsBounds() {
		// one more has a result that is read inside and, over few banks, leaves
		for (int seed : IntStream.concat(IntStream.rangeClosed(1, 60), IntStream.of(438)).toArray()) {
			Random random = new Random(seed);
			Workload workload = RandomWorkloads.graph(random, 3 + random.nextInt(4));
			Accelerator accelerator = new Accelerator("small", Rational.ONE, 2 + random.nextInt(3), 2 + random.nextInt(4), 1 + random.nextInt(4), 32 << random.nextInt(4), 8, 4,
					buffer(random, seed), Rational.of(1 + random.nextInt(4)), Energies.DEFAULT);
			Interconnect links = Inputs.interconnect(Topology.MESH, random.nextBoolean() ? 2 : 0);
			links = seed % 4 > 0 ? links : new Interconnect("shared", links.topology(), links.express(), Rational.of(8), Rational.of(8), 1, true, Optional.of(BufferPorts.WEST));
			Network network = new Network(links, accelerator.rows(), accelerator.columns());
			CostModel model = new CostModel(workload, accelerator, network, SplitRule.ALL_RANKS);
			SegmentBounds bounds = new SegmentBounds(model, TILINGS, true, List.of(), true);
			CostModel.Scratch scratch = model.scratch();
			for (int first = 0; first < workload.operators().size(); first++) {
				for (int depth = 1; first + depth <= workload.operators().size() && canJoin(model, first, depth); depth++) {
					bounds.select(first, depth);
					for (int tiling = 0; tiling < TILINGS.size(); tiling++) {
						for (Organization organization : depth == 1 ? List.of(Organization.BLOCKED_ROWS) : List.of(Organization.values())) {
							for (WeightLevel level : WeightLevel.values()) {
								Tiling cut = TILINGS.get(tiling);
								MappingPoint point = new MappingPoint(first, depth, cut.orderClass(), cut.chunks(), organization, level);
								check(model, bounds, scratch, tiling, point, "seed " + seed + " " + point);
							}
						}
					}
				}
			}
		}
		assertTrue(planned > 5000 && tight > planned / 20, "of " + planned + " plans the cost of only " + tight + " is known before");
	}

	private static GlobalBuffer buffer(Random random, int seed) {
		GlobalBuffer plain = GlobalBuffer.of(1024 << random.nextInt(6), Rational.of(4 << random.nextInt(4)));
		return seed % 3 > 0 ? plain : new GlobalBuffer(plain.bytes(), plain.bandwidth(), Optional.of(Rational.of(4)), 4);
	}

	private static boolean canJoin(CostModel model, int first, int depth) {
		return IntStream.range(first + 1, first + depth).allMatch(operator -> model.canJoin(first, operator));
	}

	private void check(CostModel model, SegmentBounds bounds, CostModel.Scratch scratch, int tiling, MappingPoint point, String what) {
		SegmentPlan plan = model.plan(point, scratch);
		SegmentPlan sketched = model.sketch(point, scratch);
		if (plan == null || bounds.level(tiling, sketched) != point.weightLevel()) {
			// a bound of one weight level need not hold for a plan that another makes too
			return;
		}
		double filled = point.organization().spatial() ? bounds.filled(tiling) : 0;
		RelaxedCost before = bounds.of(tiling, point.weightLevel(), point.organization(), filled);
		SegmentNeeds needsBefore = before == null ? null : bounds.needs(tiling, point.weightLevel(), point.organization(), filled);
		var outline = bounds.outline(tiling, model.outline(alike(model, point), scratch), filled);
		RelaxedCost outlined = bounds.of(tiling, outline);
		var sketch = bounds.sketch(tiling, sketched, filled, scratch);
		RelaxedCost after = bounds.of(tiling, sketch);
		List<Tensor> tensors = model.workload().tensors();
		int end = point.first() + point.depth();
		long held = plan.inputTensors().stream().map(tensors::get).filter(tensor -> tensor.producer() >= 0).mapToLong(Tensor::bytes).sum();
		SegmentCost alone = SegmentCost.of(model, plan, t -> false, t -> false, 0, 0);
		SegmentCost whole = SegmentCost.of(model, plan, t -> tensors.get(t).producer() >= 0, t -> tensors.get(t).lastConsumer() >= end, held, 3);
		for (SegmentCost cost : new SegmentCost[] { alone, whole }) {
			if (cost != null) {
				double room = cost == alone ? 0 : 3;
				assertBelow(before, cost, room, what + " before it is laid out");
				assertBelow(outlined, cost, room, what + " outlined");
				assertBelow(after, cost, room, what + " laid out");
				planned++;
				tight += after.latency(0) == cost.latencyCycles() ? 1 : 0;
			}
		}
		if (alone != null || whole != null) {
			SegmentNeeds needs = bounds.needs(plan);
			assertBelow(needsBefore, needs, what + " before it is laid out");
			assertBelow(bounds.needs(tiling, outline), needs, what + " outlined");
			assertBelow(bounds.needs(tiling, sketch), needs, what + " laid out");
			checkFree(model, plan, needs, bounds.of(plan), bounds.needs(tiling, sketch), after, end, what);
		}
	}

	/** Some boundary tensors may be held or not: no choice is better than the bound, whatever room is before the segment and whatever room behind it is worth. */
	private static void checkFree(CostModel model, SegmentPlan plan, SegmentNeeds needs, RelaxedCost anyway, SegmentNeeds needsBefore, RelaxedCost anywayBefore, int end, String what) {
		Random random = new Random(what.hashCode());
		List<Tensor> tensors = model.workload().tensors();
		int[] choices = random.ints(tensors.size(), 0, 3).toArray();
		Residence free = tensor -> choices[tensor] == 2 && tensors.get(tensor).producer() >= 0 && tensors.get(tensor).lastConsumer() >= plan.point().first();
		Residence most = tensor -> free.holds(tensor) || choices[tensor] == 1 && tensors.get(tensor).producer() >= 0;
		List<ResidenceBound> bounds = new ArrayList<>(List.of(ResidenceBound.of(model, plan, most, kept(tensors, most, end), free)));
		if (anyway != null) {
			bounds.add(ResidenceBound.of(model, needs, anyway, most, kept(tensors, most, end), free));
			bounds.add(ResidenceBound.of(model, needsBefore, anywayBefore, most, kept(tensors, most, end), free));
		}
		for (int i = 0; i < 4; i++) {
			boolean[] chosen = new boolean[tensors.size()];
			tensors.forEach(tensor -> chosen[tensor.index()] = random.nextBoolean());
			Residence held = tensor -> most.holds(tensor) && (chosen[tensor] || !free.holds(tensor));
			ResidenceCost cost = ResidenceCost.of(model, plan, held, kept(tensors, held, end));
			long heldBytes = plan.inputTensors().stream().filter(held::holds).mapToLong(tensor -> tensors.get(tensor).bytes()).sum();
			for (ResidenceBound bound : cost.fits(model, heldBytes) ? bounds : List.<ResidenceBound>of()) {
				String which = what + " " + bound + " against " + cost;
				for (int room : new int[] { 0, 3, 1000 }) {
					double later = cost.latencyCycles(room) - bound.cost().latency(room);
					assertTrue(later >= 0 && later >= cost.prefetchRoom(model, heldBytes) - bound.cost().left(room), which);
				}
				assertTrue(bound.space() <= cost.spaceBytes() && bound.cost().memory() <= cost.memoryBytes() && bound.cost().energy() <= cost.energyPicojoules() * (1 + 1e-12), which);
			}
		}
	}

	private static Residence kept(List<Tensor> tensors, Residence held, int end) {
		return tensor -> held.holds(tensor) && tensors.get(tensor).lastConsumer() >= end;
	}

	/** A point whose operators have as many PEs elsewhere. */
	private static MappingPoint alike(CostModel model, MappingPoint point) {
		Organization organization = Placement.alike(point.organization(), model.accelerator().rows(), model.accelerator().columns());
		return new MappingPoint(point.first(), point.depth(), point.orderClass(), point.chunks(), organization, point.weightLevel());
	}

	private static void assertBelow(RelaxedCost bound, SegmentCost cost, double room, String what) {
		assertTrue(bound != null, what + ": fits, but should not");
		assertTrue(bound.latency(room) <= cost.latencyCycles(), what + ": cycles " + bound.latency(room) + " > " + cost.latencyCycles());
		assertTrue(bound.energy() <= cost.energyPicojoules(), what + ": pJ " + bound.energy() + " > " + cost.energyPicojoules());
		assertTrue(bound.memory() <= cost.memoryReadBytes() + cost.memoryWriteBytes(), what + ": bytes " + bound.memory());
	}

	private static void assertBelow(SegmentNeeds bound, SegmentNeeds needs, String what) {
		assertTrue(bound.recurrence() <= needs.recurrence() && bound.weights() <= needs.weights() && bound.bufferReads() <= needs.bufferReads()
				&& bound.bufferWrites() <= needs.bufferWrites() && bound.bankCycles() <= needs.bankCycles() && bound.space() <= needs.space(),
				what + ": " + bound + " against " + needs);
	}
}
