package org.pipeorgan.dsl.expressions;

import java.util.List;
import java.util.Optional;

import org.pipeorgan.dsl.pipeorgan.BinaryExpression;
import org.pipeorgan.dsl.pipeorgan.Call;
import org.pipeorgan.dsl.pipeorgan.Comparison;
import org.pipeorgan.dsl.pipeorgan.ComparisonOperator;
import org.pipeorgan.dsl.pipeorgan.Condition;
import org.pipeorgan.dsl.pipeorgan.Expression;
import org.pipeorgan.dsl.pipeorgan.Negation;
import org.pipeorgan.dsl.pipeorgan.PropertyReference;
import org.pipeorgan.dsl.pipeorgan.Quantity;
import org.pipeorgan.dsl.units.Dimension;
import org.pipeorgan.dsl.units.Units;
import org.pipeorgan.dsl.validation.IssueCode;
import org.pipeorgan.engine.hardware.Rational;

/**
 * Terms and conditions of a sweep, over what its points are called to have: numbers with dimensions, in double precision because results of
 * the engine are, and names.
 */
public final class Terms {
	/**
	 * What a name stands for at a point.
	 *
	 * @param number    in the dimension's base unit; NaN if the point has none
	 * @param dimension {@code null} for a name
	 * @param name      {@code null} for a number, or if the point has none
	 */
	public record Term(double number, Dimension dimension, String name) {
		/** A number. */
		public static Term number(double number, Dimension dimension) {
			return new Term(number, dimension, null);
		}

		/** A name. */
		public static Term name(String name) {
			return new Term(Double.NaN, null, name);
		}

		private String kind() {
			return dimension == null ? "name" : dimension.label();
		}
	}

	/** What names stand for. */
	public interface Names {
		/** The term of this name; empty if there is none. */
		Optional<Term> find(String name);

		/** All names, for messages. */
		List<String> all();

		/** The names that a property of names takes; empty if that is no such property, or takes any. */
		List<String> values(String property);

		/** What to do instead of writing a name that stands for nothing here, but for something elsewhere; empty if it stands for nothing anywhere. */
		Optional<String> instead(String name);
	}

	private final Names names;

	/** @param names what names stand for */
	public Terms(Names names) {
		this.names = names;
	}

	/** Whether a condition holds; a comparison with a number that a point does not have does not. @throws ExpressionException if it means nothing */
	public boolean holds(Condition condition) {
		return condition.getAlternatives().stream().anyMatch(all -> all.getComparisons().stream().allMatch(this::holds));
	}

	/** Checks everything in a condition, whatever holds. @throws ExpressionException if it means nothing */
	public void check(Condition condition) {
		condition.getAlternatives().forEach(all -> all.getComparisons().forEach(this::holds));
	}

	private boolean holds(Comparison comparison) {
		Term left = side(comparison.getLeft(), comparison.getRight());
		Term right = side(comparison.getRight(), comparison.getLeft());
		ComparisonOperator operator = comparison.getOperator();
		if (left.dimension() == null && right.dimension() == null) {
			if (operator != ComparisonOperator.EQUAL && operator != ComparisonOperator.UNEQUAL) {
				throw new ExpressionException(comparison.getLeft(), IssueCode.WRONG_DIMENSION, "names are equal or not; write '==' or '!=' instead of '" + operator.getLiteral() + "'");
			}
			return left.name() != null && right.name() != null && left.name().equals(right.name()) == (operator == ComparisonOperator.EQUAL);
		}
		if (left.dimension() == null || right.dimension() == null || !left.dimension().equals(right.dimension())) {
			throw new ExpressionException(comparison.getRight(), IssueCode.WRONG_DIMENSION, "'" + Evaluator.text(comparison.getLeft()) + "' is a " + left.kind() + ", but '"
					+ Evaluator.text(comparison.getRight()) + "' is a " + right.kind() + mending(left) + namesOf(right));
		}
		return switch (operator) {
		case AT_MOST -> left.number() <= right.number();
		case LESS -> left.number() < right.number();
		case AT_LEAST -> left.number() >= right.number();
		case GREATER -> left.number() > right.number();
		case EQUAL -> left.number() == right.number();
		case UNEQUAL -> left.number() < right.number() || left.number() > right.number();
		};
	}

	private static String mending(Term left) {
		return left.dimension() == null ? "; compare it with a name" : left.dimension().equals(Dimension.COUNT) ? "; compare it with a plain number"
				: "; compare it with, for example, '" + left.dimension().example() + "'";
	}

	/** The name to compare with a number in place of another, where only one is of its dimension: a time, which is no number of cycles. */
	private String namesOf(Term right) {
		List<String> alike = right.dimension() == null ? List.of() : names.all().stream().filter(name -> names.find(name).filter(term -> right.dimension().equals(term.dimension())).isPresent()).toList();
		return alike.size() == 1 ? ", or compare '" + alike.get(0) + "', which is a " + right.kind() : "";
	}

