package org.pipeorgan.engine.workload;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Supplier;

import org.pipeorgan.engine.workload.WorkloadException.Reason;

/**
 * Builds a {@link Workload} operator by operator and infers every shape. Values are named; an operator may only read
 * values that exist already, so that the order of the calls is a topological order and a cycle cannot be written.
 *
 * <p>Each method throws a {@link WorkloadException} that names the operator if an operand is unknown, a name is taken,
 * shapes disagree or a count does not fit into 64 bits; the builder is then unchanged and may be used further.
 *
 * <p>Precision: {@code bits = 0} means the workload's default; a default of 0 means the accelerator's
 * ({@link #withPrecision} settles it).
 */
public final class WorkloadBuilder {

	/** An axis over which softmax or a normalisation runs. */
	public enum NormalizedAxis {
		/** Channels of one pixel or token. */
		CHANNELS,
		/** Rows and columns of one channel. */
		SPATIAL
	}

	private record Value(int tensor, TensorShape shape, long channelOffset) {
	}

	private final String name;
	private final String form;
	private final int defaultBits;
	private final List<Tensor> tensors = new ArrayList<>();
	private final List<TreeSet<Integer>> consumers = new ArrayList<>();
	private final List<Operator> operators = new ArrayList<>();
	private final Map<String, Value> values = new LinkedHashMap<>();
	private final TreeSet<Integer> outputs = new TreeSet<>();

	/**
	 * @param form        reading of the network ({@code literal}, {@code structured}) or empty
	 * @param defaultBits precision of tensors and weights that state none, in bits; 0 for the accelerator's
	 */
	public WorkloadBuilder(String name, String form, int defaultBits) {
		this.name = name;
		this.form = form;
		this.defaultBits = precision(defaultBits, 0);
	}

	/** A network input. */
	public WorkloadBuilder input(String value, TensorShape shape, int bits) {
		return placed(value, () -> {
			define(value, new Value(addTensor(value, shape, bits, -1), shape, 0));
			return this;
		});
	}

	/**
	 * Convolution of [N, C, H, W] with K filters of R x S, C / groups channels each.
	 *
	 * @param groups divides C and K
	 */
	public WorkloadBuilder convolution(String result, String input, long k, Window window, long groups, int bits) {
		return placed(result, () -> {
			TensorShape in = value(input).shape();
			if (groups < 1 || in.c() % groups != 0 || k % groups != 0) {
				throw new WorkloadException(Reason.SHAPE, result, "groups " + groups + " must divide the " + in.c()
						+ " input channels of '" + input + "' and the " + k + " output channels");
			}
			long c = in.c() / groups;
			TensorShape out = new TensorShape(in.n(), k, window.outputRows(in.h()), window.outputColumns(in.w()));
			AxisAccess channels = groups == 1 ? new AxisAccess.Whole() : new AxisAccess.Group(c, k / groups);
			return add(result, OperatorKind.CONVOLUTION, List.of(operand(input, channels, window.rows(), window.columns())),
					out, c, window.filterRows(), window.filterColumns(),
					product(k, c, window.filterRows(), window.filterColumns()), bits);
		});
	}

	/** Convolution of each channel with one filter of its own: groups = C = K. */
	public WorkloadBuilder depthwise(String result, String input, Window window, int bits) {
		return placed(result, () -> {
			long c = value(input).shape().c();
			return convolution(result, input, c, window, c, bits);
		});
	}

	/** Matrix product of [N, C, H, W] with a C x K weight matrix: [N, K, H, W]. */
	public WorkloadBuilder linear(String result, String input, long k, int bits) {
		return placed(result, () -> {
			TensorShape in = value(input).shape();
			return add(result, OperatorKind.LINEAR,
					List.of(operand(input, new AxisAccess.Whole(), new AxisAccess.Same(), new AxisAccess.Same())),
					new TensorShape(in.n(), k, in.h(), in.w()), in.c(), 1, 1, product(in.c(), k), bits);
		});
	}

