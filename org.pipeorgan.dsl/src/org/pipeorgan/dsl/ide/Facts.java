package org.pipeorgan.dsl.ide;

import com.google.inject.Inject;
import com.google.inject.Singleton;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import org.eclipse.emf.ecore.EObject;
import org.eclipse.xtext.EcoreUtil2;
import org.eclipse.xtext.util.IResourceScopeCache;
import org.eclipse.xtext.util.Tuples;
import org.pipeorgan.dsl.expressions.Environment;
import org.pipeorgan.dsl.expressions.Evaluator;
import org.pipeorgan.dsl.expressions.ExpressionException;
import org.pipeorgan.dsl.pipeorgan.Accelerator;
import org.pipeorgan.dsl.pipeorgan.Block;
import org.pipeorgan.dsl.pipeorgan.Interconnect;
import org.pipeorgan.dsl.pipeorgan.NamedElement;
import org.pipeorgan.dsl.pipeorgan.Parameter;
import org.pipeorgan.dsl.pipeorgan.Policy;
import org.pipeorgan.dsl.pipeorgan.Study;
import org.pipeorgan.dsl.pipeorgan.Value;
import org.pipeorgan.dsl.pipeorgan.Workload;
import org.pipeorgan.dsl.sweep.Sweep;
import org.pipeorgan.dsl.translation.Graphs;
import org.pipeorgan.dsl.translation.HardwareTranslator;
import org.pipeorgan.dsl.translation.PolicyTranslator;
import org.pipeorgan.dsl.translation.Problem;
import org.pipeorgan.dsl.translation.StudyTranslator;
import org.pipeorgan.dsl.translation.WorkloadTranslator;
import org.pipeorgan.dsl.units.Dimension;
import org.pipeorgan.dsl.units.Units;
import org.pipeorgan.engine.hardware.Rational;
import org.pipeorgan.engine.workload.Operator;
import org.pipeorgan.engine.workload.Tensor;
import org.pipeorgan.engine.workload.TensorShape;

/** What the engine computes about an element, for hovers: a few lines of plain text, empty where the element has mistakes. */
@Singleton
public final class Facts {
	@Inject
	private IResourceScopeCache cache;

	/** The facts, one a line; names and numbers with units. */
	public List<String> of(EObject element) {
		try {
			return switch (element) {
			case Parameter parameter -> parameter(parameter);
			case Workload workload -> workload(workload).map(Facts::workload).orElse(List.of());
			case Block block -> List.of("results: " + String.join(", ", Graphs.results(block).stream().map(NamedElement::getName).toList()));
			case Value value -> value(value);
			case Accelerator accelerator -> HardwareTranslator.accelerator(accelerator, Problem.IGNORE).map(Facts::accelerator).orElse(List.of());
			case Interconnect interconnect -> interconnect(interconnect);
			case Policy policy -> PolicyTranslator.translate(policy, Problem.IGNORE)
					.map(p -> List.of("strategy " + p.kind().keyword() + ", at most " + p.maxDepth() + " operators a segment" + (p.restricted() ? ", restricted" : "") + (p.constraints().isEmpty() ? "" : ": " + p.constraints()))).orElse(List.of());
			case Study study when !study.getVariations().isEmpty() -> sweep(study);
			case Study study -> StudyTranslator.translate(study, Problem.IGNORE)
					.map(s -> List.of(s.targets().size() * s.policies().size() + " runs: " + s.targets().size() + " targets, " + s.policies().size() + " policies")).orElse(List.of());
			default -> List.of();
			};
		} catch (ArithmeticException e) {
			return List.of();
		}
	}

	private static List<String> sweep(Study study) {
		if (!Sweep.isWhole(study)) {
			return List.of();
		}
		try {
			Sweep sweep = new Sweep(study);
			return List.of(count(sweep.space().size()) + " points: " + String.join(" x ", sweep.space().axes().stream().map(axis -> axis.choices().size() + " of " + axis.name()).toList()));
		} catch (ExpressionException | IllegalArgumentException e) {
			return List.of();
		}
	}

	/** Shapes of the values of a workload that could be inferred, by value. */
	public Map<Value, TensorShape> shapes(Workload workload) {
		return cache.get(Tuples.pair("shapes", workload), workload.eResource(), () -> {
			Map<Value, TensorShape> shapes = new HashMap<>();
			WorkloadTranslator.inferShapes(workload, shapes::put);
			return shapes;
		});
	}

