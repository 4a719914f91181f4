package org.pipeorgan.engine.search;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.FutureTask;

import org.pipeorgan.engine.concurrent.Workers;
import org.pipeorgan.engine.cost.CostModel;

/**
 * What was found on one target, so that policies whose searches begin with the same smaller space search it once. Safe for many threads: who asks
 * second waits for the first. A search depends on nothing but its key, so it does not matter who is first.
 */
final class SharedSearches {
	/** What a search looks for. */
	enum Aim {
		/** The best mapping of its space. */
		BEST,
		/** One that is not much worse. */
		NEAR,
		/** One that is not much worse, where the baseline's mapping is known. */
		NEAR_FROM_BASELINE,
		/** The best mapping, if it is better than the heuristic's. */
		BETTER;

		/** Whether it need not be the best. */
		boolean isNear() {
			return this == NEAR || this == NEAR_FROM_BASELINE;
		}
	}

	/** What a search on a target depends on, within a study of one objective. */
	record Key(PolicyKind space, Aim aim, int maxDepth, boolean pairs, boolean channelsOnly, Set<Restriction> restrictions, Constraints constraints) {
	}

	/**
	 * What a search found.
	 *
	 * @param mapping    the best mapping; {@code null} if there is none
	 * @param points     that are known now
	 * @param costed     points that were costed
	 * @param pruned     points and labels that were not
	 * @param exhaustive whether the mapping is proven to be the best
	 * @param proven     a bound from below on the objective of all mappings of the space
	 * @param seconds    that it took
	 */
	record Found(Mapping mapping, SegmentPlans.Points points, long costed, long pruned, boolean exhaustive, double proven, double seconds) {
		/** The same search with another mapping. */
		Found with(Mapping better) {
			return new Found(better, points, costed, pruned, exhaustive, proven, seconds);
		}
	}

	private record ModelKey(boolean unicast, boolean channelsOnly) {
	}

	private final Study.Target target;
	private final Map<ModelKey, CostModel> models = new ConcurrentHashMap<>();
	private final Map<Key, FutureTask<Found>> searches = new ConcurrentHashMap<>();

	SharedSearches(Study.Target target) {
		this.target = target;
	}

	/** The model of a policy on the target. */
	CostModel model(Policy policy) {
		return models.computeIfAbsent(new ModelKey(policy.restrictions().contains(Restriction.UNICAST), policy.channelsOnly()),
				key -> StudyRunner.model(target, policy));
	}

	/** What is known under a key, or is found now. @throws CancellationException if the search was cancelled, or waiting for it interrupted */
	Found find(Key key, Callable<Found> search) {
		FutureTask<Found> own = new FutureTask<>(search);
		FutureTask<Found> task = searches.putIfAbsent(key, own);
		if (task == null) {
			own.run();
			task = own;
		}
		return Workers.result(task, "the study");
	}
}
