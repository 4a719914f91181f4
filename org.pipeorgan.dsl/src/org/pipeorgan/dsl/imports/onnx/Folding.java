package org.pipeorgan.dsl.imports.onnx;

import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Computes what depends on shapes and constants only; of the rest, the shape. */
final class Folding {
	private Folding() {
	}

	/** The common shape of operands. @throws IllegalArgumentException if there is none */
	static long[] broadcast(long[] a, long[] b) {
		long[] shape = new long[Math.max(a.length, b.length)];
		for (int i = 0; i < shape.length; i++) {
			long x = i < shape.length - a.length ? 1 : a[i - (shape.length - a.length)];
			long y = i < shape.length - b.length ? 1 : b[i - (shape.length - b.length)];
			if (x != y && x != 1 && y != 1) {
				throw new IllegalArgumentException(Arrays.toString(a) + " and " + Arrays.toString(b) + " have no common shape");
			}
			shape[i] = x == 1 ? y : x;
		}
		return shape;
	}

	static TensorInfo broadcast(String op, TensorInfo... in) {
		long[] shape = Arrays.stream(in).map(TensorInfo::shape).reduce(Folding::broadcast).orElseThrow();
		if (op.equals("Expand")) {
			return computed(shape, in[0].values() != null, in[0].constant(), i -> at(in[0], shape, i));
		}
		boolean known = Arrays.stream(in).allMatch(each -> each.values() != null);
		if (op.equals("Where")) {
			return computed(shape, known, false, i -> at(in[0], shape, i) != 0 ? at(in[1], shape, i) : at(in[2], shape, i));
		}
		DoubleBinaryOperator function = binary(op);
		return computed(shape, known && function != null, false, i -> IntStream.range(1, in.length).mapToDouble(k -> at(in[k], shape, i)).reduce(at(in[0], shape, i), function));
	}

	private static DoubleBinaryOperator binary(String op) {
		return switch (op) {
		case "Add", "Sum" -> Double::sum;
		case "Sub" -> (a, b) -> a - b;
		case "Mul" -> (a, b) -> a * b;
		// of whole numbers, which shapes are, a whole one
		case "Div" -> (a, b) -> isWhole(a) && isWhole(b) && b != 0 ? (double) ((long) a / (long) b) : a / b;
		case "Mod" -> (a, b) -> b == 0 ? 0 : Math.floorMod((long) a, (long) b);
		case "Pow" -> Math::pow;
		case "Min" -> Math::min;
		case "Max" -> Math::max;
		case "Equal" -> (a, b) -> a == b ? 1 : 0;
		case "Greater" -> (a, b) -> a > b ? 1 : 0;
		case "Less" -> (a, b) -> a < b ? 1 : 0;
		case "GreaterOrEqual" -> (a, b) -> a >= b ? 1 : 0;
		case "LessOrEqual" -> (a, b) -> a <= b ? 1 : 0;
		case "And" -> (a, b) -> a != 0 && b != 0 ? 1 : 0;
		case "Or" -> (a, b) -> a != 0 || b != 0 ? 1 : 0;
		case "Xor" -> (a, b) -> a != 0 ^ b != 0 ? 1 : 0;
		default -> null;
		};
	}

	private static boolean isWhole(double value) {
		return value == Math.rint(value) && Math.abs(value) < 1e15;
	}

	static TensorInfo pointwise(String op, TensorInfo in) {
		DoubleUnaryOperator function = switch (op) {
		case "Identity", "Dropout", "CastLike", "Cast" -> value -> value;
		case "Neg" -> value -> -value;
		case "Abs" -> Math::abs;
		case "Floor" -> Math::floor;
		case "Ceil" -> Math::ceil;
		case "Round" -> Math::rint;
		case "Sqrt" -> Math::sqrt;
		case "Exp" -> Math::exp;
		case "Log" -> Math::log;
		case "Sign" -> Math::signum;
		case "Not" -> value -> value == 0 ? 1 : 0;
		case "Relu" -> value -> Math.max(0, value);
		default -> null;
		};
		return computed(in.shape(), in.values() != null && function != null, in.constant(), i -> function.applyAsDouble(in.values()[i]));
	}

	static TensorInfo reduce(String op, TensorInfo in, TensorInfo result, long[] axes) {
		boolean all = result.elements() == 1;
		if (in.values() == null || !all || in.values().length == 0) {
			return result;
		}
		return switch (op) {
		case "ReduceProd" -> TensorInfo.values(result.shape(), Arrays.stream(in.values()).reduce(1, (a, b) -> a * b));
		case "ReduceSum" -> TensorInfo.values(result.shape(), Arrays.stream(in.values()).sum());
		case "ReduceMax" -> TensorInfo.values(result.shape(), Arrays.stream(in.values()).max().orElseThrow());
		case "ReduceMin" -> TensorInfo.values(result.shape(), Arrays.stream(in.values()).min().orElseThrow());
		default -> result;
		};
	}

