package org.pipeorgan.dsl.expressions;

import java.util.ArrayList;
import java.util.List;

import org.eclipse.xtext.EcoreUtil2;
import org.eclipse.xtext.nodemodel.ICompositeNode;
import org.eclipse.xtext.nodemodel.util.NodeModelUtils;
import org.pipeorgan.dsl.pipeorgan.BinaryExpression;
import org.pipeorgan.dsl.pipeorgan.Call;
import org.pipeorgan.dsl.pipeorgan.Expression;
import org.pipeorgan.dsl.pipeorgan.Function;
import org.pipeorgan.dsl.pipeorgan.Model;
import org.pipeorgan.dsl.pipeorgan.Negation;
import org.pipeorgan.dsl.pipeorgan.Parameter;
import org.pipeorgan.dsl.pipeorgan.ParameterReference;
import org.pipeorgan.dsl.pipeorgan.PropertyReference;
import org.pipeorgan.dsl.pipeorgan.Quantity;
import org.pipeorgan.dsl.units.Dimension;
import org.pipeorgan.dsl.units.Unit;
import org.pipeorgan.dsl.units.Units;
import org.pipeorgan.dsl.validation.IssueCode;
import org.pipeorgan.engine.hardware.Rational;

/** The one evaluator of expressions: exact, with dimensions. */
public final class Evaluator {
	private static final Rational HALF = new Rational(1, 2);

	private Evaluator() {
	}

	/**
	 * The value of an expression.
	 *
	 * @throws ExpressionException if it has none; the exception's place is the innermost expression at fault
	 */
	public static Amount evaluate(Expression expression, Environment environment) {
		if (expression == null) {
			throw new ExpressionException(null, null, "a number is missing");
		}
		try {
			return switch (expression) {
			case Quantity quantity -> literal(quantity);
			case ParameterReference reference -> parameter(reference, environment);
			case Negation negation -> negated(evaluate(negation.getOperand(), environment));
			case BinaryExpression binary -> binary(binary, evaluate(binary.getLeft(), environment), evaluate(binary.getRight(), environment));
			case Call call -> call(call, environment);
			case PropertyReference reference -> named(reference, environment);
			default -> throw new IllegalArgumentException("no value for " + expression.eClass().getName());
			};
		} catch (ArithmeticException e) {
			throw new ExpressionException(expression, IssueCode.NUMBER_OUT_OF_RANGE,
					"'" + text(expression) + "' is too large or too fine for exact 64-bit fractions; use a larger or smaller unit, or fewer digits");
		}
	}

	/** The expression as written, on one line; in a canonical form where the model was not read from text. */
	public static String text(Expression expression) {
		ICompositeNode node = expression == null ? null : NodeModelUtils.findActualNodeFor(expression);
		if (node != null) {
			return NodeModelUtils.getTokenText(node);
		}
		return switch (expression) {
		case Quantity quantity -> (quantity.getValue() == null ? "?" : quantity.getValue().toPlainString()) + (quantity.getUnit() == null ? "" : " " + quantity.getUnit());
		case ParameterReference reference -> reference.getParameter() == null ? "?" : reference.getParameter().getName();
		case Negation negation -> "-" + text(negation.getOperand());
		case BinaryExpression binary -> "(" + text(binary.getLeft()) + " " + binary.getOperator().getLiteral() + " " + text(binary.getRight()) + ")";
		case PropertyReference reference -> String.valueOf(reference.getName());
		case Call call -> call.getFunction().getLiteral() + "(" + String.join(", ", call.getArguments().stream().map(Evaluator::text).toList()) + ")";
		case null, default -> "?";
		};
	}

	private static Amount literal(Quantity quantity) {
		if (quantity.getValue() == null) {
			throw new ExpressionException(quantity, null, "a number is missing");
		}
		Unit unit = COUNT;
		if (quantity.getUnit() != null) {
			unit = Units.find(quantity.getUnit()).orElseThrow(() -> unknown(quantity));
		}
		return new Amount(Rational.of(quantity.getValue()).times(unit.factor()), unit.dimension());
	}

	private static final Unit COUNT = new Unit("", Dimension.COUNT, Rational.ONE);

	private static ExpressionException unknown(Quantity quantity) {
		String written = quantity.getUnit();
		int slash = written.indexOf('/');
		List<String> known = new ArrayList<>();
		NumberRole.ofOutermost(quantity).ifPresent(role -> known.addAll(role.units()));
		String hint;
		if (Units.similar(written).isPresent()) {
			known.remove(Units.similar(written).get());
			known.add(0, Units.similar(written).get());
			hint = "did you mean '" + known.get(0) + "'?";
		} else if (slash > 0 && Units.find(written.substring(0, slash)).isPresent()) {
			hint = "to divide by '" + written.substring(slash + 1) + "', put blanks around the slash: '" + quantity.getValue().toPlainString() + " "
					+ written.replace("/", " / ") + "'";
		} else {
			hint = known.isEmpty() ? "units are, for example, MiB, GB/s, B/cycle, GHz, ns, pJ and pJ/B" : "units that do here are " + String.join(", ", known);
		}
		return new ExpressionException(quantity, IssueCode.UNKNOWN_UNIT, "there is no unit '" + written + "'; " + hint, known.toArray(String[]::new));
	}

