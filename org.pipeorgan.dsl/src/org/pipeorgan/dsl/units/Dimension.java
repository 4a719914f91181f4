package org.pipeorgan.dsl.units;

import java.util.List;

/**
 * What a number measures, as exponents of five base units: bit, second, cycle, pJ and um2. Products and quotients of numbers
 * have the sums and differences of the exponents, so that {@code 256 B/cycle * 1 GHz} is a bandwidth per second.
 *
 * @param data    exponent of bit
 * @param seconds exponent of s
 * @param cycles  exponent of cycle
 * @param energy  exponent of pJ
 * @param area    exponent of um2, a square micrometre
 */
public record Dimension(int data, int seconds, int cycles, int energy, int area) {
	/** A number without a unit. */
	public static final Dimension COUNT = new Dimension(0, 0, 0, 0, 0);
	/** Amount of data; base unit bit. */
	public static final Dimension SIZE = new Dimension(1, 0, 0, 0, 0);
	/** Data in a second; base unit bit/s. */
	public static final Dimension BANDWIDTH = new Dimension(1, -1, 0, 0, 0);
	/** Data in a clock cycle; base unit bit/cycle. */
	public static final Dimension BANDWIDTH_PER_CYCLE = new Dimension(1, 0, -1, 0, 0);
	/** Clock cycles in a second; base unit Hz. */
	public static final Dimension FREQUENCY = new Dimension(0, -1, 1, 0, 0);
	/** Duration; base unit s. */
	public static final Dimension TIME = new Dimension(0, 1, 0, 0, 0);
	/** Duration in clock cycles; base unit cycle. */
	public static final Dimension CYCLES = new Dimension(0, 0, 1, 0, 0);
	/** Energy; base unit pJ. */
	public static final Dimension ENERGY = new Dimension(0, 0, 0, 1, 0);
	/** Energy of moving data; base unit pJ/bit. */
	public static final Dimension ENERGY_PER_SIZE = new Dimension(-1, 0, 0, 1, 0);
	/** Area of silicon; base unit um2. */
	public static final Dimension AREA = new Dimension(0, 0, 0, 0, 1);
	/** Dimensions that have a name, and units with which they can be written. */
	public static final List<Dimension> NAMED = List.of(SIZE, BANDWIDTH, BANDWIDTH_PER_CYCLE, FREQUENCY, TIME, CYCLES, ENERGY, ENERGY_PER_SIZE, AREA);
	/** Beyond this, a product has no use, and exponents could overflow. */
	private static final int LARGEST_EXPONENT = 64;

	private static final List<String> LABELS = List.of("size", "bandwidth per second", "bandwidth per cycle", "frequency", "time", "number of cycles", "energy",
			"energy per size", "area");
	private static final List<String> EXAMPLES = List.of("1 KiB", "64 GB/s", "16 B/cycle", "1 GHz", "5 ns", "1 cycle", "0.2 pJ", "0.8 pJ/B", "0.5 mm2");

	/** @throws ArithmeticException if an exponent is out of all proportion */
	public Dimension {
		if (Math.max(Math.max(Math.abs(data), Math.abs(seconds)), Math.max(Math.abs(cycles), Math.max(Math.abs(energy), Math.abs(area)))) > LARGEST_EXPONENT) {
			throw new ArithmeticException("a power of a unit is above " + LARGEST_EXPONENT);
		}
	}

	/** The dimension of a product. */
	public Dimension times(Dimension other) {
		return new Dimension(data + other.data, seconds + other.seconds, cycles + other.cycles, energy + other.energy, area + other.area);
	}

	/** The dimension of a quotient. */
	public Dimension over(Dimension other) {
		return new Dimension(data - other.data, seconds - other.seconds, cycles - other.cycles, energy - other.energy, area - other.area);
	}

	/** Name in messages, such as "size"; powers of base units for a dimension that has none. */
	public String label() {
		int named = NAMED.indexOf(this);
		return equals(COUNT) ? "plain number" : named >= 0 ? LABELS.get(named) : "number in " + base();
	}

	/** The base unit: one for a dimension with a name, else a product of powers such as {@code bit^2 s^-1}. */
	public String base() {
		StringBuilder text = new StringBuilder();
		power(text, "bit", data);
		power(text, "s", seconds);
		power(text, "cycle", cycles);
		power(text, "pJ", energy);
		power(text, "um2", area);
		return text.toString();
	}

	private static void power(StringBuilder text, String unit, int exponent) {
		if (exponent != 0) {
			text.append(text.isEmpty() ? "" : " ").append(unit).append(exponent == 1 ? "" : "^" + exponent);
		}
	}

	/** A quantity of this dimension as an architect would write it. */
	public String example() {
		int named = NAMED.indexOf(this);
		return named >= 0 ? EXAMPLES.get(named) : "8";
	}
}
