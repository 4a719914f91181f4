package org.pipeorgan.dsl.imports.onnx;

/**
 * A value of the language that stands for an ONNX tensor.
 *
 * @param name     in the language
 * @param shape    of the tensor
 * @param layout   where the tensor's axes are
 * @param reshaped whether it is another value under another shape
 * @param sliced   whether it is a part of another value's channels
 */
record Value(String name, long[] shape, Layout layout, boolean reshaped, boolean sliced) {
	Value(String name, long[] shape, Layout layout) {
		this(name, shape, layout, false, false);
	}

	Value as(long[] otherShape, Layout otherLayout) {
		return new Value(name, otherShape, otherLayout, reshaped, sliced);
	}

	int rank() {
		return shape.length;
	}

	/** With axes of extent 1 in front, as broadcasting has it. */
	Value aligned(int rank) {
		return as(TensorInfo.padded(shape, rank), layout.renamed(axis -> axis + rank - rank()));
	}
}
