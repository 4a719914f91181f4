package org.pipeorgan.tests.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.pipeorgan.engine.cost.CostModel;
import org.pipeorgan.engine.cost.MappingPoint;
import org.pipeorgan.engine.cost.MappingPoint.WeightLevel;
import org.pipeorgan.engine.cost.SegmentCost;
import org.pipeorgan.engine.hardware.Accelerator;
import org.pipeorgan.engine.interconnect.Network;
import org.pipeorgan.engine.interconnect.Topology;
import org.pipeorgan.engine.organization.Organization;
import org.pipeorgan.engine.organization.SplitRule;
import org.pipeorgan.engine.pipelining.OrderClass;
import org.pipeorgan.engine.workload.AxisAccess;
import org.pipeorgan.engine.workload.TensorShape;
import org.pipeorgan.engine.workload.Workload;
import org.pipeorgan.engine.workload.WorkloadBuilder;
import org.pipeorgan.engine.workload.WorkloadException;

/** What operands show of a tensor, and what windows in the padding need. */
class ViewTest {

	@Test
	void aWindowInThePaddingNeedsNothing() {
		AxisAccess window = new AxisAccess.Window(1, 3, 1, 1);
		assertEquals(0, window.count(0, 2, 4), "before the first coordinate");
		assertEquals(1, window.count(0, 3, 4));
		assertEquals(4, window.count(0, 9, 4));
		assertEquals(0, window.count(7, 9, 4), "behind the last");
		assertTrue(window.last(0, 2, 4) < window.first(0, 2, 4));
	}

	@Test
	void onlyTheChannelsOfASliceAreCompulsory() {
		Workload workload = new WorkloadBuilder("w", "", 8).input("x", TensorShape.of(4, 3, 5), 0).slice("part", "x", 1, 1)
				.reshape("turned", "part", TensorShape.of(1, 5, 3)).linear("y", "turned", 1, 0).build();
		assertEquals(15 + 1 + 15, workload.compulsoryBytes());
	}

	@Test
	void aSliceWithItsRowsAndColumnsRegroupedIsHandedOver() {
		Workload workload = new WorkloadBuilder("w", "", 8).input("x", TensorShape.of(4, 3, 5), 0).linear("a", "x", 4, 0).slice("part", "a", 1, 2)
				.reshape("turned", "part", TensorShape.of(2, 15, 1)).linear("y", "turned", 1, 0).build();
		assertTrue(model(workload).canJoin(0, 1));
	}

	@Test
	void aTensorThatIsReadRegroupedTooEntersOnce() {
		Workload workload = new WorkloadBuilder("w", "", 8).input("x", TensorShape.of(4, 3, 5), 0).elementwise("a", List.of("x"), 0)
				.reshape("turned", "x", TensorShape.of(5, 4, 3)).elementwise("b", List.of("turned"), 0).build();
		CostModel model = model(workload);
		MappingPoint point = new MappingPoint(0, 2, OrderClass.ACTIVATION_OUTER, 1, Organization.BLOCKED_ROWS, WeightLevel.BUFFER);
		SegmentCost cost = SegmentCost.of(model, model.plan(point, model.scratch()), t -> false, t -> false, 0, 0);
		assertEquals(60, cost.memoryReadBytes());
	}

	@Test
	void regroupedImagesCannotBeSliced() {
		WorkloadBuilder builder = new WorkloadBuilder("w", "", 8).input("x", new TensorShape(2, 4, 3, 5), 0).reshape("channels", "x",
				new TensorShape(1, 8, 3, 5));
		WorkloadException e = assertThrows(WorkloadException.class, () -> builder.slice("part", "channels", 0, 3));
		assertEquals(WorkloadException.Reason.SHAPE, e.reason());
	}

	private static CostModel model(Workload workload) {
		Accelerator accelerator = Inputs.accelerator(2, 2);
		return new CostModel(workload, accelerator, new Network(Inputs.interconnect(Topology.MESH, 0), 2, 2), SplitRule.ALL_RANKS);
	}
}
