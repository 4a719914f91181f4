package org.pipeorgan.engine.search;

import java.util.List;
import java.util.stream.IntStream;

import org.pipeorgan.engine.cost.CostModel;
import org.pipeorgan.engine.cost.SegmentCost;
import org.pipeorgan.engine.cost.SegmentPlan;
import org.pipeorgan.engine.result.RunResult;
import org.pipeorgan.engine.result.SegmentResult;
import org.pipeorgan.engine.result.StudyResult;
import org.pipeorgan.engine.search.Study.Target;

/**
 * A run with the plans behind its mapping: what files for other simulators are written from.
 *
 * @param result   the run
 * @param model    the model that costed it
 * @param segments in order of execution
 */
public record MappedRun(RunResult result, CostModel model, List<Segment> segments) {

	/**
	 * One segment.
	 *
	 * @param plan   what runs
	 * @param cost   what it costs
	 * @param result what the run says about it
	 */
	public record Segment(SegmentPlan plan, SegmentCost cost, SegmentResult result) {
	}

	/** Copies its list. */
	public MappedRun {
		segments = List.copyOf(segments);
	}

	/**
	 * Evaluates the mapping of a run once more; nothing is searched.
	 *
	 * @throws IllegalArgumentException if the run is none of the study's
	 */
	public static MappedRun of(Study study, RunResult run) {
		Target target = study.targets().stream().filter(t -> t.workload().label().equals(run.workloadLabel()) && t.accelerator().name().equals(run.accelerator())
				&& t.interconnect().name().equals(run.interconnect())).findFirst().orElseThrow(() -> foreign(study, run));
		Policy policy = study.policies().stream().filter(p -> p.name().equals(run.policy())).findFirst().orElseThrow(() -> foreign(study, run));
		Policy fixed = policy.fixed(policy.name(), run, true);
		CostModel model = StudyRunner.model(target, fixed);
		List<Mapping.Step> steps = new FixedEvaluation(model, fixed).mapping().steps();
		return new MappedRun(run, model, IntStream.range(0, steps.size())
				.mapToObj(i -> new Segment(steps.get(i).plan(), steps.get(i).cost(), run.segments().get(i))).toList());
	}

	/** All runs of a study that have a mapping. */
	public static List<MappedRun> all(Study study, StudyResult result) {
		return result.runs().stream().filter(run -> !run.segments().isEmpty()).map(run -> of(study, run)).toList();
	}

	private static IllegalArgumentException foreign(Study study, RunResult run) {
		return new IllegalArgumentException("study " + study.name() + " has no run of " + run.workloadLabel() + " on " + run.accelerator() + " with "
				+ run.interconnect() + " by " + run.policy());
	}
}
