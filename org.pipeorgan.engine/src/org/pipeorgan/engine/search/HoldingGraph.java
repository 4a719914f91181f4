package org.pipeorgan.engine.search;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.pipeorgan.engine.cost.CostModel;
import org.pipeorgan.engine.cost.RelaxedCost;
import org.pipeorgan.engine.cost.ResidenceBound;
import org.pipeorgan.engine.cost.SegmentCost;
import org.pipeorgan.engine.workload.Operand;
import org.pipeorgan.engine.workload.Tensor;
import org.pipeorgan.engine.workload.Workload;

/**
 * The graph of cuts and of the tensors that are held there. A mapping is a way through it, whose arcs are segments in a residence. An arc costs what a plan of its
 * segment costs, or what points that are not costed cost at least; so the shortest way bounds all mappings from below, with regard to the space that held tensors
 * take from each other. Points on short ways are costed until a way of plans is the shortest: the best mapping. What no way below the limit goes through is forgotten.
 */
final class HoldingGraph {
	/** Results of one segment of which any subset may be kept; of more, all or none. */
	private static final int MOST_SUBSETS = 8;
	/** More arcs than this would not fit into memory. */
	private static final int MOST_ARCS = 1_500_000;
	/** Where the graph before had no more arcs than this, what its segments cost is remembered. */
	private static final int MOST_KEPT = 200_000;
	/** Behind so many cuts bounds that segments share are forgotten: those of large networks would take most of the memory. */
	private static final int FORGET_EVERY = 32;
	/** Tensors of at most such a part of the buffer are free at first: their space hardly ever matters. */
	private static final double SMALL = 1.0 / 32;
	/** So many steps of labels take as long as to lay out or to cost a point. */
	private static final long STEPS_PER_POINT = 400;

	/** Tensors that are held at a cut, but for free ones. */
	private final class State {
		final int cut;
		final Held held;
		final double bytes;
		final Ways to = new Ways(perCycle);
		final Ways from = new Ways(perCycle);
		final List<Arc> arcs = new ArrayList<>();
		/** Those that a way below the value may take that is looked at. */
		final List<Arc> active = new ArrayList<>();
		/** Whether ways on from it may have become longer, and whether they did. */
		boolean stale;
		boolean changed;
		/** Ways to it of plans only. */
		final List<Label> labels = new ArrayList<>();

		State(int cut, Held held) {
			this.cut = cut;
			this.held = held;
			bytes = held.bytes(workload);
		}
	}

	/** A segment with some of the tensors that it reads held, and some of its results kept, besides the free ones. */
	private static final class Residence {
		final Segment segment;
		final Held entering;
		final Held kept;
		/** {@code null} if they are out of date. */
		SegmentPlans.Option[] options;

		Residence(Segment segment, Held entering, Held kept) {
			this.segment = segment;
			this.entering = entering;
			this.kept = kept;
		}
	}

	/**
	 * A segment that may lie on a mapping, with the tensors that it reads and the choices among its results that stay. Free ones are not among these, but always enter
	 * and stay.
	 */
	private static final class Segment {
		private record Key(Held entering, Held kept) {
		}

		final int first;
		final int depth;
		final Held inputs;
		final Held freeInputs;
		final List<Held> choices;
		final Held freeResults;
		final Map<Key, Residence> residences = new HashMap<>();

		Segment(int first, int depth, Held inputs, Held freeInputs, List<Held> choices, Held freeResults) {
			this.first = first;
			this.depth = depth;
			this.inputs = inputs;
			this.freeInputs = freeInputs;
			this.choices = choices;
			this.freeResults = freeResults;
		}

		/** Points of it are laid out or costed now. */
		void settled(SegmentPlans.Candidate candidate) {
			for (Residence residence : residences.values()) {
				// where others cover it, they cover what it stands for as well
				if (residence.options != null && Arrays.stream(residence.options).anyMatch(option -> option.candidate() == candidate)) {
					residence.options = null;
				}
			}
		}

