package org.pipeorgan.engine.search;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

import org.pipeorgan.engine.cost.CostModel;
import org.pipeorgan.engine.cost.LowerBound;
import org.pipeorgan.engine.cost.SegmentCost;
import org.pipeorgan.engine.cost.SegmentPlan;
import org.pipeorgan.engine.interconnect.Interconnect;
import org.pipeorgan.engine.interconnect.Network;
import org.pipeorgan.engine.organization.SplitRule;
import org.pipeorgan.engine.result.Comparison;
import org.pipeorgan.engine.result.RunResult;
import org.pipeorgan.engine.result.SearchEffort;
import org.pipeorgan.engine.result.SegmentResult;
import org.pipeorgan.engine.result.StudyResult;
import org.pipeorgan.engine.search.Study.Target;
import org.pipeorgan.engine.workload.Operator;
import org.pipeorgan.engine.workload.Workload;

/** Runs studies. */
public final class StudyRunner {
	private final Study study;
	private final Progress progress;
	private final AtomicInteger done = new AtomicInteger();
	private final int total;

	private StudyRunner(Study study, Progress progress) {
		this.study = study;
		this.progress = progress;
		total = study.targets().size() * study.policies().size();
	}

	/**
	 * Runs a study; the result does not depend on the number of threads.
	 *
	 * @param threads  worker threads, at least 1
	 * @param progress told of finished runs
	 * @throws InfeasibleException   if a workload cannot be mapped on an accelerator at all
	 * @throws CancellationException if the progress asked to stop
	 */
	public static StudyResult run(Study study, int threads, Progress progress) {
		return new StudyRunner(study, progress).run(threads);
	}

	private StudyResult run(int threads) {
		ExecutorService workers = Executors.newFixedThreadPool(Math.max(1, threads), task -> {
			Thread thread = new Thread(task, "pipeorgan-search");
			thread.setDaemon(true);
			return thread;
		});
		try {
			List<Future<RunResult>> futures = new ArrayList<>();
			for (Target target : study.targets()) {
				for (Policy policy : study.policies()) {
					futures.add(workers.submit(() -> map(target, policy)));
				}
			}
			List<RunResult> runs = new ArrayList<>();
			for (Future<RunResult> future : futures) {
				runs.add(future.get());
			}
			return new StudyResult(study.name(), study.objective().keyword(), runs, compare(runs));
		} catch (ExecutionException e) {
			if (e.getCause() instanceof RuntimeException cause) {
				throw cause;
			}
			throw new IllegalStateException(e.getCause());
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
			throw new CancellationException("the study was interrupted");
		} finally {
			workers.shutdownNow();
		}
	}

	private RunResult map(Target target, Policy policy) {
		if (progress.isCancelled()) {
			throw new CancellationException("the study was cancelled");
		}
		long begin = System.nanoTime();
		Interconnect interconnect = policy.restrictions().contains(Restriction.UNICAST) ? target.interconnect().withoutMulticast() : target.interconnect();
		Network network = new Network(interconnect, target.accelerator().rows(), target.accelerator().columns());
		SplitRule splits = policy.kind() == PolicyKind.SIMBA || policy.restrictions().contains(Restriction.CHANNEL_SPLIT) ? SplitRule.CHANNELS_ONLY
				: SplitRule.ALL_RANKS;
		CostModel model = new CostModel(target.workload(), target.accelerator(), network, splits);
		Mapping incumbent = null;
		long candidates = 0;
		if (policy.kind() == PolicyKind.OPTIMAL) {
			SegmentSpace heuristic = new SegmentSpace(model, PolicyKind.PIPEORGAN);
			Policy pipeorgan = new Policy(policy.name(), PolicyKind.PIPEORGAN, policy.maxDepth(), policy.restrictions());
			incumbent = new CutSearch(model, heuristic, study.objective(), pipeorgan, null, progress).best();
			candidates = heuristic.candidates();
		}
		SegmentSpace space = new SegmentSpace(model, policy.kind());
		Mapping mapping = new CutSearch(model, space, study.objective(), policy, incumbent, progress).best();
		double seconds = (System.nanoTime() - begin) / 1e9;
		boolean exhaustive = mapping.exhaustive() && policy.kind() != PolicyKind.PIPEORGAN;
		SearchEffort effort = new SearchEffort(candidates + space.candidates(), mapping.pruned() + space.pruned(), exhaustive, seconds);
		RunResult run = result(target, policy, model, mapping, effort);
		progress.advance(run.workloadLabel() + " on " + run.accelerator() + " with " + run.interconnect() + ": " + run.policy(), done.incrementAndGet(), total);
		return run;
	}

