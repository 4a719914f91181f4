package org.pipeorgan.engine.search;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.pipeorgan.engine.cost.CostModel;
import org.pipeorgan.engine.cost.MappingPoint.WeightLevel;
import org.pipeorgan.engine.cost.Tiling;
import org.pipeorgan.engine.organization.Organization;
import org.pipeorgan.engine.pipelining.OrderClass;
import org.pipeorgan.engine.workload.TensorShape;

/** The declared space of a policy: which segments there are, and which tilings, organizations and weight levels each may have. */
final class SegmentSpace {
	private static final int PAIR = 2;
	private static final long MOST_CHUNKS = 1024;
	private static final long MOST_POWER = 256;
	private static final List<Organization> ALONE = List.of(Organization.BLOCKED_ROWS);
	private static final List<Organization> BLOCKED = List.of(Organization.BLOCKED_ROWS, Organization.BLOCKED_COLUMNS);
	private static final List<Organization> SHALLOW = List.of(Organization.BLOCKED_ROWS, Organization.BLOCKED_COLUMNS, Organization.STRIPED_ROWS,
			Organization.TURN_TAKING);
	private static final List<Organization> DEEP = List.of(Organization.BLOCKED_ROWS, Organization.BLOCKED_2D, Organization.STRIPED_ROWS, Organization.CHECKERBOARD,
			Organization.TURN_TAKING);
	private static final List<Organization> ALL = List.of(Organization.values());
	private static final List<WeightLevel> LEVELS = List.of(WeightLevel.values());

	private final CostModel model;
	private final PolicyKind kind;
	private final int maxDepth;
	private final List<Tiling> tilings = new ArrayList<>();
	private final Map<Tiling, Integer> positions = new HashMap<>();
	private final Map<Set<Tiling>, int[]> known = new HashMap<>();
	private final int[] deepest;
	private final int[][][] cuts;

	SegmentSpace(CostModel model, PolicyKind kind, int maxDepth) {
		this.model = model;
		this.kind = kind;
		this.maxDepth = maxDepth;
		int operators = model.workload().operators().size();
		deepest = new int[operators];
		cuts = new int[operators][][];
		Set<Tiling> all = new LinkedHashSet<>();
		for (int first = 0; first < operators; first++) {
			deepest[first] = findDeepest(first);
			cuts[first] = new int[deepest[first] + 1][];
			for (int depth = 1; depth <= deepest[first]; depth++) {
				all.addAll(cuts(first, depth));
			}
		}
		tilings.addAll(all);
		for (int t = 0; t < tilings.size(); t++) {
			positions.put(tilings.get(t), t);
		}
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
		int[] found = cuts[first][depth];
		if (found == null) {
			found = known.computeIfAbsent(cuts(first, depth), cut -> cut.stream().mapToInt(positions::get).toArray());
			cuts[first][depth] = found;
		}
		return found;
	}

	/** How many operators a segment that begins there may have at most. */
	int deepest(int first) {
		return deepest[first];
	}

	private int findDeepest(int first) {
		int operators = model.workload().operators().size();
		int depth = 1;
		while (depth < maxDepth && first + depth < operators && model.sharesTensor(first, first + depth) && model.canJoin(first, first + depth)
				&& model.handOvers(first, depth + 1) <= CostModel.MAX_HAND_OVERS) {
			depth++;
		}
		return depth;
	}

	/** The organizations of segments of so many operators. */
	List<Organization> organizations(int depth) {
		if (depth == 1) {
			return ALONE;
		}
		if (kind == PolicyKind.PIPEORGAN) {
			return depth > PAIR ? DEEP : SHALLOW;
		}
		return kind == PolicyKind.TANGRAM || kind == PolicyKind.TANGRAM_PAIRED ? BLOCKED : ALL;
	}

	/** Where weights may wait under a tiling. */
	List<WeightLevel> levels(Tiling tiling) {
		if (tiling.orderClass() == OrderClass.WEIGHT_OUTER) {
			return List.of(WeightLevel.BUFFER, WeightLevel.MEMORY);
		}
		return kind == PolicyKind.SIMBA ? List.of(WeightLevel.REGISTERS) : LEVELS;
	}

	/** How many points a segment has. */
	long points(int first, int depth) {
		long points = 0;
		for (int tiling : tilings(first, depth)) {
			points += (long) organizations(depth).size() * levels(tilings.get(tiling)).size();
		}
		return points;
	}

	private Set<Tiling> cuts(int first, int depth) {
		TreeSet<Long> activation = new TreeSet<>();
		long pixels = 1;
		long tallest = 1;
		long channels = 1;
		for (int i = first; i < first + depth; i++) {
			TensorShape shape = model.workload().outputOf(model.workload().operators().get(i)).shape();
			pixels = Math.max(pixels, shape.h() * shape.w());
			tallest = Math.max(tallest, Math.min(MOST_CHUNKS, shape.h() * (shape.h() == 1 ? shape.w() : 1)));
			channels = Math.max(channels, shape.c());
			activation.add(Math.min(MOST_CHUNKS, shape.h()));
		}
		boolean deep = kind == PolicyKind.PIPEORGAN && depth > PAIR;
		if (deep) {
			// stage 1 picks among few granularities; a contracting consumer would wait for a whole weight-outer tensor
			activation.clear();
			channels = 0;
		} else {
			powers(activation, Math.min(MOST_POWER, pixels));
		}
		if (deep || kind == PolicyKind.OPTIMAL || kind == PolicyKind.FIXED) {
			activation.addAll(List.of(Math.max(1, tallest / 8), Math.max(1, tallest / 4), Math.max(1, tallest / 2), tallest));
		}
		TreeSet<Long> weight = new TreeSet<>();
		powers(weight, Math.min(MOST_CHUNKS, channels));
		Set<Tiling> cuts = new LinkedHashSet<>();
		activation.forEach(chunks -> cuts.add(new Tiling(OrderClass.ACTIVATION_OUTER, chunks)));
		weight.forEach(chunks -> cuts.add(new Tiling(OrderClass.WEIGHT_OUTER, chunks)));
		return cuts;
	}

	private static void powers(Set<Long> into, long most) {
		for (long power = 1; power <= most; power *= 2) {
			into.add(power);
		}
	}
}
