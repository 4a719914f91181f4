package org.pipeorgan.dsl.imports.onnx;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Rules of operators with windows: convolutions, pools, and what changes the size of images. */
final class WindowRules {
	private final NodeAtWork at;

	WindowRules(NodeAtWork at) {
		this.at = at;
	}

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
		long[] strides = at.node().numbers("strides", rank, 1);
		long[] dilations = at.node().numbers("dilations", rank, 1);
		long[] pads = Windows.pads(at.node(), in.shape(), kernel);
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

	void convolution(long[] weights) {
		if (weights == null || at.isConstant(0)) {
			throw new UnsupportedException("its weights are no constants");
		}
		Value in = at.arrange(at.value(0), Layout.inOrder(at.value(0).shape()));
		Window window = window(in, Arrays.copyOfRange(weights, 2, weights.length), at.result());
		convolution(in, weights[0], at.node().number("group", 1), window, at.result(), "");
	}

	private void convolution(Value in, long filters, long groups, Window window, long[] out, String comment) {
		boolean depthwise = groups > 1 && groups == in.shape()[1] && groups == filters;
		String expression = depthwise ? "depthwise(" + in.name() + ")" + window.shown()
				: "conv(" + in.name() + ") K " + filters + window.shown() + (groups == 1 ? "" : " groups " + groups);
		String name = at.operator(expression, comment, step -> step.builder().convolution(step.name(), in.name(), filters, window.engine(), groups, 0));
		at.define(new Value(name, out, Layout.inOrder(out)));
	}

	/** As a convolution that makes the pixels of each step of the stride as channels, which are then seen as rows and columns: the same products. */
	void transposedConvolution() {
		long[] weights = at.info(1).shape();
		Value in = at.arrange(at.value(0), Layout.inOrder(at.value(0).shape()));
		int rank = weights.length - 2;
		long[] strides = at.node().numbers("strides", rank, 1);
		long[] out = at.result();
		long groups = at.node().number("group", 1);
		for (int i = 0; i < rank; i++) {
			if (rank > 2 || out[i + 2] != strides[i] * in.shape()[i + 2] || at.node().numbers("dilations", rank, 1)[i] != 1) {
				throw new UnsupportedException("its result is not its input times the stride, or it is dilated");
			}
		}
		long[] kernel = new long[rank];
		long steps = 1;
		for (int i = 0; i < rank; i++) {
			kernel[i] = Math.ceilDiv(weights[i + 2], strides[i]);
			steps *= strides[i];
		}
		at.note("transposed convolutions are convolutions to a channel for each step of the stride");
		long[] pads = rank == 2 ? new long[] { (kernel[0] - 1) / 2, (kernel[1] - 1) / 2, kernel[0] / 2, kernel[1] / 2 } : new long[] { (kernel[0] - 1) / 2, 0, kernel[0] / 2, 0 };
		Window window = new Window(rank == 2 ? kernel : new long[] { kernel[0], 1 }, new long[] { 1, 1 }, new long[] { 1, 1 }, pads);
		long[] phases = in.shape().clone();
		phases[1] = weights[1] * groups * steps;
		convolution(in, phases[1], groups, window, phases, "ConvTranspose");
		at.define(at.view(at.values.get(at.node().output()), out, Layout.inOrder(out)));
	}

	void pool(Node node) {
		Value in = at.arrange(at.value(0), Layout.inOrder(at.value(0).shape()));
		Window window = window(in, node.numbers("kernel_shape"), at.result());
		String word = node.op().equals("MaxPool") ? "maxpool" : "avgpool";
		String name = at.operator(word + "(" + in.name() + ")" + window.shown(), node.op().equals("LpPool") ? "LpPool" : "",
				step -> step.builder().pool(step.name(), in.name(), window.engine(), 0));
		at.define(new Value(name, at.result(), Layout.inOrder(at.result())));
	}

	Value resize(Value value, long[] out) {
		List<Integer> changed = IntStream.range(0, out.length).filter(axis -> out[axis] != value.shape()[axis]).boxed().toList();
		if (changed.isEmpty()) {
			return value.as(out, value.layout());
		}
		if (changed.size() > 2) {
			throw new UnsupportedException("more than two axes change their size");
		}
		Layout target = out.length == 4 && changed.stream().allMatch(axis -> axis >= 2) ? Layout.inOrder(IntStream.range(0, 4).mapToLong(i -> Math.max(out[i], value.shape()[i])).toArray())
				: TensorMoves.resizing(value, changed);
		Value in = at.arrange(value, target.only(axis -> value.shape()[axis] > 1));
		long rows = Layout.extent(target.h(), out);
		long columns = Layout.extent(target.w(), out);
		String name = at.operator("resize(" + in.name() + ") to " + times(rows, columns), at.comment("resize"), step -> step.builder().resize(step.name(), in.name(), rows, columns, 0));
		return new Value(name, out, target.only(axis -> out[axis] > 1));
	}

	void pad(Node node) {
		long[] pads = Windows.padding(node, node.inputs().stream().map(at.inference::info).toArray(TensorInfo[]::new));
		if (pads == null || LongStream.of(pads).anyMatch(p -> p < 0)) {
			throw new UnsupportedException("what it pads is not known or negative");
		}
		at.note("paddings apart from a convolution are resizes: they copy the tensor");
		at.define(resize(at.value(0), at.result()));
	}

	/** Every so many rows or columns. */
	Value strided(Value value, Windows.Cut cut) {
		boolean columns = value.layout().w().equals(List.of(cut.axis()));
		Value rest = at.part(value, cut.axis(), cut.from(), value.shape()[cut.axis()] - cut.from(), at.wanted());
		Value in = columns || rest.layout().h().equals(List.of(cut.axis())) ? rest : at.arrange(rest, TensorMoves.resizing(rest, List.of(cut.axis())));
		long[] strides = columns ? new long[] { 1, cut.step() } : new long[] { cut.step(), 1 };
		Window window = new Window(new long[] { 1, 1 }, strides, new long[] { 1, 1 }, new long[4]);
		String name = at.operator("maxpool(" + in.name() + ")" + window.shown(), "every " + cut.step() + ". of an axis", step -> step.builder().pool(step.name(), in.name(), window.engine(), 0));
		long[] shape = value.shape().clone();
		shape[cut.axis()] = cut.count();
		return new Value(name, shape, in.layout());
	}
}
