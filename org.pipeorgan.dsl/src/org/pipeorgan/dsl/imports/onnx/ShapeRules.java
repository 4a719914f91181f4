package org.pipeorgan.dsl.imports.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** The shape rules of ONNX's operators, one node at a time. An operator without a rule gives nothing. */
final class ShapeRules {
	/** Operators whose result has the shape of their first input. */
	static final Set<String> POINTWISE = Set.of("Relu", "LeakyRelu", "PRelu", "Sigmoid", "HardSigmoid", "Tanh", "HardSwish", "Erf", "Sqrt", "Exp", "Log", "Neg", "Abs", "Reciprocal", "Clip", "Gelu", "Elu",
			"Selu", "Celu", "Softplus", "Softsign", "Mish", "Swish", "ThresholdedRelu", "Floor", "Ceil", "Round", "Sign", "Sin", "Cos", "Not", "IsNaN", "com.microsoft.Gelu", "com.microsoft.FastGelu", "com.microsoft.BiasGelu",
			"com.microsoft.QuickGelu");
	/** Operators that pass their first input on. */
	static final Set<String> PASSING = Set.of("Identity", "Cast", "CastLike", "Dropout", "QuantizeLinear", "DequantizeLinear");
	/** Operators that normalise their first input. */
	static final Set<String> NORMALIZING = Set.of("Softmax", "LogSoftmax", "LayerNormalization", "SimplifiedLayerNormalization", "RMSNormalization", "BatchNormalization", "InstanceNormalization",
			"GroupNormalization", "LpNormalization", "MeanVarianceNormalization", "LRN", "com.microsoft.SkipLayerNormalization");
	/** Operators of broadcast operands. */
	static final Set<String> BROADCASTING = Set.of("Add", "Sub", "Mul", "Div", "Pow", "Min", "Max", "Mean", "Sum", "Mod", "Equal", "Greater", "Less", "GreaterOrEqual", "LessOrEqual", "And", "Or", "Xor",
			"Where");
	private static final Set<String> RANDOM = Set.of("RandomNormal", "RandomUniform", "RandomNormalLike", "RandomUniformLike", "Multinomial", "Bernoulli");

	private final Node node;
	private final TensorInfo[] in;
	private final OnnxModel model;

	ShapeRules(Node node, TensorInfo[] in, OnnxModel model) {
		this.node = node;
		this.in = in;
		this.model = model;
	}

	static boolean isDeterministic(Node node) {
		return !RANDOM.contains(node.op());
	}

