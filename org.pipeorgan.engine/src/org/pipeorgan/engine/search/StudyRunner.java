package org.pipeorgan.engine.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Future;
import java.util.function.Supplier;

import org.pipeorgan.engine.concurrent.Workers;
import org.pipeorgan.engine.cost.CostModel;
import org.pipeorgan.engine.hardware.HardwareException;
import org.pipeorgan.engine.interconnect.Interconnect;
import org.pipeorgan.engine.interconnect.Network;
import org.pipeorgan.engine.organization.SplitRule;
import org.pipeorgan.engine.result.InfeasibleRun;
import org.pipeorgan.engine.result.RunResult;
import org.pipeorgan.engine.result.StudyResult;
import org.pipeorgan.engine.search.Study.Target;

/** Runs studies. */
public final class StudyRunner {
	private final Study study;
	private final StudyProgress progress;
	private final Map<Target, SharedSearches> searches = new IdentityHashMap<>();

	private StudyRunner(Study study, Progress progress) {
		this.study = study;
		this.progress = new StudyProgress(progress, study.targets().size() * study.policies().size());
		study.targets().forEach(target -> searches.put(target, new SharedSearches(target)));
	}

	/**
	 * Runs a study; the result does not depend on the number of threads. A run that has no mapping is a result too.
	 *
	 * @param threads  worker threads, at least 1
	 * @param progress told of finished runs, and now and then how far it is
	 * @throws CancellationException if the progress asked to stop
	 */
	public static StudyResult run(Study study, int threads, Progress progress) {
		return new StudyRunner(study, progress).run(threads);
	}

	private StudyResult run(int threads) {
		try (Workers workers = new Workers(Math.max(1, threads), "pipeorgan-search")) {
			record Run(Target target, Policy policy) {
			}
			List<Run> all = study.targets().stream().flatMap(target -> study.policies().stream().map(policy -> new Run(target, policy))).toList();
			// long runs begin first, so that no thread is left with one at the end; the order of the results is the study's
			Map<Run, Future<Outcome>> futures = new IdentityHashMap<>();
			all.stream().sorted(Comparator.comparingInt((Run run) -> -run.policy().maxDepth() * run.target().workload().operators().size()))
					.forEach(run -> futures.put(run, workers.submit(() -> map(run.target(), run.policy()))));
			List<RunResult> runs = new ArrayList<>();
			List<InfeasibleRun> infeasible = new ArrayList<>();
			for (Run run : all) {
				Outcome outcome = Workers.result(futures.get(run), "the study");
				outcome.result().ifPresent(runs::add);
				outcome.failure().ifPresent(infeasible::add);
			}
			return new StudyResult(study.name(), study.objective().keyword(), runs, infeasible, Comparisons.of(study, runs));
		}
	}

	/** What a run came to: one of the two. */
	private record Outcome(Optional<RunResult> result, Optional<InfeasibleRun> failure) {
	}

	private Outcome map(Target target, Policy policy) {
		progress.checkCancelled();
		StudyProgress.Run run = progress.new Run(target.workload().label() + " on " + target.accelerator().name() + " with " + target.interconnect().name()
				+ ": " + policy.name(), PolicySearch.searches(policy.kind()) + (study.simulated() ? 1 : 0));
		Outcome outcome;
		try {
			outcome = new Outcome(Optional.of(search(target, policy, run)), Optional.empty());
		} catch (InfeasibleException e) {
			outcome = new Outcome(Optional.empty(), Optional.of(e.run(target, policy)));
		}
		run.end();
		return outcome;
	}

	/** The model by which a policy is costed on a target. */
	static CostModel model(Target target, Policy policy) {
		Interconnect interconnect = policy.restrictions().contains(Restriction.UNICAST) ? target.interconnect().withoutMulticast() : target.interconnect();
		Network network = new Network(interconnect, target.accelerator().rows(), target.accelerator().columns());
		SplitRule splits = policy.channelsOnly() ? SplitRule.CHANNELS_ONLY : SplitRule.ALL_RANKS;
		return new CostModel(target.workload(), target.accelerator(), network, splits);
	}

	/** @throws InfeasibleException if there is no mapping, or what cannot be costed, with the reason */
	private RunResult search(Target target, Policy policy, StudyProgress.Run progress) {
		return guarded(target, () -> {
			Capacity.checkStated(target, policy);
			SharedSearches shared = searches.get(target);
			CostModel model = shared.model(policy);
			PolicySearch search = new PolicySearch(shared, policy, study.objective(), progress);
			Mapping mapping = search.mapping();
			return new RunStatement(target, model, policy, study.objective(), search.points()).of(mapping, search.effort(),
					study.simulated() ? MappingSimulation.of(model, mapping, progress) : null);
		});
	}

	/** What cannot be costed is refused like what does not fit, with the reason. */
	static <T> T guarded(Target target, Supplier<T> search) {
		String workload = target.workload().name();
		try {
			return search.get();
		} catch (HardwareException e) {
			throw new InfeasibleException("", e.getMessage());
		} catch (ArithmeticException e) {
			throw new InfeasibleException("", "a time or a volume of workload '" + workload + "' on accelerator '" + target.accelerator().name()
					+ "' with interconnect '" + target.interconnect().name() + "' does not fit into 64 bits; make the workload smaller or the bandwidths larger");
		}
	}
}
