package org.pipeorgan.engine.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.pipeorgan.engine.cost.CostModel;
import org.pipeorgan.engine.cost.LowerBound;
import org.pipeorgan.engine.cost.SegmentCost;
import org.pipeorgan.engine.cost.SegmentPlan;
import org.pipeorgan.engine.hardware.Accelerator;
import org.pipeorgan.engine.interconnect.LinkLoads;
import org.pipeorgan.engine.result.RunResult;
import org.pipeorgan.engine.result.SearchEffort;
import org.pipeorgan.engine.result.SegmentDetail.LinkLoadMap;
import org.pipeorgan.engine.result.SegmentResult;
import org.pipeorgan.engine.result.Simulation;
import org.pipeorgan.engine.search.Study.Target;
import org.pipeorgan.engine.workload.Operator;
import org.pipeorgan.engine.workload.Workload;

/** States a mapping as the result of a run. */
final class RunStatement {
	private final Target target;
	private final CostModel model;
	private final Policy policy;
	private final Explanation explanation;
	private final Map<RepeatedPoint, OnArray> onArrays = new HashMap<>();

	/** @param known points of the policy's search */
	RunStatement(Target target, CostModel model, Policy policy, Objective objective, SegmentPlans.Points known) {
		this.target = target;
		this.model = model;
		this.policy = policy;
		explanation = new Explanation(model, objective, policy, known);
	}

	/** The result of a run. @param simulation {@code null} if it was not simulated */
	RunResult of(Mapping mapping, SearchEffort effort, Simulation simulation) {
		Workload workload = model.workload();
		LowerBound bound = LowerBound.of(workload, target.accelerator());
		Mapping.Sums sums = mapping.sums();
		long hopBits = 0;
		double maxLoad = 0;
		List<SegmentResult> segments = new ArrayList<>();
		Mapping.Step before = null;
		for (Mapping.Step step : mapping.steps()) {
			SegmentResult segment = segment(before, step);
			segments.add(segment);
			before = step;
			hopBits = Math.addExact(hopBits, step.plan().hopBits());
			maxLoad = Math.max(maxLoad, segment.maxLinkLoadCycles());
		}
		double utilization = (double) workload.macs() / ((double) sums.latencyCycles() * target.accelerator().peakMacsPerCycle());
		Accelerator accelerator = target.accelerator();
		return new RunResult(workload.name(), workload.form(), accelerator.name(), accelerator.rows(), accelerator.columns(), accelerator.peakMacsPerCycle(),
				accelerator.memoryBandwidth().toDouble(), target.interconnect().name(), policy.name(), policy.restricted(), workload.macs(), sums.latencyCycles(),
				accelerator.seconds(sums.latencyCycles()), sums.energyPicojoules(), sums.memoryReadBytes(), sums.memoryWriteBytes(), sums.bufferReadBytes(), sums.bufferWriteBytes(), Math.ceilDiv(hopBits, 8L), maxLoad, utilization, bound.cycles(), bound.memoryBytes(), effort, segments, simulation);
	}

	/**
	 * Where a plan's operators are, and what it puts on the links.
	 *
	 * @param owners   operator of each PE
	 * @param meanHops of what is delivered
	 */
	private record OnArray(List<Integer> owners, LinkLoadMap links, double meanHops) {
	}

	private OnArray onArray(SegmentPlan plan) {
		return onArrays.computeIfAbsent(RepeatedPoint.of(model, plan.point()), repeated -> {
			LinkLoads loads = model.traffic(plan, null);
			return new OnArray(Arrays.stream(plan.placement().owners()).boxed().toList(), SegmentStatement.links(model, plan, loads), loads.meanHops());
		});
	}

	private SegmentResult segment(Mapping.Step before, Mapping.Step step) {
		SegmentPlan plan = step.plan();
		SegmentCost cost = step.cost();
		int first = plan.point().first();
		int depth = plan.point().depth();
		List<Operator> operators = model.workload().operators().subList(first, first + depth);
		OnArray array = onArray(plan);
		String order = plan.point().orderClass().order().toString();
		return new SegmentResult(operators.stream().map(Operator::name).toList(), plan.granularities(),
				plan.dataflows().stream().mapToLong(d -> d.intervals()).max().orElseThrow(),
				depth == 1 ? "whole-array" : plan.point().organization().label(), plan.pes(), operators.stream().map(o -> order).toList(),
				plan.point().orderClass().keyword(), plan.point().chunks(), plan.point().weightLevel().keyword(),
				(double) plan.slowestIntervalUnits() / model.unitsPerCycle(), cost.limit(), cost.latencyCycles(),
				cost.memoryReadBytes() + cost.memoryWriteBytes(), SegmentStatement.intervalCycles(model, plan, plan.busiestLinkBits()), array.meanHops(), cost.energyPicojoules(),
				step.held().tensors().stream().map(t -> model.workload().tensors().get(t).name()).toList(),
				array.owners(), explanation.nextBest(before, step), explanation.depthEnd(before, step),
				plan.point().choices(), plan.choices(), new SegmentStatement(model, plan, before == null ? Held.NONE : before.held(), step.held()).detail(array.links()));
	}
}
