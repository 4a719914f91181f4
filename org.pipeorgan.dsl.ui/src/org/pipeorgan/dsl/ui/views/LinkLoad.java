package org.pipeorgan.dsl.ui.views;

/**
 * What a directed link between PEs carries in a segment.
 *
 * @param from number of the PE it comes from, row by row
 * @param to number of the PE it goes to
 * @param bytes bytes in the whole segment
 * @param cycles cycles that the link is busy with them
 */
public record LinkLoad(int from, int to, double bytes, double cycles) {
}
