package org.pipeorgan.engine.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.pipeorgan.engine.cost.CostModel;
import org.pipeorgan.engine.cost.ResidenceCost;
import org.pipeorgan.engine.cost.SegmentCost;
import org.pipeorgan.engine.cost.SegmentPlan;
import org.pipeorgan.engine.workload.Workload;

/**
 * Dynamic programming over cuts and residence. A label stands at a cut: the tensors held in the buffer there, the cost so
 * far, and the room left for fetching the next segment's first weights ahead. Of the labels with the same held tensors
 * only those survive that no other beats in cost and room.
 */
final class CutSearch {
	/** Most live tensors that may be held at a cut; beyond that the search is cut and says so. */
	private static final int MOST_HELD = 12;
	/** Results of one segment of which any subset may be kept; of more, all or none. */
	private static final int MOST_SUBSETS = 4;

	/**
	 * A way to a cut.
	 *
	 * @param previous where its last segment begins; {@code null} at the start
	 * @param plan     of its last segment
	 * @param kept     results of this that stay
	 * @param held     tensors that are held
	 * @param room     cycles in which first weights of the next segment may be fetched
	 */
	private record Label(Label previous, SegmentPlan plan, Held kept, Held held, long latency, double energy, long memory, long room) {
	}

	private final CostModel model;
	private final Workload workload;
	private final Objective objective;
	private final StudyProgress progress;
	private final MappingBounds bounds;
	private final KeptChoices choices;
	private boolean exhaustive = true;
	private long pruned;

	CutSearch(CostModel model, Objective objective, Policy policy, MappingBounds bounds, StudyProgress progress) {
		this.model = model;
		this.workload = model.workload();
		this.objective = objective;
		this.bounds = bounds;
		this.progress = progress;
		choices = new KeptChoices(workload, policy, MOST_SUBSETS);
	}

	/** The best mapping that beats the known one; {@code null} if there is none. */
	Mapping best(SegmentPlans segments, SegmentSpace space) {
		int operators = workload.operators().size();
		List<Map<Held, List<Label>>> cuts = new ArrayList<>();
		for (int i = 0; i <= operators; i++) {
			cuts.add(new LinkedHashMap<>());
		}
		Label start = new Label(null, null, Held.NONE, Held.NONE, 0, 0, 0, 0);
		cuts.get(0).put(start.held(), List.of(start));
		for (int first = 0; first < operators; first++) {
			progress.checkCancelled();
			Map<Held, List<Label>> labels = cuts.set(first, null);
			for (int depth = 1; !labels.isEmpty() && depth <= space.deepest(first); depth++) {
				List<SegmentPlans.Planned> plans = segments.front(first, depth);
				if (!plans.isEmpty()) {
					List<Held> keepable = choices.of(Held.of(plans.get(0).plan().outputTensors()).readFrom(workload, first + depth).tensors());
					Map<Held, List<Label>> cut = cuts.get(first + depth);
					int end = first + depth;
					labels.forEach((held, same) -> step(held, same, plans, keepable, end, cut));
				}
			}
		}
		Label best = cuts.get(operators).values().stream().flatMap(List::stream).min(order()).orElse(null);
		if (best == null) {
			return null;
		}
		List<Mapping.Step> steps = new ArrayList<>();
		for (Label label = best; label.previous() != null; label = label.previous()) {
			Label before = label.previous();
			SegmentCost cost = SegmentCost.of(model, label.plan(), before.held(), label.kept(), before.held().bytes(workload), before.room());
			steps.add(0, new Mapping.Step(label.plan(), cost, label.held()));
		}
		return new Mapping(steps);
	}

	boolean exhaustive() {
		return exhaustive && choices.exhaustive();
	}

	long pruned() {
		return pruned;
	}

