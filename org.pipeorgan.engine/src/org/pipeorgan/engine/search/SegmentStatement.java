package org.pipeorgan.engine.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.pipeorgan.engine.cost.CostModel;
import org.pipeorgan.engine.cost.SegmentPlan;
import org.pipeorgan.engine.interconnect.LinkLoads;
import org.pipeorgan.engine.interconnect.Network;
import org.pipeorgan.engine.result.SegmentDetail;
import org.pipeorgan.engine.result.SegmentDetail.BufferPart;
import org.pipeorgan.engine.result.SegmentDetail.LinkGrid;
import org.pipeorgan.engine.result.SegmentDetail.LinkLoadMap;
import org.pipeorgan.engine.result.SegmentDetail.TensorTraffic;
import org.pipeorgan.engine.result.SegmentDetail.Use;
import org.pipeorgan.engine.workload.Tensor;
import org.pipeorgan.engine.workload.Workload;

/** States what goes on inside a segment of a mapping. */
final class SegmentStatement {
	private static final int TENTHS = 10;

	private final CostModel model;
	private final Workload workload;
	private final SegmentPlan plan;
	private final Held before;
	private final Held kept;

	/**
	 * @param before what is held when the segment begins
	 * @param after  what is held when it ends
	 */
	SegmentStatement(CostModel model, SegmentPlan plan, Held before, Held after) {
		this.model = model;
		this.plan = plan;
		this.before = before;
		workload = model.workload();
		kept = Held.of(plan.outputTensors().stream().filter(after::holds).toList());
	}

	/** @param links of its traffic, see {@link #links} */
	SegmentDetail detail(LinkLoadMap links) {
		return new SegmentDetail(cycles(plan.beginUnits()), cycles(plan.endUnits()), plan.dataflows().stream().map(d -> d.intervals()).toList(), buffer(), traffic(), links);
	}

	private List<Double> cycles(long[] units) {
		return Arrays.stream(units).mapToObj(each -> (double) each / model.unitsPerCycle()).toList();
	}

	private String name(int tensor) {
		return workload.tensors().get(tensor).name();
	}

	private List<BufferPart> buffer() {
		List<BufferPart> parts = new ArrayList<>();
		for (int tensor : before.and(kept).tensors()) {
			parts.add(new BufferPart(Use.HELD, name(tensor), workload.tensors().get(tensor).bytes()));
		}
		for (SegmentPlan.Staged staged : plan.staged()) {
			if (!before.holds(staged.tensor()) && !kept.holds(staged.tensor()) && staged.bytes() > 0) {
				parts.add(new BufferPart(Use.STAGED, name(staged.tensor()), staged.bytes()));
			}
		}
		if (plan.workingBytes() > 0) {
			parts.add(new BufferPart(Use.WORKING, "", plan.workingBytes()));
		}
		return parts;
	}

	private List<TensorTraffic> traffic() {
		List<TensorTraffic> traffic = new ArrayList<>();
		for (SegmentPlan.Entering input : plan.entering()) {
			if (!before.holds(input.tensor()) && input.memoryBytes() > 0) {
				traffic.add(new TensorTraffic(name(input.tensor()), false, input.memoryBytes(), 0));
			}
		}
		long[] weights = plan.weightMemoryBytes();
		for (int i = 0; i < weights.length; i++) {
			if (weights[i] > 0) {
				traffic.add(new TensorTraffic(workload.operators().get(plan.point().first() + i).name(), true, weights[i], 0));
			}
		}
		for (int output : plan.outputTensors()) {
			Tensor tensor = workload.tensors().get(output);
			if (!kept.holds(output) || tensor.output()) {
				traffic.add(new TensorTraffic(tensor.name(), false, 0, tensor.bytes()));
			}
		}
		return traffic;
	}

	/** How the links are loaded under a plan. @param loads of its traffic */
	static LinkLoadMap links(CostModel model, SegmentPlan plan, LinkLoads loads) {
		Network network = loads.network();
		long most = Math.max(1, loads.maxRouterLoad());
		Map<List<Integer>, char[][]> grids = new LinkedHashMap<>();
		for (int link = 0; link < network.routerLinks(); link++) {
			long load = loads.load(link);
			if (load > 0) {
				int from = network.from(link);
				int to = network.to(link);
				int columns = network.columns();
				char[][] grid = grids.computeIfAbsent(List.of(to / columns - from / columns, to % columns - from % columns), way -> empty(network));
				// the busiest is in the last tenth, whatever the rounding
				grid[from / columns][from % columns] = (char) ('0' + (int) Math.min(TENTHS - 1, Math.ceilDiv(TENTHS * load, most) - 1));
			}
		}
		return new LinkLoadMap(intervalCycles(model, plan, loads.maxRouterLoad()), grids.entrySet().stream().map(e -> new LinkGrid(e.getKey().get(0), e.getKey().get(1), Arrays.stream(e.getValue()).map(String::new).toList())).toList());
	}

	/** Cycles that a link needs for an interval of the operator that takes longest, if it carries so many bits in the whole segment. */
	static double intervalCycles(CostModel model, SegmentPlan plan, long bits) {
		return (double) bits / plan.slowestIntervals() / 8 / model.network().interconnect().linkBandwidth().toDouble();
	}

	private static char[][] empty(Network network) {
		char[][] grid = new char[network.rows()][network.columns()];
		for (char[] row : grid) {
			Arrays.fill(row, '.');
		}
		return grid;
	}
}