	/** What is known of each result. @throws IllegalArgumentException if the inputs do not fit each other */
	List<TensorInfo> infer() {
		if (node.op().equals("Constant")) {
			return List.of(constant());
		}
		// what is unknown stays so, but for optional inputs
		if (in.length > 0 && !in[0].isKnown() && !node.op().equals("Loop") && !node.op().equals("Scan")) {
			return List.of();
		}
		if (POINTWISE.contains(node.op()) || PASSING.contains(node.op()) || NORMALIZING.contains(node.op())) {
			return same();
		}
		if (BROADCASTING.contains(node.op())) {
			return Arrays.stream(in).anyMatch(each -> !each.isKnown()) ? List.of() : List.of(Folding.broadcast(node.op(), in));
		}
		if (node.op().startsWith("Reduce")) {
			return List.of(reduce());
		}
		return switch (node.op()) {
		case "Conv", "ConvInteger", "com.microsoft.FusedConv" -> List.of(convolution(in[1].shape()));
		case "QLinearConv" -> List.of(convolution(in[3].shape()));
		case "ConvTranspose" -> List.of(transposedConvolution());
		case "MaxPool", "AveragePool", "LpPool" -> List.of(pool());
		case "GlobalAveragePool", "GlobalMaxPool", "GlobalLpPool" -> List.of(globalPool());
		case "MatMul", "MatMulInteger", "com.microsoft.MatMulIntegerToFloat", "com.microsoft.DynamicQuantizeMatMul" -> List.of(product(in[0].shape(), in[1].shape()));
		case "com.microsoft.FusedMatMul" -> List.of(product(swapped(in[0].shape(), node.number("transA", 0) != 0), swapped(in[1].shape(), node.number("transB", 0) != 0)));
		case "QLinearMatMul" -> List.of(product(in[0].shape(), in[3].shape()));
		case "Gemm" -> List.of(product(swapped(in[0].shape(), node.number("transA", 0) != 0), swapped(in[1].shape(), node.number("transB", 0) != 0)));
		case "DynamicQuantizeLinear" -> List.of(TensorInfo.of(in[0].shape()), TensorInfo.of().asConstant(), TensorInfo.of().asConstant());
		case "Shape" -> List.of(shapeOf());
		case "Size" -> List.of(TensorInfo.values(new long[0], in[0].elements()));
		case "Reshape" -> reshape();
		case "Flatten" -> List.of(view(flat()));
		case "Squeeze" -> List.of(view(squeezed()));
		case "Unsqueeze" -> List.of(view(unsqueezed()));
		case "Transpose" -> List.of(transposed());
		case "Concat" -> List.of(Folding.concat(in, in[0].axis(node.number("axis", 0))));
		case "Split" -> split();
		case "Slice" -> List.of(sliced());
		case "Gather" -> List.of(Folding.gather(in[0], in[1], in[0].axis(node.number("axis", 0))));
		case "ConstantOfShape" -> List.of(constantOfShape());
		case "Range" -> List.of(range());
		case "Expand" -> in[1].numbers() == null ? List.of() : List.of(Folding.broadcast("Expand", in[0], new TensorInfo(in[1].numbers(), null, false)));
		case "Tile" -> in[1].numbers() == null ? List.of() : List.of(TensorInfo.of(each(i -> in[0].shape()[i] * in[1].numbers()[i])));
		case "Pad" -> pad();
		case "Resize", "Upsample" -> resize();
		case "DepthToSpace" -> List.of(depthToSpace());
		case "SpaceToDepth" -> List.of(spaceToDepth());
		case "LSTM", "GRU", "RNN" -> recurrent();
		case "ArgMax", "ArgMin" -> List.of(reduced(new long[] { node.number("axis", 0) }));
		default -> List.of();
		};
	}

	private List<TensorInfo> same() {
		TensorInfo first = Folding.pointwise(node.op(), in[0]);
		return node.op().equals("PRelu") ? List.of(TensorInfo.of(in[0].shape())) : List.of(first);
	}

	private long[] each(java.util.function.IntToLongFunction extent) {
		return IntStream.range(0, in[0].rank()).mapToLong(extent).toArray();
	}

	private TensorInfo constant() {
		if (node.tensor("value").isPresent()) {
			return model.constant(node.tensor("value").get());
		}
		if (node.has("value_int")) {
			return TensorInfo.values(new long[0], node.number("value_int", 0));
		}
		if (node.has("value_float")) {
			return TensorInfo.values(new long[0], node.attributes().get("value_float").getF());
		}
		if (node.has("value_ints")) {
			return TensorInfo.list(Arrays.stream(node.numbers("value_ints")).asDoubleStream().toArray());
		}
		return node.has("value_floats") ? TensorInfo.list(node.decimals("value_floats")) : new TensorInfo(new long[0], null, true);
	}

	/** Dimensions of a window's output behind the first two axes. */
	private long[] windows(long[] kernel, boolean ceil) {
		int rank = kernel.length;
		long[] strides = node.numbers("strides", rank, 1);
		long[] dilations = node.numbers("dilations", rank, 1);
		long[] pads = Windows.pads(node, in[0].shape(), kernel);
		return IntStream.range(0, rank).mapToLong(i -> {
			long room = in[0].shape()[i + 2] + pads[i] + pads[i + rank] - (kernel[i] - 1) * dilations[i] - 1;
			if (room < 0) {
				throw new IllegalArgumentException("a window of " + kernel[i] + " does not fit into " + in[0].shape()[i + 2] + " with its padding");
			}
			long count = (ceil ? Math.ceilDiv(room, strides[i]) : room / strides[i]) + 1;
			// a window does not begin in the padding behind the input
			return ceil && (count - 1) * strides[i] >= in[0].shape()[i + 2] + pads[i] ? count - 1 : count;
		}).toArray();
	}

