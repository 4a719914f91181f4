package org.pipeorgan.engine.result;

/**
 * What a search did.
 *
 * @param candidates points of the space that were costed
 * @param pruned     points that were ruled out without costing them in full
 * @param exhaustive whether the result is proven to be the best of the policy's declared space
 * @param bound      what no mapping of the policy's space can be below in the objective, as far as it is proven: cycles, pJ, bytes or pJ cycles; what the mapping has if it is proven
 *                   to be the best, or is fixed
 * @param seconds    wall-clock time of its searches, also of those that another policy of the study made already; the only field of a result that may differ between two runs of the same input
 */
public record SearchEffort(long candidates, long pruned, boolean exhaustive, double bound, double seconds) {
}