		Residence residence(Held entering, Held kept) {
			return residences.computeIfAbsent(new Key(entering, kept), key -> new Residence(this, entering, kept));
		}
	}

	/** From one state to another. */
	private static final class Arc {
		final State from;
		final State to;
		final Residence residence;
		/** A bound from below on ways through it. */
		double bound;
		/** The residence's options when they were last looked at, and those of them that a way below the limit may take. */
		SegmentPlans.Option[] all;
		SegmentPlans.Option[] options;

		Arc(State from, State to, Residence residence) {
			this.from = from;
			this.to = to;
			this.residence = residence;
		}
	}

	/** A way to a state by plans only. */
	private record Label(Label previous, Arc arc, SegmentPlans.Option option, double value, double room) {
	}

	/** Points on a way: their arc, the room before it, what the rest of the way costs at least, and the whole. */
	private record Open(Arc arc, SegmentPlans.Candidate candidate, double room, double rest, double through) {
	}

	private final CostModel model;
	private final Workload workload;
	private final SegmentPlans plans;
	private final SegmentSpace space;
	private final StudyProgress progress;
	private final MappingBounds bounds;
	private final double perCycle;
	private final double bufferBytes;
	private final double bytesPerRoom;
	private final KeptChoices choices;
	/** Tensors that are held in every state, but take no space: ways are no longer than if they were held or not. */
	private final boolean[] free;
	/** Those that are live at each cut, and their bytes. */
	private final Held[] freeAt;
	private final double[] freeBytes;
	private final Map<Integer, Segment> segments = new HashMap<>();
	private List<List<State>> cuts;
	private State start;
	private int arcs;
	private long steps;
	private long pruned;

	HoldingGraph(CostModel model, Policy policy, MappingBounds bounds, SegmentPlans plans, SegmentSpace space, StudyProgress progress) {
		this.model = model;
		workload = model.workload();
		this.bounds = bounds;
		this.plans = plans;
		this.space = space;
		this.progress = progress;
		perCycle = bounds.perCycle();
		bufferBytes = model.accelerator().bufferBytes();
		bytesPerRoom = Math.ceil(model.accelerator().memoryBandwidth().toDouble());
		choices = new KeptChoices(workload, policy, MOST_SUBSETS);
		free = new boolean[workload.tensors().size()];
		for (Tensor tensor : workload.tensors()) {
			free[tensor.index()] = tensor.producer() >= 0 && choices.open(tensor.index()) && tensor.bytes() <= bufferBytes * SMALL;
		}
		freeAt = new Held[workload.operators().size() + 1];
		freeBytes = new double[freeAt.length];
		for (int cut = 0; cut < freeAt.length; cut++) {
			findFree(cut);
		}
	}

	private void findFree(int cut) {
		freeAt[cut] = Held.of(workload.tensors().stream().filter(tensor -> free[tensor.index()] && tensor.producer() < cut && tensor.lastConsumer() >= cut).map(Tensor::index).toList());
		freeBytes[cut] = freeAt[cut].bytes(workload);
	}

	/** Whether every residence was looked at. */
	boolean exhaustive() {
		return choices.exhaustive();
	}

	/** How often a way was not gone on. */
	long pruned() {
		return pruned;
	}