	/** Multiply-accumulates of an operator; empty if it does none or its workload has mistakes. */
	public Optional<Long> macs(org.pipeorgan.dsl.pipeorgan.Operator operator) {
		Workload workload = EcoreUtil2.getContainerOfType(operator, Workload.class);
		return workload == null ? Optional.empty() : Optional.ofNullable(operators(workload).get(operator.getName())).map(Operator::macs).filter(macs -> macs > 0);
	}

	/** The translated operators by name. */
	private Map<String, Operator> operators(Workload workload) {
		return cache.get(Tuples.pair("operators", workload), workload.eResource(), () -> {
			Map<String, Operator> operators = new HashMap<>();
			workload(workload).ifPresent(translated -> translated.operators().forEach(operator -> operators.put(operator.name(), operator)));
			return operators;
		});
	}

	private Optional<org.pipeorgan.engine.workload.Workload> workload(Workload workload) {
		return cache.get(Tuples.pair("translated", workload), workload.eResource(), () -> WorkloadTranslator.translate(workload, Problem.IGNORE));
	}

	private static List<String> parameter(Parameter parameter) {
		try {
			return List.of("= " + Evaluator.evaluate(parameter.getValue(), Environment.of(parameter)));
		} catch (ExpressionException e) {
			return List.of();
		}
	}

	private static List<String> workload(org.pipeorgan.engine.workload.Workload workload) {
		long weights = workload.operators().stream().mapToLong(Operator::weightBytes).sum();
		long activations = workload.tensors().stream().mapToLong(Tensor::bytes).sum();
		String work = workload.operators().size() + " operators, " + count(workload.macs()) + " MACs";
		// without a precision of its own, an accelerator's decides how many bytes there are
		return activations == 0 ? List.of(work) : List.of(work, "weights " + bytes(weights) + ", activations " + bytes(activations) + ratio(activations, weights),
				"at least " + bytes(workload.compulsoryBytes()) + " of memory traffic");
	}

	private List<String> value(Value value) {
		Workload workload = EcoreUtil2.getContainerOfType(value, Workload.class);
		TensorShape shape = workload == null ? null : shapes(workload).get(value);
		if (shape == null) {
			return List.of();
		}
		List<String> facts = new ArrayList<>();
		facts.add("shape " + shape + ", " + count(shape.elements()) + " elements");
		workload(workload).flatMap(translated -> translated.operators().stream().filter(operator -> operator.name().equals(value.getName())).findFirst()
				.map(operator -> operator(translated, operator))).ifPresent(facts::addAll);
		return facts;
	}

	private static List<String> operator(org.pipeorgan.engine.workload.Workload workload, Operator operator) {
		long inputs = operator.operands().stream().mapToLong(operand -> workload.tensors().get(operand.tensor()).bytes()).sum();
		long output = workload.outputOf(operator).bytes();
		String work = count(operator.macs()) + " MACs";
		return output == 0 ? List.of(work) : List.of(work, "inputs " + bytes(inputs) + ", output " + bytes(output) + ", weights " + bytes(operator.weightBytes())
				+ ratio(inputs + output, operator.weightBytes()));
	}

	/** Activations over weights decide which dataflow suits. */
	private static String ratio(long activations, long weights) {
		return weights == 0 ? "" : String.format(Locale.ROOT, ", A/W %.2f", (double) activations / weights);
	}

	private static List<String> accelerator(org.pipeorgan.engine.hardware.Accelerator target) {
		long macs = target.macsPerCycle() * target.rows() * target.columns();
		Rational memory = target.memoryBandwidth();
		return List.of(target.rows() + " x " + target.columns() + " PEs, " + count(macs) + " MACs a cycle",
				"memory " + Units.text(memory.times(Rational.of(8)), Dimension.BANDWIDTH_PER_CYCLE) + ": "
						+ String.format(Locale.ROOT, "%.1f", macs / memory.toDouble()) + " MACs for each byte keep the array busy",
				"buffer " + bytes(target.buffer().bytes()) + ", registers " + bytes(target.registerBytes() * target.rows() * target.columns()) + " in all");
	}

	private static List<String> interconnect(Interconnect interconnect) {
		return HardwareTranslator.interconnect(interconnect, Rational.of(1_000_000_000), Problem.IGNORE)
				.map(network -> List.of(network.topology().name().toLowerCase(Locale.ROOT).replace('_', ' ') + (network.express().isEmpty() ? "" : " with long links") + ", "
						+ (network.multicast() ? "multicast" : "unicast") + ", " + network.hopCycles() + " cycles a hop"))
				.orElse(List.of());
	}

	private static String count(long value) {
		return String.format(Locale.ROOT, "%,d", value);
	}

	private static String bytes(long bytes) {
		return count(bytes) + " B";
	}
}
