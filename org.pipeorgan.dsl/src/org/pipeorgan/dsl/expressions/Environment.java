package org.pipeorgan.dsl.expressions;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.eclipse.emf.ecore.EObject;
import org.pipeorgan.dsl.pipeorgan.Accelerator;
import org.pipeorgan.dsl.pipeorgan.Argument;
import org.pipeorgan.dsl.pipeorgan.BlockUse;
import org.pipeorgan.dsl.pipeorgan.Expression;
import org.pipeorgan.dsl.pipeorgan.Interconnect;
import org.pipeorgan.dsl.pipeorgan.Parameter;

/**
 * The values that parameters have in one place of use: their own, those that an accelerator puts in place of its base's, or
 * those that a use of a block gives. Remembers what it has computed; not safe for many threads, and valid only while the
 * model does not change.
 */
public final class Environment {
	/** A value and where its own parameters are looked up; {@code null} for this environment. */
	private record Binding(Expression value, Environment environment) {
	}

	private final Map<Parameter, Binding> bindings = new LinkedHashMap<>();
	private final Map<Parameter, Amount> known = new HashMap<>();
	private final Set<Parameter> open = new HashSet<>();

	/** Every parameter has the value that is written with it. */
	public Environment() {
	}

	/** The environment in which an element is read where it is written: in an accelerator or interconnect its own. */
	public static Environment of(EObject element) {
		for (EObject object = element; object != null; object = object.eContainer()) {
			if (object instanceof Accelerator accelerator) {
				return refined(Refinement.lineage(accelerator).stream().map(Accelerator::getParameters).toList());
			}
			if (object instanceof Interconnect interconnect) {
				return refined(Refinement.lineage(interconnect).stream().map(Interconnect::getParameters).toList());
			}
		}
		return new Environment();
	}

	/** Parameters of bases get the values of the parameters of the same names that come before. */
	private static Environment refined(List<? extends List<Parameter>> lineage) {
		Environment environment = new Environment();
		Map<String, Parameter> nearest = new HashMap<>();
		for (List<Parameter> parameters : lineage) {
			for (Parameter parameter : parameters) {
				Parameter other = nearest.putIfAbsent(String.valueOf(parameter.getName()), parameter);
				if (other != null) {
					environment.bindings.put(parameter, new Binding(other.getValue(), null));
				}
			}
		}
		return environment;
	}

	/** The environment inside a block that is used in this one. */
	public Environment inside(BlockUse use) {
		Environment environment = new Environment();
		for (Argument argument : use.getArguments()) {
			if (argument.getParameter() != null && !argument.getParameter().eIsProxy()) {
				environment.bindings.put(argument.getParameter(), new Binding(argument.getValue(), this));
			}
		}
		return environment;
	}

	/**
	 * The value of a parameter.
	 *
	 * @param place where it is asked for
	 * @throws ExpressionException if it has none; without a code if the fault is in the parameter's own declaration
	 */
	Amount value(Parameter parameter, Expression place) {
		Amount amount = known.get(parameter);
		if (amount != null) {
			return amount;
		}
		Binding binding = bindings.getOrDefault(parameter, new Binding(parameter.getValue(), null));
		if (binding.value() == null) {
			throw new ExpressionException(place, null, "parameter '" + parameter.getName() + "' has no value here");
		}
		if (!open.add(parameter)) {
			throw new ExpressionException(place, null, "parameter '" + parameter.getName() + "' is computed from itself");
		}
		try {
			amount = Evaluator.evaluate(binding.value(), binding.environment() == null ? this : binding.environment());
		} catch (ExpressionException e) {
			throw new ExpressionException(place, null, e.getMessage());
		} finally {
			open.remove(parameter);
		}
		known.put(parameter, amount);
		return amount;
	}
}