	static TensorInfo concat(TensorInfo[] in, int axis) {
		if (Arrays.stream(in).anyMatch(each -> !each.isKnown())) {
			return TensorInfo.UNKNOWN;
		}
		long[] shape = in[0].shape().clone();
		for (int k = 1; k < in.length; k++) {
			for (int i = 0; i < shape.length; i++) {
				if (in[k].rank() != shape.length || i != axis && in[k].shape()[i] != shape[i]) {
					throw new IllegalArgumentException("beside axis " + axis + " the shapes differ");
				}
			}
			shape[axis] = Math.addExact(shape[axis], in[k].shape()[axis]);
		}
		long inner = LongStream.of(Arrays.copyOfRange(shape, axis + 1, shape.length)).reduce(1, (a, b) -> a * b);
		return computed(shape, Arrays.stream(in).allMatch(each -> each.values() != null), false, i -> {
			long position = i / inner % shape[axis];
			long outer = i / inner / shape[axis];
			int k = 0;
			while (position >= in[k].shape()[axis]) {
				position -= in[k++].shape()[axis];
			}
			return in[k].values()[(int) ((outer * in[k].shape()[axis] + position) * inner + i % inner)];
		});
	}

	static TensorInfo slice(TensorInfo in, int axis, long from, long step, long count) {
		long[] shape = in.shape().clone();
		shape[axis] = count;
		long inner = LongStream.of(Arrays.copyOfRange(shape, axis + 1, shape.length)).reduce(1, (a, b) -> a * b);
		return computed(shape, in.values() != null, in.constant(), i -> {
			long position = from + i / inner % count * step;
			return in.values()[(int) ((i / inner / count * in.shape()[axis] + position) * inner + i % inner)];
		});
	}

	static TensorInfo gather(TensorInfo in, TensorInfo indices, int axis) {
		if (!indices.isKnown()) {
			return TensorInfo.UNKNOWN;
		}
		long[] shape = LongStream.concat(LongStream.concat(Arrays.stream(in.shape(), 0, axis), Arrays.stream(indices.shape())), Arrays.stream(in.shape(), axis + 1, in.rank())).toArray();
		long inner = LongStream.of(Arrays.copyOfRange(in.shape(), axis + 1, in.rank())).reduce(1, (a, b) -> a * b);
		long count = indices.elements();
		return computed(shape, in.values() != null && indices.values() != null && count > 0, false, i -> {
			double written = indices.values()[(int) (i / inner % count)];
			long position = (long) (written < 0 ? written + in.shape()[axis] : written);
			return in.values()[(int) ((i / inner / count * in.shape()[axis] + position) * inner + i % inner)];
		});
	}

	static TensorInfo transpose(TensorInfo in, long[] order) {
		int rank = in.rank();
		if (order.length != rank || LongStream.of(order).distinct().count() != rank) {
			throw new IllegalArgumentException("the order " + Arrays.toString(order) + " does not name each axis once");
		}
		long[] shape = LongStream.of(order).map(axis -> in.shape()[(int) axis]).toArray();
		long[] strides = new long[rank];
		long stride = 1;
		for (int i = rank - 1; i >= 0; i--) {
			strides[i] = stride;
			stride *= in.shape()[i];
		}
		return computed(shape, in.values() != null, in.constant(), i -> {
			long rest = i;
			long from = 0;
			for (int k = rank - 1; k >= 0; k--) {
				from += rest % shape[k] * strides[(int) order[k]];
				rest /= shape[k];
			}
			return in.values()[(int) from];
		});
	}

	/** The element of an operand that a broadcast result's element reads. */
	private static double at(TensorInfo in, long[] shape, int element) {
		long rest = element;
		long from = 0;
		long stride = 1;
		for (int i = shape.length - 1, k = in.rank() - 1; i >= 0; i--, k--) {
			if (k >= 0) {
				from += in.shape()[k] == 1 ? 0 : rest % shape[i] * stride;
				stride *= in.shape()[k];
			}
			rest /= shape[i];
		}
		return in.values()[(int) from];
	}

	private static TensorInfo computed(long[] shape, boolean known, boolean constant, IntToDoubleFunction value) {
		long count = TensorInfo.elements(shape);
		return known && count <= TensorInfo.MOST_VALUES ? TensorInfo.values(shape, IntStream.range(0, (int) count).mapToDouble(value).toArray()) : new TensorInfo(shape, null, constant);
	}
}