	private TensorInfo convolution(long[] weights) {
		require(weights != null && weights.length == in[0].rank() && weights.length > 2, "the weights have other axes than the input");
		long groups = node.number("group", 1);
		require(weights[1] * groups == in[0].shape()[1], "the weights ask for " + weights[1] * groups + " channels");
		return TensorInfo.of(join(new long[] { in[0].shape()[0], weights[0] }, windows(Arrays.copyOfRange(weights, 2, weights.length), false)));
	}

	private TensorInfo transposedConvolution() {
		long[] weights = in[1].shape();
		require(weights != null && weights.length == in[0].rank() && weights.length > 2 && weights[0] == in[0].shape()[1], "the weights do not fit the channels");
		int rank = weights.length - 2;
		long[] strides = node.numbers("strides", rank, 1);
		long[] dilations = node.numbers("dilations", rank, 1);
		long[] extra = node.numbers("output_padding", rank, 0);
		long[] pads = node.numbers("pads", 2 * rank, 0);
		long[] stated = node.numbers("output_shape");
		boolean same = node.text("auto_pad", "NOTSET").startsWith("SAME");
		return TensorInfo.of(join(new long[] { in[0].shape()[0], weights[1] * node.number("group", 1) }, IntStream.range(0, rank).mapToLong(i -> stated != null ? stated[stated.length - rank + i]
				: same ? in[0].shape()[i + 2] * strides[i] : strides[i] * (in[0].shape()[i + 2] - 1) + extra[i] + (weights[i + 2] - 1) * dilations[i] + 1 - pads[i] - pads[i + rank]).toArray()));
	}

	private TensorInfo pool() {
		return TensorInfo.of(join(Arrays.copyOf(in[0].shape(), 2), windows(node.numbers("kernel_shape"), node.number("ceil_mode", 0) != 0)));
	}

	private TensorInfo globalPool() {
		return TensorInfo.of(each(i -> i < 2 ? in[0].shape()[i] : 1));
	}

	private static long[] swapped(long[] shape, boolean swap) {
		long[] swapped = shape.clone();
		if (swap) {
			swapped[shape.length - 1] = shape[shape.length - 2];
			swapped[shape.length - 2] = shape[shape.length - 1];
		}
		return swapped;
	}

	private static TensorInfo product(long[] left, long[] right) {
		long[] a = left.length == 1 ? new long[] { 1, left[0] } : left;
		long[] b = right.length == 1 ? new long[] { right[0], 1 } : right;
		require(a[a.length - 1] == b[b.length - 2], "the contracted extents are " + a[a.length - 1] + " and " + b[b.length - 2]);
		long[] batch = Folding.broadcast(Arrays.copyOf(a, a.length - 2), Arrays.copyOf(b, b.length - 2));
		long[] rows = left.length == 1 ? new long[0] : new long[] { a[a.length - 2] };
		long[] columns = right.length == 1 ? new long[0] : new long[] { b[b.length - 1] };
		return TensorInfo.of(join(batch, join(rows, columns)));
	}

	private TensorInfo reduce() {
		long[] axes = node.numbers("axes");
		if (axes == null && in.length > 1 && in[1].isKnown()) {
			axes = in[1].numbers();
			require(axes != null, "its axes are not known");
		}
		if (axes == null || axes.length == 0) {
			axes = node.number("noop_with_empty_axes", 0) != 0 ? new long[0] : LongStream.range(0, in[0].rank()).toArray();
		}
		return Folding.reduce(node.op(), in[0], reduced(axes), axes);
	}

	private TensorInfo reduced(long[] axes) {
		boolean keep = node.number("keepdims", 1) != 0;
		Set<Integer> gone = new TreeSet<>();
		LongStream.of(axes).forEach(axis -> gone.add(in[0].axis(axis)));
		return TensorInfo.of(IntStream.range(0, in[0].rank()).filter(i -> keep || !gone.contains(i)).mapToLong(i -> gone.contains(i) ? 1 : in[0].shape()[i]).toArray());
	}

	private TensorInfo shapeOf() {
		int rank = in[0].rank();
		int start = Math.clamp(node.number("start", 0) < 0 ? node.number("start", 0) + rank : node.number("start", 0), 0, rank);
		long written = node.number("end", rank);
		int end = Math.clamp(written < 0 ? written + rank : written, start, rank);
		return TensorInfo.list(Arrays.stream(in[0].shape(), start, end).asDoubleStream().toArray());
	}

