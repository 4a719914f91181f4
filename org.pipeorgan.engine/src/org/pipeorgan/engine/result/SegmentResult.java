package org.pipeorgan.engine.result;

import java.util.List;

import org.pipeorgan.engine.cost.OperatorChoice;

/**
 * One segment of a mapping: operators that are on the array together.
 *
 * @param operators           names, in file order
 * @param granularityElements elements of a chunk, for each hand-over inside the segment, ordered by consumer, then producer
 * @param intervals           the largest number of intervals of one of its operators
 * @param organization        label of the organization; {@code whole-array} for an operator alone
 * @param pes                 PEs of each operator's share
 * @param orders              temporal loop order of each operator, outermost first
 * @param orderClass          class of the loop orders, as in the language
 * @param chunks              parts into which each operator's output was to be cut, an image
 * @param weightLevel         where weights wait between intervals, as in the language
 * @param intervalCycles      interval time of the operator that takes longest in all, cycles
 * @param bottleneck          what bounds the segment, in words: compute, a link with its coordinates, a port, the buffer, the memory
 * @param latencyCycles       time of the segment, cycles
 * @param memoryBytes         bytes read from and written to memory
 * @param maxLinkLoadCycles   cycles that the busiest link between routers needs for an interval of the operator that takes longest
 * @param meanHops            mean hops of a byte delivered between PEs; 0 if none is
 * @param energyPicojoules    energy of the segment, pJ
 * @param heldTensors         names of boundary tensors that stay in the global buffer after it
 * @param owners              for each PE, row by row, the operator (position in {@code operators}) that owns it, or -1
 * @param nextBest            the best choice that was not taken; {@code null} if the policy had no other
 * @param depthEnd            why the segment does not go on with the next operator, in words
 * @param stated              what a fixed mapping stated about each operator; empty for nothing
 * @param choices             tile, share and split of each operator; stated in a fixed mapping they give the same segment
 * @param detail              what goes on inside it; {@code null} in results of older versions
 */
public record SegmentResult(List<String> operators, List<Long> granularityElements, long intervals, String organization,
		List<Integer> pes, List<String> orders, String orderClass, long chunks, String weightLevel, double intervalCycles, String bottleneck, long latencyCycles,
		long memoryBytes, double maxLinkLoadCycles, double meanHops, double energyPicojoules, List<String> heldTensors,
		List<Integer> owners, NextBest nextBest, String depthEnd,
		List<OperatorChoice> stated, List<OperatorChoice> choices, SegmentDetail detail) {

	/** Copies its lists. */
	public SegmentResult {
		operators = List.copyOf(operators);
		granularityElements = List.copyOf(granularityElements);
		pes = List.copyOf(pes);
		orders = List.copyOf(orders);
		heldTensors = List.copyOf(heldTensors);
		owners = List.copyOf(owners);
		stated = List.copyOf(stated);
		choices = List.copyOf(choices);
	}

	/** Number of operators. */
	public int depth() {
		return operators.size();
	}
}
