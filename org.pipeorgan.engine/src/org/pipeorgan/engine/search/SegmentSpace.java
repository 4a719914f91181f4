package org.pipeorgan.engine.search;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

import org.pipeorgan.engine.cost.CostModel;
import org.pipeorgan.engine.cost.MappingPoint.WeightLevel;
import org.pipeorgan.engine.cost.OperatorChoice;
import org.pipeorgan.engine.cost.Tiling;
import org.pipeorgan.engine.organization.Organization;
import org.pipeorgan.engine.pipelining.OrderClass;
import org.pipeorgan.engine.workload.TensorShape;

/** The declared space of a policy: which segments there are, and which tilings, organizations and weight levels each may have. */
final class SegmentSpace {
	private static final int[] NOTHING = {};
	private static final int PAIR = 2;
	private static final long MOST_CHUNKS = 1024;
	private static final long MOST_POWER = 256;
	private static final List<Organization> ALONE = List.of(Organization.BLOCKED_ROWS);
	private static final List<Organization> BLOCKED = List.of(Organization.BLOCKED_ROWS, Organization.BLOCKED_COLUMNS);
	private static final List<Organization> DEEP = List.of(Organization.BLOCKED_ROWS, Organization.BLOCKED_2D, Organization.STRIPED_ROWS, Organization.STRIPED_COLUMNS,
			Organization.CHECKERBOARD, Organization.TURN_TAKING);
	private static final List<Organization> ALL = List.of(Organization.values());
	private static final List<WeightLevel> LEVELS = List.of(WeightLevel.values());
	private static final List<WeightLevel> INPUT_LEVELS = List.of(WeightLevel.BUFFER, WeightLevel.MEMORY);

	private final CostModel model;
	private final PolicyKind kind;
	private final int maxDepth;
	private final Constraints constraints;
	private final Map<OrderClass, List<WeightLevel>> levels = new EnumMap<>(OrderClass.class);
	/** What is stated about each operator; empty where nothing is stated about any. */
	private final List<OperatorChoice> choices;
	/** Whether a segment must end behind an operator. */
	private final boolean[] endsBehind;
	/** First and last operators that are in one segment. */
	private final List<int[]> together = new ArrayList<>();
	private final List<Tiling> tilings = new ArrayList<>();
	private final Map<Tiling, Integer> positions = new HashMap<>();
	private final int[] deepest;
	private final int[][][] cuts;

	/** @param constraints that the workload can meet: {@link Constraints#faults} finds none */
	SegmentSpace(CostModel model, PolicyKind kind, int maxDepth, Constraints constraints) {
		this.model = model;
		this.kind = kind;
		this.maxDepth = maxDepth;
		this.constraints = constraints;
		int operators = model.workload().operators().size();
		endsBehind = new boolean[operators];
		OperatorChoice[] stated = new OperatorChoice[operators];
		java.util.Arrays.fill(stated, OperatorChoice.NONE);
		Map<String, Integer> named = new HashMap<>();
		model.workload().operators().forEach(operator -> named.put(operator.name(), operator.index()));
		constraints.cuts().forEach(name -> endsBehind[named.get(name)] = true);
		constraints.together().forEach(each -> together.add(new int[] { named.get(each.first()), named.get(each.last()) }));
		constraints.operators().forEach(each -> stated[named.get(each.operator())] = each.choice());
		choices = constraints.operators().isEmpty() ? List.of() : List.of(stated);
		for (OrderClass order : OrderClass.values()) {
			levels.put(order, findLevels(order));
		}
		deepest = new int[operators];
		cuts = new int[operators][][];
		Map<Extents, int[]> known = new HashMap<>();
		for (int first = 0; first < operators; first++) {
			deepest[first] = findDeepest(first);
			cuts[first] = new int[deepest[first] + 1][];
			Extents[] extents = extents(first, deepest[first]);
			for (int depth = 1; depth <= deepest[first]; depth++) {
				cuts[first][depth] = allows(first, depth) ? known.computeIfAbsent(extents[depth], each -> cuts(each).stream().mapToInt(this::position).toArray()) : NOTHING;
			}
		}
	}

