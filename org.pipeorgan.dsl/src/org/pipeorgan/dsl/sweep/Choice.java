package org.pipeorgan.dsl.sweep;

import java.math.BigDecimal;
import java.util.List;

import org.pipeorgan.dsl.expressions.Amount;
import org.pipeorgan.dsl.pipeorgan.ArithmeticOperator;
import org.pipeorgan.dsl.pipeorgan.BinaryExpression;
import org.pipeorgan.dsl.pipeorgan.Expression;
import org.pipeorgan.dsl.pipeorgan.PipeorganFactory;
import org.pipeorgan.dsl.pipeorgan.Quantity;
import org.pipeorgan.dsl.units.Dimension;
import org.pipeorgan.dsl.units.Units;

/**
 * A value of a varied parameter.
 *
 * @param numbers one, or rows and columns of an array shape; none for a name
 * @param label   as an architect would write it
 */
record Choice(List<Amount> numbers, String label) {
	/** @param unit in which it is always written; {@code null} for the one in which it is shortest */
	static Choice of(Amount number, String unit) {
		return new Choice(List.of(number), unit == null ? number.toString() : Units.text(number.value(), unit));
	}

	static Choice of(Amount rows, Amount columns) {
		return new Choice(List.of(rows, columns), rows + " x " + columns);
	}

	static Choice of(String name) {
		return new Choice(List.of(), name);
	}

	/** {@code null} for numbers. */
	String name() {
		return numbers.isEmpty() ? label : null;
	}

	/** The number as an expression of the language, exactly. */
	Expression expression(int index) {
		Amount amount = numbers.get(index);
		String unit = amount.dimension().equals(Dimension.COUNT) ? null : unit(amount.dimension());
		Quantity numerator = quantity(amount.value().numerator(), unit);
		if (amount.value().denominator() == 1) {
			return numerator;
		}
		BinaryExpression quotient = PipeorganFactory.eINSTANCE.createBinaryExpression();
		quotient.setLeft(numerator);
		quotient.setOperator(ArithmeticOperator.DIVIDED);
		quotient.setRight(quantity(amount.value().denominator(), null));
		return quotient;
	}

	/** The base unit as it is written. */
	static String unit(Dimension dimension) {
		if (dimension.equals(Dimension.BANDWIDTH)) {
			return "bit/s";
		} else if (dimension.equals(Dimension.BANDWIDTH_PER_CYCLE)) {
			return "bit/cycle";
		} else if (dimension.equals(Dimension.ENERGY_PER_SIZE)) {
			return "pJ/bit";
		}
		return dimension.equals(Dimension.FREQUENCY) ? "Hz" : dimension.base();
	}

	private static Quantity quantity(long value, String unit) {
		Quantity quantity = PipeorganFactory.eINSTANCE.createQuantity();
		quantity.setValue(BigDecimal.valueOf(value));
		quantity.setUnit(unit);
		return quantity;
	}
}
