package org.pipeorgan.tests.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pipeorgan.engine.cost.CostModel;
import org.pipeorgan.engine.cost.MappingPoint;
import org.pipeorgan.engine.cost.MappingPoint.WeightLevel;
import org.pipeorgan.engine.cost.SegmentCost;
import org.pipeorgan.engine.cost.SegmentPlan;
import org.pipeorgan.engine.hardware.Accelerator;
import org.pipeorgan.engine.hardware.Energies;
import org.pipeorgan.engine.hardware.Rational;
import org.pipeorgan.engine.interconnect.LinkLoads.TransferVisitor;
import org.pipeorgan.engine.interconnect.Network;
import org.pipeorgan.engine.interconnect.Topology;
import org.pipeorgan.engine.organization.Organization;
import org.pipeorgan.engine.organization.SplitRule;
import org.pipeorgan.engine.pipelining.OrderClass;
import org.pipeorgan.engine.workload.TensorShape;
import org.pipeorgan.engine.workload.Window;
import org.pipeorgan.engine.workload.WorkloadBuilder;

/** A block of a network that comes again: its plan moved there, against one that is made there. */
class RepeatedSegmentTest {
	private static final int BLOCK = 4;

	@ParameterizedTest
	@EnumSource
	void aRepeatedSegmentHasThePlanThatIsMadeForIt(Organization organization) {
		WorkloadBuilder builder = new WorkloadBuilder("blocks", "", 8).input("x", TensorShape.of(16, 12, 12), 0);
		String last = "x";
		for (int block = 0; block < 4; block++) {
			builder.convolution("expand" + block, last, 32, Window.of(1, 1), 1, 0).depthwise("filter" + block, "expand" + block, Window.of(3, 3).pad(1, 1, 1, 1), 0)
					.convolution("project" + block, "filter" + block, 16, Window.of(1, 1), 1, 0).elementwise("add" + block, List.of("project" + block, last), 0);
			last = "add" + block;
		}
		Accelerator accelerator = new Accelerator("small", Rational.ONE, 4, 8, 2, 128, 8, 4, 1 << 14, Rational.of(32), Rational.of(4), Energies.DEFAULT);
		CostModel model = new CostModel(builder.build(), accelerator, new Network(Inputs.interconnect(Topology.MESH, 2), 4, 8), SplitRule.ALL_RANKS);
		CostModel.Scratch scratch = model.scratch();
		// the first block reads the network's input, the last one makes its output; those between are alike
		SegmentPlan second = model.plan(point(BLOCK, organization), scratch);
		SegmentPlan made = model.plan(point(2 * BLOCK, organization), scratch);
		SegmentPlan moved = model.repeat(second, 2 * BLOCK);
		assertEquals(facts(model, made), facts(model, moved));
	}

	private static MappingPoint point(int first, Organization organization) {
		return new MappingPoint(first, BLOCK, OrderClass.ACTIVATION_OUTER, 6, organization, WeightLevel.REGISTERS);
	}

	private static List<Object> facts(CostModel model, SegmentPlan plan) {
		List<Object> facts = new ArrayList<>(List.of(plan.point(), plan.choices(), plan.intervalUnits(), plan.inputTensors(), plan.outputTensors(), plan.staged()));
		plan.edges().forEach(edge -> facts.add(List.of(edge.producer(), edge.consumer(), edge.operand(), edge.tensor(), edge.capacity(), edge.forwarded())));
		facts.add(SegmentCost.of(model, plan, tensor -> false, tensor -> false, 0, 0));
		TransferVisitor visitor = (source, destinations, units, end) -> facts.add(source + " " + List.of(destinations.length, units, end));
		facts.add(model.traffic(plan, visitor).hopUnits());
		return facts;
	}
}
