package org.pipeorgan.engine.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

import org.pipeorgan.engine.cost.CostModel;
import org.pipeorgan.engine.cost.MappingPoint;
import org.pipeorgan.engine.cost.MappingPoint.WeightLevel;
import org.pipeorgan.engine.cost.OperatorChoice;
import org.pipeorgan.engine.cost.RelaxedCost;
import org.pipeorgan.engine.cost.ResidenceBound;
import org.pipeorgan.engine.cost.SegmentBounds;
import org.pipeorgan.engine.cost.SegmentCost;
import org.pipeorgan.engine.cost.SegmentNeeds;
import org.pipeorgan.engine.cost.SegmentPlan;
import org.pipeorgan.engine.cost.SegmentSignature;
import org.pipeorgan.engine.cost.SegmentSketch;
import org.pipeorgan.engine.cost.Tiling;
import org.pipeorgan.engine.organization.Organization;
import org.pipeorgan.engine.organization.Placement;
import org.pipeorgan.engine.pipelining.OrderClass;

/**
 * The points of segments, costed no further than is needed. A point is bounded by sums over its operators, then with filling and
 * draining, then by the PEs that its operators have, then, once it is laid out, by its operators' own computing; it is left out where its bound is beyond the limit, or where a plan
 * covers it that is there already. Segments that repeat an earlier one share its plans. Not safe for many threads.
 */
final class SegmentPlans {

	/** Organizations whose points have the same bounds before they are laid out. */
	private enum Kind {
		FORWARDING(Organization.BLOCKED_ROWS), BUFFERED(Organization.THROUGH_BUFFER), TURNS(Organization.TURN_TAKING);

		/** One of them. */
		final Organization any;

		Kind(Organization any) {
			this.any = any;
		}

		static Kind of(Organization organization) {
			return organization.forwards() ? FORWARDING : organization.spatial() ? BUFFERED : TURNS;
		}
	}

	/** How much is known of points. */
	private enum Stage {
		/** Those of all organizations of a kind, not laid out. */
		GROUP,
		/** Those of all organizations of a kind under which the operators have as many PEs. */
		OUTLINE,
		/** One, laid out. */
		POINT
	}

	/** Points that are not costed yet, with their bound. */
	static final class Candidate {
		/** Tells it from the other candidates of its segment, in every space. */
		final long number;
		final int tiling;
		final WeightLevel level;
		private final Stage stage;
		/** One of those of the points. */
		final Organization organization;
		/** That the recurrence takes at least. */
		final double cycles;
		/** {@code null} for a group. */
		final SegmentSketch sketch;
		final RelaxedCost cost;
		double value;
		/** What its points need, and cost in any residence; {@code null} until it is asked for. */
		private SegmentNeeds needs;
		private ResidenceBound anyway;

		private Candidate(long number, int tiling, WeightLevel level, Stage stage, Organization organization, double cycles, SegmentSketch sketch, RelaxedCost cost) {
			this.number = number;
			this.tiling = tiling;
			this.level = level;
			this.stage = stage;
			this.organization = organization;
			this.cycles = cycles;
			this.sketch = sketch;
			this.cost = cost;
		}

		/** Forgets what can be worked out anew. */
		void forget() {
			needs = null;
			anyway = null;
		}

		/** The same for another segment, or with an equal cost. */
		Candidate with(RelaxedCost same) {
			return new Candidate(number, tiling, level, stage, organization, cycles, sketch, same);
		}
	}

	/**
	 * A plan with what it needs.
	 *
	 * @param cost  what it costs at least in any residence; {@code null} if it never fits into the buffer
	 * @param costs what it costs in each
	 */
	record Planned(SegmentPlan plan, SegmentNeeds needs, RelaxedCost cost, ResidenceCosts costs) {
	}

	/**
	 * What a segment may cost in a residence.
	 *
	 * @param candidate points that cost at least so much; {@code null} for a plan
	 * @param plan      that costs just so much, if no tensor is free; {@code null} for points
	 * @param full      what the plan costs if what is free is held and takes its space; {@code null} for points
	 */
	record Option(ResidenceBound bound, Candidate candidate, SegmentPlan plan, ResidenceBound full) {
	}

	/** Points of all organizations of a kind: with a bound that does not take filling into account, and with one that does, {@code null} before it is asked for. */
	private static final class Group {
		final Candidate unfilled;
		Candidate filled;

