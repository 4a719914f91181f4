package org.pipeorgan.engine.export;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

import org.pipeorgan.engine.hardware.Rational;

/** Numbers as every tool reads them: digits and a point, no exponent, no grouping, no locale. */
final class PlainNumbers {
	private PlainNumbers() {
	}

	/** A fraction, to nine significant digits. */
	static String of(Rational value) {
		return plain(BigDecimal.valueOf(value.numerator()).divide(BigDecimal.valueOf(value.denominator()), new MathContext(9)));
	}

	/** A finite number, to nine significant digits. */
	static String of(double value) {
		return plain(new BigDecimal(value).round(new MathContext(9)));
	}

	/** A finite number, with at most so many digits after the point. */
	static String of(double value, int digits) {
		return plain(new BigDecimal(value).setScale(digits, RoundingMode.HALF_UP));
	}

	private static String plain(BigDecimal value) {
		return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
	}
}
