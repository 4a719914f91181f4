package org.pipeorgan.dsl.imports.onnx;

import java.util.Arrays;
import java.util.stream.LongStream;

/**
 * What is known of a tensor before anything runs.
 *
 * @param shape    extents; {@code null} if not known
 * @param values   elements in row-major order, as far as they are known and few; else {@code null}
 * @param constant whether it depends on no input of the network: weights, and what is computed from them or from shapes
 */
record TensorInfo(long[] shape, double[] values, boolean constant) {
	/** More elements are not computed with. */
	static final int MOST_VALUES = 1 << 16;
	/** Nothing is known. */
	static final TensorInfo UNKNOWN = new TensorInfo(null, null, false);

	static TensorInfo of(long... shape) {
		return new TensorInfo(shape, null, false);
	}

	static TensorInfo values(long[] shape, double... values) {
		return new TensorInfo(shape, values, true);
	}

	static TensorInfo list(double... values) {
		return values(new long[] { values.length }, values);
	}

	TensorInfo asConstant() {
		return new TensorInfo(shape, values, true);
	}

	boolean isKnown() {
		return shape != null;
	}

	int rank() {
		return shape.length;
	}

	long elements() {
		return elements(shape);
	}

	static long elements(long[] shape) {
		return LongStream.of(shape).reduce(1, Math::multiplyExact);
	}

	/** The values as whole numbers; {@code null} if they are not known. */
	long[] numbers() {
		return values == null ? null : Arrays.stream(values).mapToLong(value -> (long) value).toArray();
	}

	/** An axis that may be counted from the end. */
	int axis(long written) {
		return axis(written, shape.length);
	}

	static int axis(long written, int rank) {
		long axis = written < 0 ? written + rank : written;
		if (axis < 0 || axis >= Math.max(1, rank)) {
			throw new IllegalArgumentException("axis " + written + " of a tensor with " + rank + " axes");
		}
		return (int) axis;
	}

	@Override
	public String toString() {
		return shape == null ? "?" : Arrays.toString(shape);
	}

	/** A shape with extents of 1 in front, so that it has this rank. */
	static long[] padded(long[] shape, int rank) {
		long[] padded = new long[rank];
		Arrays.fill(padded, 1);
		System.arraycopy(shape, 0, padded, rank - shape.length, shape.length);
		return padded;
	}
}
