package org.pipeorgan.engine.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.pipeorgan.engine.cost.CostModel;
import org.pipeorgan.engine.cost.LowerBound;
import org.pipeorgan.engine.cost.SegmentCost;
import org.pipeorgan.engine.cost.SegmentPlan;
import org.pipeorgan.engine.hardware.Accelerator;
import org.pipeorgan.engine.interconnect.Interconnect;
import org.pipeorgan.engine.interconnect.Network;
import org.pipeorgan.engine.organization.SplitRule;
import org.pipeorgan.engine.result.RunResult;
import org.pipeorgan.engine.result.SearchEffort;
import org.pipeorgan.engine.result.SegmentResult;
import org.pipeorgan.engine.search.Study.Target;
import org.pipeorgan.engine.workload.Operator;
import org.pipeorgan.engine.workload.Workload;

/** Maps one workload by one policy and states the result. */
final class PolicySearch {
	private final Target target;
	private final Policy policy;
	private final Objective objective;
	private final boolean simulated;
	private final Progress progress;
	private final CostModel model;
	private final SegmentSpace space;
	private final Explanation explanation;

	PolicySearch(Target target, Policy policy, Objective objective, boolean simulated, Progress progress) {
		this.simulated = simulated;
		this.target = target;
		this.policy = policy;
		this.objective = objective;
		this.progress = progress;
		Interconnect interconnect = policy.restrictions().contains(Restriction.UNICAST) ? target.interconnect().withoutMulticast() : target.interconnect();
		Network network = new Network(interconnect, target.accelerator().rows(), target.accelerator().columns());
		SplitRule splits = policy.channelsOnly() ? SplitRule.CHANNELS_ONLY : SplitRule.ALL_RANKS;
		model = new CostModel(target.workload(), target.accelerator(), network, splits);
		space = new SegmentSpace(model, policy.kind());
		explanation = new Explanation(model, space, objective, policy);
	}

	RunResult run() {
		long begin = System.nanoTime();
		Mapping incumbent = null;
		long candidates = 0;
		if (policy.kind() == PolicyKind.OPTIMAL) {
			SegmentSpace heuristic = new SegmentSpace(model, PolicyKind.PIPEORGAN);
			Policy pipeorgan = new Policy(policy.name(), PolicyKind.PIPEORGAN, policy.maxDepth(), policy.restrictions());
			incumbent = new CutSearch(model, heuristic, objective, pipeorgan, null, progress).best();
			candidates = heuristic.candidates();
		}
		if (policy.kind() == PolicyKind.FIXED) {
			Mapping mapping = new FixedEvaluation(model, policy).mapping();
			return result(mapping, new SearchEffort(mapping.steps().size(), 0, mapping.exhaustive(), (System.nanoTime() - begin) / 1e9));
		}
		Mapping mapping = new CutSearch(model, space, objective, policy, incumbent, progress).best();
		boolean exhaustive = mapping.exhaustive() && policy.kind() != PolicyKind.PIPEORGAN;
		double seconds = (System.nanoTime() - begin) / 1e9;
		return result(mapping, new SearchEffort(candidates + space.candidates(), mapping.pruned() + space.pruned(), exhaustive, seconds));
	}

	private RunResult result(Mapping mapping, SearchEffort effort) {
		Workload workload = model.workload();
		LowerBound bound = LowerBound.of(workload, target.accelerator());
		long latency = 0;
		double energy = 0;
		long memoryRead = 0;
		long memoryWrite = 0;
		long bufferRead = 0;
		long bufferWrite = 0;
		long hopBits = 0;
		double maxLoad = 0;
		List<SegmentResult> segments = new ArrayList<>();
		Mapping.Step before = null;
		for (Mapping.Step step : mapping.steps()) {
			SegmentResult segment = segment(before, step);
			segments.add(segment);
			before = step;
			latency = Math.addExact(latency, step.cost().latencyCycles());
			energy += step.cost().energyPicojoules();
			memoryRead = Math.addExact(memoryRead, step.cost().memoryReadBytes());
			memoryWrite = Math.addExact(memoryWrite, step.cost().memoryWriteBytes());
			bufferRead = Math.addExact(bufferRead, step.cost().bufferReadBytes());
			bufferWrite = Math.addExact(bufferWrite, step.cost().bufferWriteBytes());
			hopBits = Math.addExact(hopBits, step.plan().hopBits());
			maxLoad = Math.max(maxLoad, segment.maxLinkLoadCycles());
		}
		double utilization = (double) workload.macs() / ((double) latency * target.accelerator().peakMacsPerCycle());
		Accelerator accelerator = target.accelerator();
		return new RunResult(workload.name(), workload.form(), accelerator.name(), accelerator.rows(), accelerator.columns(), accelerator.peakMacsPerCycle(),
				accelerator.memoryBandwidth().toDouble(), target.interconnect().name(), policy.name(), policy.restricted(), workload.macs(), latency,
				accelerator.seconds(latency), energy, memoryRead, memoryWrite, bufferRead, bufferWrite, Math.ceilDiv(hopBits, 8L), maxLoad, utilization, bound.cycles(), bound.memoryBytes(), effort, segments,
				simulated ? MappingSimulation.of(model, mapping, progress) : null);
	}

	private SegmentResult segment(Mapping.Step before, Mapping.Step step) {
		SegmentPlan plan = step.plan();
		SegmentCost cost = step.cost();
		int first = plan.point().first();
		int depth = plan.point().depth();
		List<Operator> operators = model.workload().operators().subList(first, first + depth);
		double load = (double) plan.busiestLinkBits() / plan.slowestIntervals() / 8 / model.network().interconnect().linkBandwidth().toDouble();
		String order = plan.point().orderClass().order().toString();
		return new SegmentResult(operators.stream().map(Operator::name).toList(), plan.granularities(),
				plan.dataflows().stream().mapToLong(d -> d.intervals()).max().orElseThrow(),
				depth == 1 ? "whole-array" : plan.point().organization().label(), plan.pes(), operators.stream().map(o -> order).toList(),
				plan.point().orderClass().keyword(), plan.point().chunks(), plan.point().weightLevel().keyword(),
				(double) plan.slowestIntervalUnits() / model.unitsPerCycle(), cost.limit(), cost.latencyCycles(),
				cost.memoryReadBytes() + cost.memoryWriteBytes(), load, plan.meanHops(), cost.energyPicojoules(),
				step.held().tensors().stream().map(t -> model.workload().tensors().get(t).name()).toList(),
				Arrays.stream(plan.placement().owners()).boxed().toList(), explanation.nextBest(before, step), explanation.depthEnd(before, step),
				plan.point().choices(), plan.choices());
	}
}
