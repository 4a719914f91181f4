package org.pipeorgan.engine.search;

import java.util.Arrays;

import org.pipeorgan.engine.cost.CostModel;
import org.pipeorgan.engine.cost.RelaxedCost;

/**
 * Branch and bound over the cuts of a workload and the points of its segments. Bounds of all segments give shortest ways through
 * the graph of cuts; points on the shortest are laid out and costed, which raises the bounds, until it goes through plans only. Then points on ways that cost less
 * than a threshold are costed until none is left there. A search over the plans so far tells whether a mapping below the threshold exists: if so, it is the
 * best one; if not, the threshold rises.
 */
final class MappingSearch {
	/** By how much the threshold rises first, and how much faster each time. */
	private static final double FIRST_STEP = 5e-4;
	private static final double STEP_GROWTH = 1.3;
	/** Where a step costs no more than this part of the points before it, it grows so much faster. */
	private static final long FEW = 10;
	private static final double FEW_GROWTH = 4;
	/** How far above the threshold mappings are looked for that need not be the best, and how much further after a failure. */
	private static final double FIRST_MARGIN = 5e-3;
	private static final double MARGIN_GROWTH = 2;
	/** By how much ways may be longer than the shortest for a better mapping to be looked for on them, first, and how much more each time. */
	private static final double FIRST_POLISH = 6e-3;
	private static final double POLISH_GROWTH = 3;
	/** How many operators segments have at first that a heuristic looks at. */
	private static final int FIRST_REACH = 8;
	/** By what part more they have next where the best ones seem to be as deep. */
	private static final int DEEPER = 4;
	/** By what part of it a mapping must get better for another attempt. */
	private static final double WORTHWHILE = 1e-3;

	/** How much of what lies between bound and limit the graph of held tensors spans first, how much more each time, or less where it is too large, and how little is given up: all at once takes too much memory. */
	private static final double FIRST_BAND = 0.25;
	private static final double BAND_GROWTH = 2;
	private static final double LEAST_BAND = 1e-6;
	/** How much of that is looked at first, and how much more each time. */
	private static final double FIRST_LOOK = 0.06;
	private static final double LOOK_GROWTH = 1.3;

	private final CostModel model;
	private final SegmentSpace space;
	private final Policy policy;
	private final Objective objective;
	private final long most;
	private final double gap;
	private final StudyProgress.Run progress;
	private final SegmentPlans plans;
	private final int operators;
	private final int maxDepth;
	/** How many operators the segments that begin with an operator have at most that are looked at. */
	private final int[] reach;
	/** For each operator, how many operators the segment has that begins with it on the shortest way that was walked last; 0 for none. */
	private final int[] way;
	private final boolean[] pairs;
	/** For each segment, below which value all points were costed. */
	private final double[][] complete;
	private MappingBounds bounds;
	private boolean exhaustive = true;
	private long labels;
	private Mapping best;
	private double limit;
	private double proven;
	private double least;
	private double threshold;

	/**
	 * @param policy  whose restrictions hold; the space may be another's
	 * @param earlier points of an earlier search under the same restrictions
	 * @param most    points that are costed at most, a few more perhaps; then the search ends with the best mapping of the plans so far
	 * @param gap     part of its value by which the mapping may be worse than what is proven, and is not made better then; otherwise only as long as that is
	 *               fast. 0 to prove the best one
	 */
	MappingSearch(CostModel model, SegmentSpace space, Policy policy, Objective objective, SegmentPlans.Points earlier, long most, double gap, StudyProgress.Run progress) {
		this.model = model;
		this.space = space;
		this.policy = policy;
		this.objective = objective;
		this.most = most;
		this.gap = gap;
		this.progress = progress;
		plans = new SegmentPlans(model, space, objective, !policy.restrictions().contains(Restriction.NO_RESIDENCE), earlier);
		operators = model.workload().operators().size();
		maxDepth = space.maxDepth();
		reach = new int[operators];
		for (int first = 0; first < operators; first++) {
			reach[first] = Math.min(space.deepest(first), gap > 0 ? FIRST_REACH : maxDepth);
		}
		way = new int[operators];
		complete = new double[operators][maxDepth + 1];
		pairs = new boolean[operators];
		for (int first = 0; policy.pairs() && first < operators; first++) {
			pairs[first] = space.deepest(first) > 1 && plans.fits(first, 2);
		}
	}