	/**
	 * Matrix product of two activations, head by head: A [N, heads * x, M, 1] times B. Plain: B [N, heads * y, x, 1]
	 * gives [N, heads * y, M, 1]. Transposed: B [N, heads * x, y, 1] gives the same shape.
	 *
	 * @param heads divides the channels of both
	 */
	public WorkloadBuilder matmul(String result, String left, String right, boolean transposed, long heads, int bits) {
		return placed(result, () -> {
			TensorShape a = value(left).shape();
			TensorShape b = value(right).shape();
			if (a.w() != 1 || b.w() != 1) {
				throw new WorkloadException(Reason.SHAPE, result, "a matrix product takes operands with W 1 (rows H, columns C), but '"
						+ left + "' is " + a + " and '" + right + "' is " + b + "; reshape them first");
			}
			if (a.n() != b.n()) {
				throw new WorkloadException(Reason.SHAPE, result,
						"the batches differ: '" + left + "' is " + a + " and '" + right + "' is " + b);
			}
			if (heads < 1 || a.c() % heads != 0 || b.c() % heads != 0) {
				throw new WorkloadException(Reason.SHAPE, result,
						"groups " + heads + " must divide the channels of '" + left + "' " + a + " and '" + right + "' " + b);
			}
			long contracted = a.c() / heads;
			long other = transposed ? b.c() / heads : b.h();
			if (contracted != other) {
				throw new WorkloadException(Reason.SHAPE, result, "the contracted extents differ: '" + left + "' " + a + " has "
						+ contracted + " channels a group, '" + right + "' " + b + " has " + other
						+ (transposed ? " channels a group" : " rows; write 'transposed' if its rows are the result's channels"));
			}
			long columns = transposed ? b.h() : b.c() / heads;
			AxisAccess ofLeft = heads == 1 ? new AxisAccess.Whole() : new AxisAccess.Group(contracted, columns);
			AxisAccess ofRight = transposed ? ofLeft : new AxisAccess.Same();
			return add(result, OperatorKind.MATMUL,
					List.of(operand(left, ofLeft, new AxisAccess.Same(), new AxisAccess.Same()),
							operand(right, ofRight, new AxisAccess.Whole(), new AxisAccess.Whole())),
					new TensorShape(a.n(), Math.multiplyExact(heads, columns), a.h(), 1), contracted, 1, 1, 0, bits);
		});
	}

	/** One output element from the same element of each operand; an operand's axis of extent 1 is broadcast. */
	public WorkloadBuilder elementwise(String result, List<String> inputs, int bits) {
		return placed(result, () -> {
			TensorShape out = value(inputs.get(0)).shape();
			for (String input : inputs) {
				TensorShape in = value(input).shape();
				out = new TensorShape(broadcast(result, 'N', input, out.n(), in.n()), broadcast(result, 'C', input, out.c(), in.c()),
						broadcast(result, 'H', input, out.h(), in.h()), broadcast(result, 'W', input, out.w(), in.w()));
			}
			List<Operand> operands = new ArrayList<>();
			for (String input : inputs) {
				TensorShape in = value(input).shape();
				operands.add(operand(input, aligned(in.c(), out.c()), aligned(in.h(), out.h()), aligned(in.w(), out.w())));
			}
			return add(result, OperatorKind.ELEMENTWISE, operands, out, Math.max(1, inputs.size() - 1), 1, 1, 0, bits);
		});
	}

	/** Maximum or mean over a window, channel by channel. */
	public WorkloadBuilder pool(String result, String input, Window window, int bits) {
		return placed(result, () -> {
			TensorShape in = value(input).shape();
			return add(result, OperatorKind.POOL,
					List.of(operand(input, new AxisAccess.Same(), window.rows(), window.columns())),
					new TensorShape(in.n(), in.c(), window.outputRows(in.h()), window.outputColumns(in.w())), 1,
					window.filterRows(), window.filterColumns(), 0, bits);
		});
	}

