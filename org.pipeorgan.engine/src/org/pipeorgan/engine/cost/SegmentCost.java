package org.pipeorgan.engine.cost;

/**
 * What a plan costs with a residence of its boundary tensors.
 *
 * @param latencyCycles    cycles: what memory moves before and after, and the body between
 * @param energyPicojoules pJ
 * @param memoryReadBytes  bytes read from memory
 * @param memoryWriteBytes bytes written to memory
 * @param bufferReadBytes  bytes read from the global buffer
 * @param bufferWriteBytes bytes written to the global buffer
 * @param prefetchRoom     whole cycles of memory time in which the next segment's first weights could be fetched meanwhile: as many
 *                         as the memory is idle and the buffer has space for
 * @param limit            what bounds the segment
 */
public record SegmentCost(long latencyCycles, double energyPicojoules, long memoryReadBytes, long memoryWriteBytes, long bufferReadBytes,
		long bufferWriteBytes, long prefetchRoom, String limit) {

	/** Which boundary tensors are in the global buffer. */
	@FunctionalInterface
	public interface Residence {
		/** Whether the tensor of this index is held. */
		boolean holds(int tensor);
	}

	/**
	 * Costs a plan.
	 *
	 * @param held         tensors held in the buffer when the segment begins
	 * @param kept         which of its results stay in the buffer, whole; one that leaves the network goes to memory all the same
	 * @param heldBytes    bytes of all tensors held when the segment begins, read by it or not
	 * @param prefetchable cycles of memory time in which first weights could be fetched during the segment before; as much of
	 *                     this segment's as fits into them is
	 * @return the cost, or {@code null} if the plan does not fit into the buffer
	 */
	public static SegmentCost of(CostModel model, SegmentPlan plan, Residence held, Residence kept, long heldBytes, long prefetchable) {
		ResidenceCost cost = ResidenceCost.of(model, plan, held, kept);
		if (!cost.fits(model, heldBytes)) {
			return null;
		}
		long latency = cost.latencyCycles(prefetchable);
		return new SegmentCost(latency, cost.energyPicojoules(), cost.memoryReadBytes(), cost.memoryWriteBytes(), cost.bufferReadBytes(), cost.bufferWriteBytes(),
				cost.prefetchRoom(model, heldBytes), latency - cost.bodyCycles() > cost.bodyCycles() ? "memory" : cost.bodyLimit());
	}
}
