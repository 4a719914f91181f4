package org.pipeorgan.engine.search;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import org.pipeorgan.engine.cost.CostModel;
import org.pipeorgan.engine.cost.ResidenceCost;
import org.pipeorgan.engine.cost.SegmentPlan;
import org.pipeorgan.engine.result.SearchEffort;
import org.pipeorgan.engine.search.SharedSearches.Aim;
import org.pipeorgan.engine.workload.Operator;

/**
 * Finds the mapping of a policy. The heuristic's mapping is known to the search of the whole space. Where a search proves nothing, smaller spaces are searched for a better
 * mapping: no policy is worse in its objective than one of a smaller space.
 */
final class PolicySearch {
	/** The heuristic ends at once this close to what is proven of its space, and otherwise with so many points, for each operator and in all. */
	private static final double HEURISTIC_GAP = 0.005;
	private static final long HEURISTIC_POINTS = 40;
	private static final long LEAST_HEURISTIC_POINTS = 5000;
	/** Points that the exact search costs at most, for each operator and in all; beyond that its result states what is proven. */
	private static final long OPTIMAL_POINTS = 200;
	private static final long LEAST_POINTS = 50_000;

	private final CostModel model;
	private final Policy policy;
	private final Objective objective;
	private final SharedSearches shared;
	private final StudyProgress.Run progress;
	private long candidates;
	private long pruned;
	private boolean exhaustive;
	private double bound;
	private double seconds;
	private SegmentPlans.Points points = SegmentPlans.Points.NONE;

	PolicySearch(SharedSearches shared, Policy policy, Objective objective, StudyProgress.Run progress) {
		this.shared = shared;
		model = shared.model(policy);
		this.policy = policy;
		this.objective = objective;
		this.progress = progress;
	}

	/** How many searches a policy of a kind makes, but for those of smaller spaces where one could not prove its mapping. */
	static int searches(PolicyKind kind) {
		return switch (kind) {
			case FIXED, SIMBA, LAYER_BY_LAYER, TANGRAM, TANGRAM_PAIRED -> 1;
			case PIPEORGAN -> 2;
			case OPTIMAL -> 3;
		};
	}

	/** The mapping. @throws InfeasibleException if there is none */
	Mapping mapping() {
		List<Constraints.Fault> faults = policy.constraints().faults(model.workload(), policy.maxDepth());
		if (!faults.isEmpty()) {
			throw new InfeasibleException("", "policy '" + policy.name() + "' cannot map workload '" + model.workload().name() + "': " + faults.get(0).message());
		}
		Mapping mapping = switch (policy.kind()) {
			case FIXED -> fixed();
			case SIMBA, LAYER_BY_LAYER -> alone(policy.kind());
			case TANGRAM, TANGRAM_PAIRED -> pairs();
			case PIPEORGAN -> heuristic().mapping();
			case OPTIMAL -> optimal();
		};
		if (mapping == null) {
			throw infeasible();
		}
		return mapping.complete(model);
	}

	/** What the search did. A smaller search that another policy made already counts as if it had been made again. */
	SearchEffort effort() {
		return new SearchEffort(candidates, pruned, exhaustive, bound, seconds);
	}

	/** Points that are known from the search, with the weight levels of the policy; what is not among them is worked out anew where it is asked for. */
	SegmentPlans.Points points() {
		return points;
	}

	private static double since(long nanos) {
		return (System.nanoTime() - nanos) / 1e9;
	}

	private Mapping fixed() {
		long begin = System.nanoTime();
		Mapping mapping = new FixedEvaluation(model, policy).mapping();
		candidates = mapping.steps().size();
		exhaustive = true;
		bound = objective.value(mapping);
		seconds = since(begin);
		return mapping;
	}

	private Mapping optimal() {
		SharedSearches.Found known = heuristic();
		long most = Math.max(LEAST_POINTS, OPTIMAL_POINTS * model.workload().operators().size());
		return count(find(PolicyKind.OPTIMAL, Aim.BEST, known.points(), most, search -> search.search(known.mapping()))).mapping();
	}

	/** What the heuristic finds, or the best mapping of the fair baseline's space if that is better: this space is searched as far as it takes to tell. */
	private SharedSearches.Found heuristic() {
		// where time does not count, many mappings are as good, and those of the baseline's are not slow
		boolean known = !objective.ofTime() && policy.maxDepth() > 1;
		SharedSearches.Found found = known ? near(Aim.NEAR_FROM_BASELINE, pairs()) : near(Aim.NEAR, null);
		Mapping mapping = found.mapping();
		if (mapping == null && !known) {
			// so many points need not lead to any mapping, where constraints leave few
			Mapping baseline = pairs();
			found = baseline == null ? found : near(Aim.NEAR_FROM_BASELINE, baseline);
			mapping = found.mapping();
		} else if (!known && policy.maxDepth() > 1) {
			double limit = objective.value(mapping);
			SharedSearches.Found better = count(find(PolicyKind.TANGRAM, Aim.BETTER, found.points(), Long.MAX_VALUE, search -> search.searchBelow(limit)));
			mapping = better(mapping, better.exhaustive() ? better.mapping() : pairs());
		}
		count(found);
		exhaustive = false;
		return found.with(mapping);
	}