		Group(Candidate unfilled) {
			this.unfilled = unfilled;
		}
	}

	/** What is known of segments with the same signature: the plans of the points that were costed, {@code null} for one without. */
	private static final class Known {
		final SegmentSignature signature;
		final int first;
		/** Groups of all their points; {@code null} before they are asked for. */
		List<Group> groups;
		/** Costs of candidates at least, plans and sketches, by {@link Candidate#number}. */
		final LongMap<RelaxedCost> costs = new LongMap<>();
		final LongMap<SegmentPlan> plans;
		final LongMap<Optional<SegmentSketch>> sketches;
		/** Plans of points that were not costed, but are {@link #twin twins} of those that were. */
		final LongMap<SegmentPlan> twins = new LongMap<>();

		Known(SegmentSignature signature, int first) {
			this.signature = signature;
			this.first = first;
			plans = new LongMap<>();
			sketches = new LongMap<>();
		}

		/** @param before what an earlier search knew */
		Known(Known before) {
			signature = before.signature;
			first = before.first;
			plans = new LongMap<>(before.plans);
			sketches = new LongMap<>(before.sketches);
		}

		/** A candidate with the cost that it has in a segment before, if that is equal: most of what is known of large networks is such costs. */
		Candidate share(Candidate candidate) {
			RelaxedCost before = costs.get(candidate.number);
			if (before == null) {
				costs.put(candidate.number, candidate.cost);
			}
			return candidate.cost.equals(before) ? candidate.with(before) : candidate;
		}
	}

	/** What segments have in common that share plans. */
	private record Repeated(SegmentSignature signature, List<OperatorChoice> choices) {
	}

	/** The points that a search costed or laid out; another search on the same model need not do that again. It does not change any more. */
	static final class Points {
		/** Of a search that is the first. */
		static final Points NONE = new Points(Map.of());

		private final Map<Repeated, Known> segments;

		private Points(Map<Repeated, Known> segments) {
			this.segments = segments;
		}
	}

	/** What is known of one segment. */
	private static final class Segment {
		final SegmentSignature signature;
		final Known known;
		final double live;
		final List<Planned> front = new ArrayList<>();
		List<Candidate> candidates = new ArrayList<>();

		Segment(SegmentSignature signature, Known known, double live) {
			this.signature = signature;
			this.known = known;
			this.live = live;
		}
	}

	private static final int CLASSES = OrderClass.values().length;
	private static final int LEVELS = WeightLevel.values().length;
	private static final int ORGANIZATIONS = Organization.values().length;
	private static final int STAGES = Stage.values().length;
	private static final Comparator<Candidate> BY_VALUE = Comparator.<Candidate>comparingDouble(c -> c.value).thenComparingDouble(c -> c.cost.body());

	private final CostModel model;
	private final SegmentSpace space;
	private final Objective objective;
	private final CostModel.Scratch scratch;
	private final SegmentBounds bounds;
	private final Points earlier;
	private final Map<Repeated, Known> known = new HashMap<>();
	private final Known[][] knownOf;
	private final Segment[][] segments;
	private final ResidenceCosts.Room residenceCosts = new ResidenceCosts.Room();
	private long costed;

	SegmentPlans(CostModel model, SegmentSpace space, Objective objective, boolean residence) {
		this(model, space, objective, residence, Points.NONE);
	}

	/**
	 * @param residence whether boundary tensors may stay in the buffer
	 * @param earlier   points of an earlier search, with the same weight levels in its space
	 */
	SegmentPlans(CostModel model, SegmentSpace space, Objective objective, boolean residence, Points earlier) {
		this.earlier = earlier;
		this.model = model;
		this.space = space;
		this.objective = objective;
		scratch = model.scratch();
		bounds = new SegmentBounds(model, space.tilings(), residence, space.choices(), space.levelsDiffer());
		segments = new Segment[model.workload().operators().size()][space.maxDepth() + 1];
		knownOf = new Known[segments.length][space.maxDepth() + 1];
	}

	/** Points that were costed, but for those that an earlier search had. */
	long costed() {
		return costed;
	}

	/** The points so far, once no more are costed. */
	Points points() {
		forget();
		return new Points(known);
	}

	private long number(int tiling, WeightLevel level, Stage stage, Organization organization) {
		Tiling cut = space.tilings().get(tiling);
		return (((cut.chunks() * CLASSES + cut.orderClass().ordinal()) * LEVELS + level.ordinal()) * STAGES + stage.ordinal()) * ORGANIZATIONS + organization.ordinal();
	}

