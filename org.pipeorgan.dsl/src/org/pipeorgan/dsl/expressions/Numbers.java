package org.pipeorgan.dsl.expressions;

import java.util.Optional;

import org.eclipse.emf.ecore.EObject;
import org.pipeorgan.dsl.pipeorgan.Expression;
import org.pipeorgan.dsl.units.Dimension;
import org.pipeorgan.dsl.units.Units;
import org.pipeorgan.dsl.validation.IssueCode;
import org.pipeorgan.engine.hardware.Rational;

/**
 * The one place where numbers are normalised: from the expression as written to the engine's units, exactly, in one
 * environment. Every method throws an {@link ExpressionException} that names the expression at fault if there is no value, or
 * none that the place accepts.
 */
public final class Numbers {
	private static final Rational BITS_PER_BYTE = Rational.of(8);
	private static final int MOST_BITS = 64;

	private final Environment environment;

	/** @param environment what the parameters stand for */
	public Numbers(Environment environment) {
		this.environment = environment;
	}

	/** Numbers as they are where they are written. */
	public static Numbers of(EObject element) {
		return new Numbers(Environment.of(element));
	}

	/** The value of an expression, checked against what its place accepts. */
	public Amount amount(Expression expression) {
		Amount amount = Evaluator.evaluate(expression, environment);
		NumberRole.of(expression.eContainingFeature()).ifPresent(role -> check(expression, amount, role));
		return amount;
	}

	/** What is wrong with an expression in this environment; a mistake in a parameter's own declaration is not. */
	public Optional<ExpressionException> problem(Expression expression) {
		try {
			amount(expression);
			return Optional.empty();
		} catch (ExpressionException e) {
			return Optional.of(e);
		}
	}

	private static void check(Expression expression, Amount amount, NumberRole role) {
		String name = role.name().apply(expression.eContainer());
		String[] units = role.units().toArray(String[]::new);
		if (!role.dimensions().contains(amount.dimension())) {
			boolean unitMissing = amount.dimension().equals(Dimension.COUNT);
			String wanted = String.join(" or a ", role.dimensions().stream().map(Dimension::label).toList());
			throw new ExpressionException(expression, unitMissing ? IssueCode.MISSING_UNIT : IssueCode.WRONG_DIMENSION,
					name + " is " + (unitMissing ? shown(expression, amount) + " without a unit" : Evaluator.article(wanted) + ", but " + shown(expression, amount) + " is " + Evaluator.article(amount.dimension().label()))
							+ "; write, for example, '" + role.example() + "'", units);
		}
		boolean count = amount.dimension().equals(Dimension.COUNT);
		int sign = Long.signum(amount.value().numerator());
		if (sign < 0 || sign == 0 && !role.zero()) {
			throw new ExpressionException(expression, IssueCode.NON_POSITIVE_VALUE, name + " is " + shown(expression, amount) + "; it must be "
					+ (role.zero() ? "0 or more" : count ? "at least 1" : "above zero") + ", for example '" + role.example() + "'", role.example());
		}
		if (count) {
			whole(amount.value(), expression, "");
		}
		if (role.isPrecision(expression.eContainer()) && (amount.value().denominator() != 1 || amount.value().numerator() > MOST_BITS)) {
			throw new ExpressionException(expression, IssueCode.VALUE_OUT_OF_RANGE,
					"the precision is " + shown(expression, amount) + "; it must be a whole number of bits between 1 and " + MOST_BITS);
		}
	}

	/** The expression as written, and what it comes to where that is not the same. */
	public static String shown(Expression expression, Amount amount) {
		String text = Evaluator.text(expression);
		return expression instanceof org.pipeorgan.dsl.pipeorgan.Quantity || text.equals(amount.toString()) ? text : text + " = " + amount;
	}

	/** A whole number. */
	public long count(Expression expression) {
		return whole(amount(expression).value(), expression, "");
	}

	/** A whole number in 32 bits. */
	public int smallCount(Expression expression) {
		return small(count(expression), expression);
	}

	/** A size in whole bytes. */
	public long bytes(Expression expression) {
		return whole(amount(expression).value().dividedBy(BITS_PER_BYTE), expression, " of B");
	}

	/** A size in whole bits. */
	public int bits(Expression expression) {
		return small(whole(amount(expression).value(), expression, " of bits"), expression);
	}

	/** A frequency in Hz. */
	public Rational hertz(Expression expression) {
		return amount(expression).value();
	}

	/** A bandwidth in bytes a cycle of the given clock. */
	public Rational bytesPerCycle(Expression expression, Rational clockHertz) {
		Amount amount = amount(expression);
		try {
			Rational bytes = amount.value().dividedBy(BITS_PER_BYTE);
			return amount.dimension().equals(Dimension.BANDWIDTH) ? bytes.dividedBy(clockHertz) : bytes;
		} catch (ArithmeticException e) {
			throw new ExpressionException(expression, IssueCode.VALUE_OUT_OF_RANGE, shown(expression, amount) + " at " + Units.text(clockHertz, Dimension.FREQUENCY)
					+ " is too large or too fine for exact arithmetic; use rounder numbers");
		}
	}

	/** A latency in whole cycles. */
	public long cycles(Expression expression) {
		return whole(amount(expression).value(), expression, " of cycles");
	}

	/** An energy in pJ. */
	public double picojoules(Expression expression) {
		return amount(expression).value().toDouble();
	}

	/** An energy per size in pJ/B. */
	public double picojoulesPerByte(Expression expression) {
		return amount(expression).value().times(BITS_PER_BYTE).toDouble();
	}

	private static int small(long value, Expression expression) {
		if (value > Integer.MAX_VALUE) {
			throw new ExpressionException(expression, IssueCode.NUMBER_OUT_OF_RANGE, Evaluator.text(expression) + " is too large; it must be below 2^31");
		}
		return (int) value;
	}

	private static long whole(Rational value, Expression expression, String of) {
		if (value.denominator() != 1) {
			throw new ExpressionException(expression, IssueCode.VALUE_OUT_OF_RANGE, Evaluator.text(expression) + " is not a whole number" + of + "; it is " + value.toDouble()
					+ (of.isEmpty() ? ". Use floor(...), ceil(...) or round(...)" : ""));
		}
		return value.numerator();
	}
}
