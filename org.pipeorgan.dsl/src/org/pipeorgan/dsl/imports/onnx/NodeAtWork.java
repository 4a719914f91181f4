package org.pipeorgan.dsl.imports.onnx;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** The node that is being imported, in its model: its inputs as values of the workload, what is written for it, and the values so far. */
final class NodeAtWork extends TensorMoves {
	private static final Map<String, String> FUNCTIONS = Map.ofEntries(Map.entry("Relu", "relu"), Map.entry("LeakyRelu", "relu"), Map.entry("PRelu", "relu"), Map.entry("Clip", "relu"),
			Map.entry("Sigmoid", "sigmoid"), Map.entry("HardSigmoid", "sigmoid"), Map.entry("Tanh", "tanh"), Map.entry("Gelu", "gelu"), Map.entry("HardSwish", "hswish"), Map.entry("Swish", "silu"),
			Map.entry("Mish", "silu"), Map.entry("Add", "add"), Map.entry("Sum", "add"), Map.entry("Mul", "mul"), Map.entry("Sub", "sub"), Map.entry("Max", "max"));
	private static final Set<String> WINDOWED = Set.of("Conv", "ConvTranspose", "ConvInteger", "QLinearConv", "MaxPool", "AveragePool", "LpPool", "BatchNormalization", "InstanceNormalization",
			"GlobalAveragePool", "GlobalMaxPool", "com.microsoft.FusedConv");

	final OnnxModel model;
	final Inference inference;
	final Map<String, Value> values = new HashMap<>();
	final Map<String, List<Node>> readers = new HashMap<>();
	private Node current;

	NodeAtWork(OnnxModel model, Inference inference, WorkloadText text) {
		super(text);
		this.model = model;
		this.inference = inference;
	}

	/** Goes on to a node. */
	void begin(Node node) {
		current = node;
	}

	/** The node. */
	Node node() {
		return current;
	}

	/** An input of the workload, with axes as its readers want them. */
	Value input(String name, long[] shape) {
		boolean windows = shape.length != 3 || readers.getOrDefault(name, List.of()).stream().anyMatch(reader -> WINDOWED.contains(reader.op()));
		Layout layout = shape.length > 3 || windows && shape.length > 2 ? Layout.inOrder(shape) : Layout.ofTokens(shape);
		return new Value(text.input(name, layout.extents(shape)), shape, layout);
	}

	TensorInfo info(int input) {
		return inference.info(current.input(input));
	}

	boolean isConstant(int input) {
		return current.input(input).isEmpty() || info(input).constant();
	}

	/** The value of an input; constants that are no weights enter as inputs. */
	Value value(int input) {
		String name = current.input(input);
		Value value = values.get(name);
		if (value == null && inference.info(name).constant() && inference.info(name).isKnown()) {
			note("constants are read like activations, and are inputs of the workload");
			value = input(name, inference.info(name).shape());
			values.put(name, value);
		}
		if (value == null) {
			throw new UnsupportedException("an input is missing");
		}
		return value;
	}

	/** A constant left factor stays one. */
	Value value0() {
		return isConstant(0) ? null : value(0);
	}

	long[] result() {
		return result(0);
	}

	long[] result(int output) {
		TensorInfo info = inference.info(current.outputs().get(output));
		if (!info.isKnown()) {
			throw new UnsupportedException("the shape of its result cannot be inferred");
		}
		return info.shape();
	}

	void define(Value value) {
		values.put(current.output(), value);
	}

	@Override
	String wanted() {
		return current.output();
	}

	/** The operator where the language's word is another. */
	String comment(String word) {
		return current.op().toLowerCase(Locale.ROOT).endsWith(word) || current.op().equals("Swish") ? "" : current.op();
	}

	Value unary(Value in, long[] shape) {
		String word = FUNCTIONS.getOrDefault(current.op().replaceAll("^com\\.microsoft\\.(Fast|Quick|Bias)?", ""), "relu");
		boolean binary = Set.of("add", "mul", "sub", "max").contains(word);
		String function = binary ? "relu" : word;
		String name = operator(function + "(" + in.name() + ")", binary || !FUNCTIONS.containsKey(current.op()) ? current.op() : comment(function),
				step -> step.builder().elementwise(step.name(), List.of(in.name()), 0));
		return new Value(name, shape, in.layout());
	}

	/** Writes the operator whose result is the node's. */
	String operator(String expression, String comment, Consumer<WorkloadText.Step> step) {
		return text.operator(wanted(), expression, comment, step);
	}

	/** The word of the language for a function of elements of two operands and more; a product, where there is none. */
	String word() {
		return FUNCTIONS.getOrDefault(current.op(), "mul");
	}

	/** Whether the language has the node's function. */
	boolean hasWord() {
		return FUNCTIONS.containsKey(current.op());
	}
}
