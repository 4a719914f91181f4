package org.pipeorgan.engine.search;

import java.util.HashMap;
import java.util.Map;

import org.pipeorgan.engine.cost.CostModel;
import org.pipeorgan.engine.cost.ResidenceCost;
import org.pipeorgan.engine.cost.SegmentPlan;

/** What a plan costs in each residence, found when first asked for. Not safe for many threads. */
final class ResidenceCosts {
	private final SegmentPlan plan;
	private final int[] entering;
	/** By which of the entering tensors are held, and of which number the choice of kept results is. */
	private final Map<Long, ResidenceCost> known = new HashMap<>();

	ResidenceCosts(SegmentPlan plan) {
		this.plan = plan;
		entering = plan.inputTensors().stream().mapToInt(Integer::intValue).toArray();
	}

	/**
	 * The cost in one residence.
	 *
	 * @param choice number of {@code kept} among the choices of results of the segment that stay
	 */
	ResidenceCost of(CostModel model, Held held, Held kept, int choice) {
		long key = choice;
		for (int i = 0; i < entering.length; i++) {
			// more tensors than bits: their costs are not remembered
			if (i == Long.SIZE - Integer.SIZE) {
				return ResidenceCost.of(model, plan, held, kept);
			}
			key |= held.holds(entering[i]) ? 1L << Integer.SIZE + i : 0;
		}
		ResidenceCost cost = known.get(key);
		if (cost == null) {
			cost = ResidenceCost.of(model, plan, held, kept);
			known.put(key, cost);
		}
		return cost;
	}
}
