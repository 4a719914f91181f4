package org.pipeorgan.dsl.expressions;

import org.pipeorgan.dsl.units.Dimension;
import org.pipeorgan.dsl.units.Units;
import org.pipeorgan.engine.hardware.Rational;

/**
 * What an expression comes to.
 *
 * @param value     in the dimension's base unit, exactly
 * @param dimension what it measures
 */
public record Amount(Rational value, Dimension dimension) {
	/** The amount in its shortest unit. */
	@Override
	public String toString() {
		return Units.text(value, dimension);
	}
}