	/** Goes on through a segment from labels that hold the same tensors. */
	private void step(Held before, List<Label> labels, List<SegmentPlans.Planned> plans, List<Held> keepable, int end, Map<Held, List<Label>> cut) {
		if (labels.isEmpty()) {
			return;
		}
		List<SegmentPlans.Planned> useful = useful(labels, plans, end);
		pruned += (long) (plans.size() - useful.size()) * labels.size() * keepable.size();
		if (useful.isEmpty()) {
			return;
		}
		long heldBytes = before.bytes(workload);
		Held stay = before.readFrom(workload, end);
		for (int choice = 0; choice < keepable.size(); choice++) {
			Held kept = keepable.get(choice);
			Held held = stay.and(kept);
			if (held.size() > MOST_HELD) {
				exhaustive = false;
				continue;
			}
			List<Label> front = cut.computeIfAbsent(held, h -> new ArrayList<>());
			for (SegmentPlans.Planned planned : useful) {
				ResidenceCost cost = planned.costs().of(model, before, kept, choice);
				if (cost.fits(model, heldBytes)) {
					long room = end == workload.operators().size() ? 0 : cost.prefetchRoom(model, heldBytes);
					for (Label label : labels) {
						offer(label, planned.plan(), cost, kept, held, room, end, front);
					}
				}
			}
		}
	}

	/** The plans that may be of use behind any of some labels. */
	private List<SegmentPlans.Planned> useful(List<Label> labels, List<SegmentPlans.Planned> plans, int end) {
		long latency = Long.MAX_VALUE;
		double energy = Double.POSITIVE_INFINITY;
		long memory = Long.MAX_VALUE;
		long room = 0;
		for (Label label : labels) {
			latency = Math.min(latency, label.latency());
			energy = Math.min(energy, label.energy());
			memory = Math.min(memory, label.memory());
			room = Math.max(room, label.room());
		}
		List<SegmentPlans.Planned> useful = new ArrayList<>(plans.size());
		for (SegmentPlans.Planned planned : plans) {
			int depth = planned.plan().point().depth();
			if (planned.cost() != null && !bounds.excludes(end - depth, depth, planned.cost(), latency, energy, memory, room)) {
				useful.add(planned);
			}
		}
		return useful;
	}

	private void offer(Label before, SegmentPlan plan, ResidenceCost cost, Held kept, Held held, long room, int end, List<Label> front) {
		long latency = Math.addExact(before.latency(), cost.latencyCycles(before.room()));
		double energy = before.energy() + cost.energyPicojoules();
		long memory = Math.addExact(before.memory(), cost.memoryBytes());
		if (bounds.excludes(end, latency, energy, memory, room)) {
			pruned++;
			return;
		}
		Label label = new Label(before, plan, kept, held, latency, energy, memory, room);
		for (Label other : front) {
			if (dominates(other, label)) {
				pruned++;
				return;
			}
		}
		int size = front.size();
		front.removeIf(other -> dominates(label, other));
		pruned += size - front.size();
		front.add(label);
	}

	private boolean dominates(Label a, Label b) {
		boolean cheaper = switch (objective) {
			case LATENCY -> a.latency() <= b.latency();
			case ENERGY -> a.energy() <= b.energy();
			case MEMORY_TRAFFIC -> a.memory() <= b.memory();
			case ENERGY_DELAY -> a.latency() <= b.latency() && a.energy() <= b.energy();
		};
		// more room saves at most as many cycles as it is larger
		boolean roomMatters = objective == Objective.LATENCY || objective == Objective.ENERGY_DELAY;
		return cheaper && (!roomMatters || a.latency() + Math.max(0, b.room() - a.room()) <= b.latency());
	}

	private Comparator<Label> order() {
		Comparator<Label> latency = Comparator.comparingLong(Label::latency);
		Comparator<Label> energy = Comparator.comparingDouble(Label::energy);
		return switch (objective) {
			case LATENCY -> latency.thenComparing(energy);
			case ENERGY -> energy.thenComparing(latency);
			case MEMORY_TRAFFIC -> Comparator.comparingLong(Label::memory).thenComparing(latency);
			case ENERGY_DELAY -> Comparator.<Label>comparingDouble(l -> l.energy() * l.latency()).thenComparing(latency);
		};
	}
}
