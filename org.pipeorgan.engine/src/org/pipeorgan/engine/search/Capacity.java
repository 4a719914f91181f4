package org.pipeorgan.engine.search;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import org.pipeorgan.engine.cost.CostModel;
import org.pipeorgan.engine.cost.MappingPoint;
import org.pipeorgan.engine.cost.ResidenceCost;
import org.pipeorgan.engine.cost.SegmentPlan;
import org.pipeorgan.engine.cost.Tiling;
import org.pipeorgan.engine.hardware.Accelerator;
import org.pipeorgan.engine.hardware.HardwareException;
import org.pipeorgan.engine.result.InfeasibleRun;
import org.pipeorgan.engine.workload.Operator;

/** Tells, without a search, whether each operator of a workload fits into the global buffer alone, and whether what a policy states fits. */
public final class Capacity {
	/** More different operators are not looked at: nobody writes them. */
	private static final int MOST_SHAPES = 1000;
	/** On larger arrays fixed mappings are not evaluated: their traffic takes too long for every change of a text. */
	private static final int MOST_PES = 128 * 128;

	private Capacity() {
	}

	/**
	 * An operator that does not fit alone: no policy maps it by itself.
	 *
	 * @param operator its name
	 * @param bytes    of the buffer that it needs at least, alone
	 */
	public record Misfit(String operator, long bytes) {
	}

	/** The first operator of a target that does not fit alone; empty if each does, or cannot be costed. Fast enough for every change of a text. */
	public static Optional<Misfit> misfit(Study.Target target) {
		try {
			CostModel model = StudyRunner.model(target, Policy.of(PolicyKind.LAYER_BY_LAYER));
			SegmentSpace space = new SegmentSpace(model, PolicyKind.LAYER_BY_LAYER, 1, Constraints.NONE);
			CostModel.Scratch scratch = model.scratch();
			Set<Integer> seen = new HashSet<>();
			for (Operator operator : model.workload().operators()) {
				if (seen.size() < MOST_SHAPES && seen.add(model.shape(operator.index()))) {
					long least = least(model, space, scratch, operator.index());
					if (least > target.accelerator().bufferBytes()) {
						return Optional.of(new Misfit(operator.name(), least));
					}
				}
			}
		} catch (HardwareException | ArithmeticException e) {
			// what cannot be costed, other checks and the run tell
		}
		return Optional.empty();
	}

	/** Bytes of an operator's least point, or of the first that fits; the finest cuts, whose weights wait in memory, first. */
	private static long least(CostModel model, SegmentSpace space, CostModel.Scratch scratch, int operator) {
		long least = Long.MAX_VALUE;
		List<Tiling> tilings = Arrays.stream(space.tilings(operator, 1)).mapToObj(space.tilings()::get).sorted(Comparator.comparingLong((Tiling tiling) -> -tiling.chunks())).toList();
		for (MappingPoint point : (Iterable<MappingPoint>) tilings.stream().flatMap(tiling -> points(space, operator, tiling))::iterator) {
			SegmentPlan plan = model.plan(point, scratch);
			if (plan != null) {
				least = Math.min(least, ResidenceCost.spaceBytes(plan, Held.NONE, Held.NONE));
			}
			if (least <= model.accelerator().bufferBytes()) {
				return least;
			}
		}
		return least;
	}

	private static Stream<MappingPoint> points(SegmentSpace space, int operator, Tiling tiling) {
		return space.levels(tiling).reversed().stream().map(level -> new MappingPoint(operator, 1, tiling.orderClass(), tiling.chunks(), space.organizations(1).get(0), level));
	}

	/**
	 * Why what a policy states - a fixed mapping, or shares and splits of operators - cannot be on a target, told without a search; empty if nothing that can
	 * be told so speaks against it.
	 */
	public static Optional<InfeasibleRun> misfit(Study.Target target, Policy policy) {
		try {
			StudyRunner.guarded(target, () -> {
				checkStated(target, policy);
				boolean quick = target.accelerator().pes() <= MOST_PES;
				return policy.kind() == PolicyKind.FIXED && quick ? new FixedEvaluation(StudyRunner.model(target, policy), policy).mapping() : null;
			});
			return Optional.empty();
		} catch (InfeasibleException e) {
			return Optional.of(e.run(target, policy));
		}
	}

	/** Refuses shares and splits of single operators that are larger than the array. @throws InfeasibleException naming the first */
	static void checkStated(Study.Target target, Policy policy) {
		Accelerator accelerator = target.accelerator();
		String array = "but the " + accelerator.rows() + " x " + accelerator.columns() + " array of '" + accelerator.name() + "' has " + accelerator.pes() + "; take fewer";
		for (FixedMapping.NamedChoice named : policy.constraints().operators()) {
			if (named.choice().share() > accelerator.pes()) {
				throw new InfeasibleException(named.operator(), "the share of '" + named.operator() + "' in policy '" + policy.name() + "' is " + named.choice().share() + " PEs, " + array);
			}
			if (named.choice().parts().pes() > accelerator.pes()) {
				throw new InfeasibleException(named.operator(), "the split of '" + named.operator() + "' in policy '" + policy.name() + "' is over " + named.choice().parts().pes() + " PEs, " + array);
			}
		}
	}
}