	/** @param known a mapping that is known already; {@code null} if none is */
	private SharedSearches.Found near(Aim aim, Mapping known) {
		long most = Math.max(LEAST_HEURISTIC_POINTS, HEURISTIC_POINTS * model.workload().operators().size());
		return find(PolicyKind.PIPEORGAN, aim, SegmentPlans.Points.NONE, most, search -> search.search(known));
	}

	/** The best mapping of the fair baseline's space under the policy's restrictions. */
	private Mapping pairs() {
		if (policy.maxDepth() == 1) {
			return policy.pairs() ? null : alone(PolicyKind.LAYER_BY_LAYER);
		}
		SharedSearches.Found found = best(PolicyKind.TANGRAM);
		Mapping alone = found.exhaustive() || policy.pairs() ? null : alone(PolicyKind.LAYER_BY_LAYER);
		return better(count(found).mapping(), alone);
	}

	private Mapping alone(PolicyKind space) {
		return count(best(space)).mapping();
	}

	private SharedSearches.Found best(PolicyKind space) {
		return find(space, Aim.BEST, SegmentPlans.Points.NONE, Long.MAX_VALUE, search -> search.search(null));
	}

	/** @param earlier points of an earlier search, see {@link MappingSearch} */
	private SharedSearches.Found find(PolicyKind space, Aim aim, SegmentPlans.Points earlier, long most, Function<MappingSearch, Mapping> run) {
		progress.begin("search of " + space.keyword());
		int depth = Math.min(policy.maxDepth(), space.defaultDepth());
		SharedSearches.Found found = shared.find(new SharedSearches.Key(space, aim, depth, policy.pairs(), policy.channelsOnly(), policy.restrictions(), policy.constraints()), () -> {
			long begin = System.nanoTime();
			MappingSearch search = new MappingSearch(model, new SegmentSpace(model, space, depth, policy.constraints()), policy, objective, earlier, most,
					aim.isNear() ? HEURISTIC_GAP : 0, progress);
			Mapping mapping = run.apply(search);
			points = aim == Aim.BETTER ? points : search.points();
			// later searches begin with those of the heuristic only; those of all networks of a study would not fit into memory
			SegmentPlans.Points shown = aim.isNear() ? points : SegmentPlans.Points.NONE;
			return new SharedSearches.Found(mapping, shown, search.costed(), search.pruned(), search.exhaustive(), search.proven(), since(begin));
		});
		points = aim.isNear() ? found.points() : points;
		return found;
	}

	/** Counts what a search did; the last one that is counted is the policy's own. */
	private SharedSearches.Found count(SharedSearches.Found found) {
		candidates += found.costed();
		pruned += found.pruned();
		seconds += found.seconds();
		exhaustive = found.exhaustive();
		bound = found.proven();
		return found;
	}

	private Mapping better(Mapping one, Mapping other) {
		return other == null || one != null && objective.value(one) <= objective.value(other) ? one : other;
	}

	/** Names the first operator that does not fit even alone, or else the first that no segment within the constraints can begin with. */
	private InfeasibleException infeasible() {
		SegmentSpace space = new SegmentSpace(model, PolicyKind.LAYER_BY_LAYER, 1, Constraints.NONE);
		SegmentPlans plans = new SegmentPlans(model, space, objective, false);
		Optional<Operator> misfit = model.workload().operators().stream().filter(o -> !plans.fits(o.index(), 1)).findFirst();
		if (misfit.isEmpty() && !policy.constraints().isEmpty()) {
			return constrained();
		}
		Operator widest = misfit.orElse(model.workload().operators().get(0));
		long least = plans.all(widest.index(), 1).stream().mapToLong(p -> ResidenceCost.spaceBytes(p, Held.NONE, Held.NONE)).min().orElse(0);
		return new InfeasibleException(widest.name(), "operator '" + widest.name() + "' of workload '" + model.workload().name()
				+ "' does not fit on accelerator '" + model.accelerator().name() + "' in any mapping of policy " + policy.name() + ": its tiles need at least "
				+ least + " B of the global buffer, which has " + model.accelerator().bufferBytes() + " B; enlarge the buffer");
	}

	private InfeasibleException constrained() {
		List<Operator> operators = model.workload().operators();
		SegmentSpace space = new SegmentSpace(model, policy.kind(), policy.maxDepth(), policy.constraints());
		SegmentPlans plans = new SegmentPlans(model, space, objective, false);
		boolean[] reached = new boolean[operators.size() + 1];
		reached[0] = true;
		int furthest = 0;
		for (int first = 0; first < operators.size(); first++) {
			for (int depth = 1; reached[first] && depth <= space.deepest(first); depth++) {
				if (!reached[first + depth] && plans.fits(first, depth)) {
					reached[first + depth] = true;
					furthest = Math.max(furthest, first + depth);
				}
			}
		}
		String where = furthest == operators.size() ? "the tensors that it keeps do not fit into the buffer beside the segments, " + model.accelerator().bufferBytes() + " B"
				: "no segment that begins with operator '" + operators.get(furthest).name() + "' meets them and fits on accelerator '" + model.accelerator().name() + "'";
		return new InfeasibleException(furthest == operators.size() ? "" : operators.get(furthest).name(), "policy '" + policy.name()
				+ "' has no mapping of workload '" + model.workload().name() + "' within its constraints (" + policy.constraints() + "): " + where + "; loosen them");
	}
}