	private static Amount parameter(ParameterReference reference, Environment environment) {
		Parameter parameter = reference.getParameter();
		if (parameter == null || parameter.eIsProxy()) {
			throw new ExpressionException(reference, null, "the parameter is not there");
		}
		return environment.value(parameter, reference);
	}

	/** Among the values of a variation, a parameter of the file. */
	private static Amount named(PropertyReference reference, Environment environment) {
		Model model = EcoreUtil2.getContainerOfType(reference, Model.class);
		Parameter parameter = model == null ? null : model.getDeclarations().stream().filter(Parameter.class::isInstance).map(Parameter.class::cast)
				.filter(each -> reference.getName() != null && reference.getName().equals(each.getName())).findFirst().orElse(null);
		if (parameter == null) {
			throw new ExpressionException(reference, IssueCode.UNRESOLVED_NAME,
					"there is no parameter '" + reference.getName() + "' in this file; write a number, or declare 'param " + reference.getName() + " = 8' before the study");
		}
		return environment.value(parameter, reference);
	}

	private static Amount negated(Amount amount) {
		return new Amount(Rational.ZERO.plus(new Rational(Math.negateExact(amount.value().numerator()), amount.value().denominator())), amount.dimension());
	}

	private static Amount binary(BinaryExpression expression, Amount left, Amount right) {
		Rational a = left.value();
		Rational b = right.value();
		return switch (expression.getOperator()) {
		case PLUS -> new Amount(a.plus(b), alike(expression, left, right));
		case MINUS -> new Amount(a.plus(negated(right).value()), alike(expression, left, right));
		case TIMES -> new Amount(a.times(b), left.dimension().times(right.dimension()));
		case DIVIDED -> new Amount(quotient(expression, left, right), left.dimension().over(right.dimension()));
		case REMAINDER -> {
			Dimension dimension = alike(expression, left, right);
			Rational quotient = quotient(expression, left, right);
			Rational whole = Rational.of(quotient.numerator() / quotient.denominator());
			yield new Amount(a.plus(negated(new Amount(whole.times(b), dimension)).value()), dimension);
		}
		};
	}

	private static Rational quotient(BinaryExpression expression, Amount left, Amount right) {
		int sign = Long.signum(right.value().numerator());
		if (sign == 0) {
			throw new ExpressionException(expression.getRight(), IssueCode.VALUE_OUT_OF_RANGE,
					"'" + text(expression.getRight()) + "' is 0, and nothing can be divided by 0; mend it or what it is computed from");
		}
		return sign > 0 ? left.value().dividedBy(right.value()) : negated(left).value().dividedBy(negated(right).value());
	}

	private static Dimension alike(BinaryExpression expression, Amount left, Amount right) {
		if (!left.dimension().equals(right.dimension())) {
			boolean unitMissing = left.dimension().equals(Dimension.COUNT) || right.dimension().equals(Dimension.COUNT);
			Amount other = left.dimension().equals(Dimension.COUNT) ? right : left;
			throw new ExpressionException(expression, unitMissing ? IssueCode.MISSING_UNIT : IssueCode.WRONG_DIMENSION,
					"'" + text(expression) + "' mixes " + article(left.dimension().label()) + ", " + left + ", and " + article(right.dimension().label()) + ", " + right
							+ (unitMissing ? "; give both a unit, for example '" + other.dimension().example() + "'" : "; both have to be of one dimension"));
		}
		return left.dimension();
	}

	private static Amount call(Call call, Environment environment) {
		List<Amount> arguments = call.getArguments().stream().map(argument -> evaluate(argument, environment)).toList();
		if (arguments.isEmpty()) {
			throw new ExpressionException(call, null, "a number is missing");
		}
		Function function = call.getFunction();
		boolean extreme = function == Function.MIN || function == Function.MAX;
		if (!extreme && arguments.size() > 1) {
			throw new ExpressionException(call, IssueCode.OPERAND_COUNT, "'" + function.getLiteral() + "' takes 1 number, not " + arguments.size());
		}
		Amount result = arguments.get(0);
		if (!extreme) {
			if (!result.dimension().equals(Dimension.COUNT)) {
				throw new ExpressionException(call, IssueCode.WRONG_DIMENSION, "'" + function.getLiteral() + "' rounds a plain number, but '"
						+ text(call.getArguments().get(0)) + "' is a " + result.dimension().label() + "; divide by a unit first, as in 'ceil((3 KiB) / (1 B))'");
			}
			return new Amount(rounded(function, result.value()), Dimension.COUNT);
		}
		for (int i = 1; i < arguments.size(); i++) {
			Amount next = arguments.get(i);
			if (!next.dimension().equals(result.dimension())) {
				throw new ExpressionException(call.getArguments().get(i), IssueCode.WRONG_DIMENSION, "'" + function.getLiteral() + "' compares a "
						+ result.dimension().label() + ", " + result + ", with a " + next.dimension().label() + ", " + next + "; all have to be of one dimension");
			}
			boolean less = next.value().compareTo(result.value()) < 0;
			result = less == (function == Function.MIN) ? next : result;
		}
		return result;
	}

	private static Rational rounded(Function function, Rational value) {
		Rational start = function == Function.ROUND ? value.plus(HALF) : value;
		return Rational.of(function == Function.CEIL ? start.ceil() : Math.floorDiv(start.numerator(), start.denominator()));
	}

	/** The noun behind its article. */
	static String article(String noun) {
		return ("aeiou".indexOf(noun.charAt(0)) < 0 ? "a " : "an ") + noun;
	}
}
