package org.pipeorgan.dsl.sweep;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.pipeorgan.dsl.expressions.Amount;
import org.pipeorgan.dsl.expressions.Environment;
import org.pipeorgan.dsl.expressions.Evaluator;
import org.pipeorgan.dsl.expressions.ExpressionException;
import org.pipeorgan.dsl.pipeorgan.Expression;
import org.pipeorgan.dsl.pipeorgan.PropertyReference;
import org.pipeorgan.dsl.pipeorgan.VariedValues;
import org.pipeorgan.dsl.pipeorgan.Variation;
import org.pipeorgan.dsl.units.Dimension;
import org.pipeorgan.dsl.validation.IssueCode;
import org.pipeorgan.engine.hardware.Rational;

/** Lists the values of varied parameters. */
final class Variations {
	/** Most values of one parameter. */
	private static final int MOST_VALUES = 1_000_000;

	private Variations() {
	}

	/** What a variation is called: the property, or the parameter. */
	static String name(Variation variation) {
		return variation.getParameter() != null ? variation.getParameter().getName() : variation.getProperty();
	}

	/** The property that varies; empty if a parameter does, or there is none of the name. */
	static Optional<Property> property(Variation variation) {
		return variation.getParameter() != null || variation.getProperty() == null ? Optional.empty() : Property.of(variation.getProperty());
	}

	/**
	 * The values, in the order written.
	 *
	 * @throws ExpressionException if they cannot be listed, or are none of what varies
	 */
	static List<Choice> choices(Variation variation) {
		Optional<Property> property = property(variation);
		Map<String, Choice> choices = new LinkedHashMap<>();
		for (VariedValues values : variation.getValues()) {
			for (Choice choice : choices(values, variation, property)) {
				if (choices.putIfAbsent(choice.label(), choice) != null) {
					throw fault(values.getFirst(), "'" + choice.label() + "' is there twice; remove one");
				}
				if (choices.size() > MOST_VALUES) {
					throw fault(values.getFirst(), "'" + name(variation) + "' takes more than " + MOST_VALUES + " values; take a larger step");
				}
			}
		}
		return List.copyOf(choices.values());
	}

	private static List<Choice> choices(VariedValues values, Variation variation, Optional<Property> property) {
		if (property.filter(p -> p == Property.ARRAY).isPresent()) {
			if (values.getColumns() == null || values.getLast() != null) {
				throw fault(values.getFirst(), "'array' takes shapes, for example '16 x 16, 32 x 32'; to vary one side write 'vary array.rows in 8 .. 64 step 8'");
			}
			return List.of(Choice.of(number(values.getFirst(), variation, property), number(values.getColumns(), variation, property)));
		}
		if (values.getColumns() != null) {
			throw fault(values.getFirst(), "'" + name(variation) + "' takes one number, not rows x columns; to vary both write 'vary array in 16 x 16'");
		}
		Optional<String> word = word(values, property);
		if (word.isPresent()) {
			return List.of(Choice.of(word.get()));
		}
		Amount first = number(values.getFirst(), variation, property);
		// words have 8 or 16 bits, whatever is shorter
		String unit = property.filter(p -> p == Property.ARRAY_PRECISION).map(Property::unit).orElse(null);
		return (values.getLast() == null ? List.of(first) : range(values, first, variation, property)).stream().map(number -> Choice.of(number, unit)).toList();
	}

	/** The name that stands for a value; empty for a number. */
	private static Optional<String> word(VariedValues values, Optional<Property> property) {
		List<String> names = property.map(Property::names).orElse(List.of());
		boolean numeric = property.isEmpty() || property.get().unit() != null;
		String word = values.getFirst() instanceof PropertyReference reference ? reference.getName() : null;
		if (word != null && names.contains(word) && values.getLast() == null) {
			return Optional.of(word);
		}
		if (!numeric) {
			throw new ExpressionException(values.getFirst(), IssueCode.UNRESOLVED_NAME, "'" + property.get().path() + "' is never '"
					+ Evaluator.text(values.getFirst()) + "'; it may be " + String.join(", ", names), names.toArray(String[]::new));
		}
		return Optional.empty();
	}