	/** Mean over all rows and columns: [N, C, 1, 1]. */
	public WorkloadBuilder globalPool(String result, String input, int bits) {
		return placed(result, () -> {
			TensorShape in = value(input).shape();
			return add(result, OperatorKind.POOL,
					List.of(operand(input, new AxisAccess.Same(), new AxisAccess.Whole(), new AxisAccess.Whole())),
					new TensorShape(in.n(), in.c(), 1, 1), 1, in.h(), in.w(), 0, bits);
		});
	}

	/** Nearest-neighbour scaling to the given rows and columns. */
	public WorkloadBuilder resize(String result, String input, long rows, long columns, int bits) {
		return placed(result, () -> {
			TensorShape in = value(input).shape();
			return add(result, OperatorKind.RESIZE,
					List.of(operand(input, new AxisAccess.Same(), new AxisAccess.Scaled(rows), new AxisAccess.Scaled(columns))),
					new TensorShape(in.n(), in.c(), rows, columns), 1, 1, 1, 0, bits);
		});
	}

	/** Nearest-neighbour scaling by a whole factor. */
	public WorkloadBuilder scale(String result, String input, long factor, int bits) {
		return placed(result, () -> {
			TensorShape in = value(input).shape();
			return resize(result, input, Math.multiplyExact(in.h(), factor), Math.multiplyExact(in.w(), factor), bits);
		});
	}

	/** Operands one after the other along C. */
	public WorkloadBuilder concat(String result, List<String> inputs, int bits) {
		return placed(result, () -> {
			TensorShape first = value(inputs.get(0)).shape();
			List<Operand> operands = new ArrayList<>();
			long channels = 0;
			for (String input : inputs) {
				TensorShape in = value(input).shape();
				if (in.n() != first.n() || in.h() != first.h() || in.w() != first.w()) {
					throw new WorkloadException(Reason.SHAPE, result, "concat joins along C, so N, H and W must agree, but '"
							+ inputs.get(0) + "' is " + first + " and '" + input + "' is " + in);
				}
				operands.add(operand(input, new AxisAccess.Part(channels), new AxisAccess.Same(), new AxisAccess.Same()));
				channels = Math.addExact(channels, in.c());
			}
			return add(result, OperatorKind.CONCAT, operands, new TensorShape(first.n(), channels, first.h(), first.w()), 1,
					1, 1, 0, bits);
		});
	}

	/**
	 * Softmax; three lane operations an element (maximum, exponential and sum, division): a reconstruction.
	 *
	 * @param groups number of equal runs of channels that are normalised apart (heads); 1 for the spatial axis
	 */
	public WorkloadBuilder softmax(String result, String input, NormalizedAxis axis, long groups, int bits) {
		return normalized(result, OperatorKind.SOFTMAX, input, axis, groups, 3, bits);
	}

	/** Normalisation; four lane operations an element (mean, variance, shift, scale): a reconstruction. */
	public WorkloadBuilder normalization(String result, String input, NormalizedAxis axis, long groups, int bits) {
		return normalized(result, OperatorKind.NORMALIZATION, input, axis, groups, 4, bits);
	}

	/** The same elements in the same row-major order under another shape; moves nothing. */
	public WorkloadBuilder reshape(String result, String input, TensorShape shape) {
		return placed(result, () -> {
			Value in = value(input);
			if (in.shape().elements() != shape.elements()) {
				throw new WorkloadException(Reason.SHAPE, result, "a reshape keeps the number of elements, but '" + input + "' is "
						+ in.shape() + " with " + in.shape().elements() + " and " + shape + " has " + shape.elements());
			}
			TensorShape whole = tensors.get(in.tensor()).shape();
			if (in.shape().c() != whole.c() && shape.c() != in.shape().c()) {
				throw new WorkloadException(Reason.SHAPE, result, "'" + input + "' is a slice of channels; its channels cannot be regrouped");
			}
			define(result, new Value(in.tensor(), shape, in.channelOffset()));
			return this;
		});
	}