	/** Puts the bounds of a segment's points into relaxations. */
	void relax(int first, int depth, MappingBounds limit, boolean filling) {
		limit.clear(first, depth);
		groups(first, depth, cost -> limit.excludes(first, depth, cost), filling, group -> limit.relaxations().forEach(each -> each.add(first, depth, group.cost)));
	}

	/** The plans of a segment so far. */
	List<Planned> front(int first, int depth) {
		Segment segment = segments[first][depth];
		return segment == null ? List.of() : segment.front;
	}

	/**
	 * Costs points of a segment whose bounds are below a value, unless a plan covers them, and replaces the segment's options in the
	 * relaxations: what plans cost at least, and bounds of the other points.
	 *
	 * @param most how many points may be costed at most, the most promising first
	 * @return whether no point is left below the value
	 */
	boolean refine(int first, int depth, MappingBounds limit, double below, long most) {
		bounds.select(first, depth);
		Segment segment = segment(first, depth, limit);
		List<Candidate> candidates = segment.candidates;
		for (Candidate candidate : candidates) {
			candidate.value = limit.through(first, depth, candidate.cost);
		}
		boolean changed = candidates.removeIf(candidate -> limit.excludes(candidate.value));
		PriorityQueue<Candidate> open = new PriorityQueue<>(BY_VALUE);
		open.addAll(segment.candidates);
		for (long enough = most > Long.MAX_VALUE - costed ? Long.MAX_VALUE : costed + most; costed < enough && !open.isEmpty() && open.peek().value < below;) {
			changed = true;
			Candidate next = open.poll();
			if (next.stage == Stage.POINT) {
				cost(segment, next);
			} else {
				open.addAll(parts(first, depth, segment, next, limit));
			}
		}
		segment.candidates = new ArrayList<>(open);
		if (changed) {
			replaceOptions(first, depth, segment, limit);
		}
		return open.isEmpty() || open.peek().value >= below;
	}

	/** The parts of a group or of an outline that are of use. */
	private List<Candidate> parts(int first, int depth, Segment segment, Candidate whole, MappingBounds limit) {
		if (covers(segment, whole.cost, () -> needs(whole))) {
			return List.of();
		}
		List<Candidate> parts = parts(segment, whole);
		parts.forEach(part -> part.value = limit.through(first, depth, part.cost));
		parts.removeIf(part -> limit.excludes(part.value));
		return parts;
	}

	/** The outlines of a group, or the points of an outline, but for those that are covered; points at once where outlines tell no less. */
	private List<Candidate> parts(Segment segment, Candidate whole) {
		List<Candidate> parts = new ArrayList<>();
		EnumSet<Organization> outlined = EnumSet.noneOf(Organization.class);
		for (Organization organization : space.organizations(bounds.depth())) {
			if (Kind.of(organization) != Kind.of(whole.organization)) {
				continue;
			}
			Organization alike = Placement.alike(organization, model.accelerator().rows(), model.accelerator().columns());
			if (whole.stage == Stage.OUTLINE) {
				if (alike == whole.organization) {
					add(parts, segment, whole, Stage.POINT, organization);
				}
			} else if (bounds.depth() == 1 || !organization.spatial()) {
				add(parts, segment, whole, Stage.POINT, organization);
			} else if (outlined.add(alike)) {
				add(parts, segment, whole, Stage.OUTLINE, alike);
			}
		}
		return parts;
	}

	/**
	 * Says more about one option of a segment in the relaxations: lays out the points that it stands for, or costs its point.
	 *
	 * @return whether it was not that of a plan already
	 */
	boolean settle(int first, int depth, MappingBounds limit, RelaxedCost option) {
		Segment segment = segments[first][depth];
		if (segment != null && isPlans(segment, option)) {
			return false;
		}
		bounds.select(first, depth);
		segment = segment(first, depth, limit);
		List<Candidate> chosen = new ArrayList<>();
		for (Candidate candidate : segment.candidates) {
			if (candidate.cost == option) {
				chosen.add(candidate);
			}
		}
		settle(first, depth, segment, chosen, limit);
		return true;
	}

	private static boolean isPlans(Segment segment, RelaxedCost option) {
		for (Planned planned : segment.front) {
			if (planned.cost() == option) {
				return true;
			}
		}
		return false;
	}

