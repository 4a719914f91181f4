package org.pipeorgan.dsl.translation;

import java.util.List;
import java.util.Optional;

import org.pipeorgan.dsl.expressions.Numbers;
import org.pipeorgan.dsl.pipeorgan.AxisOption;
import org.pipeorgan.dsl.pipeorgan.Concatenation;
import org.pipeorgan.dsl.pipeorgan.Convolution;
import org.pipeorgan.dsl.pipeorgan.DepthwiseConvolution;
import org.pipeorgan.dsl.pipeorgan.DilationOption;
import org.pipeorgan.dsl.pipeorgan.ElementWise;
import org.pipeorgan.dsl.pipeorgan.Expression;
import org.pipeorgan.dsl.pipeorgan.ExtentOption;
import org.pipeorgan.dsl.pipeorgan.GlobalPool;
import org.pipeorgan.dsl.pipeorgan.GroupsOption;
import org.pipeorgan.dsl.pipeorgan.Linear;
import org.pipeorgan.dsl.pipeorgan.MatrixProduct;
import org.pipeorgan.dsl.pipeorgan.Normalization;
import org.pipeorgan.dsl.pipeorgan.Operator;
import org.pipeorgan.dsl.pipeorgan.PadOption;
import org.pipeorgan.dsl.pipeorgan.PairOption;
import org.pipeorgan.dsl.pipeorgan.Pool;
import org.pipeorgan.dsl.pipeorgan.PrecisionOption;
import org.pipeorgan.dsl.pipeorgan.RangeOption;
import org.pipeorgan.dsl.pipeorgan.Rank;
import org.pipeorgan.dsl.pipeorgan.Reshape;
import org.pipeorgan.dsl.pipeorgan.Resize;
import org.pipeorgan.dsl.pipeorgan.ScaleOption;
import org.pipeorgan.dsl.pipeorgan.Shape;
import org.pipeorgan.dsl.pipeorgan.ShapeOption;
import org.pipeorgan.dsl.pipeorgan.SizeOption;
import org.pipeorgan.dsl.pipeorgan.Slice;
import org.pipeorgan.dsl.pipeorgan.Softmax;
import org.pipeorgan.dsl.pipeorgan.StrideOption;
import org.pipeorgan.dsl.pipeorgan.TransposedOption;
import org.pipeorgan.engine.workload.TensorShape;
import org.pipeorgan.engine.workload.Window;
import org.pipeorgan.engine.workload.WorkloadBuilder;
import org.pipeorgan.engine.workload.WorkloadBuilder.NormalizedAxis;

/** Adds operators as they are written to the engine's workload, with the numbers of one environment. */
final class OperatorTranslator {
	private final WorkloadBuilder builder;
	private final Numbers numbers;

	OperatorTranslator(WorkloadBuilder builder, Numbers numbers) {
		this.builder = builder;
		this.numbers = numbers;
	}

	/**
	 * Adds an operator.
	 *
	 * @param name   of its result
	 * @param inputs names of the values that it reads, at least one
	 * @return whether it is complete and was added; what is incomplete, fast checks tell
	 * @throws WorkloadException   if the engine refuses it
	 * @throws ExpressionException if a number has no value
	 */
	boolean add(Operator operator, String name, List<String> inputs) {
		int bits = OperatorOptions.find(operator, PrecisionOption.class).map(o -> bits(o.getPrecision())).orElse(0);
		String input = inputs.get(0);
		long groups = OperatorOptions.find(operator, GroupsOption.class).map(o -> numbers.count(o.getValue())).orElse(1L);
		return switch (operator) {
		case Convolution convolution -> filters(operator)
				.flatMap(k -> window(operator, input).map(w -> builder.convolution(name, input, k, w, groups, bits))).isPresent();
		case DepthwiseConvolution depthwise ->
			window(operator, input).map(w -> builder.depthwise(name, input, w, bits)).isPresent();
		case Linear linear -> filters(operator).map(k -> builder.linear(name, input, k, bits)).isPresent();
		case MatrixProduct product -> inputs.size() == 2 && done(builder.matmul(name, input, inputs.get(1),
				OperatorOptions.find(operator, TransposedOption.class).isPresent(), groups, bits));
		case ElementWise elementWise -> done(builder.elementwise(name, inputs, bits));
		case Pool pool -> window(operator, input).map(w -> builder.pool(name, input, w, bits)).isPresent();
		case GlobalPool pool -> done(builder.globalPool(name, input, bits));
		case Resize resize -> resize(resize, name, input, bits);
		case Concatenation concatenation -> done(builder.concat(name, inputs, bits));
		case Softmax softmax -> done(builder.softmax(name, input, axis(operator), groups, bits));
		case Normalization normalization -> done(builder.normalization(name, input, axis(operator), groups, bits));
		case Reshape reshape -> OperatorOptions.find(operator, ShapeOption.class).flatMap(o -> shape(o.getShape()))
				.map(shape -> builder.reshape(name, input, shape)).isPresent();
		case Slice slice -> OperatorOptions.find(operator, RangeOption.class)
				.map(range -> builder.slice(name, input, numbers.count(range.getFrom()), numbers.count(range.getTo()))).isPresent();
		default -> throw new IllegalStateException("no translation for " + operator.eClass().getName());
		};
	}

