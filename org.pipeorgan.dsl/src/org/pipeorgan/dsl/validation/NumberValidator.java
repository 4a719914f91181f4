package org.pipeorgan.dsl.validation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.eclipse.emf.ecore.EObject;
import org.eclipse.emf.ecore.EStructuralFeature;
import org.eclipse.xtext.util.Tuples;
import org.eclipse.xtext.validation.Check;
import org.eclipse.xtext.validation.CheckType;
import org.pipeorgan.dsl.expressions.Environment;
import org.pipeorgan.dsl.expressions.ExpressionException;
import org.pipeorgan.dsl.expressions.Numbers;
import org.pipeorgan.dsl.pipeorgan.Comparison;
import org.pipeorgan.dsl.pipeorgan.Expression;
import org.pipeorgan.dsl.pipeorgan.Goals;
import org.pipeorgan.dsl.pipeorgan.Parameter;
import org.pipeorgan.dsl.pipeorgan.PipeorganPackage.Literals;
import org.pipeorgan.dsl.pipeorgan.Quantity;
import org.pipeorgan.dsl.pipeorgan.VariedValues;

/** Numbers have a value, of a dimension and in a range that their place accepts. */
public class NumberValidator extends AreaValidator {
	/** The one check of numbers: units, dimensions, signs and whole numbers, as the evaluator and the role of the place say. */
	@Check(CheckType.FAST)
	public void checkNumber(Expression expression) {
		if (expression.eContainer() instanceof Expression || isTerm(expression)) {
			return;
		}
		numbers(expression).problem(expression).filter(e -> e.code() != null).ifPresent(e -> report(e.code(), e.getMessage(), e.place(), feature(e), e.data()));
	}

	/** What the parameters around an element are is computed once in a validation. */
	private Numbers numbers(EObject element) {
		return (Numbers) getContext().computeIfAbsent(Tuples.pair(NumberValidator.class, Environment.owner(element)), key -> Numbers.of(element));
	}

	/** Terms of a sweep have a meaning in its space only: {@link SweepValidator}. */
	private static boolean isTerm(Expression expression) {
		return expression.eContainer() instanceof VariedValues || expression.eContainer() instanceof Comparison || expression.eContainer() instanceof Goals;
	}

	/** A wrong unit stands on the unit, a wrong number on the number, anything else on the whole expression at fault. */
	static EStructuralFeature feature(ExpressionException e) {
		if (!(e.place() instanceof Quantity quantity)) {
			return null;
		}
		boolean unit = e.code() == IssueCode.UNKNOWN_UNIT || e.code() == IssueCode.WRONG_DIMENSION;
		return unit && quantity.getUnit() != null ? Literals.QUANTITY__UNIT : Literals.QUANTITY__VALUE;
	}

	/** No parameter is computed from itself. */
	@Check(CheckType.NORMAL)
	public void checkNoCycle(Parameter parameter) {
		if (parameter.getValue() == null || numbers(parameter).problem(parameter.getValue()).isEmpty()) {
			return;
		}
		Set<Parameter> seen = new HashSet<>();
		Deque<Parameter> rest = new ArrayDeque<>(read(parameter));
		while (!rest.isEmpty()) {
			Parameter next = rest.pop();
			if (next == parameter) {
				report(IssueCode.PARAMETER_CYCLE, "parameter '" + parameter.getName() + "' is computed from itself; give one of the chain a number", parameter,
						Literals.PARAMETER__VALUE);
				return;
			}
			if (seen.add(next)) {
				rest.addAll(read(next));
			}
		}
	}

	/** What the value of a parameter is computed from, looked up once in a validation. */
	@SuppressWarnings("unchecked")
	private List<Parameter> read(Parameter parameter) {
		return (List<Parameter>) getContext().computeIfAbsent(parameter, key -> Environment.read(parameter.getValue()).toList());
	}
}
