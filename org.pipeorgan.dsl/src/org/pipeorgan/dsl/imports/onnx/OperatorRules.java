package org.pipeorgan.dsl.imports.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import org.pipeorgan.engine.workload.WorkloadBuilder.NormalizedAxis;

/** The rules by which ONNX's operators become operators of the language, one node at a time. */
abstract class OperatorRules extends TensorMoves {
	private static final Map<String, String> FUNCTIONS = Map.ofEntries(Map.entry("Relu", "relu"), Map.entry("LeakyRelu", "relu"), Map.entry("PRelu", "relu"), Map.entry("Clip", "relu"),
			Map.entry("Sigmoid", "sigmoid"), Map.entry("HardSigmoid", "sigmoid"), Map.entry("Tanh", "tanh"), Map.entry("Gelu", "gelu"), Map.entry("HardSwish", "hswish"), Map.entry("Swish", "silu"),
			Map.entry("Mish", "silu"), Map.entry("Add", "add"), Map.entry("Sum", "add"), Map.entry("Mul", "mul"), Map.entry("Sub", "sub"), Map.entry("Max", "max"));
	private static final Set<String> RECURRENT = Set.of("LSTM", "GRU", "RNN");
	private static final Set<String> WINDOWED = Set.of("Conv", "ConvTranspose", "ConvInteger", "QLinearConv", "MaxPool", "AveragePool", "LpPool", "BatchNormalization", "InstanceNormalization",
			"GlobalAveragePool", "GlobalMaxPool", "com.microsoft.FusedConv");

	/** An operator that cannot be said in the language, with the reason. */
	@SuppressWarnings("serial") // never leaves the process
	static final class UnsupportedException extends RuntimeException {
		UnsupportedException(String message) {
			super(message);
		}
	}

	final OnnxModel model;
	final Inference inference;
	final Map<String, Value> values = new HashMap<>();
	final Map<String, List<Node>> readers = new HashMap<>();
	private Node current;

	OperatorRules(OnnxModel model, Inference inference, WorkloadText text) {
		super(text);
		this.model = model;
		this.inference = inference;
	}

	/** An input of the workload, with axes as its readers want them. */
	Value input(String name, long[] shape) {
		boolean windows = shape.length != 3 || readers.getOrDefault(name, List.of()).stream().anyMatch(reader -> WINDOWED.contains(reader.op()));
		Layout layout = shape.length > 3 || windows && shape.length > 2 ? Layout.inOrder(shape) : Layout.ofTokens(shape);
		return new Value(text.input(name, layout.extents(shape)), shape, layout);
	}

	private TensorInfo info(int input) {
		return inference.info(current.input(input));
	}

	private boolean isConstant(int input) {
		return current.input(input).isEmpty() || info(input).constant();
	}

