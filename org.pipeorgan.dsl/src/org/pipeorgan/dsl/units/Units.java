package org.pipeorgan.dsl.units;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.pipeorgan.engine.hardware.Rational;

/** The units of the language. Decimal prefixes are powers of 1000 (`MB`), binary ones powers of 1024 (`MiB`). */
public final class Units {
	private static final Map<String, Unit> SIMPLE = new LinkedHashMap<>();
	private static final Map<String, String> ALIASES = Map.of("bits", "bit", "b", "bit", "byte", "B", "bytes", "B", "KB", "kB", "cycles",
			"cycle", "sec", "s");

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
		return quotient(above.dimension(), below.dimension())
				.map(dimension -> new Unit(above.name() + "/" + below.name(), dimension, above.factor().dividedBy(below.factor())));
	}

	private static Unit simple(String name) {
		return SIMPLE.get(ALIASES.getOrDefault(name, name));
	}

	private static Optional<Dimension> quotient(Dimension above, Dimension below) {
		if (above == Dimension.SIZE && below == Dimension.TIME) {
			return Optional.of(Dimension.BANDWIDTH);
		}
		if (above == Dimension.SIZE && below == Dimension.CYCLES) {
			return Optional.of(Dimension.BANDWIDTH_PER_CYCLE);
		}
		if (above == Dimension.ENERGY && below == Dimension.SIZE) {
			return Optional.of(Dimension.ENERGY_PER_SIZE);
		}
		return Optional.empty();
	}

	/** Canonical names of the customary units of a dimension, for proposals and messages, small ones first. */
	public static List<String> names(Dimension dimension) {
		return switch (dimension) {
		case BANDWIDTH -> List.of("MB/s", "GB/s", "MiB/s", "GiB/s");
		case BANDWIDTH_PER_CYCLE -> List.of("bit/cycle", "B/cycle", "KiB/cycle");
		case ENERGY_PER_SIZE -> List.of("pJ/B", "pJ/bit", "fJ/bit", "nJ/B");
		default -> {
			List<String> names = new ArrayList<>();
			SIMPLE.values().stream().filter(unit -> unit.dimension() == dimension).forEach(unit -> names.add(unit.name()));
			yield names;
		}
		};
	}

	/** The known unit that differs from this only in case, such as {@code MiB} for {@code mib}; for messages. */
	public static Optional<String> similar(String written) {
		String lower = written.toLowerCase(java.util.Locale.ROOT);
		for (Dimension dimension : Dimension.values()) {
			for (String name : names(dimension)) {
				if (name.toLowerCase(java.util.Locale.ROOT).equals(lower)) {
					return Optional.of(name);
				}
			}
		}
		return Optional.empty();
	}
}