	/**
	 * Makes the graph of all ways that may be below a value.
	 *
	 * @return whether it is small enough
	 */
	boolean explore(double below) {
		int operators = workload.operators().size();
		// the graph before takes the memory of this one
		cuts = null;
		start = null;
		if (arcs > MOST_KEPT) {
			segments.clear();
		}
		plans.prune(bounds);
		List<Map<Held, State>> found = new ArrayList<>();
		IntStream.rangeClosed(0, operators).forEach(cut -> found.add(new LinkedHashMap<>()));
		arcs = 0;
		start = new State(0, Held.NONE);
		start.to.reach(0, 0);
		found.get(0).put(Held.NONE, start);
		for (int first = 0; first < operators; first++) {
			progress.checkCancelled();
			if (first % FORGET_EVERY == 0) {
				plans.forget();
			}
			if (found.get(first).isEmpty()) {
				continue;
			}
			for (int depth = 1; depth <= space.deepest(first) && arcs <= MOST_ARCS; depth++) {
				if (bounds.isBelow(first, depth, below)) {
					Segment segment = segment(first, depth);
					for (State state : found.get(first).values()) {
						if (state.to.least() + bounds.leastThrough(first, depth) < below) {
							explore(state, segment, found.get(first + depth), below);
						}
					}
				}
			}
		}
		cuts = found.stream().map(states -> (List<State>) new ArrayList<>(states.values())).toList();
		plans.prune(bounds);
		return arcs <= MOST_ARCS;
	}

	private Segment segment(int first, int depth) {
		return segments.computeIfAbsent(first * (space.maxDepth() + 1) + depth, key -> {
			plans.order(first, depth, bounds);
			int end = first + depth;
			List<Integer> inputs = new ArrayList<>();
			List<Integer> results = new ArrayList<>();
			for (int i = first; i < end; i++) {
				for (Operand operand : workload.operators().get(i).operands()) {
					int producer = workload.tensors().get(operand.tensor()).producer();
					if (producer >= 0 && producer < first && !inputs.contains(operand.tensor())) {
						inputs.add(operand.tensor());
					}
				}
				Tensor result = workload.outputOf(workload.operators().get(i));
				if (result.lastConsumer() >= end) {
					results.add(result.index());
				}
			}
			return new Segment(first, depth, some(inputs, false), some(inputs, true), choices.of(results.stream().filter(tensor -> !free[tensor]).toList()), some(results, true));
		});
	}

	private Held some(List<Integer> tensors, boolean free) {
		return Held.of(tensors.stream().filter(tensor -> this.free[tensor] == free).toList());
	}

	private void explore(State state, Segment segment, Map<Held, State> ends, double below) {
		int end = segment.first + segment.depth;
		Held entering = state.held.among(segment.inputs).and(segment.freeInputs);
		Held stay = state.held.readFrom(workload, end);
		for (Held kept : segment.choices) {
			Residence residence = segment.residence(entering, kept.and(segment.freeResults));
			Arc arc = null;
			for (SegmentPlans.Option option : options(residence)) {
				double most = room(option.bound(), state);
				if (most < 0) {
					continue;
				}
				RelaxedCost cost = option.bound().cost();
				double fixed = bounds.fixed(cost);
				for (int w = 0; w < state.to.count(); w++) {
					double before = state.to.second(w);
					double value = state.to.value(w) + fixed + perCycle * cost.latency(before);
					double room = left(cost, before, most);
					double through = value + bounds.onFrom(end, room);
					if (through < below) {
						if (arc == null) {
							arc = new Arc(state, ends.computeIfAbsent(stay.and(kept), held -> new State(end, held)), residence);
							state.arcs.add(arc);
							arc.bound = through;
							arcs++;
						}
						arc.bound = Math.min(arc.bound, through);
						arc.to.to.reach(value, room);
					}
				}
			}
		}
	}

	private SegmentPlans.Option[] options(Residence residence) {
		if (residence.options == null) {
			Segment segment = residence.segment;
			residence.options = plans.options(segment.first, segment.depth, residence.entering, residence.kept, tensor -> free[tensor],
					segment.freeInputs.size() + segment.freeResults.size() > 0);
		}
		return residence.options;
	}

	private SegmentPlans.Option[] options(Arc arc) {
		SegmentPlans.Option[] all = options(arc.residence);
		if (arc.all != all) {
			arc.all = all;
			arc.options = all;
		}
		return arc.options;
	}

	/** Room that the space behind a segment leaves; below 0 if it does not fit. */
	private double room(ResidenceBound bound, State state) {
		return Math.floor((bufferBytes - bound.space() - state.bytes) / bytesPerRoom);
	}