	/** Points that were costed, but for those that an earlier search had. */
	long costed() {
		return plans.costed();
	}

	/** The points that are known now. */
	SegmentPlans.Points points() {
		return plans.points();
	}

	/** Points of the space that were not costed, and labels that were given up. */
	long pruned() {
		long points = 0;
		for (int first = 0; first < operators; first++) {
			for (int depth = shallowest(first); depth <= space.deepest(first); depth++) {
				points += space.points(first, depth);
			}
		}
		return points - plans.costed() + labels;
	}

	/** Whether the best mapping of the space was found and proven. */
	boolean exhaustive() {
		return exhaustive;
	}

	/** A bound from below on the value of every mapping of the space. */
	double proven() {
		return proven;
	}

	/**
	 * Finds the best mapping.
	 *
	 * @param known a mapping of the space that is known already; {@code null} if none is
	 * @return the best mapping, or, where so many points did not suffice, the best that was found; {@code null} if there is none
	 */
	Mapping search(Mapping known) {
		return search(known, known == null ? Double.POSITIVE_INFINITY : objective.value(known));
	}

	/** Finds the best mapping of those below a value. @return as {@link #search(Mapping)} */
	Mapping searchBelow(double value) {
		return search(null, value);
	}

	private Mapping search(Mapping known, double below) {
		bounds = new MappingBounds(objective, operators, maxDepth, known == null ? 1 : known.latency(), known == null ? 1 : known.energy());
		best = known;
		limit = below;
		relax();
		if (known != null) {
			known.steps().forEach(step -> plans.add(step.plan(), bounds));
		}
		least = bounds.least();
		approach();
		threshold = bounds.least();
		double ofAllDepths = gap > 0 ? provenOfAll() : 0;
		if (gap == 0) {
			plans.forget();
		}
		improve(limit);
		if (best == null && relaxAll()) {
			// there may be mappings by deeper segments only
			bounds.update();
			threshold = bounds.least();
		}
		if (gap > 0 && best != null) {
			polish();
			proven = ofAllDepths;
		} else {
			if (objective == Objective.ENERGY_DELAY) {
				close();
			} else {
				settle();
			}
			// where residence was cut, only the bounds of segments prove anything
			proven = exhaustive ? threshold : bounds.least();
		}
		proven = Math.min(proven, limit);
		exhaustive &= best == null || proven >= limit;
		return best;
	}

	/**
	 * Costs points on the shortest ways through the graph of cuts and held tensors, until a way of plans is the shortest or so many points are costed. The
	 * graph holds ways up to a value, which rises.
	 */
	private void settle() {
		HoldingGraph graph = new HoldingGraph(model, policy, bounds, plans, space, progress.study());
		double band = (limit - threshold) * FIRST_BAND;
		boolean small = true;
		bounds.limit(limit);
		while (threshold < bounds.limit() && plans.costed() < most && small) {
			bounds.update();
			double below = Math.min(bounds.limit(), threshold + band);
			if (graph.explore(below)) {
				band *= settle(graph, below) ? BAND_GROWTH : 1;
			} else {
				band = Math.min(band, threshold) / BAND_GROWTH;
				small = band > threshold * LEAST_BAND;
			}
		}
		if (threshold < bounds.limit()) {
			improve(limit);
		} else {
			threshold = limit;
		}
		labels += graph.pruned();
		exhaustive = graph.exhaustive();
	}

	/**
	 * The same for a graph of all ways below a value. Ways that are not much longer than the shortest are looked at first.
	 *
	 * @return whether the graph told all that it can of them; it has to be made anew otherwise
	 */
	private boolean settle(HoldingGraph graph, double below) {
		double step = (below - threshold) * FIRST_LOOK;
		while (threshold < below && threshold < bounds.limit() && plans.costed() < most) {
			double target = Math.min(below, threshold + step);
			graph.look(target, bounds.limit());
			double least = graph.least();
			while (least < Math.min(target, bounds.limit()) && plans.costed() < most) {
				threshold = Math.max(threshold, least);
				progress.step(part());
				graph.settle(Math.min(target, bounds.limit()));
				Mapping found = graph.best(bounds.limit());
				if (found != null) {
					best = found;
					limit = objective.value(found);
					bounds.limit(limit);
				}
				least = graph.least();
				if (least < Math.min(target, bounds.limit()) && graph.constrain()) {
					return false;
				}
			}
			threshold = Math.max(threshold, Math.min(least, target));
			step *= LOOK_GROWTH;
		}
		return true;
	}