	private static List<Amount> range(VariedValues values, Amount first, Variation variation, Optional<Property> property) {
		Amount last = number(values.getLast(), variation, property);
		if (!last.dimension().equals(first.dimension())) {
			throw new ExpressionException(values.getLast(), IssueCode.WRONG_DIMENSION,
					"the values go from a " + first.dimension().label() + ", " + first + ", to a " + last.dimension().label() + ", " + last + "; both have to be of one dimension");
		}
		if (last.value().compareTo(first.value()) < 0) {
			throw fault(values.getLast(), "the values go from " + first + " down to " + last + "; write the smaller one first");
		}
		boolean count = first.dimension().equals(Dimension.COUNT);
		if (values.getFactor() == null && values.getStep() == null && !count) {
			throw fault(values.getFirst(), "how far the values from " + first + " to " + last + " are apart is missing; write, for example, 'step " + first + "' or 'times 2' behind them");
		}
		Amount step = values.getFactor() != null ? evaluate(values.getFactor()) : values.getStep() != null ? evaluate(values.getStep()) : new Amount(Rational.ONE, Dimension.COUNT);
		Dimension wanted = values.getFactor() != null ? Dimension.COUNT : first.dimension();
		Expression place = values.getFactor() != null ? values.getFactor() : values.getStep() != null ? values.getStep() : values.getFirst();
		if (!step.dimension().equals(wanted)) {
			throw new ExpressionException(place, IssueCode.WRONG_DIMENSION, "the " + (values.getFactor() != null ? "factor" : "step") + " is a " + step.dimension().label() + ", " + step
					+ "; it has to be a " + wanted.label());
		}
		Rational least = values.getFactor() != null ? Rational.ONE : Rational.ZERO;
		if (step.value().compareTo(least) <= 0 || values.getFactor() != null && first.value().compareTo(Rational.ZERO) <= 0) {
			throw fault(place, "values " + (values.getFactor() != null ? "times " : "with step ") + step + " from " + first + " never reach " + last
					+ "; take a larger " + (values.getFactor() != null ? "factor or first value" : "step"));
		}
		List<Amount> range = new ArrayList<>();
		for (Rational value = first.value(); value.compareTo(last.value()) <= 0; value = values.getFactor() != null ? value.times(step.value()) : value.plus(step.value())) {
			if (range.size() == MOST_VALUES) {
				throw fault(place, "'" + name(variation) + "' takes more than " + MOST_VALUES + " values; take a larger step");
			}
			Amount next = new Amount(value, first.dimension());
			checkPossible(next, place, variation, property);
			range.add(next);
		}
		return range;
	}

	private static Amount number(Expression expression, Variation variation, Optional<Property> property) {
		Amount amount = evaluate(expression);
		List<Dimension> accepted = property.map(Property::accepted).orElseGet(() -> {
			Dimension own = evaluate(variation.getParameter().getValue()).dimension();
			return own.equals(Dimension.COUNT) || Dimension.NAMED.contains(own) ? List.of(own) : List.of();
		});
		if (accepted.isEmpty()) {
			throw fault(expression, "'" + name(variation) + "' is a product that has no unit of its own; vary what it is computed from");
		}
		if (!accepted.contains(amount.dimension())) {
			boolean unitMissing = amount.dimension().equals(Dimension.COUNT);
			throw new ExpressionException(expression, unitMissing ? IssueCode.MISSING_UNIT : IssueCode.WRONG_DIMENSION,
					"'" + name(variation) + "' is a " + accepted.get(0).label() + ", but " + amount + (unitMissing ? " has no unit" : " is a " + amount.dimension().label())
							+ "; write, for example, '" + accepted.get(0).example() + "'");
		}
		checkPossible(amount, expression, variation, property);
		return amount;
	}

	private static void checkPossible(Amount amount, Expression place, Variation variation, Optional<Property> property) {
		boolean count = amount.dimension().equals(Dimension.COUNT);
		if (property.isPresent() && (count && amount.value().denominator() != 1 || amount.value().compareTo(Rational.ZERO) < 0)) {
			throw new ExpressionException(place, IssueCode.VALUE_OUT_OF_RANGE, "'" + name(variation) + "' cannot be " + amount + "; take " + (count ? "whole numbers" : "a positive number"));
		}
	}

	private static Amount evaluate(Expression expression) {
		return Evaluator.evaluate(expression, Environment.of(expression));
	}

	private static ExpressionException fault(Expression place, String message) {
		return new ExpressionException(place, IssueCode.INVALID_VARIATION, message);
	}
}