	/** Lays out the points that a candidate of a segment stands for, or costs its point, unless that was done. */
	void settle(int first, int depth, MappingBounds limit, Candidate candidate) {
		Segment segment = segments[first][depth];
		if (segment.candidates.contains(candidate)) {
			bounds.select(first, depth);
			settle(first, depth, segment, List.of(candidate), limit);
		}
	}

	private void settle(int first, int depth, Segment segment, List<Candidate> chosen, MappingBounds limit) {
		segment.candidates.removeAll(chosen);
		for (Candidate candidate : chosen) {
			if (candidate.stage == Stage.POINT) {
				cost(segment, candidate);
			} else {
				segment.candidates.addAll(parts(first, depth, segment, candidate, limit));
			}
		}
		replaceOptions(first, depth, segment, limit);
	}

	/** Forgets bounds of all points of segments that later ones would share. */
	void forget() {
		known.values().forEach(each -> each.groups = null);
	}

	/** Forgets points that are beyond the limit, and what can be worked out anew: graphs of large networks need the memory. */
	void prune(MappingBounds limit) {
		forget();
		for (int first = 0; first < segments.length; first++) {
			for (int depth = 1; depth < segments[first].length; depth++) {
				Segment segment = segments[first][depth];
				if (segment != null && !segment.candidates.isEmpty()) {
					int at = first;
					int length = depth;
					segment.candidates.removeIf(candidate -> limit.excludes(at, length, candidate.cost));
					segment.candidates.forEach(Candidate::forget);
				}
			}
		}
	}

	/** Has the most promising plans and points of a segment come first. */
	void order(int first, int depth, MappingBounds limit) {
		bounds.select(first, depth);
		Segment segment = segment(first, depth, limit);
		segment.front.sort(Comparator.comparingDouble(planned -> planned.cost() == null ? Double.POSITIVE_INFINITY : planned.cost().body()));
		segment.candidates.sort(Comparator.comparingDouble(candidate -> candidate.cost.body()));
	}

	/**
	 * What a segment may cost in a residence, plans first, but for what another covers.
	 *
	 * @param held tensors that it reads and that are held
	 * @param kept which of its results stay
	 * @param free tensors that may be held or not: bounds take the less of either, and no space for them; those are among the held and the kept
	 * @param any  whether any of the segment's is
	 */
	Option[] options(int first, int depth, Held held, Held kept, SegmentCost.Residence free, boolean any) {
		Segment segment = segments[first][depth];
		List<Option> options = new ArrayList<>();
		for (Planned planned : segment.front) {
			if (planned.cost() != null) {
				ResidenceBound bound = ResidenceBound.of(model, planned.plan(), held, kept, free);
				ResidenceBound full = any ? ResidenceBound.of(model, planned.plan(), held, kept, Held.NONE) : bound;
				add(options, new Option(bound, null, planned.plan(), full), segment.live);
			}
		}
		for (Candidate candidate : segment.candidates) {
			if (candidate.needs == null) {
				bounds.select(first, depth);
				candidate.needs = needs(candidate);
				candidate.anyway = new ResidenceBound(candidate.cost, candidate.needs.space());
			}
			// most are covered whatever their residence
			if (!isCovered(options, candidate.anyway, segment.live)) {
				add(options, new Option(ResidenceBound.of(model, candidate.needs, candidate.cost, held, kept, free), candidate, null, null), segment.live);
			}
		}
		return options.toArray(Option[]::new);
	}

	/** What the points of a candidate of the selected segment need at least. */
	private SegmentNeeds needs(Candidate candidate) {
		return candidate.sketch == null ? bounds.needs(candidate.tiling, candidate.level, candidate.organization, candidate.cycles) : bounds.needs(candidate.tiling, candidate.sketch);
	}

	private void add(List<Option> options, Option option, double live) {
		if (option.bound().space() <= model.accelerator().bufferBytes() && !isCovered(options, option.bound(), live)) {
			options.removeIf(other -> covers(option.bound(), other.bound(), live));
			options.add(option);
		}
	}

	private boolean isCovered(List<Option> options, ResidenceBound bound, double live) {
		for (Option option : options) {
			if (covers(option.bound(), bound, live)) {
				return true;
			}
		}
		return false;
	}

	private boolean covers(ResidenceBound one, ResidenceBound other, double live) {
		return one.covers(other, model, objective.ofTime(), objective.ofEnergy(), objective == Objective.MEMORY_TRAFFIC, live);
	}