	/** Raises the threshold until a mapping lies below it or near enough, or so many points are costed. */
	private void close() {
		double step = FIRST_STEP;
		double margin = FIRST_MARGIN;
		boolean enough = false;
		while (threshold < limit && threshold * (1 + gap) < limit && !enough) {
			threshold = Math.max(threshold, bounds.least());
			double below = Math.min(limit, threshold * (1 + step));
			bounds.limit(limit);
			long before = plans.costed();
			boolean left = refine(below);
			enough = plans.costed() >= most;
			if (bounds.least() < below || enough) {
				// a mapping a little above the threshold makes the rest of the search shorter
				double look = left && !enough ? Math.min(limit, below * (1 + margin)) : limit;
				if (!improve(look)) {
					below = left ? below : limit;
					margin *= MARGIN_GROWTH;
				}
			}
			// beyond the number of points, not all below the threshold were costed
			threshold = Math.min(limit, enough ? Math.max(threshold, bounds.least()) : below);
			step *= (plans.costed() - before) * FEW < before ? FEW_GROWTH : STEP_GROWTH;
		}
	}

	/**
	 * Costs the best points of segments, one of each at a time, on ways that are ever longer, until mappings get no better: on ways that are longer by
	 * no more than the mapping loses nearby.
	 */
	private void polish() {
		double before = Double.POSITIVE_INFINITY;
		for (double band = FIRST_POLISH; limit < before * (1 - WORTHWHILE) && limit > bounds.least() * (1 + gap) && plans.costed() < most; band *= POLISH_GROWTH) {
			before = limit;
			Losses losses = Losses.of(best, bounds);
			double least = bounds.least();
			double below = Math.min(limit, least * (1 + band));
			pass((first, depth) -> Math.min(below, least + losses.around(first, depth)), 1, true);
			bounds.update();
			improve(limit);
		}
	}

	/** Searches the plans so far for a better mapping below a value. */
	private boolean improve(double below) {
		bounds.limit(below);
		CutSearch cuts = new CutSearch(model, objective, policy, bounds, progress.study());
		Mapping found = cuts.best(plans, space);
		exhaustive &= cuts.exhaustive();
		labels += cuts.pruned();
		if (found != null) {
			best = found;
			limit = objective.value(found);
		}
		return found != null;
	}

	private int shallowest(int first) {
		return pairs[first] ? 2 : 1;
	}

	private void relax() {
		// a heuristic does not know yet which segments it looks at
		boolean whole = limit == Double.POSITIVE_INFINITY || gap > 0;
		boolean[] fillings = whole ? new boolean[] { true } : new boolean[] { false, true };
		for (boolean filling : fillings) {
			for (int first = 0; first < operators; first++) {
				progress.step(part());
				for (int depth = shallowest(first); depth <= reach[first]; depth++) {
					if (whole || !filling || !bounds.excludes(bounds.through(first, depth))) {
						plans.relax(first, depth, bounds, filling);
					}
				}
			}
			bounds.update();
			bounds.limit(whole ? Double.POSITIVE_INFINITY : limit);
		}
	}

	/** Lays out and costs points on shortest ways until the shortest of all goes through plans only. */
	private void approach() {
		do {
			bounds.updateFrom();
			while (bounds.least() < limit && walk()) {
				bounds.updateFrom();
			}
		} while (deepen());
		bounds.update();
	}

	private boolean walk() {
		Arrays.fill(way, 0);
		return bounds.settle(this::settle);
	}

