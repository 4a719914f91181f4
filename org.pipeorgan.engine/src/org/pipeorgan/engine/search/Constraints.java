package org.pipeorgan.engine.search;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.pipeorgan.engine.cost.CostModel;
import org.pipeorgan.engine.cost.MappingPoint.WeightLevel;
import org.pipeorgan.engine.organization.Organization;
import org.pipeorgan.engine.pipelining.OrderClass;
import org.pipeorgan.engine.search.FixedMapping.NamedChoice;
import org.pipeorgan.engine.search.FixedMapping.Topic;
import org.pipeorgan.engine.workload.Workload;

/**
 * A part of a mapping that the user fixes; the policy searches the rest. What is empty is open. They belong to no workload: operators and
 * tensors are names, which {@link #faults} looks up.
 *
 * @param organizations of segments of several operators
 * @param orders        classes of loop orders, of all segments
 * @param granularities what operators of a segment hand over at once
 * @param chunks        parts into which results of segments of several operators are cut; both ends are always tried
 * @param weightLevels  where weights may wait, of all segments; for weight-outer orders, where inputs may
 * @param cuts          names of operators behind which a segment ends
 * @param together      operators that are in one segment
 * @param kept          names of results that stay in the buffer if they leave their segment
 * @param spilled       names of results that go to memory if they leave their segment
 * @param operators     tile, share or split of single operators, in whatever segment they are
 */