	private static boolean done(WorkloadBuilder builder) {
		return builder != null;
	}

	private Optional<Long> filters(Operator operator) {
		return OperatorOptions.extent(operator, Rank.K).map(option -> numbers.count(option.getValue()));
	}

	private boolean resize(Resize resize, String name, String input, int bits) {
		Optional<SizeOption> size = OperatorOptions.find(resize, SizeOption.class);
		if (size.isPresent()) {
			return done(builder.resize(name, input, rows(size.get()), columns(size.get()), bits));
		}
		TensorShape in = builder.shapeOf(input);
		return OperatorOptions.find(resize, ScaleOption.class)
				.map(scale -> builder.resize(name, input, Math.multiplyExact(in.h(), rows(scale)), Math.multiplyExact(in.w(), columns(scale)), bits))
				.isPresent();
	}

	private static NormalizedAxis axis(Operator operator) {
		return OperatorOptions.find(operator, AxisOption.class).filter(axis -> axis.getRank() != Rank.C).isPresent() ? NormalizedAxis.SPATIAL
				: NormalizedAxis.CHANNELS;
	}

	private Optional<Window> window(Operator operator, String input) {
		Optional<ExtentOption> rows = OperatorOptions.extent(operator, Rank.R);
		Optional<ExtentOption> columns = OperatorOptions.extent(operator, Rank.S);
		if (rows.isEmpty() || columns.isEmpty()) {
			return Optional.empty();
		}
		Window window = Window.of(numbers.count(rows.get().getValue()), numbers.count(columns.get().getValue()));
		Optional<PairOption> stride = OperatorOptions.find(operator, StrideOption.class).map(PairOption.class::cast);
		window = window.stride(stride.map(this::rows).orElse(1L), stride.map(this::columns).orElse(1L));
		Optional<PairOption> dilation = OperatorOptions.find(operator, DilationOption.class).map(PairOption.class::cast);
		window = window.dilation(dilation.map(this::rows).orElse(1L), dilation.map(this::columns).orElse(1L));
		Optional<PadOption> pad = OperatorOptions.find(operator, PadOption.class);
		return Optional.of(pad.isPresent() ? pad(window, pad.get(), builder.shapeOf(input)) : window);
	}

	private Window pad(Window window, PadOption pad, TensorShape in) {
		if (pad.isSame()) {
			return window.padSame(in.h(), in.w());
		}
		long top = numbers.count(pad.getTop());
		long bottom = pad.getBottom() == null ? top : numbers.count(pad.getBottom());
		long left = pad.getLeft() == null ? top : numbers.count(pad.getLeft());
		long right = pad.getLeft() == null ? bottom : pad.getRight() == null ? left : numbers.count(pad.getRight());
		return window.pad(top, bottom, left, right);
	}

	private long rows(PairOption pair) {
		return numbers.count(pair.getRows());
	}

	private long columns(PairOption pair) {
		return numbers.count(pair.getColumns() == null ? pair.getRows() : pair.getColumns());
	}

	/** The extents as written; empty if there are none. */
	Optional<TensorShape> shape(Shape shape) {
		if (shape == null || shape.getExtents().isEmpty()) {
			return Optional.empty();
		}
		return Optional.of(new TensorShape(extent(shape, Rank.N), extent(shape, Rank.C), extent(shape, Rank.H), extent(shape, Rank.W)));
	}

	private long extent(Shape shape, Rank rank) {
		return shape.getExtents().stream().filter(extent -> extent.getRank() == rank).findFirst().map(extent -> numbers.count(extent.getValue())).orElse(1L);
	}

	/** Bits of a precision; 0, the engine's word for "none stated", where there is none. */
	int bits(Expression precision) {
		return precision == null ? 0 : numbers.bits(precision);
	}
}
