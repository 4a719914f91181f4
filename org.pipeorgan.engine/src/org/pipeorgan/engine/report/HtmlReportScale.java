package org.pipeorgan.engine.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.stream.DoubleStream;

/**
 * A unit that fits all values of one column, and the values written in it.
 *
 * @param unit symbol of the unit
 * @param size one of it in the base unit
 */
record HtmlReportScale(String unit, double size) {
	/** Digits that a scaled value shows; whole numbers show all of theirs. */
	private static final MathContext DIGITS = new MathContext(4, RoundingMode.HALF_UP);

	private static final HtmlReportScale[] SECONDS = { of("ns", 1e-9), of("\u00b5s", 1e-6), of("ms", 1e-3), of("s", 1) };
	private static final HtmlReportScale[] PICOJOULES = { of("pJ", 1), of("nJ", 1e3), of("\u00b5J", 1e6), of("mJ", 1e9), of("J", 1e12) };
	private static final HtmlReportScale[] BYTES = { of("B", 1), of("KiB", 1L << 10), of("MiB", 1L << 20), of("GiB", 1L << 30), of("TiB", 1L << 40) };

	private static HtmlReportScale of(String unit, double size) {
		return new HtmlReportScale(unit, size);
	}

	/** For durations in seconds. */
	static HtmlReportScale seconds(DoubleStream values) {
		return fitting(SECONDS, values);
	}

	/** For energies in pJ. */
	static HtmlReportScale picojoules(DoubleStream values) {
		return fitting(PICOJOULES, values);
	}

	/** For sizes in bytes. */
	static HtmlReportScale bytes(DoubleStream values) {
		return fitting(BYTES, values);
	}

	/** The largest unit of which the geometric mean of the values above zero is at least one. */
	private static HtmlReportScale fitting(HtmlReportScale[] units, DoubleStream values) {
		double middle = Math.exp(values.filter(v -> v > 0).map(Math::log).average().orElse(0)) * (1 + 1e-9);
		HtmlReportScale fitting = units[0];
		for (HtmlReportScale unit : units) {
			if (unit.size <= middle) {
				fitting = unit;
			}
		}
		return fitting;
	}

	/** A value of the base unit in this unit, without the unit's symbol. */
	String format(double value) {
		return significant(value / size);
	}

	/** Four digits, or all of the whole part if it has more, with thousands separators. */
	static String significant(double value) {
		if (value == 0) {
			return "0";
		}
		BigDecimal rounded = new BigDecimal(value).round(DIGITS);
		int decimals = Math.max(0, DIGITS.getPrecision() - (rounded.precision() - rounded.scale()));
		return String.format(Locale.ROOT, "%,." + decimals + "f", new BigDecimal(value).setScale(decimals, RoundingMode.HALF_UP));
	}

	/** Whole number with thousands separators. */
	static String whole(double value) {
		return String.format(Locale.ROOT, "%,.0f", value);
	}

	/** Two decimals. */
	static String ratio(double value) {
		return Double.isFinite(value) ? String.format(Locale.ROOT, "%,.2f", value) : "\u2013";
	}

	/** Share of one in percent, one decimal. */
	static String percent(double value) {
		return String.format(Locale.ROOT, "%.1f", 100 * value);
	}
}
