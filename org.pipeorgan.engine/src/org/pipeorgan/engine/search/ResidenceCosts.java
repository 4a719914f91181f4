package org.pipeorgan.engine.search;

import org.pipeorgan.engine.cost.CostModel;
import org.pipeorgan.engine.cost.ResidenceCost;
import org.pipeorgan.engine.cost.SegmentPlan;

/** What a plan costs in each residence, found when first asked for. Not safe for many threads. */
final class ResidenceCosts {
	/** How many costs may be remembered yet, of all plans of a search together: those of large networks would not fit into memory. */
	static final class Room {
		private int left = 200_000;
	}

	private final SegmentPlan plan;
	private final Room room;
	private final int[] entering;
	/** By which of the entering tensors are held, and of which number the choice of kept results is. */
	private final LongMap<ResidenceCost> known = new LongMap<>();

	ResidenceCosts(SegmentPlan plan, Room room) {
		this.plan = plan;
		this.room = room;
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
			remember(key, cost);
		}
		return cost;
	}

	private void remember(long key, ResidenceCost cost) {
		if (room.left > 0) {
			room.left--;
			known.put(key, cost);
		}
	}
}