	/** The same behind a plan if free tensors are held. */
	private double fullRoom(SegmentPlans.Option option, State state) {
		return Math.floor((bufferBytes - option.full().space() - state.bytes - freeBytes[state.cut]) / bytesPerRoom);
	}

	private double left(RelaxedCost cost, double before, double most) {
		return perCycle == 0 ? 0 : Math.min(most, cost.left(before));
	}

	/** From now on ways below a value are looked at, no smaller than before. */
	void look(double below, double limit) {
		for (List<State> states : cuts) {
			for (State state : states) {
				state.arcs.removeIf(arc -> arc.bound >= limit);
				state.active.clear();
				for (Arc arc : state.arcs) {
					if (arc.bound < below) {
						arc.all = null;
						state.active.add(arc);
					}
				}
				state.stale = true;
			}
		}
	}

	/** Least value of all ways: a bound from below on every mapping, if it is below the value that is looked at. Finds the shortest ways on from every state. */
	double least() {
		for (int cut = cuts.size() - 1; cut >= 0; cut--) {
			for (State state : cuts.get(cut)) {
				state.changed = isStale(state);
				if (state.changed) {
					state.stale = false;
					leave(state);
					state.changed = state.from.isChanged();
				}
			}
		}
		return start.from.on(0);
	}

	private boolean isStale(State state) {
		boolean stale = state.stale;
		for (int a = 0; !stale && a < state.active.size(); a++) {
			Arc arc = state.active.get(a);
			stale = arc.to.changed || arc.all != arc.residence.options;
		}
		return stale;
	}

	private void leave(State state) {
		state.from.begin();
		if (state.cut == cuts.size() - 1) {
			state.from.leave(0, 0);
		}
		state.active.forEach(arc -> leave(state, arc));
	}

	private void leave(State state, Arc arc) {
		Ways ways = arc.to.from;
		for (SegmentPlans.Option option : options(arc)) {
			double most = room(option.bound(), state);
			if (most >= 0) {
				RelaxedCost cost = option.bound().cost();
				double without = bounds.fixed(cost) + perCycle * cost.latency(0);
				double left = left(cost, 0, most);
				for (int w = 0; w < ways.count(); w++) {
					state.from.leave(ways.value(w) + without - perCycle * Math.min(ways.second(w), left), cost.savable(Math.min(ways.second(w), most)));
				}
			}
		}
	}

	/**
	 * Costs points on the shortest ways, about as many as take as long as to find them. What no way below the limit goes through is forgotten.
	 *
	 * @return whether there was any
	 */
	boolean settle(double limit) {
		Map<SegmentPlans.Candidate, Open> open = new LinkedHashMap<>();
		steps = 0;
		for (List<State> states : cuts) {
			states.forEach(state -> state.to.begin());
		}
		start.to.reach(0, 0);
		for (List<State> states : cuts) {
			for (State state : states) {
				if (state.to.count() == 0) {
					state.active.forEach(arc -> arc.bound = Math.max(arc.bound, limit));
					state.active.clear();
				}
				state.stale |= state.active.removeIf(arc -> !reach(arc, limit, open));
			}
		}
		if (open.isEmpty()) {
			return false;
		}
		int most = (int) Math.max(1, steps / STEPS_PER_POINT);
		List<Open> chosen = open.values().stream().sorted(Comparator.comparingDouble(Open::through)).limit(most).toList();
		double below = chosen.get(chosen.size() - 1).through();
		chosen.forEach(each -> settle(each, below));
		return true;
	}