public record Constraints(Set<Organization> organizations, Set<OrderClass> orders, Set<GranularityClass> granularities, Range chunks, Set<WeightLevel> weightLevels,
		List<String> cuts, List<Together> together, List<String> kept, List<String> spilled, List<NamedChoice> operators) {
	/** Nothing is fixed. */
	public static final Constraints NONE = new Constraints(Set.of(), Set.of(), Set.of(), Range.OPEN, Set.of(), List.of(), List.of(), List.of(), List.of(), List.of());

	/** From the least to the most, both included. */
	public record Range(long least, long most) {
		/** Everything. */
		public static final Range OPEN = new Range(1, Long.MAX_VALUE);

		/** @throws IllegalArgumentException if it is empty or begins below 1 */
		public Range {
			if (least < 1 || most < least) {
				throw new IllegalArgumentException("chunks are " + least + " .. " + most + "; write the smaller number first, at least 1");
			}
		}

		boolean contains(long value) {
			return least <= value && value <= most;
		}

		@Override
		public String toString() {
			return least == most ? Long.toString(least) : least + " .. " + most;
		}
	}

	/** The first and the last of operators that are in one segment, by name. */
	public record Together(String first, String last) {
	}

	/** The part of a policy that is at fault. */
	public enum Section {
		ORGANIZATION, ORDER, GRANULARITY, CHUNKS, WEIGHTS, CUT, TOGETHER, KEEP, SPILL, OPERATOR, TILE, SHARE, SPLIT
	}

	/**
	 * Why nothing can meet them.
	 *
	 * @param section what is at fault
	 * @param index   position in it
	 * @param topic   what it is about
	 * @param message what is wrong and what would mend it
	 */
	public record Fault(Section section, int index, Topic topic, String message) {
	}

	/** Copies its collections. */
	public Constraints {
		organizations = copy(organizations, Organization.class);
		orders = copy(orders, OrderClass.class);
		granularities = copy(granularities, GranularityClass.class);
		weightLevels = copy(weightLevels, WeightLevel.class);
		cuts = List.copyOf(cuts);
		together = List.copyOf(together);
		kept = List.copyOf(kept);
		spilled = List.copyOf(spilled);
		operators = List.copyOf(operators);
	}

	private static <E extends Enum<E>> Set<E> copy(Set<E> set, Class<E> type) {
		EnumSet<E> copy = EnumSet.noneOf(type);
		copy.addAll(set);
		return java.util.Collections.unmodifiableSet(copy);
	}

	/** Whether nothing is fixed. */
	public boolean isEmpty() {
		return equals(NONE);
	}

	/** Whether something is left out: sections that list all there is, to widen a base's, leave nothing out. */
	boolean restrict() {
		return restricts(organizations, Organization.values()) || restricts(orders, OrderClass.values()) || restricts(granularities, GranularityClass.values())
				|| restricts(weightLevels, WeightLevel.values()) || chunks.least() > 1 || chunks.most() < CostModel.MAX_INTERVALS || !cuts.isEmpty() || !together.isEmpty() || !kept.isEmpty()
				|| !spilled.isEmpty() || !operators.isEmpty();
	}

	private static boolean restricts(Set<?> chosen, Object[] all) {
		return !chosen.isEmpty() && chosen.size() < all.length;
	}

	/** Whether segments of several operators are not free. */
	private boolean pipelines() {
		return !organizations.isEmpty() || !granularities.isEmpty() || !chunks.equals(Range.OPEN) || !together.isEmpty();
	}

	/** What contradicts itself or the policy, in any workload. */
	public List<Fault> conflicts(PolicyKind kind, int maxDepth, Set<Restriction> restrictions) {
		List<Fault> faults = new ArrayList<>();
		if (maxDepth == 1 && pipelines()) {
			Section section = !organizations.isEmpty() ? Section.ORGANIZATION : !granularities.isEmpty() ? Section.GRANULARITY : !chunks.equals(Range.OPEN) ? Section.CHUNKS : Section.TOGETHER;
			conflict(faults, section, "a policy of depth 1 has one operator on the array at a time, so it is not laid out with others and hands nothing over; remove it, or allow a larger depth");
		} else if (!organizations.isEmpty() && SegmentSpace.organizations(kind, organizations).isEmpty()) {
			conflict(faults, Section.ORGANIZATION, "'" + kind.keyword() + "' lays segments out as " + labels(SegmentSpace.organizations(kind, Set.of()))
					+ " only; take one of these, or refine 'optimal' or 'pipeorgan'");
		}
		if (!orders.isEmpty() && !orders.contains(OrderClass.WEIGHT_OUTER) && granularities.equals(Set.of(GranularityClass.CHANNELS))) {
			conflict(faults, Section.GRANULARITY, "only weight_outer orders hand over channels, but 'order' leaves activation_outer; add weight_outer, or take another granularity");
		}
		if (orders.equals(Set.of(OrderClass.WEIGHT_OUTER)) && !granularities.isEmpty() && !granularities.contains(GranularityClass.CHANNELS) && !granularities.contains(GranularityClass.TENSOR)) {
			conflict(faults, Section.GRANULARITY, "only activation_outer orders hand over rows or pixels, but 'order' leaves weight_outer; add activation_outer, or take another granularity");
		}
		if (granularities.equals(Set.of(GranularityClass.TENSOR)) && !chunks.contains(1)) {
			conflict(faults, Section.CHUNKS, "a whole tensor is 1 chunk, but 'chunks' wants " + chunks + "; remove one of them");
		}
		if (chunks.most() == 1 && !granularities.isEmpty() && !granularities.contains(GranularityClass.TENSOR)) {
			conflict(faults, Section.CHUNKS, "1 chunk is a whole tensor, but 'granularity' wants parts of it; remove one of them");
		}
		if (kind == PolicyKind.SIMBA && !weightLevels.isEmpty() && !weightLevels.contains(WeightLevel.REGISTERS) && orders.equals(Set.of(OrderClass.ACTIVATION_OUTER))) {
			conflict(faults, Section.WEIGHTS, "'simba' keeps weights in registers; add 'registers', or refine another policy");
		}
		if (!kept.isEmpty() && restrictions.contains(Restriction.NO_RESIDENCE)) {
			conflict(faults, Section.KEEP, "the policy is restricted to no residence, so it keeps nothing; remove 'keep' or 'no_residence'");
		}
		for (int i = 0; i < spilled.size(); i++) {
			if (kept.contains(spilled.get(i))) {
				faults.add(new Fault(Section.SPILL, i, Topic.CONFLICT, "'" + spilled.get(i) + "' is to be kept and spilled; remove one of them"));
			}
		}
		Set<String> seen = new HashSet<>();
		for (int i = 0; i < operators.size(); i++) {
			NamedChoice named = operators.get(i);
			if (!seen.add(named.operator())) {
				faults.add(new Fault(Section.OPERATOR, i, Topic.CONFLICT, "operator '" + named.operator() + "' is written twice; keep one of them"));
			}
			boolean channelsOnly = kind == PolicyKind.SIMBA || restrictions.contains(Restriction.CHANNEL_SPLIT);
			if (channelsOnly && Math.max(named.choice().parts().p(), named.choice().parts().q()) > 1) {
				faults.add(new Fault(Section.SPLIT, i, Topic.CONFLICT, "the policy splits along channels only; write 'P 1 Q 1', or remove the restriction"));
			}
		}
		return faults;
	}

	private static void conflict(List<Fault> faults, Section section, String message) {
		faults.add(new Fault(section, 0, Topic.CONFLICT, message));
	}

	/** Everything that keeps a workload from meeting them; whether a mapping fits on an accelerator, only a search tells. */
	public List<Fault> faults(Workload workload, int maxDepth) {
		return new ConstraintsCheck(workload, this, maxDepth).faults();
	}

	/** For people: what is fixed, as in the language. */
	@Override
	public String toString() {
		List<String> texts = new ArrayList<>();
		add(texts, "organization ", organizations.stream().map(Organization::label));
		add(texts, "order ", orders.stream().map(OrderClass::keyword));
		add(texts, "granularity ", granularities.stream().map(GranularityClass::keyword));
		add(texts, "chunks ", chunks.equals(Range.OPEN) ? Stream.empty() : Stream.of(chunks.toString()));
		add(texts, "weights ", weightLevels.stream().map(WeightLevel::keyword));
		add(texts, "cut after ", cuts.stream());
		together.forEach(each -> texts.add("together " + each.first() + " .. " + each.last()));
		add(texts, "keep ", kept.stream());
		add(texts, "spill ", spilled.stream());
		operators.forEach(each -> texts.add("operator " + each.operator()));
		return String.join("; ", texts);
	}

	private static void add(List<String> texts, String section, Stream<String> values) {
		String all = values.collect(Collectors.joining(", "));
		if (!all.isEmpty()) {
			texts.add(section + all);
		}
	}

	private static String labels(List<Organization> organizations) {
		return organizations.stream().map(Organization::label).collect(Collectors.joining(", "));
	}
}
