package org.pipeorgan.dsl.units;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.pipeorgan.engine.hardware.Rational;

/** The units of the language. Decimal prefixes are powers of 1000 (`MB`), binary ones powers of 1024 (`MiB`). */
public final class Units {
	private static final Map<String, Unit> SIMPLE = new LinkedHashMap<>();
	private static final Map<String, String> ALIASES = Map.of("bits", "bit", "b", "bit", "byte", "B", "bytes", "B", "KB", "kB", "cycles",
			"cycle", "sec", "s");

	/** The only quotients that a unit may be. */
	private static final Set<Dimension> QUOTIENTS = Set.of(Dimension.BANDWIDTH, Dimension.BANDWIDTH_PER_CYCLE, Dimension.ENERGY_PER_SIZE);
	private static final List<String> BANDWIDTHS = List.of("MB/s", "GB/s", "MiB/s", "GiB/s");
	private static final List<String> BANDWIDTHS_PER_CYCLE = List.of("bit/cycle", "B/cycle", "KiB/cycle");
	private static final List<String> ENERGIES_PER_SIZE = List.of("pJ/B", "pJ/bit", "fJ/bit", "nJ/B");

	static {
		add("bit", Dimension.SIZE, 1, 1);
		add("kbit", Dimension.SIZE, 1_000, 1);
		add("Mbit", Dimension.SIZE, 1_000_000, 1);
		add("Gbit", Dimension.SIZE, 1_000_000_000L, 1);
		add("B", Dimension.SIZE, 8, 1);
		add("kB", Dimension.SIZE, 8_000, 1);
		add("MB", Dimension.SIZE, 8_000_000, 1);
		add("GB", Dimension.SIZE, 8_000_000_000L, 1);
		add("TB", Dimension.SIZE, 8_000_000_000_000L, 1);
		add("KiB", Dimension.SIZE, 8L << 10, 1);
		add("MiB", Dimension.SIZE, 8L << 20, 1);
		add("GiB", Dimension.SIZE, 8L << 30, 1);
		add("Hz", Dimension.FREQUENCY, 1, 1);
		add("kHz", Dimension.FREQUENCY, 1_000, 1);
		add("MHz", Dimension.FREQUENCY, 1_000_000, 1);
		add("GHz", Dimension.FREQUENCY, 1_000_000_000L, 1);
		add("s", Dimension.TIME, 1, 1);
		add("ms", Dimension.TIME, 1, 1_000);
		add("us", Dimension.TIME, 1, 1_000_000);
		add("ns", Dimension.TIME, 1, 1_000_000_000L);
		add("ps", Dimension.TIME, 1, 1_000_000_000_000L);
		add("cycle", Dimension.CYCLES, 1, 1);
		add("fJ", Dimension.ENERGY, 1, 1_000);
		add("pJ", Dimension.ENERGY, 1, 1);
		add("nJ", Dimension.ENERGY, 1_000, 1);
		add("uJ", Dimension.ENERGY, 1_000_000, 1);
		add("mJ", Dimension.ENERGY, 1_000_000_000L, 1);
		add("J", Dimension.ENERGY, 1_000_000_000_000L, 1);
		add("um2", Dimension.AREA, 1, 1);
		add("mm2", Dimension.AREA, 1_000_000, 1);
		add("cm2", Dimension.AREA, 100_000_000, 1);
	}

	private Units() {
	}

	private static void add(String name, Dimension dimension, long numerator, long denominator) {
		SIMPLE.put(name, new Unit(name, dimension, new Rational(numerator, denominator)));
	}

	/** The unit of this name or alias; empty if there is none, also where a quotient such as {@code s/Hz} has no meaning here. */
	public static Optional<Unit> find(String written) {
		if (written == null) {
			return Optional.empty();
		}
		int slash = written.indexOf('/');
		if (slash < 0) {
			return Optional.ofNullable(simple(written));
		}
		Unit above = simple(written.substring(0, slash));
		Unit below = simple(written.substring(slash + 1));
		if (above == null || below == null) {
			return Optional.empty();
		}
		Dimension dimension = above.dimension().over(below.dimension());
		return QUOTIENTS.contains(dimension) ? Optional.of(new Unit(above.name() + "/" + below.name(), dimension, above.factor().dividedBy(below.factor())))
				: Optional.empty();
	}

	private static Unit simple(String name) {
		return SIMPLE.get(ALIASES.getOrDefault(name, name));
	}

	/** Canonical names of the customary units of a dimension, for proposals and messages, small ones first. */
	public static List<String> names(Dimension dimension) {
		if (dimension.equals(Dimension.BANDWIDTH)) {
			return BANDWIDTHS;
		} else if (dimension.equals(Dimension.BANDWIDTH_PER_CYCLE)) {
			return BANDWIDTHS_PER_CYCLE;
		} else if (dimension.equals(Dimension.ENERGY_PER_SIZE)) {
			return ENERGIES_PER_SIZE;
		}
		return SIMPLE.values().stream().filter(unit -> unit.dimension().equals(dimension)).map(Unit::name).toList();
	}

	/** The known unit that differs from this only in case, such as {@code MiB} for {@code mib}; for messages. */
	public static Optional<String> similar(String written) {
		String lower = written.toLowerCase(Locale.ROOT);
		for (Dimension dimension : Dimension.NAMED) {
			for (String name : names(dimension)) {
				if (name.toLowerCase(Locale.ROOT).equals(lower)) {
					return Optional.of(name);
				}
			}
		}
		return Optional.empty();
	}

	/**
	 * A value in words, in the unit in which it is shortest: {@code 4 MiB}, not {@code 33554432 bit}.
	 *
	 * @param value in the dimension's base unit
	 */
	public static String text(Rational value, Dimension dimension) {
		String best = null;
		for (String name : names(dimension)) {
			String text;
			try {
				text = text(value, name);
			} catch (ArithmeticException e) {
				continue;
			}
			best = best == null || text.length() < best.length() ? text : best;
		}
		return best != null ? best : decimal(value) + (dimension.equals(Dimension.COUNT) ? "" : " " + dimension.base());
	}

	/** A value in a unit: {@code 8 bit}. @param value in the base unit of the unit's dimension */
	public static String text(Rational value, String unit) {
		return decimal(value.dividedBy(find(unit).orElseThrow().factor())) + " " + unit;
	}

	private static String decimal(Rational value) {
		BigDecimal numerator = BigDecimal.valueOf(value.numerator());
		BigDecimal quotient = numerator.divide(BigDecimal.valueOf(value.denominator()), MathContext.DECIMAL64).stripTrailingZeros();
		return quotient.scale() <= 0 && quotient.precision() - quotient.scale() < 20 ? quotient.toPlainString() : quotient.round(new MathContext(6)).toString();
	}
}
