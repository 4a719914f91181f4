package org.pipeorgan.engine.search;

import java.util.List;

import org.pipeorgan.engine.cost.SegmentCost;
import org.pipeorgan.engine.cost.SegmentPlan;

/**
 * A complete mapping of a workload.
 *
 * @param steps      its segments in order
 * @param exhaustive whether the search over cuts and residence was complete
 * @param pruned     labels that were dominated
 */
record Mapping(List<Step> steps, boolean exhaustive, long pruned) {

	/**
	 * One segment.
	 *
	 * @param plan what runs
	 * @param cost what it costs with its residence
	 * @param held tensors in the buffer after it
	 */
	record Step(SegmentPlan plan, SegmentCost cost, Held held) {
	}
}
