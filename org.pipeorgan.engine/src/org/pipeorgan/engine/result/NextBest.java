package org.pipeorgan.engine.result;

/**
 * The best choice for a segment that was not taken, with the same boundary tensors in the buffer.
 *
 * @param organization     label of its organization
 * @param intervals        largest number of intervals of an operator
 * @param order            temporal loop order
 * @param latencyCycles    cycles
 * @param energyPicojoules pJ
 * @param memoryBytes      bytes to and from memory
 */
public record NextBest(String organization, long intervals, String order, long latencyCycles, double energyPicojoules, long memoryBytes) {
}