	private static RunResult result(Target target, Policy policy, CostModel model, Mapping mapping, SearchEffort effort) {
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
		for (Mapping.Step step : mapping.steps()) {
			SegmentResult segment = segment(model, step);
			segments.add(segment);
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
		return new RunResult(workload.name(), workload.form(), target.accelerator().name(), target.accelerator().rows(), target.accelerator().columns(),
				target.accelerator().peakMacsPerCycle(), target.accelerator().memoryBandwidth().toDouble(), target.interconnect().name(), policy.name(), policy.restricted(), workload.macs(), latency, target.accelerator().seconds(latency), energy, memoryRead,
				memoryWrite, bufferRead, bufferWrite, Math.ceilDiv(hopBits, 8L), maxLoad, utilization, bound.cycles(), bound.memoryBytes(), effort, segments);
	}

	private static SegmentResult segment(CostModel model, Mapping.Step step) {
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
				(double) plan.slowestIntervalUnits() / model.unitsPerCycle(), cost.limit(), cost.latencyCycles(),
				cost.memoryReadBytes() + cost.memoryWriteBytes(), load, plan.meanHops(), cost.energyPicojoules(),
				step.held().tensors().stream().map(t -> model.workload().tensors().get(t).name()).toList(),
				java.util.Arrays.stream(plan.placement().owners()).boxed().toList());
	}

	private List<Comparison> compare(List<RunResult> runs) {
		if (study.baseline() == null) {
			return List.of();
		}
		String onInterconnect = study.baselineInterconnect() != null ? study.baselineInterconnect() : runs.get(0).interconnect();
		record Group(String accelerator, String policy, String interconnect) {
		}
		Map<String, RunResult> baselines = new LinkedHashMap<>();
		Map<Group, List<RunResult>> groups = new LinkedHashMap<>();
		for (RunResult run : runs) {
			boolean baseline = run.policy().equals(study.baseline().name()) && run.interconnect().equals(onInterconnect);
			if (baseline) {
				baselines.put(run.accelerator() + "\n" + run.workloadLabel(), run);
			} else {
				groups.computeIfAbsent(new Group(run.accelerator(), run.policy(), run.interconnect()), g -> new ArrayList<>()).add(run);
			}
		}
		List<Comparison> comparisons = new ArrayList<>();
		groups.forEach((group, members) -> {
			Map<String, Comparison.Ratios> ratios = new LinkedHashMap<>();
			for (RunResult run : members) {
				RunResult baseline = baselines.get(run.accelerator() + "\n" + run.workloadLabel());
				if (baseline != null) {
					ratios.put(run.workloadLabel(), new Comparison.Ratios((double) baseline.latencyCycles() / run.latencyCycles(),
							(double) baseline.latencyCycles() / run.lowerBoundCycles(), baseline.energyPicojoules() / run.energyPicojoules(),
							(double) baseline.memoryBytes() / run.memoryBytes()));
				}
			}
			if (!ratios.isEmpty()) {
				comparisons.add(new Comparison(group.accelerator(), study.baseline().name(), onInterconnect, group.policy(), group.interconnect(),
						geomean(ratios, Comparison.Ratios::speedup), geomean(ratios, Comparison.Ratios::ceiling),
						geomean(ratios, Comparison.Ratios::energyRatio), geomean(ratios, Comparison.Ratios::memoryRatio), ratios));
			}
		});
		return comparisons;
	}

	private static double geomean(Map<String, Comparison.Ratios> ratios, java.util.function.ToDoubleFunction<Comparison.Ratios> of) {
		return Math.exp(ratios.values().stream().mapToDouble(r -> Math.log(of.applyAsDouble(r))).average().orElseThrow());
	}
}