	private static void replaceOptions(int first, int depth, Segment segment, MappingBounds limit) {
		for (Relaxation each : limit.relaxations()) {
			each.clear(first, depth);
			for (Planned planned : segment.front) {
				if (planned.cost() != null) {
					each.add(first, depth, planned.cost());
				}
			}
			for (Candidate candidate : segment.candidates) {
				each.add(first, depth, candidate.cost);
			}
		}
	}

	/** Adds a plan that is known already, with or without its layout. */
	void add(SegmentPlan plan, MappingBounds limit) {
		bounds.select(plan.point().first(), plan.point().depth());
		add(segment(plan.point().first(), plan.point().depth(), limit), plan);
	}

	/** Whether points of a segment are left that were not costed. */
	boolean pending(int first, int depth) {
		Segment segment = segments[first][depth];
		return segment == null || !segment.candidates.isEmpty();
	}

	/** Whether any plan of a segment fits into the buffer with nothing else in it. */
	boolean fits(int first, int depth) {
		return stream(first, depth).anyMatch(plan -> SegmentCost.of(model, plan, Held.NONE, Held.NONE, 0, 0) != null);
	}

	/**
	 * The plan of a segment that costs least, without its layout.
	 *
	 * @param room  cycles in which first weights may be fetched ahead
	 * @param value of a plan: no less than its relaxed cost; infinite for one that is not wanted
	 * @return {@code null} if none is wanted
	 */
	SegmentPlan cheapest(int first, int depth, long room, ToDoubleFunction<SegmentPlan> value) {
		bounds.select(first, depth);
		Segment segment = newSegment(first, depth, cost -> false);
		segment.candidates.forEach(candidate -> candidate.value = objective.value(candidate.cost, room));
		segment.candidates.sort(BY_VALUE);
		PriorityQueue<Ranked> open = new PriorityQueue<>();
		List<Organization> organizations = space.organizations(depth);
		for (int g = 0; g < segment.candidates.size(); g++) {
			Candidate group = segment.candidates.get(g);
			open.add(new Ranked(group.value, g * (organizations.size() + 1), group, null));
		}
		Ranked best = new Ranked(Double.POSITIVE_INFINITY, 0, null, null);
		while (!open.isEmpty() && open.peek().compareTo(best) < 0) {
			Ranked next = open.poll();
			Candidate candidate = next.candidate();
			if (candidate.stage != Stage.POINT) {
				for (Candidate part : parts(segment, candidate)) {
					int rank = part.stage == Stage.POINT ? next.rank() + 1 + organizations.indexOf(part.organization) : next.rank();
					open.add(new Ranked(objective.value(part.cost, room), rank, part, null));
				}
			} else {
				SegmentPlan plan = plan(segment, candidate);
				Ranked costed = new Ranked(value.applyAsDouble(plan), next.rank(), candidate, plan);
				best = costed.compareTo(best) < 0 ? costed : best;
			}
		}
		return best.plan();
	}

	/**
	 * A candidate on the way to the cheapest plan. Of equals the first in the order of the space counts, so that it does not matter in which order they are costed.
	 *
	 * @param plan {@code null} before it is costed
	 */
	private record Ranked(double value, int rank, Candidate candidate, SegmentPlan plan) implements Comparable<Ranked> {
		@Override
		public int compareTo(Ranked other) {
			int byValue = Double.compare(value, other.value);
			return byValue != 0 ? byValue : Integer.compare(rank, other.rank);
		}
	}

	/** Every plan of a segment. */
	List<SegmentPlan> all(int first, int depth) {
		return stream(first, depth).toList();
	}

	private Stream<SegmentPlan> stream(int first, int depth) {
		return Arrays.stream(space.tilings(first, depth)).mapToObj(space.tilings()::get)
				.flatMap(tiling -> space.organizations(depth).stream().flatMap(organization -> space.levels(tiling).stream()
						.map(level -> new MappingPoint(first, depth, tiling.orderClass(), tiling.chunks(), organization, level, space.choices(first, depth)))))
				.map(point -> model.plan(point, scratch)).filter(Objects::nonNull);
	}

	/** What is known of the segments that one repeats. */
	private Known known(int first, int depth) {
		Known same = knownOf[first][depth];
		if (same == null) {
			SegmentSignature signature = model.signature(first, depth);
			same = known.computeIfAbsent(new Repeated(signature, space.choices(first, depth)), repeated -> {
				Known before = earlier.segments.get(repeated);
				return before == null ? new Known(signature, first) : new Known(before);
			});
			knownOf[first][depth] = same;
		}
		return same;
	}

