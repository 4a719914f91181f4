package org.pipeorgan.dsl.sweep;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;

import org.pipeorgan.dsl.expressions.Amount;
import org.pipeorgan.dsl.pipeorgan.ArithmeticOperator;
import org.pipeorgan.dsl.pipeorgan.BinaryExpression;
import org.pipeorgan.dsl.pipeorgan.Expression;
import org.pipeorgan.dsl.pipeorgan.PipeorganFactory;
import org.pipeorgan.dsl.pipeorgan.Quantity;
import org.pipeorgan.dsl.units.Dimension;

/**
 * A value of a varied parameter.
 *
 * @param numbers one, or rows and columns of an array shape; none for a name
 * @param name    {@code null} for numbers
 */
record Choice(List<Amount> numbers, String name) {
	static Choice of(Amount number) {
		return new Choice(List.of(number), null);
	}

	static Choice of(String name) {
		return new Choice(List.of(), name);
	}

	/** As an architect would write it. */
	String label() {
		return name != null ? name : numbers.stream().map(Amount::toString).collect(Collectors.joining(" x "));
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