	/** Channels {@code from..to} (inclusive) of a value; moves nothing. */
	public WorkloadBuilder slice(String result, String input, long from, long to) {
		return placed(result, () -> {
			Value in = value(input);
			if (from < 0 || to < from || to >= in.shape().c()) {
				throw new WorkloadException(Reason.OPTION, result, "channels " + from + " .. " + to + " are not inside '" + input + "' "
						+ in.shape() + "; the last one is " + (in.shape().c() - 1));
			}
			TensorShape of = tensors.get(in.tensor()).shape();
			if (in.shape().n() != of.n() || in.shape().h() * in.shape().w() != of.h() * of.w()) {
				throw new WorkloadException(Reason.SHAPE, result, "'" + input + "' regroups channels or images; slice before the reshape");
			}
			TensorShape shape = new TensorShape(in.shape().n(), to - from + 1, in.shape().h(), in.shape().w());
			define(result, new Value(in.tensor(), shape, in.channelOffset() + from));
			return this;
		});
	}

	/** Declares that a value leaves the network, even if an operator reads it too. */
	public WorkloadBuilder output(String value) {
		outputs.add(value(value).tensor());
		return this;
	}

	/** Shape of a value made so far, as later operators see it. */
	public TensorShape shapeOf(String value) {
		return value(value).shape();
	}

	/** Whether a value of this name exists so far. */
	public boolean has(String value) {
		return values.containsKey(value);
	}

	/** @throws WorkloadException if there is no operator */
	public Workload build() {
		if (operators.isEmpty()) {
			throw new WorkloadException(Reason.SHAPE, name, "workload '" + name + "' has no operator; add one, such as 'y = conv(x) K 8 R 3 S 3'");
		}
		List<Tensor> finished = new ArrayList<>();
		for (Tensor tensor : tensors) {
			List<Integer> readers = List.copyOf(consumers.get(tensor.index()));
			boolean output = tensor.producer() >= 0 && (readers.isEmpty() || outputs.contains(tensor.index()));
			finished.add(new Tensor(tensor.index(), tensor.name(), tensor.shape(), tensor.bits(), tensor.producer(), readers, output));
		}
		Workload workload = new Workload(name, form, finished, operators);
		placed(name, () -> {
			workload.macs();
			return this;
		});
		return workload;
	}

	/** The same workload with every precision that is still open set to {@code bits}. */
	public static Workload withPrecision(Workload workload, int bits) {
		List<Tensor> tensors = workload.tensors().stream().map(t -> t.bits() > 0 ? t
				: new Tensor(t.index(), t.name(), t.shape(), bits, t.producer(), t.consumers(), t.output())).toList();
		List<Operator> operators = workload.operators().stream().map(o -> o.weightBits() > 0 ? o
				: new Operator(o.index(), o.name(), o.kind(), o.operands(), o.output(), o.contracted(), o.filterRows(),
						o.filterColumns(), o.weights(), bits, o.macs(), o.work()))
				.toList();
		return new Workload(workload.name(), workload.form(), tensors, operators);
	}

	private WorkloadBuilder normalized(String result, OperatorKind kind, String input, NormalizedAxis axis, long groups,
			long operations, int bits) {
		return placed(result, () -> {
			TensorShape in = value(input).shape();
			if (groups < 1 || in.c() % groups != 0) {
				throw new WorkloadException(Reason.SHAPE, result, "groups " + groups + " must divide the channels of '" + input + "' " + in);
			}
			boolean channels = axis == NormalizedAxis.CHANNELS;
			AxisAccess alongC = !channels ? new AxisAccess.Same()
					: groups == 1 ? new AxisAccess.Whole() : new AxisAccess.Group(in.c() / groups, in.c() / groups);
			AxisAccess alongSpace = channels ? new AxisAccess.Same() : new AxisAccess.Whole();
			return add(result, kind, List.of(operand(input, alongC, alongSpace, alongSpace)), in, operations, 1, 1, 0, bits);
		});
	}

