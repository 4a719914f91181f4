package org.pipeorgan.dsl.units;

import org.pipeorgan.engine.hardware.Rational;

/**
 * A unit of the language.
 *
 * @param name      canonical name, such as {@code MiB} or {@code GB/s}
 * @param dimension what it measures
 * @param factor    one of it in the dimension's base unit
 */
public record Unit(String name, Dimension dimension, Rational factor) {
}
