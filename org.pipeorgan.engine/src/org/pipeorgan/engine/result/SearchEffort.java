package org.pipeorgan.engine.result;

/**
 * What a search did.
 *
 * @param candidates points of the space that were costed
 * @param pruned     points that were ruled out without costing them in full
 * @param exhaustive whether the result is proven to be the best of the policy's declared space
 * @param seconds    wall-clock time; the only field of a result that may differ between two runs of the same input
 */
public record SearchEffort(long candidates, long pruned, boolean exhaustive, double seconds) {
}
