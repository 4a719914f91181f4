package org.pipeorgan.engine.exploration;

import java.io.Serializable;

/**
 * A point that is to be evaluated.
 *
 * @param position in the order of the sample, from 0; the same in every run of it
 * @param point    number in the space
 */
public record Planned(long position, long point) implements Serializable {
}