	/** Takes deeper segments into account that overlap nearly the deepest ones of the shortest way. @return whether there are any */
	private boolean deepen() {
		if (bounds.least() == Double.POSITIVE_INFINITY) {
			// operators that are to be together may be more
			return relaxAll();
		}
		int[] deeper = reach.clone();
		for (int first = 0; first < operators; first++) {
			int depth = Math.ceilDiv(way[first] * (DEEPER + 1), DEEPER);
			for (int begin = Math.max(0, first + way[first] - depth); depth > reach[first] && begin < first + way[first]; begin++) {
				deeper[begin] = Math.max(deeper[begin], depth);
			}
		}
		return relax(deeper);
	}

	/**
	 * What is proven of segments of all depths, while no option was left out for being beyond the limit: with ways of deeper segments, others may be of use than without.
	 * Those of a heuristic that are not looked at are bounded only as closely as that needs.
	 */
	private double provenOfAll() {
		double shallow = bounds.least();
		for (boolean filling : new boolean[] { false, true }) {
			for (int first = 0; first < operators; first++) {
				progress.step(part());
				for (int depth = reach[first] + 1; depth <= space.deepest(first); depth++) {
					if (!filling || bounds.isBelow(first, depth, shallow)) {
						plans.relax(first, depth, bounds, filling);
					}
				}
			}
			bounds.update();
		}
		double proven = bounds.least();
		for (int first = 0; first < operators; first++) {
			for (int depth = reach[first] + 1; depth <= space.deepest(first); depth++) {
				bounds.clear(first, depth);
			}
		}
		bounds.update();
		return proven;
	}

	private boolean relaxAll() {
		int[] all = new int[operators];
		Arrays.fill(all, maxDepth);
		return relax(all);
	}

	/** Puts bounds of segments of up to so many operators, by the first, into the relaxations. @return whether there are more than before */
	private boolean relax(int[] deepest) {
		boolean any = false;
		for (int first = 0; first < operators; first++) {
			progress.step(part());
			while (reach[first] < Math.min(deepest[first], space.deepest(first))) {
				any = true;
				plans.relax(first, ++reach[first], bounds, true);
			}
		}
		return any;
	}

	private boolean settle(int first, int depth, RelaxedCost option) {
		progress.step(part());
		way[first] = depth;
		return plans.costed() < most && plans.settle(first, depth, bounds, option);
	}

	/** Costs what may be below a value, a few points of each segment at a time. @return whether any point is left above it */
	private boolean refine(double below) {
		int each = 1;
		for (int pass = 0; pass((first, depth) -> below, each, pass % 2 == 0) && plans.costed() < most; pass++) {
			each += pass % 2 * each;
		}
		bounds.update();
		return left();
	}

	/** Below which value points of a segment are of interest. */
	private interface Interest {
		double below(int first, int depth);
	}

	/**
	 * Costs so many points of each segment that may be below a value, segment by segment, with bounds that take those before into account.
	 *
	 * @param each      how many of each segment
	 * @param backwards whether the last segments come first
	 * @return whether there was any
	 */
	private boolean pass(Interest interest, int each, boolean backwards) {
		boolean any = false;
		for (int i = 0; i < operators; i++) {
			int first = backwards ? operators - 1 - i : i;
			progress.step(part());
			if (!backwards) {
				bounds.updateTo(first);
			}
			for (int depth = shallowest(first); depth <= reach[first]; depth++) {
				double below = interest.below(first, depth);
				if (complete[first][depth] < below && bounds.isBelow(first, depth, below)) {
					any = true;
					if (plans.refine(first, depth, bounds, below, each)) {
						complete[first][depth] = below;
					}
				}
			}
			if (backwards) {
				bounds.updateFrom(first);
			}
		}
		bounds.updateTo(operators);
		return any;
	}

	/** Whether there are points that are neither costed nor excluded. */
	private boolean left() {
		for (int first = 0; first < operators; first++) {
			for (int depth = shallowest(first); depth <= reach[first]; depth++) {
				if ((complete[first][depth] == 0 || plans.pending(first, depth)) && bounds.isBelow(first, depth, Double.POSITIVE_INFINITY)) {
					return true;
				}
			}
		}
		return false;
	}

	/** How far the bounds have closed, or how many of the points that may be costed are. */
	private double part() {
		double end = limit / (1 + gap);
		double closed = end == Double.POSITIVE_INFINITY ? 0 : (threshold - least) / Math.max(end - least, Double.MIN_NORMAL);
		return Math.max(closed, (double) plans.costed() / most);
	}
}