	/** Goes on by an arc. @return whether a way below the limit does */
	private boolean reach(Arc arc, double limit, Map<SegmentPlans.Candidate, Open> open) {
		Ways ways = arc.from.to;
		SegmentPlans.Option[] options = options(arc);
		int kept = 0;
		double least = limit;
		SegmentPlans.Option[] useful = options;
		for (int o = 0; o < options.length; o++) {
			SegmentPlans.Option option = options[o];
			double most = room(option.bound(), arc.from);
			double through = Double.POSITIVE_INFINITY;
			double throughRoom = 0;
			double throughValue = 0;
			if (most >= 0) {
				RelaxedCost cost = option.bound().cost();
				double fixed = bounds.fixed(cost);
				steps += ways.count();
				for (int w = 0; w < ways.count(); w++) {
					double before = ways.second(w);
					double spent = fixed + perCycle * cost.latency(before);
					double room = left(cost, before, most);
					double value = ways.value(w) + spent + arc.to.from.on(room);
					if (value < limit) {
						arc.to.to.reach(ways.value(w) + spent, room);
					}
					if (value < through) {
						through = value;
						throughRoom = before;
						throughValue = spent;
					}
				}
			}
			least = Math.min(least, through);
			if (through < limit) {
				if (kept < o && useful == options) {
					useful = options.clone();
				}
				useful[kept++] = option;
				if (option.candidate() != null) {
					Open known = open.get(option.candidate());
					if (known == null || through < known.through()) {
						open.put(option.candidate(), new Open(arc, option.candidate(), throughRoom, through - throughValue, through));
					}
				}
			}
		}
		if (kept < options.length) {
			arc.options = Arrays.copyOf(useful, kept);
			arc.from.stale = true;
		}
		pruned += options.length - kept;
		arc.bound = Math.max(arc.bound, least);
		return kept > 0;
	}

	/** Lays out and costs points of an arc until the cheapest of it is a plan, or makes the way longer than a value. */
	private void settle(Open open, double below) {
		Segment segment = open.arc().residence.segment;
		SegmentPlans.Candidate next = open.candidate();
		while (next != null) {
			plans.settle(segment.first, segment.depth, bounds, next);
			segment.settled(next);
			SegmentPlans.Option cheapest = null;
			double least = Double.POSITIVE_INFINITY;
			for (SegmentPlans.Option option : options(open.arc().residence)) {
				double value = bounds.fixed(option.bound().cost()) + perCycle * option.bound().cost().latency(open.room());
				if (value < least && room(option.bound(), open.arc().from) >= 0) {
					cheapest = option;
					least = value;
				}
			}
			next = cheapest == null || open.rest() + least > below ? null : cheapest.candidate();
		}
	}

	/** The best mapping of plans so far that is below a limit, with free tensors held; {@code null} if there is none. */
	Mapping best(double limit) {
		for (List<State> states : cuts) {
			states.forEach(state -> state.labels.clear());
		}
		start.labels.add(new Label(null, null, null, 0, 0));
		for (List<State> states : cuts) {
			for (State state : states) {
				if (!state.labels.isEmpty()) {
					state.active.forEach(arc -> label(arc, limit));
				}
			}
		}
		Label best = null;
		for (State state : cuts.get(cuts.size() - 1)) {
			for (Label label : state.labels) {
				best = best == null || label.value() < best.value() ? label : best;
			}
		}
		return best == null ? null : mapping(best);
	}

	private void label(Arc arc, double limit) {
		for (SegmentPlans.Option option : options(arc)) {
			if (option.plan() == null) {
				// plans come first
				return;
			}
			double most = fullRoom(option, arc.from);
			if (most < 0) {
				continue;
			}
			RelaxedCost cost = option.full().cost();
			for (Label label : arc.from.labels) {
				double value = label.value() + bounds.fixed(cost) + perCycle * cost.latency(label.room());
				double room = left(cost, label.room(), most);
				if (value + arc.to.from.on(room) < limit && !isReached(arc.to, value, room)) {
					arc.to.labels.removeIf(other -> value + perCycle * Math.max(0, other.room() - room) <= other.value());
					arc.to.labels.add(new Label(label, arc, option, value, room));
				}
			}
		}
	}

	private boolean isReached(State state, double value, double room) {
		for (Label other : state.labels) {
			if (other.value() + perCycle * Math.max(0, room - other.room()) <= value) {
				return true;
			}
		}
		return false;
	}

