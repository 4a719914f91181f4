package org.pipeorgan.engine.hardware;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * An exact fraction of 64-bit integers in lowest terms, such as a bandwidth in bytes a cycle.
 *
 * @param numerator   any value
 * @param denominator at least 1
 */
public record Rational(long numerator, long denominator) implements Comparable<Rational> {
	/** Zero. */
	public static final Rational ZERO = new Rational(0, 1);
	/** One. */
	public static final Rational ONE = new Rational(1, 1);

	/** @throws IllegalArgumentException if the denominator is below 1 */
	public Rational {
		if (denominator < 1) {
			throw new IllegalArgumentException("denominator " + denominator + " is below 1");
		}
		long divisor = gcd(Math.abs(numerator), denominator);
		if (divisor > 1) {
			numerator /= divisor;
			denominator /= divisor;
		}
	}

	/** A whole number. */
	public static Rational of(long value) {
		return new Rational(value, 1);
	}

	/**
	 * A decimal number, exactly.
	 *
	 * @throws ArithmeticException if it does not fit into a fraction of 64-bit integers
	 */
	public static Rational of(BigDecimal value) {
		BigDecimal plain = value.stripTrailingZeros();
		return plain.scale() <= 0 ? of(plain.longValueExact())
				: of(plain.unscaledValue(), BigInteger.TEN.pow(plain.scale()));
	}

	private static Rational of(BigInteger numerator, BigInteger denominator) {
		BigInteger divisor = numerator.gcd(denominator);
		return new Rational(numerator.divide(divisor).longValueExact(), denominator.divide(divisor).longValueExact());
	}

	/** Sum, exact. */
	public Rational plus(Rational other) {
		return of(big(numerator).multiply(big(other.denominator)).add(big(other.numerator).multiply(big(denominator))),
				big(denominator).multiply(big(other.denominator)));
	}

	/** Product, exact. */
	public Rational times(Rational other) {
		return of(big(numerator).multiply(big(other.numerator)), big(denominator).multiply(big(other.denominator)));
	}

	/** Quotient, exact; the divisor must be above zero. */
	public Rational dividedBy(Rational other) {
		return times(new Rational(other.denominator, other.numerator));
	}

	/** The larger of the two. */
	public Rational max(Rational other) {
		return compareTo(other) >= 0 ? this : other;
	}

	/** The smallest integer that is not below this. */
	public long ceil() {
		return Math.ceilDiv(numerator, denominator);
	}

	/** Whether this is above zero. */
	public boolean isPositive() {
		return numerator > 0;
	}

	/** The nearest double. */
	public double toDouble() {
		return (double) numerator / denominator;
	}

	@Override
	public int compareTo(Rational other) {
		return denominator == other.denominator ? Long.compare(numerator, other.numerator)
				: big(numerator).multiply(big(other.denominator)).compareTo(big(other.numerator).multiply(big(denominator)));
	}

	@Override
	public String toString() {
		return denominator == 1 ? Long.toString(numerator) : numerator + "/" + denominator;
	}

	private static BigInteger big(long value) {
		return BigInteger.valueOf(value);
	}

	private static long gcd(long a, long b) {
		while (b != 0) {
			long rest = a % b;
			a = b;
			b = rest;
		}
		return a;
	}
}