	/** A word beside a property of names is one of its names. */
	private Term side(Expression side, Expression other) {
		if (side instanceof PropertyReference word && word.getName() != null && other instanceof PropertyReference reference && reference.getName() != null) {
			Optional<Term> property = names.find(reference.getName());
			if (property.isPresent() && property.get().dimension() == null && names.find(word.getName()).filter(term -> term.dimension() == null).isEmpty()) {
				List<String> values = names.values(reference.getName());
				if (!values.isEmpty() && !values.contains(word.getName())) {
					throw new ExpressionException(side, IssueCode.UNRESOLVED_NAME, "'" + reference.getName() + "' is never '" + word.getName() + "'; it may be " + String.join(", ", values));
				}
				return Term.name(word.getName());
			}
		}
		return evaluate(side);
	}

	/** A number. @throws ExpressionException if the expression is none */
	public Term number(Expression expression) {
		Term term = evaluate(expression);
		if (term.dimension() == null) {
			throw new ExpressionException(expression, IssueCode.WRONG_DIMENSION, "'" + Evaluator.text(expression) + "' is a name; write something that is counted or measured");
		}
		return term;
	}

	private Term evaluate(Expression expression) {
		return switch (expression) {
		case null -> throw new ExpressionException(null, null, "a number is missing");
		case Quantity quantity -> {
			Amount amount = Evaluator.evaluate(quantity, new Environment());
			yield Term.number(amount.value().toDouble(), amount.dimension());
		}
		case PropertyReference reference -> find(reference);
		case Negation negation -> {
			Term term = number(negation.getOperand());
			yield Term.number(-term.number(), term.dimension());
		}
		case BinaryExpression binary -> binary(binary, number(binary.getLeft()), number(binary.getRight()));
		case Call call -> call(call);
		default -> throw new IllegalArgumentException("no value for " + expression.eClass().getName());
		};
	}

	private Term find(PropertyReference reference) {
		if (reference.getName() == null) {
			throw new ExpressionException(reference, null, "a name is missing");
		}
		return names.find(reference.getName()).orElseThrow(() -> unknown(reference));
	}

	private ExpressionException unknown(PropertyReference reference) {
		String mending = names.instead(reference.getName()).or(() -> Spelling.similar(reference.getName(), names.all().stream()).map(name -> "did you mean '" + name + "'?"))
				.orElseGet(() -> "there are " + String.join(", ", names.all()));
		return new ExpressionException(reference, IssueCode.UNRESOLVED_NAME, "nothing is called '" + reference.getName() + "' here; " + mending);
	}

	private static Term binary(BinaryExpression binary, Term left, Term right) {
		double a = left.number();
		double b = right.number();
		return switch (binary.getOperator()) {
		case TIMES -> Term.number(a * b, left.dimension().times(right.dimension()));
		case DIVIDED -> Term.number(a / b, left.dimension().over(right.dimension()));
		case PLUS -> Term.number(a + b, alike(binary, left, right));
		case MINUS -> Term.number(a - b, alike(binary, left, right));
		case REMAINDER -> Term.number(a % b, alike(binary, left, right));
		};
	}

	private static Dimension alike(Expression place, Term left, Term right) {
		if (!left.dimension().equals(right.dimension())) {
			throw new ExpressionException(place, IssueCode.WRONG_DIMENSION,
					"'" + Evaluator.text(place) + "' mixes a " + left.kind() + " and a " + right.kind() + "; both have to be of one dimension");
		}
		return left.dimension();
	}

	private Term call(Call call) {
		List<Term> arguments = call.getArguments().stream().map(this::number).toList();
		if (arguments.isEmpty()) {
			throw new ExpressionException(call, null, "a number is missing");
		}
		Term result = arguments.get(0);
		for (Term next : arguments.subList(1, arguments.size())) {
			alike(call, result, next);
			result = Term.number(switch (call.getFunction()) {
			case MIN -> Math.min(result.number(), next.number());
			case MAX -> Math.max(result.number(), next.number());
			default -> throw new ExpressionException(call, IssueCode.OPERAND_COUNT, "'" + call.getFunction().getLiteral() + "' takes 1 number, not " + arguments.size());
			}, result.dimension());
		}
		return switch (call.getFunction()) {
		case MIN, MAX -> result;
		default -> {
			if (!result.dimension().equals(Dimension.COUNT)) {
				throw new ExpressionException(call, IssueCode.WRONG_DIMENSION,
						"'" + call.getFunction().getLiteral() + "' rounds a plain number, but '" + Evaluator.text(call.getArguments().get(0)) + "' is a " + result.kind());
			}
			yield Term.number(switch (call.getFunction()) {
			case FLOOR -> Math.floor(result.number());
			case CEIL -> Math.ceil(result.number());
			default -> Math.floor(result.number() + 0.5);
			}, Dimension.COUNT);
		}
		};
	}

	/** A number in a unit of the language, for its base unit. */
	public static double base(Number number, String unit) {
		Rational factor = unit.isEmpty() ? Rational.ONE : Units.find(unit).orElseThrow().factor();
		return number.doubleValue() * factor.numerator() / factor.denominator();
	}
}