	private WorkloadBuilder add(String result, OperatorKind kind, List<Operand> operands, TensorShape out, long contracted,
			long filterRows, long filterColumns, long weights, int bits) {
		if (values.containsKey(result)) {
			throw new WorkloadException(Reason.DUPLICATE, result, "there is already a value '" + result + "'; give this one another name");
		}
		long work = Math.multiplyExact(out.elements(), product(contracted, filterRows, filterColumns));
		int index = operators.size();
		int weightBits = precision(bits, defaultBits);
		Math.multiplyExact(weights, 64L);
		int tensor = addTensor(result, out, bits, index);
		operators.add(new Operator(index, result, kind, List.copyOf(operands), tensor, contracted, filterRows, filterColumns,
				weights, weightBits, kind.multiplies() ? work : 0, work));
		for (Operand operand : operands) {
			consumers.get(operand.tensor()).add(index);
		}
		define(result, new Value(tensor, out, 0));
		return this;
	}

	private int addTensor(String tensor, TensorShape shape, int bits, int producer) {
		if (values.containsKey(tensor)) {
			throw new WorkloadException(Reason.DUPLICATE, tensor, "there is already a value '" + tensor + "'; give this one another name");
		}
		int index = tensors.size();
		tensors.add(new Tensor(index, tensor, shape, precision(bits, defaultBits), producer, List.of(), false));
		consumers.add(new TreeSet<>());
		return index;
	}

	private void define(String name, Value value) {
		if (values.putIfAbsent(name, value) != null) {
			throw new WorkloadException(Reason.DUPLICATE, name, "there is already a value '" + name + "'; give this one another name");
		}
	}

	private Operand operand(String input, AxisAccess channels, AxisAccess rows, AxisAccess columns) {
		Value value = value(input);
		return new Operand(value.tensor(), value.shape(), value.channelOffset(), channels, rows, columns);
	}

	private Value value(String name) {
		Value value = values.get(name);
		if (value == null) {
			throw new WorkloadException(Reason.UNKNOWN_VALUE, "", "there is no value '" + name
					+ "' above this line; operators read inputs and results of earlier operators, so that there is no cycle");
		}
		return value;
	}

	private WorkloadBuilder placed(String element, Supplier<WorkloadBuilder> step) {
		try {
			return step.get();
		} catch (WorkloadException e) {
			throw e.at(element);
		} catch (ArithmeticException e) {
			throw new WorkloadException(Reason.OVERFLOW, element, "a count of '" + element + "' does not fit into 64 bits; make an extent smaller");
		}
	}

	private static AxisAccess aligned(long extent, long out) {
		return extent == out ? new AxisAccess.Same() : new AxisAccess.Whole();
	}

	private static long broadcast(String result, char axis, String input, long a, long b) {
		if (a != b && a != 1 && b != 1) {
			throw new WorkloadException(Reason.SHAPE, result, "the operands disagree on " + axis + ": " + a + " before '" + input + "', which has "
					+ b + "; extents must be equal, or 1 to be repeated");
		}
		return Math.max(a, b);
	}

	private static long product(long... factors) {
		long product = 1;
		for (long factor : factors) {
			product = Math.multiplyExact(product, factor);
		}
		return product;
	}

	private static int precision(int bits, int fallback) {
		if (bits < 0 || bits > 64) {
			throw new WorkloadException(Reason.OPTION, "", "a precision is " + bits + " bit; it must be between 1 and 64 bit");
		}
		return bits == 0 ? fallback : bits;
	}
}