	/** The selected segment, with the groups of its points that are within a limit. */
	private Segment newSegment(int first, int depth, Predicate<RelaxedCost> excluded) {
		Segment segment = new Segment(model.signature(first, depth), known(first, depth), bounds.live());
		groups(first, depth, excluded, true, group -> segment.candidates.add(group.with(group.cost)));
		return segment;
	}

	private Segment segment(int first, int depth, MappingBounds limit) {
		Segment segment = segments[first][depth];
		if (segment == null) {
			segment = newSegment(first, depth, cost -> limit.excludes(first, depth, cost));
			segments[first][depth] = segment;
		}
		return segment;
	}

	/** Adds a part of a candidate, unless it has no layout, is covered, or makes the same plan as one of another weight level. */
	private void add(List<Candidate> parts, Segment segment, Candidate whole, Stage stage, Organization organization) {
		long number = number(whole.tiling, whole.level, stage, organization);
		Optional<SegmentSketch> known = segment.known.sketches.get(number);
		if (known == null) {
			WeightLevel twin = twin(whole.tiling, whole.level);
			Optional<SegmentSketch> same = twin == null ? null : segment.known.sketches.get(number(whole.tiling, twin, stage, organization));
			known = same == null ? sketch(whole, stage, point(whole.tiling, whole.level, organization)) : same.map(sketch -> sketch.at(whole.level));
			segment.known.sketches.put(number, known);
		}
		SegmentSketch sketch = known.orElse(null);
		RelaxedCost cost = sketch == null ? null : bounds.of(whole.tiling, sketch);
		if (cost != null && !covers(segment, cost, () -> bounds.needs(whole.tiling, sketch))) {
			parts.add(segment.known.share(new Candidate(number, whole.tiling, whole.level, stage, organization, sketch.cycles(), sketch, cost)));
		}
	}

	private Optional<SegmentSketch> sketch(Candidate whole, Stage stage, MappingPoint point) {
		SegmentPlan plan = stage == Stage.OUTLINE ? model.outline(point, scratch) : model.sketch(point, scratch);
		if (plan == null || repeats(whole.tiling, whole.level, bounds.level(whole.tiling, plan))) {
			return Optional.empty();
		}
		return Optional.of(stage == Stage.OUTLINE ? bounds.outline(whole.tiling, plan, whole.cycles) : bounds.sketch(whole.tiling, plan, whole.cycles, scratch));
	}

	/** Whether a point of another weight level of the space makes the same plan. */
	private boolean repeats(int tiling, WeightLevel level, WeightLevel same) {
		return same != level && space.levels(space.tilings().get(tiling)).contains(same);
	}

	private MappingPoint point(int tiling, WeightLevel level, Organization organization) {
		Tiling cut = space.tilings().get(tiling);
		return new MappingPoint(bounds.first(), bounds.depth(), cut.orderClass(), cut.chunks(), organization, level, space.choices(bounds.first(), bounds.depth()));
	}

	private void cost(Segment segment, Candidate candidate) {
		if (segment.known.plans.get(candidate.number) == null) {
			if (covers(segment, candidate.cost, () -> needs(candidate))) {
				return;
			}
			costed++;
		}
		add(segment, plan(segment, candidate));
	}

	/** The plan of a point without its layout, or of a point of a segment that this one repeats. */
	private SegmentPlan plan(Segment segment, Candidate candidate) {
		SegmentPlan plan = segment.known.plans.get(candidate.number);
		if (plan != null) {
			return plan.movedTo(model.workload(), segment.known.signature, segment.signature, bounds.first());
		}
		plan = segment.known.twins.get(candidate.number);
		if (plan != null) {
			segment.known.plans.put(candidate.number, plan);
			return plan.movedTo(model.workload(), segment.known.signature, segment.signature, bounds.first());
		}
		plan = newPlan(candidate, candidate.level);
		segment.known.plans.put(candidate.number, plan.movedTo(model.workload(), segment.signature, segment.known.signature, segment.known.first));
		WeightLevel twin = twin(candidate.tiling, candidate.level);
		if (twin != null) {
			long number = number(candidate.tiling, twin, candidate.stage, candidate.organization);
			segment.known.twins.put(number, newPlan(candidate, twin).movedTo(model.workload(), segment.signature, segment.known.signature, segment.known.first));
		}
		return plan;
	}