	/** What is held in a state with the free tensors. */
	private Held full(State state) {
		return state.held.and(freeAt[state.cut]);
	}

	/** An arc of a shortest way by one of its options. */
	private record Step(Arc arc, SegmentPlans.Option option) {
	}

	/**
	 * Where the shortest way is one of plans, but no mapping is as short because free tensors do take space: has those that matter be free no more. Then the graph is out of
	 * date.
	 *
	 * @return whether there were any
	 */
	boolean constrain() {
		List<Step> way = new ArrayList<>();
		double room = 0;
		for (State state = start; state.cut < cuts.size() - 1; state = way.get(way.size() - 1).arc().to) {
			Step next = shortest(state, room);
			if (next == null || next.option().plan() == null) {
				return false;
			}
			way.add(next);
			room = left(next.option().bound().cost(), room, room(next.option().bound(), state));
		}
		boolean any = false;
		room = 0;
		double full = 0;
		Step before = null;
		for (Step step : way) {
			RelaxedCost cost = step.option().bound().cost();
			double most = fullRoom(step.option(), step.arc().from);
			if (most < 0) {
				any |= constrain(step, -most);
			}
			if (step.option().full().cost().latency(room) > cost.latency(room)) {
				any |= constrain(step, Double.POSITIVE_INFINITY);
			}
			if (before != null && cost.latency(full) > cost.latency(room)) {
				any |= constrain(before, room - full);
			}
			room = left(cost, room, room(step.option().bound(), step.arc().from));
			full = left(step.option().full().cost(), full, Math.max(0, most));
			before = step;
		}
		for (int cut = 0; any && cut < freeAt.length; cut++) {
			findFree(cut);
		}
		return any;
	}

	/** The first step of the shortest way on from a state with so much room; {@code null} if there is none. */
	private Step shortest(State state, double room) {
		Step best = null;
		double least = Double.POSITIVE_INFINITY;
		for (Arc arc : state.active) {
			for (SegmentPlans.Option option : options(arc)) {
				RelaxedCost cost = option.bound().cost();
				double most = room(option.bound(), state);
				double value = most < 0 ? Double.POSITIVE_INFINITY : bounds.fixed(cost) + perCycle * cost.latency(room) + arc.to.from.on(left(cost, room, most));
				if (value < least) {
					best = new Step(arc, option);
					least = value;
				}
			}
		}
		return best;
	}

	/** Has the largest free tensors be free no more that are live in a step, until the rest takes so much less room. @return whether there are any */
	private boolean constrain(Step step, double room) {
		State state = step.arc().from;
		List<Integer> live = new ArrayList<>(freeAt[state.cut].tensors());
		live.addAll(step.arc().residence.segment.freeResults.tensors());
		live.removeIf(tensor -> !free[tensor]);
		live.sort(Comparator.comparingLong(tensor -> -workload.tensors().get(tensor).bytes()));
		double less = 0;
		for (int i = 0; i < live.size() && less < room; i++) {
			int tensor = live.get(i);
			free[tensor] = false;
			segments.values().removeIf(segment -> segment.freeInputs.holds(tensor) || segment.freeResults.holds(tensor));
			less += workload.tensors().get(tensor).bytes() / bytesPerRoom;
		}
		return less > 0;
	}

	private Mapping mapping(Label last) {
		ArrayDeque<Label> way = new ArrayDeque<>();
		for (Label label = last; label.previous() != null; label = label.previous()) {
			way.push(label);
		}
		List<Mapping.Step> steps = new ArrayList<>();
		long room = 0;
		for (Label label : way) {
			Held before = full(label.arc().from);
			SegmentCost cost = SegmentCost.of(model, label.option().plan(), before, label.arc().residence.kept, before.bytes(workload), room);
			steps.add(new Mapping.Step(label.option().plan(), cost, full(label.arc().to)));
			room = cost.prefetchRoom();
		}
		return new Mapping(steps);
	}
}