	/** The same elements under another shape. */
	private TensorInfo view(long[] shape) {
		return new TensorInfo(shape, in[0].values(), in[0].constant());
	}

	private List<TensorInfo> reshape() {
		long[] wanted = in.length > 1 ? in[1].numbers() : node.numbers("shape");
		if (wanted == null) {
			return List.of();
		}
		long[] shape = wanted.clone();
		int open = -1;
		long rest = 1;
		for (int i = 0; i < shape.length; i++) {
			if (shape[i] == 0 && node.number("allowzero", 0) == 0) {
				shape[i] = in[0].shape()[i];
			}
			if (shape[i] == -1) {
				require(open < 0, "two extents of " + Arrays.toString(wanted) + " are open");
				open = i;
			} else {
				rest = Math.multiplyExact(rest, shape[i]);
			}
		}
		if (open >= 0) {
			require(rest > 0 && in[0].elements() % rest == 0, in[0].elements() + " elements cannot have the shape " + Arrays.toString(wanted));
			shape[open] = in[0].elements() / rest;
		}
		require(TensorInfo.elements(shape) == in[0].elements(), in[0].elements() + " elements cannot have the shape " + Arrays.toString(wanted));
		return List.of(view(shape));
	}

	private long[] flat() {
		long written = node.number("axis", 1);
		int axis = (int) (written < 0 ? written + in[0].rank() : written);
		long rows = LongStream.of(Arrays.copyOf(in[0].shape(), axis)).reduce(1, Math::multiplyExact);
		return new long[] { rows, in[0].elements() / Math.max(1, rows) };
	}

	private long[] axes() {
		return node.numbers("axes") != null ? node.numbers("axes") : in.length > 1 ? in[1].numbers() : null;
	}

	private long[] squeezed() {
		long[] axes = axes();
		Set<Integer> gone = new TreeSet<>();
		for (int i = 0; i < in[0].rank(); i++) {
			if (axes == null && in[0].shape()[i] == 1) {
				gone.add(i);
			}
		}
		LongStream.of(axes == null ? new long[0] : axes).forEach(axis -> gone.add(in[0].axis(axis)));
		gone.forEach(axis -> require(in[0].shape()[axis] == 1, "axis " + axis + " is not 1"));
		return IntStream.range(0, in[0].rank()).filter(i -> !gone.contains(i)).mapToLong(i -> in[0].shape()[i]).toArray();
	}

	private long[] unsqueezed() {
		long[] axes = axes();
		int rank = in[0].rank() + axes.length;
		Set<Integer> added = new TreeSet<>();
		LongStream.of(axes).forEach(axis -> added.add(TensorInfo.axis(axis, rank)));
		long[] shape = new long[rank];
		for (int i = 0, from = 0; i < rank; i++) {
			shape[i] = added.contains(i) ? 1 : in[0].shape()[from++];
		}
		return shape;
	}

	private TensorInfo transposed() {
		long[] order = node.numbers("perm");
		if (order == null) {
			order = IntStream.range(0, in[0].rank()).mapToLong(i -> in[0].rank() - 1L - i).toArray();
		}
		return Folding.transpose(in[0], order);
	}

	private List<TensorInfo> split() {
		int axis = in[0].axis(node.number("axis", 0));
		long[] parts = node.numbers("split") != null ? node.numbers("split") : in.length > 1 && in[1].isKnown() ? in[1].numbers() : null;
		long extent = in[0].shape()[axis];
		if (parts == null) {
			long each = Math.ceilDiv(extent, node.outputs().size());
			parts = IntStream.range(0, node.outputs().size()).mapToLong(i -> Math.min(each, extent - i * each)).toArray();
		}
		require(LongStream.of(parts).sum() == extent, "the parts " + Arrays.toString(parts) + " are not the extent " + extent);
		List<TensorInfo> results = new ArrayList<>();
		long from = 0;
		for (long part : parts) {
			results.add(Folding.slice(in[0], axis, from, 1, part));
			from += part;
		}
		return results;
	}