	private SegmentPlan newPlan(Candidate candidate, WeightLevel level) {
		return model.plan(point(candidate.tiling, level, candidate.organization), scratch).withoutLayout();
	}

	/**
	 * The weight level of the space whose points of the selected segment differ from those of another only in what memory moves of what the segment reads, so that while one is laid
	 * out, the other costs little; {@code null} for none.
	 */
	private WeightLevel twin(int tiling, WeightLevel level) {
		if (space.tilings().get(tiling).orderClass() != OrderClass.WEIGHT_OUTER || !bounds.levelsDiffer(tiling)) {
			return null;
		}
		WeightLevel twin = level == WeightLevel.BUFFER ? WeightLevel.MEMORY : WeightLevel.BUFFER;
		return space.levels(space.tilings().get(tiling)).contains(twin) ? twin : null;
	}

	/** The groups of points of a segment whose bounds are within a limit. */
	private void groups(int first, int depth, Predicate<RelaxedCost> excluded, boolean filling, Consumer<Candidate> into) {
		for (Group group : space.tilings(first, depth).length > 0 ? groups(first, depth) : List.<Group>of()) {
			if (!excluded.test(group.unfilled.cost)) {
				Candidate candidate = filling ? filled(first, depth, group) : group.unfilled;
				if (candidate == group.unfilled || !excluded.test(candidate.cost)) {
					into.accept(candidate);
				}
			}
		}
	}

	private Candidate filled(int first, int depth, Group group) {
		if (group.filled == null) {
			Candidate unfilled = group.unfilled;
			group.filled = unfilled;
			if (unfilled.organization.spatial()) {
				bounds.select(first, depth);
				double cycles = bounds.filled(unfilled.tiling);
				RelaxedCost cost = bounds.of(unfilled.tiling, unfilled.level, unfilled.organization, cycles);
				group.filled = new Candidate(unfilled.number, unfilled.tiling, unfilled.level, Stage.GROUP, unfilled.organization, cycles, null, cost);
			}
		}
		return group.filled;
	}

	/** All groups of points of a segment, the same for those that repeat each other. */
	private List<Group> groups(int first, int depth) {
		Known same = known(first, depth);
		if (same.groups == null) {
			bounds.select(first, depth);
			same.groups = new ArrayList<>();
			for (int tiling : space.tilings(first, depth)) {
				for (WeightLevel level : space.levels(space.tilings().get(tiling))) {
					if (!repeats(tiling, level, bounds.level(tiling, level))) {
						addGroups(tiling, level, same.groups);
					}
				}
			}
		}
		return same.groups;
	}

	private void addGroups(int tiling, WeightLevel level, List<Group> groups) {
		Kind before = null;
		for (Organization organization : space.organizations(bounds.depth())) {
			Kind kind = Kind.of(organization);
			RelaxedCost cost = kind == before ? null : bounds.of(tiling, level, organization, 0);
			before = kind;
			if (cost != null) {
				groups.add(new Group(new Candidate(number(tiling, level, Stage.GROUP, kind.any), tiling, level, Stage.GROUP, kind.any, 0, null, cost)));
			}
		}
	}

	/** @param cost of the points at least, which rules most plans out */
	private boolean covers(Segment segment, RelaxedCost cost, Supplier<SegmentNeeds> needs) {
		for (Planned other : segment.front) {
			if (!objective.ofTime() || other.needs().recurrence() <= cost.body()) {
				return covers(segment, needs.get());
			}
		}
		return false;
	}

	private boolean covers(Segment segment, SegmentNeeds needs) {
		for (Planned other : segment.front) {
			if (covers(segment, other.needs(), needs)) {
				return true;
			}
		}
		return false;
	}

	private boolean covers(Segment segment, SegmentNeeds one, SegmentNeeds other) {
		return one.covers(other, model, objective.ofTime(), objective.ofEnergy(), segment.live);
	}

	private void add(Segment segment, SegmentPlan plan) {
		SegmentNeeds needs = bounds.needs(plan);
		if (!covers(segment, needs)) {
			segment.front.removeIf(other -> covers(segment, needs, other.needs()));
			segment.front.add(new Planned(plan, needs, bounds.of(plan), new ResidenceCosts(plan, residenceCosts)));
		}
	}
}
