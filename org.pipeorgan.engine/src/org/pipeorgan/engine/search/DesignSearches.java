package org.pipeorgan.engine.search;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;

import org.pipeorgan.engine.cost.CostModel;
import org.pipeorgan.engine.cost.LowerBound;
import org.pipeorgan.engine.exploration.Totals;
import org.pipeorgan.engine.exploration.UnmappableException;
import org.pipeorgan.engine.search.Study.Target;

/**
 * Maps many designs, of which only the totals are asked for. Policies on equal targets share their searches, as long as the target is among the
 * last ones; memory is bounded by how many these are. Safe for many threads; a result does not depend on what was shared.
 */
public final class DesignSearches {
	private final Objective objective;
	private final Progress progress;
	private final Map<Target, SharedSearches> recent;

	/**
	 * @param objective what the policies minimise
	 * @param targets   how many targets are remembered, at least 1
	 * @param progress  asked whether to stop
	 */
	public DesignSearches(Objective objective, int targets, Progress progress) {
		this.objective = objective;
		this.progress = progress;
		recent = new LinkedHashMap<>(16, 0.75f, true) {
			private static final long serialVersionUID = 1L;

			@Override
			protected boolean removeEldestEntry(Map.Entry<Target, SharedSearches> eldest) {
				return size() > targets;
			}
		};
	}

	/**
	 * Maps one workload.
	 *
	 * @throws UnmappableException   if it cannot be mapped, or its costs cannot be computed
	 * @throws CancellationException if the progress asked to stop
	 */
	public Totals totals(Target target, Policy policy) {
		try {
			return StudyRunner.guarded(target, () -> search(target, policy));
		} catch (InfeasibleException e) {
			throw new UnmappableException(e.getMessage());
		}
	}

	private Totals search(Target target, Policy policy) {
		SharedSearches shared;
		synchronized (recent) {
			shared = recent.computeIfAbsent(target, SharedSearches::new);
		}
		StudyProgress.Run run = new StudyProgress(progress, 1).new Run("", PolicySearch.searches(policy.kind()));
		return totals(target, shared.model(policy), new PolicySearch(shared, policy, objective, run).mapping());
	}

	private static Totals totals(Target target, CostModel model, Mapping mapping) {
		Mapping.Sums sums = mapping.sums();
		int deepest = mapping.steps().stream().mapToInt(step -> step.plan().point().depth()).max().orElse(0);
		LowerBound bound = LowerBound.of(model.workload(), target.accelerator());
		return new Totals(sums.latencyCycles(), target.accelerator().seconds(sums.latencyCycles()), sums.energyPicojoules(), sums.memoryReadBytes(), sums.memoryWriteBytes(),
				sums.bufferReadBytes(), sums.bufferWriteBytes(), model.workload().macs(), bound.cycles(), bound.memoryBytes(), mapping.steps().size(), deepest);
	}
}
