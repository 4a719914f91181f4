package org.pipeorgan.dsl.imports.onnx;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Rules of products of matrices. */
final class ProductRules {
	private final NodeAtWork at;

	ProductRules(NodeAtWork at) {
		this.at = at;
	}

	void product(Value left, int rightInput, boolean transposed) {
		long[] out = at.result();
		if (at.info(rightInput).constant()) {
			long[] weights = at.info(rightInput).shape();
			if (left == null || TensorInfo.elements(Arrays.copyOf(weights, Math.max(0, weights.length - 2))) != 1 || weights.length < 2) {
				throw new UnsupportedException("its constant is no matrix");
			}
			linear(left, left.rank() - 1, weights[transposed ? weights.length - 2 : weights.length - 1], out, out.length - 1);
			return;
		}
		if (left == null) {
			Value right = transposed ? at.swapped(at.value(rightInput)) : at.value(rightInput);
			long[] weights = at.info(0).shape();
			if (TensorInfo.elements(Arrays.copyOf(weights, Math.max(0, weights.length - 2))) != 1 || weights.length < 2 || right.rank() < 2) {
				throw new UnsupportedException("its constant is no matrix");
			}
			linear(right, right.rank() - 2, weights[weights.length - 2], out, out.length - 2);
			return;
		}
		activations(left, transposed ? at.swapped(at.value(rightInput)) : at.value(rightInput), out);
	}

	/** A product with weights over one axis. */
	private void linear(Value value, int axis, long filters, long[] out, int outAxis) {
		Value in = at.withChannels(value, List.of(axis));
		String name = at.operator("linear(" + in.name() + ") K " + filters, "", step -> step.builder().linear(step.name(), in.name(), filters, 0));
		int shift = outAxis - axis;
		Layout layout = in.layout().renamed(a -> a + shift);
		List<Integer> channels = filters > 1 ? List.of(outAxis) : List.of();
		at.define(new Value(name, out, new Layout(layout.n(), channels, layout.h(), layout.w())));
	}

	/** A product of two activations: rows are H, columns C, and what is multiplied apart is in front of the columns (heads), or N. */
	private void activations(Value left, Value right, long[] out) {
		int rank = out.length;
		if (left.rank() < 2 || right.rank() < 2) {
			throw new UnsupportedException("an operand is a vector");
		}
		Value a = left.as(TensorInfo.padded(left.shape(), rank), left.layout().renamed(axis -> axis + rank - left.rank()));
		Value b = right.as(TensorInfo.padded(right.shape(), rank), right.layout().renamed(axis -> axis + rank - right.rank()));
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
		List<Integer> rowsOfLeft = shared ? Layout.join(batch, Layout.kept(out, rows)) : Layout.kept(a.shape(), rows);
		Value x = at.arrange(a, new Layout(images, Layout.join(groups, Layout.kept(a.shape(), columns)), rowsOfLeft, List.of()));
		Layout plain = new Layout(images, Layout.join(groups, Layout.kept(b.shape(), columns)), Layout.kept(b.shape(), rows), List.of());
		Layout turned = new Layout(images, Layout.join(groups, Layout.kept(b.shape(), rows)), Layout.kept(b.shape(), columns), List.of());
		boolean transposed = b.layout().equals(turned);
		Value y = transposed ? b : at.arrange(b, plain);
		long count = Layout.extent(groups, out);
		String name = at.operator("matmul(" + x.name() + ", " + y.name() + ")" + (transposed ? " transposed" : "") + (count == 1 ? "" : " groups " + count), "",
				step -> step.builder().matmul(step.name(), x.name(), y.name(), transposed, count, 0));
		at.define(new Value(name, out, new Layout(images, Layout.join(groups, Layout.kept(out, columns)), rowsOfLeft, List.of())));
	}
}