	/** The value of an input; constants that are no weights enter as inputs. */
	private Value value(int input) {
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

	private long[] result() {
		return result(0);
	}

	private long[] result(int output) {
		TensorInfo info = inference.info(current.outputs().get(output));
		if (!info.isKnown()) {
			throw new UnsupportedException("the shape of its result cannot be inferred");
		}
		return info.shape();
	}

	private void define(Value value) {
		values.put(current.output(), value);
	}

	/** Writes a node. @throws UnsupportedException if there is no rule for it */
	void lower(Node node) {
		current = node;
		if (ShapeRules.PASSING.contains(node.op())) {
			define(value(0).as(result(), value(0).layout()));
		} else if (ShapeRules.POINTWISE.contains(node.op())) {
			define(unary(value(0), result()));
		} else if (node.op().startsWith("Reduce") || node.op().startsWith("Global")) {
			reduce(node);
		} else if (ShapeRules.BROADCASTING.contains(node.op())) {
			broadcast(node);
		} else if (ShapeRules.NORMALIZING.contains(node.op())) {
			normalize(node);
		} else if (RECURRENT.contains(node.op())) {
			recurrent(node);
		} else {
			other(node);
		}
	}

	private void other(Node node) {
		switch (node.op()) {
		case "Conv", "ConvInteger", "com.microsoft.FusedConv" -> convolution(info(1).shape());
		case "QLinearConv" -> convolution(info(3).shape());
		case "ConvTranspose" -> transposedConvolution();
		case "MaxPool", "AveragePool", "LpPool" -> pool(node);
		case "MatMul", "MatMulInteger", "com.microsoft.DynamicQuantizeMatMul", "com.microsoft.MatMulIntegerToFloat" -> product(value0(), 1, false);
		case "QLinearMatMul" -> product(value(0), 3, false);
		case "com.microsoft.FusedMatMul", "Gemm" -> product(node.number("transA", 0) != 0 ? swapped(value(0)) : value0(), 1, node.number("transB", 0) != 0);
		case "DynamicQuantizeLinear" -> {
			note("dynamic quantisations have scales that are taken as constants");
			define(unary(value(0), result()));
		}
		case "Reshape", "Flatten", "Squeeze", "Unsqueeze" -> define(reshape(value(0), result()));
		case "Transpose" -> transpose(node);
		case "Expand", "Tile" -> expand();
		case "Concat" -> concat(node);
		case "Split" -> split(node);
		case "Slice" -> slice(node);
		case "Gather" -> gather(node);
		case "Pad" -> pad(node);
		case "Resize", "Upsample" -> define(resize(value(0), result()));
		case "DepthToSpace", "SpaceToDepth" -> define(copy(arrange(value(0), Layout.inOrder(value(0).shape())), result(), Layout.inOrder(result())));
		default -> throw new UnsupportedException("there is no rule for it");
		}
	}

	/** A constant left factor stays one. */
	private Value value0() {
		return isConstant(0) ? null : value(0);
	}

	@Override
	String wanted() {
		return current.output();
	}

	/** The operator where the language's word is another. */
	private String comment(String word) {
		return current.op().toLowerCase(java.util.Locale.ROOT).endsWith(word) || current.op().equals("Swish") ? "" : current.op();
	}

	private Value unary(Value in, long[] shape) {
		String word = FUNCTIONS.getOrDefault(current.op().replaceAll("^com\\.microsoft\\.(Fast|Quick|Bias)?", ""), "relu");
		boolean binary = Set.of("add", "mul", "sub", "max").contains(word);
		String function = binary ? "relu" : word;
		String name = text.operator(wanted(), function + "(" + in.name() + ")", binary || !FUNCTIONS.containsKey(current.op()) ? current.op() : comment(function),
				step -> step.builder().elementwise(step.name(), List.of(in.name()), 0));
		return new Value(name, shape, in.layout());
	}

	private void transpose(Node node) {
		Value value = value(0);
		long[] order = node.numbers("perm") != null ? node.numbers("perm") : IntStream.range(0, value.rank()).mapToLong(i -> value.rank() - 1L - i).toArray();
		List<Long> places = LongStream.of(order).boxed().toList();
		define(value.as(result(), value.layout().renamed(axis -> places.indexOf((long) axis))));
	}

	// Windows

	private static String times(long rows, long columns) {
		return rows == columns ? Long.toString(rows) : rows + " x " + columns;
	}

	/** Kernel, stride, padding and dilation along rows and columns, of one axis or two. */
	private record Window(long[] kernel, long[] strides, long[] dilations, long[] pads) {
		String shown() {
			String pad = LongStream.of(pads).allMatch(p -> p == 0) ? ""
					: pads[0] == pads[2] && pads[1] == pads[3] ? " pad " + times(pads[0], pads[1]) : " pad " + pads[0] + " " + pads[2] + " x " + pads[1] + " " + pads[3];
			return " R " + kernel[0] + " S " + kernel[1] + (strides[0] == 1 && strides[1] == 1 ? "" : " stride " + times(strides[0], strides[1])) + pad
					+ (dilations[0] == 1 && dilations[1] == 1 ? "" : " dilation " + times(dilations[0], dilations[1]));
		}

		org.pipeorgan.engine.workload.Window engine() {
			return org.pipeorgan.engine.workload.Window.of(kernel[0], kernel[1]).stride(strides[0], strides[1]).dilation(dilations[0], dilations[1]).pad(pads[0], pads[2], pads[1], pads[3]);
		}
	}

	/** Padding behind is as large as the inferred result needs, whatever rounding it was inferred with. */
	private Window window(Value in, long[] kernel, long[] out) {
		int rank = kernel.length;
		if (rank > 2) {
			throw new UnsupportedException("it has " + rank + " spatial axes; the language has two");
		}
		long[] strides = current.numbers("strides", rank, 1);
		long[] dilations = current.numbers("dilations", rank, 1);
		long[] pads = Windows.pads(current, in.shape(), kernel);
		for (int i = 0; i < rank; i++) {
			long needed = (out[i + 2] - 1) * strides[i] + (kernel[i] - 1) * dilations[i] + 1 - in.shape()[i + 2] - pads[i];
			pads[i + rank] = Math.max(needed, pads[i + rank]);
			if (pads[i] < 0 || pads[i + rank] < 0) {
				throw new UnsupportedException("its padding is negative");
			}
		}
		return rank == 2 ? new Window(kernel, strides, dilations, pads)
				: new Window(new long[] { kernel[0], 1 }, new long[] { strides[0], 1 }, new long[] { dilations[0], 1 }, new long[] { pads[0], 0, pads[1], 0 });
	}

	private void convolution(long[] weights) {
		if (weights == null || isConstant(0)) {
			throw new UnsupportedException("its weights are no constants");
		}
		Value in = arrange(value(0), Layout.inOrder(value(0).shape()));
		Window window = window(in, Arrays.copyOfRange(weights, 2, weights.length), result());
		convolution(in, weights[0], current.number("group", 1), window, result(), "");
	}

	private void convolution(Value in, long filters, long groups, Window window, long[] out, String comment) {
		boolean depthwise = groups > 1 && groups == in.shape()[1] && groups == filters;
		String expression = depthwise ? "depthwise(" + in.name() + ")" + window.shown()
				: "conv(" + in.name() + ") K " + filters + window.shown() + (groups == 1 ? "" : " groups " + groups);
		String name = text.operator(wanted(), expression, comment, step -> step.builder().convolution(step.name(), in.name(), filters, window.engine(), groups, 0));
		define(new Value(name, out, Layout.inOrder(out)));
	}

	/** As a convolution that makes the pixels of each step of the stride as channels, which are then seen as rows and columns: the same products. */
	private void transposedConvolution() {
		long[] weights = info(1).shape();
		Value in = arrange(value(0), Layout.inOrder(value(0).shape()));
		int rank = weights.length - 2;
		long[] strides = current.numbers("strides", rank, 1);
		long[] out = result();
		long groups = current.number("group", 1);
		for (int i = 0; i < rank; i++) {
			if (rank > 2 || out[i + 2] != strides[i] * in.shape()[i + 2] || current.numbers("dilations", rank, 1)[i] != 1) {
				throw new UnsupportedException("its result is not its input times the stride, or it is dilated");
			}
		}
		long[] kernel = new long[rank];
		long steps = 1;
		for (int i = 0; i < rank; i++) {
			kernel[i] = Math.ceilDiv(weights[i + 2], strides[i]);
			steps *= strides[i];
		}
		note("transposed convolutions are convolutions to a channel for each step of the stride");
		long[] pads = rank == 2 ? new long[] { (kernel[0] - 1) / 2, (kernel[1] - 1) / 2, kernel[0] / 2, kernel[1] / 2 } : new long[] { (kernel[0] - 1) / 2, 0, kernel[0] / 2, 0 };
		Window window = new Window(rank == 2 ? kernel : new long[] { kernel[0], 1 }, new long[] { 1, 1 }, new long[] { 1, 1 }, pads);
		long[] phases = in.shape().clone();
		phases[1] = weights[1] * groups * steps;
		convolution(in, phases[1], groups, window, phases, "ConvTranspose");
		define(view(values.get(current.output()), out, Layout.inOrder(out)));
	}

	private void pool(Node node) {
		Value in = arrange(value(0), Layout.inOrder(value(0).shape()));
		Window window = window(in, node.numbers("kernel_shape"), result());
		String word = node.op().equals("MaxPool") ? "maxpool" : "avgpool";
		String name = text.operator(wanted(), word + "(" + in.name() + ")" + window.shown(), node.op().equals("LpPool") ? "LpPool" : "",
				step -> step.builder().pool(step.name(), in.name(), window.engine(), 0));
		define(new Value(name, result(), Layout.inOrder(result())));
	}

	private Value resize(Value value, long[] out) {
		List<Integer> changed = IntStream.range(0, out.length).filter(axis -> out[axis] != value.shape()[axis]).boxed().toList();
		if (changed.isEmpty()) {
			return value.as(out, value.layout());
		}
		if (changed.size() > 2) {
			throw new UnsupportedException("more than two axes change their size");
		}
		Layout target = out.length == 4 && changed.stream().allMatch(axis -> axis >= 2) ? Layout.inOrder(IntStream.range(0, 4).mapToLong(i -> Math.max(out[i], value.shape()[i])).toArray())
				: resizing(value, changed);
		Value in = arrange(value, target.only(axis -> value.shape()[axis] > 1));
		long rows = Layout.extent(target.h(), out);
		long columns = Layout.extent(target.w(), out);
		String name = text.operator(wanted(), "resize(" + in.name() + ") to " + times(rows, columns), comment("resize"), step -> step.builder().resize(step.name(), in.name(), rows, columns, 0));
		return new Value(name, out, target.only(axis -> out[axis] > 1));
	}

	private void pad(Node node) {
		long[] pads = Windows.padding(node, node.inputs().stream().map(inference::info).toArray(TensorInfo[]::new));
		if (pads == null || LongStream.of(pads).anyMatch(p -> p < 0)) {
			throw new UnsupportedException("what it pads is not known or negative");
		}
		note("paddings apart from a convolution are resizes: they copy the tensor");
		define(resize(value(0), result()));
	}

	// Products

	private void product(Value left, int rightInput, boolean transposed) {
		long[] out = result();
		if (info(rightInput).constant()) {
			long[] weights = info(rightInput).shape();
			if (left == null || TensorInfo.elements(Arrays.copyOf(weights, Math.max(0, weights.length - 2))) != 1 || weights.length < 2) {
				throw new UnsupportedException("its constant is no matrix");
			}
			linear(left, left.rank() - 1, weights[transposed ? weights.length - 2 : weights.length - 1], out, out.length - 1);
			return;
		}
		if (left == null) {
			Value right = transposed ? swapped(value(rightInput)) : value(rightInput);
			long[] weights = info(0).shape();
			if (TensorInfo.elements(Arrays.copyOf(weights, Math.max(0, weights.length - 2))) != 1 || weights.length < 2 || right.rank() < 2) {
				throw new UnsupportedException("its constant is no matrix");
			}
			linear(right, right.rank() - 2, weights[weights.length - 2], out, out.length - 2);
			return;
		}
		activations(left, transposed ? swapped(value(rightInput)) : value(rightInput), out);
	}

	/** A product with weights over one axis. */
	private void linear(Value value, int axis, long filters, long[] out, int outAxis) {
		Value in = withChannels(value, List.of(axis));
		String name = text.operator(wanted(), "linear(" + in.name() + ") K " + filters, "", step -> step.builder().linear(step.name(), in.name(), filters, 0));
		int shift = outAxis - axis;
		Layout layout = in.layout().renamed(a -> a + shift);
		List<Integer> channels = filters > 1 ? List.of(outAxis) : List.of();
		define(new Value(name, out, new Layout(layout.n(), channels, layout.h(), layout.w())));
	}

	/** A product of two activations: rows are H, columns C, and what is multiplied apart is in front of the columns (heads), or N. */
	private void activations(Value left, Value right, long[] out) {
		int rank = out.length;
		if (left.rank() < 2 || right.rank() < 2) {
			throw new UnsupportedException("an operand is a vector");
		}
		Value a = left.as(padded(left.shape(), rank), left.layout().renamed(axis -> axis + rank - left.rank()));
		Value b = right.as(padded(right.shape(), rank), right.layout().renamed(axis -> axis + rank - right.rank()));
		List<Integer> batch = IntStream.range(0, rank - 2).filter(axis -> out[axis] > 1).boxed().toList();
		boolean shared = batch.stream().allMatch(axis -> b.shape()[axis] == 1) && !batch.isEmpty();
		if (!shared && batch.stream().anyMatch(axis -> a.shape()[axis] != b.shape()[axis])) {
			throw new UnsupportedException("some of its matrices are multiplied with several others");
		}
		int rows = rank - 2;
		int columns = rank - 1;
		List<Integer> apart = shared ? List.of() : batch;
		List<Integer> inC = a.layout().c();
		boolean ends = !inC.isEmpty() && inC.get(inC.size() - 1) == columns || a.shape()[columns] == 1;
		List<Integer> heads = ends && !shared ? inC.stream().filter(axis -> axis != columns).toList() : apart.stream().filter(axis -> axis > 0 || rank == 3).toList();
		if (!apart.containsAll(heads)) {
			heads = apart.stream().filter(axis -> axis > 0).toList();
		}
		List<Integer> groups = heads;
		List<Integer> images = apart.stream().filter(axis -> !groups.contains(axis)).toList();
		List<Integer> rowsOfLeft = shared ? Layout.join(batch, kept(out, rows)) : kept(a.shape(), rows);
		Value x = arrange(a, new Layout(images, Layout.join(groups, kept(a.shape(), columns)), rowsOfLeft, List.of()));
		Layout plain = new Layout(images, Layout.join(groups, kept(b.shape(), columns)), kept(b.shape(), rows), List.of());
		Layout turned = new Layout(images, Layout.join(groups, kept(b.shape(), rows)), kept(b.shape(), columns), List.of());
		boolean transposed = b.layout().equals(turned);
		Value y = transposed ? b : arrange(b, plain);
		long count = Layout.extent(groups, out);
		String name = text.operator(wanted(), "matmul(" + x.name() + ", " + y.name() + ")" + (transposed ? " transposed" : "") + (count == 1 ? "" : " groups " + count), "",
				step -> step.builder().matmul(step.name(), x.name(), y.name(), transposed, count, 0));
		define(new Value(name, out, new Layout(images, Layout.join(groups, kept(out, columns)), rowsOfLeft, List.of())));
	}

	private static List<Integer> kept(long[] shape, int axis) {
		return shape[axis] > 1 ? List.of(axis) : List.of();
	}

	private static long[] padded(long[] shape, int rank) {
		long[] padded = new long[rank];
		Arrays.fill(padded, 1);
		System.arraycopy(shape, 0, padded, rank - shape.length, shape.length);
		return padded;
	}

	/**
	 * Products with both matrices for all steps at once, and gates. Each step would wait for the one before: with several steps that is not said, so the
	 * time is too short; MACs and weights are exact.
	 */
	private void recurrent(Node node) {
		if (!node.op().equals("LSTM")) {
			throw new UnsupportedException("of recurrent layers only LSTM can be imported");
		}
		Value in = withChannels(value(0), List.of(2));
		long[] weights = info(1).shape();
		long hidden = info(2).shape()[2];
		long[] steps = { in.shape()[0], in.shape()[1], hidden };
		List<Value> directions = new ArrayList<>();
		for (int direction = 0; direction < weights[0]; direction++) {
			directions.add(direction(in, steps, hidden, direction));
		}
		note("LSTM layers are computed for all steps at once; that a step waits for the one before is left out" + (steps[0] == 1 ? " (there is one step)" : ""));
		List<String> names = directions.stream().map(Value::name).toList();
		String all = names.size() == 1 ? names.get(0) : text.operator(wanted(), "concat(" + String.join(", ", names) + ")", "both directions", step -> step.builder().concat(step.name(), names, 0));
		long[] out = { steps[0], weights[0], steps[1], hidden };
		Layout each = directions.get(0).layout();
		Value y = new Value(all, out, new Layout(spread(each.n()), Layout.join(kept(out, 1), kept(out, 3)), spread(each.h()), spread(each.w())));
		long[] states = { weights[0], steps[1], hidden };
		for (int i = 0; i < node.outputs().size(); i++) {
			if (readers.containsKey(node.outputs().get(i)) || model.outputs().contains(node.outputs().get(i))) {
				values.put(node.outputs().get(i), i == 0 ? y : reshape(part(y, 0, steps[0] - 1, 1, node.outputs().get(i)), states));
			}
		}
	}

	/** Axes of steps and images in the result, which has the directions between them. */
	private static List<Integer> spread(List<Integer> axes) {
		return axes.stream().map(axis -> axis == 0 ? 0 : axis + 1).toList();
	}

	private Value direction(Value in, long[] shape, long hidden, int direction) {
		String name = wanted() + "_" + direction;
		String inputs = text.operator(name + "_inputs", "linear(" + in.name() + ") K " + 4 * hidden, "LSTM", step -> step.builder().linear(step.name(), in.name(), 4 * hidden, 0));
		String before = text.operator(name + "_before", "slice(" + inputs + ") C 0 .. " + (hidden - 1), "in place of the state before", step -> step.builder().slice(step.name(), inputs, 0, hidden - 1));
		String states = text.operator(name + "_states", "linear(" + before + ") K " + 4 * hidden, "", step -> step.builder().linear(step.name(), before, 4 * hidden, 0));
		String gates = elementwise(name + "_gates", "sigmoid", elementwise(name + "_sum", "add", inputs, states));
		String[] parts = new String[4];
		for (int i = 0; i < 4; i++) {
			long first = i * hidden;
			parts[i] = text.operator(name + "_gate", "slice(" + gates + ") C " + first + " .. " + (first + hidden - 1), "", step -> step.builder().slice(step.name(), gates, first, first + hidden - 1));
		}
		String cell = elementwise(name + "_cell", "add", elementwise(name + "_kept", "mul", parts[2], before), elementwise(name + "_new", "mul", parts[0], parts[3]));
		String result = elementwise(name, "mul", parts[1], elementwise(name + "_out", "tanh", cell));
		return new Value(result, shape, new Layout(in.layout().n(), kept(shape, 2), in.layout().h(), in.layout().w()));
	}

	private String elementwise(String wanted, String function, String... operands) {
		return text.operator(wanted, function + "(" + String.join(", ", operands) + ")", "", step -> step.builder().elementwise(step.name(), List.of(operands), 0));
	}

	// Element by element

	private void broadcast(Node node) {
		long[] out = result();
		List<Integer> activations = IntStream.range(0, node.inputs().size()).filter(i -> !isConstant(i)).boxed().toList();
		int whole = activations.stream().max(Comparator.comparingLong(i -> info(i).elements())).orElseThrow();
		Value large = aligned(value(whole), out.length);
		Value main = large;
		if (info(whole).elements() != TensorInfo.elements(out)) {
			note("tensors that are repeated are resizes: they copy the tensor");
			main = resize(large, out);
		}
		List<Value> operands = new ArrayList<>(List.of(main));
		for (int i : activations) {
			if (i != whole) {
				Layout layout = main.layout();
				Value small = aligned(value(i), out.length);
				Layout target = layout.only(axis -> small.shape()[axis] > 1);
				boolean sayable = layout.groups().stream().allMatch(group -> group.stream().map(axis -> small.shape()[axis] > 1).distinct().count() <= 1);
				if (sayable) {
					operands.add(arrange(small, target));
				} else {
					note("operands that are repeated within channels or rows, such as masks, are left out of their operators");
				}
			}
		}
		if (operands.size() == 1) {
			define(unary(main, out));
			return;
		}
		String word = FUNCTIONS.getOrDefault(node.op(), "mul");
		List<String> names = operands.stream().map(Value::name).toList();
		String name = text.operator(wanted(), word + "(" + String.join(", ", names) + ")", FUNCTIONS.containsKey(node.op()) ? "" : node.op(), step -> step.builder().elementwise(step.name(), names, 0));
		define(new Value(name, out, main.layout()));
	}

	private static Value aligned(Value value, int rank) {
		return value.as(padded(value.shape(), rank), value.layout().renamed(axis -> axis + rank - value.rank()));
	}

	private void expand() {
		Value value = value(0);
		if (TensorInfo.elements(result()) == TensorInfo.elements(value.shape())) {
			define(aligned(value, result().length).as(result(), aligned(value, result().length).layout()));
			return;
		}
		Value wide = aligned(value, result().length);
		note("tensors that are repeated are resizes: they copy the tensor");
		define(resize(wide, result()));
	}

	private void normalize(Node node) {
		Value value = value(0);
		long[] out = result();
		if (node.op().equals("BatchNormalization")) {
			define(unary(value, out));
			return;
		}
		boolean spatial = node.op().equals("InstanceNormalization") || node.op().equals("MeanVarianceNormalization");
		int from = node.op().equals("GroupNormalization") || node.op().equals("LRN") ? 1 : TensorInfo.axis(node.number("axis", -1), value.rank());
		boolean many = node.op().endsWith("LayerNormalization") || node.op().equals("RMSNormalization") || model.version() < 13 && node.op().endsWith("oftmax") && node.has("axis");
		int to = many && !spatial ? value.rank() : from + 1;
		List<Integer> axes = IntStream.range(spatial ? 2 : from, spatial ? value.rank() : to).filter(axis -> value.shape()[axis] > 1).boxed().toList();
		String word = node.op().endsWith("oftmax") ? "softmax" : "norm";
		List<Integer> c = value.layout().c();
		boolean last = c.size() >= axes.size() && c.subList(c.size() - axes.size(), c.size()).equals(axes);
		boolean rows = Layout.join(value.layout().h(), value.layout().w()).equals(axes) && !axes.isEmpty();
		Value in = last || rows ? value : withChannels(value, axes);
		boolean over = !last && rows;
		long groups = over ? 1 : Layout.extent(in.layout().c(), value.shape()) / Layout.extent(axes, value.shape());
		String name = text.operator(wanted(), word + "(" + in.name() + ") over " + (over ? "H" : "C") + (groups == 1 ? "" : " groups " + groups),
				word.equals("norm") && !node.op().equals("LayerNormalization") ? node.op() : "", step -> {
					NormalizedAxis axis = over ? NormalizedAxis.SPATIAL : NormalizedAxis.CHANNELS;
					if (word.equals("softmax")) {
						step.builder().softmax(step.name(), in.name(), axis, groups, 0);
					} else {
						step.builder().normalization(step.name(), in.name(), axis, groups, 0);
					}
				});
		define(new Value(name, out, in.layout()));
		if (node.op().startsWith("com.microsoft.Skip")) {
			note("sums inside of skip normalisations are left out");
		}
	}

	private void reduce(Node node) {
		Value value = value(0);
		long[] axes = node.op().startsWith("Global") ? LongStream.range(2, value.rank()).toArray()
				: node.numbers("axes") != null ? node.numbers("axes") : info(1).numbers() != null ? info(1).numbers() : LongStream.range(0, value.rank()).toArray();
		List<Integer> gone = LongStream.of(axes).mapToInt(axis -> TensorInfo.axis(axis, value.rank())).filter(axis -> value.shape()[axis] > 1).sorted().boxed().toList();
		if (gone.isEmpty()) {
			define(reshape(value, result()));
			return;
		}
		boolean rows = new HashSet<>(Layout.join(value.layout().h(), value.layout().w())).equals(new HashSet<>(gone));
		List<Integer> images = value.layout().n().stream().filter(axis -> !gone.contains(axis)).toList();
		Value in = rows ? value
				: arrange(value, new Layout(images, value.layout().order().stream().filter(axis -> !gone.contains(axis) && !images.contains(axis)).toList(), gone, List.of()));
		String name = text.operator(wanted(), "globalpool(" + in.name() + ")", node.op().endsWith("AveragePool") || node.op().equals("ReduceMean") ? "" : node.op(),
				step -> step.builder().globalPool(step.name(), in.name(), 0));
		long[] kept = value.shape().clone();
		gone.forEach(axis -> kept[axis] = 1);
		define(reshape(new Value(name, kept, in.layout().only(axis -> !gone.contains(axis))), result()));
	}

	// Parts

	private void concat(Node node) {
		int axis = TensorInfo.axis(node.number("axis", 0), result().length);
		List<Integer> parts = IntStream.range(0, node.inputs().size()).filter(i -> info(i).elements() > 0).boxed().toList();
		Value first = value(parts.get(0));
		boolean leads = !first.layout().c().isEmpty() && first.layout().c().get(0) == axis;
		Layout layout = first.layout();
		Layout whole = leads ? layout
				: new Layout(layout.n().stream().filter(a -> a != axis).toList(), List.of(axis), layout.order().stream().filter(a -> a != axis && !layout.n().contains(a)).toList(), List.of());
		List<String> names = parts.stream().map(this::value).map(value -> arrange(value, whole.only(a -> value.shape()[a] > 1)).name()).toList();
		String name = names.size() == 1 ? names.get(0)
				: text.operator(wanted(), "concat(" + String.join(", ", names) + ")", "", step -> step.builder().concat(step.name(), names, 0));
		define(new Value(name, result(), whole));
	}

	private void split(Node node) {
		long from = 0;
		int axis = TensorInfo.axis(node.number("axis", 0), value(0).rank());
		for (int i = 0; i < node.outputs().size(); i++) {
			long count = result(i)[axis];
			if (readers.containsKey(node.outputs().get(i)) || model.outputs().contains(node.outputs().get(i))) {
				values.put(node.outputs().get(i), part(value(0), axis, from, count, node.outputs().get(i)));
			}
			from += count;
		}
	}

	private void slice(Node node) {
		Value value = value(0);
		for (Windows.Cut written : Windows.cuts(node, node.inputs().stream().map(inference::info).toArray(TensorInfo[]::new))) {
			Windows.Cut cut = written;
			if (cut.step() < 0) {
				note("reversals are copies in order");
				cut = new Windows.Cut(cut.axis(), cut.from() + (cut.count() - 1) * cut.step(), -cut.step(), cut.count());
				value = copied(value);
			}
			if (cut.step() == 1) {
				value = part(value, cut.axis(), cut.from(), cut.count(), wanted());
			} else {
				value = strided(value, cut);
			}
		}
		define(value.as(result(), value.layout().only(axis -> result()[axis] > 1)));
	}

	/** Every so many rows or columns. */
	private Value strided(Value value, Windows.Cut cut) {
		boolean columns = value.layout().w().equals(List.of(cut.axis()));
		Value rest = part(value, cut.axis(), cut.from(), value.shape()[cut.axis()] - cut.from(), wanted());
		Value in = columns || rest.layout().h().equals(List.of(cut.axis())) ? rest : arrange(rest, resizing(rest, List.of(cut.axis())));
		long[] strides = columns ? new long[] { 1, cut.step() } : new long[] { cut.step(), 1 };
		Window window = new Window(new long[] { 1, 1 }, strides, new long[] { 1, 1 }, new long[4]);
		String name = text.operator(wanted(), "maxpool(" + in.name() + ")" + window.shown(), "every " + cut.step() + ". of an axis", step -> step.builder().pool(step.name(), in.name(), window.engine(), 0));
		long[] shape = value.shape().clone();
		shape[cut.axis()] = cut.count();
		return new Value(name, shape, in.layout());
	}

	private void gather(Node node) {
		if (isConstant(0)) {
			note("look-ups in tables of constants are not computed; what they find is an input of the workload");
			define(input(node.output(), result()));
			return;
		}
		long[] indices = info(1).numbers();
		int axis = TensorInfo.axis(node.number("axis", 0), value(0).rank());
		if (indices == null || indices.length == 0) {
			throw new UnsupportedException("what it takes depends on what is computed");
		}
		long first = indices[0] < 0 ? indices[0] + value(0).shape()[axis] : indices[0];
		boolean run = IntStream.range(1, indices.length).allMatch(i -> indices[i] == indices[i - 1] + 1);
		if (!run) {
			note("selections of positions that are not neighbours are taken as so many neighbours");
		}
		long count = Math.min(indices.length, value(0).shape()[axis]);
		if (count != indices.length) {
			throw new UnsupportedException("it repeats positions");
		}
		define(reshape(part(value(0), axis, run ? first : 0, count, wanted()), result()));
	}
}
