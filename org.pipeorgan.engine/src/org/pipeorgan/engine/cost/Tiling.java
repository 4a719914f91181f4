package org.pipeorgan.engine.cost;

import org.pipeorgan.engine.pipelining.OrderClass;

/**
 * How the results of a segment are cut into intervals.
 *
 * @param orderClass class of the loop orders
 * @param chunks     parts into which each result is cut, an image
 */
public record Tiling(OrderClass orderClass, long chunks) {
}