	private int position(Tiling tiling) {
		return positions.computeIfAbsent(tiling, added -> {
			tilings.add(added);
			return tilings.size() - 1;
		});
	}

	/** Most operators of a segment. */
	int maxDepth() {
		return maxDepth;
	}

	/** Every tiling that some segment may have. */
	List<Tiling> tilings() {
		return tilings;
	}

	/** Positions in {@link #tilings} of those that a segment may have. */
	int[] tilings(int first, int depth) {
		return cuts[first][depth];
	}

	/** How many operators a segment that begins there may have at most. */
	int deepest(int first) {
		return deepest[first];
	}

	private int findDeepest(int first) {
		int operators = model.workload().operators().size();
		int depth = 1;
		while (depth < maxDepth && goesOn(first, depth) && first + depth < operators && model.sharesTensor(first, first + depth) && model.canJoin(first, first + depth)
				&& model.handOvers(first, depth + 1) <= CostModel.MAX_HAND_OVERS) {
			depth++;
		}
		return depth;
	}

	/** Whether what the user fixes allows a segment of one operator more. */
	boolean goesOn(int first, int depth) {
		return !endsBehind[first + depth - 1] && !organizations(depth + 1).isEmpty();
	}

	/** Whether what the user fixes allows a segment at all: operators that are to be together are all in it, or none. */
	private boolean allows(int first, int depth) {
		int last = first + depth - 1;
		return together.isEmpty() || together.stream().allMatch(each -> each[0] > last || each[1] < first || each[0] >= first && each[1] <= last);
	}

	/** What is stated about each operator of a segment; empty for nothing, as in {@link MappingPoint}. */
	List<OperatorChoice> choices(int first, int depth) {
		if (choices.isEmpty()) {
			return choices;
		}
		List<OperatorChoice> own = choices.subList(first, first + depth);
		return own.stream().allMatch(OperatorChoice.NONE::equals) ? List.of() : own;
	}

	/** What is stated about each operator; empty for nothing. */
	List<OperatorChoice> choices() {
		return choices;
	}

	/** Whether, of weight levels that make the same plan, each is in the space with the first of them. */
	boolean levelsDiffer() {
		return levels.get(OrderClass.ACTIVATION_OUTER).contains(WeightLevel.REGISTERS);
	}

	/** The organizations of segments of so many operators. */
	List<Organization> organizations(int depth) {
		if (depth == 1) {
			return ALONE;
		}
		if (kind == PolicyKind.PIPEORGAN && constraints.organizations().isEmpty()) {
			return depth > PAIR ? DEEP : ALL;
		}
		return organizations(kind, constraints.organizations());
	}

	/** The organizations of segments of several operators. A heuristic's own choice gives way to the user's. @param wanted all if empty */
	static List<Organization> organizations(PolicyKind kind, Set<Organization> wanted) {
		return allowed(kind == PolicyKind.TANGRAM || kind == PolicyKind.TANGRAM_PAIRED ? BLOCKED : ALL, wanted);
	}

	private static <T> List<T> allowed(List<T> all, Collection<T> wanted) {
		return wanted.isEmpty() ? all : all.stream().filter(wanted::contains).toList();
	}

	/** Where weights may wait under a tiling. */
	List<WeightLevel> levels(Tiling tiling) {
		return levels.get(tiling.orderClass());
	}

	private List<WeightLevel> findLevels(OrderClass order) {
		Set<WeightLevel> wanted = constraints.weightLevels();
		if (order == OrderClass.WEIGHT_OUTER) {
			return wanted.isEmpty() ? INPUT_LEVELS : INPUT_LEVELS.stream().filter(level -> wanted.stream().anyMatch(other -> other.memory() == level.memory())).toList();
		}
		return allowed(kind == PolicyKind.SIMBA ? List.of(WeightLevel.REGISTERS) : LEVELS, wanted);
	}

	/** How many points a segment has. */
	long points(int first, int depth) {
		long points = 0;
		for (int tiling : tilings(first, depth)) {
			points += (long) organizations(depth).size() * levels(tilings.get(tiling)).size();
		}
		return points;
	}