	private TensorInfo sliced() {
		TensorInfo result = in[0];
		for (Windows.Cut cut : Windows.cuts(node, in)) {
			result = Folding.slice(result, cut.axis(), cut.from(), cut.step(), cut.count());
		}
		return result;
	}

	private TensorInfo constantOfShape() {
		long[] shape = in[0].numbers();
		require(shape != null, "its shape is not known");
		double value = node.tensor("value").map(model::constant).map(TensorInfo::values).filter(values -> values != null && values.length > 0).map(values -> values[0]).orElse(0.0);
		long count = TensorInfo.elements(shape);
		double[] values = count > TensorInfo.MOST_VALUES ? null : DoubleStream.generate(() -> value).limit(count).toArray();
		return new TensorInfo(shape, values, true);
	}

	private TensorInfo range() {
		require(Arrays.stream(in).allMatch(each -> each.values() != null), "its limits are not known");
		double start = in[0].values()[0];
		double step = in[2].values()[0];
		long count = (long) Math.max(0, Math.ceil((in[1].values()[0] - start) / step));
		return count > TensorInfo.MOST_VALUES ? new TensorInfo(new long[] { count }, null, true) : TensorInfo.list(IntStream.range(0, (int) count).mapToDouble(i -> start + i * step).toArray());
	}

	private List<TensorInfo> pad() {
		long[] pads = Windows.padding(node, in);
		return pads == null ? List.of() : List.of(TensorInfo.of(each(i -> in[0].shape()[i] + pads[i] + pads[i + in[0].rank()])));
	}

	private List<TensorInfo> resize() {
		int scalesAt = node.op().equals("Upsample") || model.version() < 11 ? 1 : 2;
		double[] scales = node.has("scales") ? node.decimals("scales") : scalesAt < in.length ? in[scalesAt].values() : null;
		long[] sizes = in.length > 3 ? in[3].numbers() : null;
		long[] axes = node.numbers("axes") == null ? LongStream.range(0, in[0].rank()).toArray() : node.numbers("axes");
		if (sizes != null && sizes.length == axes.length) {
			long[] shape = in[0].shape().clone();
			IntStream.range(0, axes.length).forEach(i -> shape[in[0].axis(axes[i])] = sizes[i]);
			return List.of(TensorInfo.of(shape));
		}
		if (scales == null || scales.length != axes.length) {
			return List.of();
		}
		long[] shape = in[0].shape().clone();
		IntStream.range(0, axes.length).forEach(i -> shape[in[0].axis(axes[i])] = (long) Math.floor(in[0].shape()[in[0].axis(axes[i])] * scales[i]));
		return List.of(TensorInfo.of(shape));
	}

	private TensorInfo depthToSpace() {
		long block = node.number("blocksize", 1);
		long[] shape = in[0].shape();
		require(shape.length == 4 && shape[1] % (block * block) == 0, "the channels are no multiple of the block");
		return TensorInfo.of(shape[0], shape[1] / (block * block), shape[2] * block, shape[3] * block);
	}

	private TensorInfo spaceToDepth() {
		long block = node.number("blocksize", 1);
		long[] shape = in[0].shape();
		require(shape.length == 4 && shape[2] % block == 0 && shape[3] % block == 0, "rows and columns are no multiple of the block");
		return TensorInfo.of(shape[0], shape[1] * block * block, shape[2] / block, shape[3] / block);
	}

	private List<TensorInfo> recurrent() {
		long[] weights = in[1].shape();
		long hidden = in[2].shape()[2];
		require(node.number("layout", 0) == 0 && in[0].rank() == 3 && weights[2] == in[0].shape()[2], "the weights do not fit the input");
		TensorInfo states = TensorInfo.of(weights[0], in[0].shape()[1], hidden);
		return List.of(TensorInfo.of(in[0].shape()[0], weights[0], in[0].shape()[1], hidden), states, states);
	}

	private static void require(boolean holds, String message) {
		if (!holds) {
			throw new IllegalArgumentException(message);
		}
	}

	private static long[] join(long[] first, long[] second) {
		return LongStream.concat(Arrays.stream(first), Arrays.stream(second)).toArray();
	}
}
