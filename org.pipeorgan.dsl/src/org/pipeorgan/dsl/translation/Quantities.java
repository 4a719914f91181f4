package org.pipeorgan.dsl.translation;

import org.pipeorgan.dsl.pipeorgan.Quantity;
import org.pipeorgan.dsl.units.Dimension;
import org.pipeorgan.dsl.units.Unit;
import org.pipeorgan.dsl.units.Units;
import org.pipeorgan.engine.hardware.Rational;

/** The one place where quantities are normalised: from the unit as written to the engine's units, exactly. */
public final class Quantities {
	private static final Rational BITS_PER_BYTE = Rational.of(8);

	private Quantities() {
	}

	/**
	 * The quantity in the base unit of its dimension.
	 *
	 * @throws IllegalArgumentException if there is no number or no known unit
	 * @throws ArithmeticException      if it does not fit into 64-bit fractions
	 */
	public static Rational inBaseUnit(Quantity quantity) {
		return Rational.of(quantity.getValue()).times(unit(quantity).factor());
	}

	/** The dimension of the quantity's unit; {@code null} if it has no known unit. */
	public static Dimension dimension(Quantity quantity) {
		return quantity == null ? null : Units.find(quantity.getUnit()).map(Unit::dimension).orElse(null);
	}

	/** The quantity as written, for messages. */
	public static String text(Quantity quantity) {
		String value = quantity.getValue() == null ? "?" : quantity.getValue().toPlainString();
		return quantity.getUnit() == null ? value : value + " " + quantity.getUnit();
	}

	/** A size in whole bytes. */
	public static long bytes(Quantity quantity) {
		return whole(inBaseUnit(expect(quantity, Dimension.SIZE)).dividedBy(BITS_PER_BYTE), quantity, "B");
	}

	/** A size in whole bits. */
	public static int bits(Quantity quantity) {
		return Math.toIntExact(whole(inBaseUnit(expect(quantity, Dimension.SIZE)), quantity, "bit"));
	}

	/** A frequency in Hz. */
	public static Rational hertz(Quantity quantity) {
		return inBaseUnit(expect(quantity, Dimension.FREQUENCY));
	}

	/** A bandwidth in bytes a cycle of the given clock. */
	public static Rational bytesPerCycle(Quantity quantity, Rational clockHertz) {
		Rational bytes = inBaseUnit(quantity).dividedBy(BITS_PER_BYTE);
		return dimension(quantity) == Dimension.BANDWIDTH ? bytes.dividedBy(clockHertz) : expectCycles(bytes, quantity);
	}

	/** A latency in whole cycles. */
	public static long cycles(Quantity quantity) {
		return whole(inBaseUnit(expect(quantity, Dimension.CYCLES)), quantity, "cycle");
	}

	/** An energy in pJ. */
	public static double picojoules(Quantity quantity) {
		return inBaseUnit(expect(quantity, Dimension.ENERGY)).toDouble();
	}

	/** An energy per size in pJ/B. */
	public static double picojoulesPerByte(Quantity quantity) {
		return inBaseUnit(expect(quantity, Dimension.ENERGY_PER_SIZE)).times(BITS_PER_BYTE).toDouble();
	}

	private static Rational expectCycles(Rational value, Quantity quantity) {
		expect(quantity, Dimension.BANDWIDTH_PER_CYCLE);
		return value;
	}

	private static Quantity expect(Quantity quantity, Dimension dimension) {
		if (unit(quantity).dimension() != dimension) {
			throw new IllegalArgumentException(text(quantity) + " is a " + unit(quantity).dimension().label() + ", not a " + dimension.label());
		}
		return quantity;
	}

	private static Unit unit(Quantity quantity) {
		if (quantity.getValue() == null) {
			throw new IllegalArgumentException("a number is missing");
		}
		return Units.find(quantity.getUnit())
				.orElseThrow(() -> new IllegalArgumentException(text(quantity) + " has no known unit"));
	}

	private static long whole(Rational value, Quantity quantity, String unit) {
		if (value.denominator() != 1) {
			throw new IllegalArgumentException(text(quantity) + " is not a whole number of " + unit + "; it is " + value.toDouble() + " " + unit);
		}
		return value.numerator();
	}
}