	/**
	 * What the tilings of a segment depend on.
	 *
	 * @param pixels   of its largest result
	 * @param rows     of its tallest result
	 * @param tallest  rows, or of results of one row pixels, no more than chunks
	 * @param channels of the result that has most
	 * @param heights  rows of all its results, no more than chunks
	 */
	private record Extents(boolean alone, boolean deep, long pixels, long rows, long tallest, long channels, Set<Long> heights) {
	}

	/** The extents of the segments that begin with an operator, by their depths, up to the deepest. */
	private Extents[] extents(int first, int deepest) {
		Extents[] extents = new Extents[deepest + 1];
		long pixels = 1;
		long rows = 1;
		long tallest = 1;
		long channels = 1;
		Set<Long> heights = Set.of();
		for (int depth = 1; depth <= deepest; depth++) {
			TensorShape shape = model.workload().outputOf(model.workload().operators().get(first + depth - 1)).shape();
			pixels = Math.max(pixels, shape.h() * shape.w());
			rows = Math.max(rows, shape.h());
			tallest = Math.max(tallest, Math.min(MOST_CHUNKS, shape.h() * (shape.h() == 1 ? shape.w() : 1)));
			channels = Math.max(channels, shape.c());
			long height = Math.min(MOST_CHUNKS, shape.h());
			if (!heights.contains(height)) {
				heights = new TreeSet<>(heights);
				heights.add(height);
			}
			extents[depth] = new Extents(depth == 1, kind == PolicyKind.PIPEORGAN && depth > PAIR && !constraints.orders().equals(Set.of(OrderClass.WEIGHT_OUTER)), pixels, rows,
					tallest, channels, heights);
		}
		return extents;
	}

	private Set<Tiling> cuts(Extents extents) {
		Set<Long> activation = new TreeSet<>();
		long channels = extents.channels();
		if (extents.deep()) {
			// stage 1 picks among few granularities; a contracting consumer would wait for a whole weight-outer tensor
			activation.add(1L);
			channels = 0;
		} else {
			activation.addAll(extents.heights());
			powers(activation, Math.min(MOST_POWER, extents.pixels()));
		}
		if (extents.deep() || kind == PolicyKind.OPTIMAL || kind == PolicyKind.FIXED) {
			long tallest = extents.tallest();
			activation.addAll(List.of(Math.max(1, tallest / 8), Math.max(1, tallest / 4), Math.max(1, tallest / 2), tallest));
		}
		Set<Long> weight = new TreeSet<>();
		powers(weight, Math.min(MOST_CHUNKS, channels));
		Predicate<Tiling> wanted = tiling -> constraints.orders().isEmpty() || constraints.orders().contains(tiling.orderClass());
		if (!extents.alone()) {
			ends(activation, extents.pixels());
			ends(weight, channels);
			wanted = wanted.and(tiling -> constraints.chunks().contains(tiling.chunks()))
					.and(tiling -> constraints.granularities().isEmpty() || constraints.granularities().contains(GranularityClass.of(tiling, extents.rows())));
		}
		Set<Tiling> cuts = new LinkedHashSet<>();
		activation.stream().map(chunks -> new Tiling(OrderClass.ACTIVATION_OUTER, chunks)).filter(wanted).forEach(cuts::add);
		weight.stream().map(chunks -> new Tiling(OrderClass.WEIGHT_OUTER, chunks)).filter(wanted).forEach(cuts::add);
		return cuts;
	}

	/** The ends of a range of chunks that the user states are tried, whatever is tried otherwise. */
	private void ends(Set<Long> chunks, long parts) {
		for (long end : new long[] { constraints.chunks().least(), constraints.chunks().most() }) {
			if (!constraints.chunks().equals(Constraints.Range.OPEN) && parts > 0 && end < Long.MAX_VALUE) {
				chunks.add(end);
			}
		}
	}

	private static void powers(Set<Long> into, long most) {
		for (long power = 1; power <= most; power *= 2) {
			into.add(power);
		}
	}
}
