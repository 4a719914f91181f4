package org.pipeorgan.dsl.expressions;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import org.eclipse.emf.ecore.EObject;
import org.eclipse.xtext.EcoreUtil2;
import org.pipeorgan.dsl.pipeorgan.Accelerator;
import org.pipeorgan.dsl.pipeorgan.Argument;
import org.pipeorgan.dsl.pipeorgan.BlockUse;
import org.pipeorgan.dsl.pipeorgan.Expression;
import org.pipeorgan.dsl.pipeorgan.Interconnect;
import org.pipeorgan.dsl.pipeorgan.Parameter;
import org.pipeorgan.dsl.pipeorgan.ParameterReference;

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
	/** Why a parameter has no value. */
	private final Map<Parameter, String> faults = new HashMap<>();
	private final Set<Parameter> open = new HashSet<>();

	/** Every parameter has the value that is written with it. */
	public Environment() {
	}

	/** The environment in which an element is read where it is written: in an accelerator or interconnect its own. */
	public static Environment of(EObject element) {
		return switch (owner(element).orElse(null)) {
		case Accelerator accelerator -> refined(Refinement.lineage(accelerator).stream().map(Accelerator::getParameters).toList());
		case Interconnect interconnect -> refined(Refinement.lineage(interconnect).stream().map(Interconnect::getParameters).toList());
		case null, default -> new Environment();
		};
	}

	/** The accelerator or interconnect whose environment an element is read in; empty where parameters are as written. */
	public static Optional<EObject> owner(EObject element) {
		return Stream.iterate(element, Objects::nonNull, EObject::eContainer).filter(object -> object instanceof Accelerator || object instanceof Interconnect).findFirst();
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
		computeFirst(parameter);
		Amount amount = known.get(parameter);
		if (amount == null) {
			throw new ExpressionException(place, null, faults.getOrDefault(parameter, "parameter '" + parameter.getName() + "' is computed from itself"));
		}
		return amount;
	}

	/** Computes what a parameter is computed from before the parameter, so that a long chain of parameters needs no deep stack. */
	private void computeFirst(Parameter parameter) {
		Set<Parameter> seen = new HashSet<>();
		Deque<Parameter> rest = new ArrayDeque<>(List.of(parameter));
		while (!rest.isEmpty()) {
			Parameter next = rest.peek();
			if (isDone(next) || !seen.add(next)) {
				compute(rest.pop());
			} else if (binding(next).environment() == null) {
				read(binding(next).value()).filter(other -> !seen.contains(other) && !isDone(other)).forEach(rest::push);
			}
		}
	}

	private boolean isDone(Parameter parameter) {
		return known.containsKey(parameter) || faults.containsKey(parameter) || open.contains(parameter);
	}

	private Binding binding(Parameter parameter) {
		return bindings.getOrDefault(parameter, new Binding(parameter.getValue(), null));
	}

	/** The parameters that an expression reads itself. */
	public static Stream<Parameter> read(Expression value) {
		return value == null ? Stream.empty() : Stream.concat(Stream.of(value), EcoreUtil2.eAllContentsAsList(value).stream()).filter(ParameterReference.class::isInstance)
				.map(reference -> ((ParameterReference) reference).getParameter()).filter(other -> other != null && !other.eIsProxy());
	}

	private void compute(Parameter parameter) {
		if (isDone(parameter)) {
			return;
		}
		Binding binding = binding(parameter);
		if (binding.value() == null) {
			faults.put(parameter, "parameter '" + parameter.getName() + "' has no value here");
			return;
		}
		open.add(parameter);
		try {
			known.put(parameter, Evaluator.evaluate(binding.value(), binding.environment() == null ? this : binding.environment()));
		} catch (ExpressionException e) {
			faults.put(parameter, e.getMessage());
		} finally {
			open.remove(parameter);
		}
	}
}
