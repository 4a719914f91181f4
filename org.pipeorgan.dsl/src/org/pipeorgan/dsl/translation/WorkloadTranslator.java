package org.pipeorgan.dsl.translation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

import org.eclipse.emf.ecore.EObject;
import org.eclipse.emf.ecore.EStructuralFeature;
import org.pipeorgan.dsl.pipeorgan.AxisOption;
import org.pipeorgan.dsl.pipeorgan.Concatenation;
import org.pipeorgan.dsl.pipeorgan.Convolution;
import org.pipeorgan.dsl.pipeorgan.DepthwiseConvolution;
import org.pipeorgan.dsl.pipeorgan.DilationOption;
import org.pipeorgan.dsl.pipeorgan.ElementWise;
import org.pipeorgan.dsl.pipeorgan.Extent;
import org.pipeorgan.dsl.pipeorgan.ExtentOption;
import org.pipeorgan.dsl.pipeorgan.GlobalPool;
import org.pipeorgan.dsl.pipeorgan.Input;
import org.pipeorgan.dsl.pipeorgan.Linear;
import org.pipeorgan.dsl.pipeorgan.MatrixProduct;
import org.pipeorgan.dsl.pipeorgan.Model;
import org.pipeorgan.dsl.pipeorgan.Normalization;
import org.pipeorgan.dsl.pipeorgan.Operator;
import org.pipeorgan.dsl.pipeorgan.Output;
import org.pipeorgan.dsl.pipeorgan.PadOption;
import org.pipeorgan.dsl.pipeorgan.PairOption;
import org.pipeorgan.dsl.pipeorgan.PipeorganPackage.Literals;
import org.pipeorgan.dsl.pipeorgan.Pool;
import org.pipeorgan.dsl.pipeorgan.PrecisionOption;
import org.pipeorgan.dsl.pipeorgan.Quantity;
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
import org.pipeorgan.dsl.pipeorgan.Value;
import org.pipeorgan.dsl.pipeorgan.Workload;
import org.pipeorgan.dsl.pipeorgan.WorkloadMember;
import org.pipeorgan.dsl.validation.IssueCode;
import org.pipeorgan.engine.workload.TensorShape;
import org.pipeorgan.engine.workload.Window;
import org.pipeorgan.engine.workload.WorkloadBuilder;
import org.pipeorgan.engine.workload.WorkloadBuilder.NormalizedAxis;
import org.pipeorgan.engine.workload.WorkloadException;

/**
 * Translates a workload line by line; the engine infers the shapes and refuses what does not fit. An operator that
 * reads a value which could not be translated is passed over in silence, so that one mistake is told once. Lines that
 * the fast checks refuse (missing options, unresolved names) are passed over too.
 */
public final class WorkloadTranslator {
	private static final Set<String> FORMS = Set.of("literal", "structured");

	private final Workload workload;
	private final Consumer<Problem> problems;
	private final WorkloadBuilder builder;
	private final Set<Value> defined = new HashSet<>();
	private boolean complete = true;

	private WorkloadTranslator(Workload workload, Consumer<Problem> problems) {
		this.workload = workload;
		this.problems = problems;
		this.builder = new WorkloadBuilder(String.valueOf(workload.getName()), form(workload), bits(workload.getPrecision()));
	}

	/** The engine's workload; empty if a problem was found. Never throws for a half-written model. */
	public static Optional<org.pipeorgan.engine.workload.Workload> translate(Workload workload, Consumer<Problem> problems) {
		return new WorkloadTranslator(workload, problems).translate();
	}

	/**
	 * The shape of every value that could be inferred, in file order; for hovers and inlay hints.
	 *
	 * @param shapes is told each value and its shape
	 */
	public static void inferShapes(Workload workload, java.util.function.BiConsumer<Value, TensorShape> shapes) {
		WorkloadTranslator translator = new WorkloadTranslator(workload, Problem.IGNORE);
		translator.translateMembers();
		for (WorkloadMember member : workload.getMembers()) {
			if (member instanceof Value value && translator.defined.contains(value)) {
				shapes.accept(value, translator.builder.shapeOf(value.getName()));
			}
		}
	}

	/** Reading of a network: the last part of the package where that is a form, else empty. */
	private static String form(Workload workload) {
		if (workload.eContainer() instanceof Model model && model.getPackageName() != null) {
			String last = model.getPackageName().substring(model.getPackageName().lastIndexOf('.') + 1);
			return FORMS.contains(last) ? last : "";
		}
		return "";
	}

	private Optional<org.pipeorgan.engine.workload.Workload> translate() {
		translateMembers();
		if (!complete) {
			return Optional.empty();
		}
		try {
			return Optional.of(builder.build());
		} catch (WorkloadException e) {
			EObject element = element(e.element());
			problems.accept(Problem.at(element, Literals.NAMED_ELEMENT__NAME, code(e), e.getMessage()));
			return Optional.empty();
		}
	}

	private void translateMembers() {
		for (WorkloadMember member : workload.getMembers()) {
			if (member instanceof Output output) {
				translateOutput(output);
			} else if (member instanceof Value value) {
				if (value.getName() != null && !builder.has(value.getName()) && translateValue(value)) {
					defined.add(value);
				} else {
					complete = false;
				}
			}
		}
	}

	private EObject element(String name) {
		for (WorkloadMember member : workload.getMembers()) {
			if (member instanceof Value value && name.equals(value.getName())) {
				return value;
			}
		}
		return workload;
	}

	private void translateOutput(Output output) {
		if (output.getValue() != null && defined.contains(output.getValue())) {
			builder.output(output.getValue().getName());
		} else {
			complete = false;
		}
	}

	private boolean translateValue(Value value) {
		try {
			if (value instanceof Input input) {
				Optional<TensorShape> shape = shape(input.getShape());
				shape.ifPresent(s -> builder.input(input.getName(), s, bits(input.getPrecision())));
				return shape.isPresent();
			}
			Operator operator = (Operator) value;
			for (Value operand : operator.getOperands()) {
				if (operand == null || !defined.contains(operand)) {
					return false;
				}
			}
			return !operator.getOperands().isEmpty() && translateOperator(operator);
		} catch (WorkloadException e) {
			report(value, e);
		} catch (ArithmeticException e) {
			problems.accept(Problem.at(value, Literals.NAMED_ELEMENT__NAME, IssueCode.VALUE_OUT_OF_RANGE,
					"'" + value.getName() + "' has a number that does not fit into 64 bits; make it smaller"));
		}
		return false;
	}

	/** Shape problems stand on the operands, other ones on the option at fault where only one can be, else on the name. */
	private void report(Value value, WorkloadException e) {
		EObject object = value;
		EStructuralFeature feature = Literals.NAMED_ELEMENT__NAME;
		if (value instanceof Input input && input.getShape() != null) {
			feature = Literals.INPUT__SHAPE;
		} else if (value instanceof Slice slice && e.reason() == WorkloadException.Reason.OPTION) {
			object = OperatorOptions.find(slice, RangeOption.class).map(EObject.class::cast).orElse(value);
			feature = object == value ? feature : null;
		} else if (value instanceof Reshape reshape) {
			object = OperatorOptions.find(reshape, ShapeOption.class).map(EObject.class::cast).orElse(value);
			feature = object == value ? feature : null;
		} else if (e.reason() == WorkloadException.Reason.SHAPE) {
			problems.accept(new Problem(value, Literals.OPERATOR__OPERANDS, 0, code(e), message(value, e)));
			return;
		}
		problems.accept(Problem.at(object, feature, code(e), message(value, e)));
	}

	private static String message(Value value, WorkloadException e) {
		return "'" + value.getName() + "': " + e.getMessage();
	}

	private static IssueCode code(WorkloadException e) {
		return switch (e.reason()) {
		case SHAPE -> IssueCode.SHAPE_MISMATCH;
		case EXTENT, OVERFLOW, OPTION -> IssueCode.VALUE_OUT_OF_RANGE;
		case UNKNOWN_VALUE -> IssueCode.UNRESOLVED_NAME;
		case DUPLICATE -> IssueCode.DUPLICATE_NAME;
		};
	}

	private boolean translateOperator(Operator operator) {
		String name = operator.getName();
		int bits = OperatorOptions.find(operator, PrecisionOption.class).map(o -> bits(o.getPrecision())).orElse(0);
		List<String> inputs = new ArrayList<>();
		operator.getOperands().forEach(operand -> inputs.add(operand.getName()));
		String input = inputs.get(0);
		long groups = OperatorOptions.groups(operator);
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
		case Resize resize -> resize(resize, input, bits);
		case Concatenation concatenation -> done(builder.concat(name, inputs, bits));
		case Softmax softmax -> done(builder.softmax(name, input, axis(operator), groups, bits));
		case Normalization normalization -> done(builder.normalization(name, input, axis(operator), groups, bits));
		case Reshape reshape -> OperatorOptions.find(operator, ShapeOption.class).flatMap(o -> shape(o.getShape()))
				.map(shape -> builder.reshape(name, input, shape)).isPresent();
		case Slice slice -> OperatorOptions.find(operator, RangeOption.class)
				.map(range -> builder.slice(name, input, range.getFrom(), range.getTo())).isPresent();
		default -> throw new IllegalStateException("no translation for " + operator.eClass().getName());
		};
	}

	private static boolean done(WorkloadBuilder builder) {
		return builder != null;
	}

	private Optional<Long> filters(Operator operator) {
		return OperatorOptions.extent(operator, Rank.K).map(ExtentOption::getValue);
	}

	private boolean resize(Resize resize, String input, int bits) {
		Optional<SizeOption> size = OperatorOptions.find(resize, SizeOption.class);
		if (size.isPresent()) {
			return done(builder.resize(resize.getName(), input, size.get().getRows(), OperatorOptions.columns(size.get()), bits));
		}
		TensorShape in = builder.shapeOf(input);
		return OperatorOptions.find(resize, ScaleOption.class)
				.map(scale -> builder.resize(resize.getName(), input, Math.multiplyExact(in.h(), scale.getRows()),
						Math.multiplyExact(in.w(), OperatorOptions.columns(scale)), bits))
				.isPresent();
	}

	private NormalizedAxis axis(Operator operator) {
		return OperatorOptions.find(operator, AxisOption.class).filter(axis -> axis.getRank() != Rank.C).isPresent() ? NormalizedAxis.SPATIAL
				: NormalizedAxis.CHANNELS;
	}

	private Optional<Window> window(Operator operator, String input) {
		Optional<ExtentOption> rows = OperatorOptions.extent(operator, Rank.R);
		Optional<ExtentOption> columns = OperatorOptions.extent(operator, Rank.S);
		if (rows.isEmpty() || columns.isEmpty()) {
			return Optional.empty();
		}
		Window window = Window.of(rows.get().getValue(), columns.get().getValue());
		Optional<PairOption> stride = OperatorOptions.find(operator, StrideOption.class).map(PairOption.class::cast);
		window = window.stride(stride.map(PairOption::getRows).orElse(1L), stride.map(OperatorOptions::columns).orElse(1L));
		Optional<PairOption> dilation = OperatorOptions.find(operator, DilationOption.class).map(PairOption.class::cast);
		window = window.dilation(dilation.map(PairOption::getRows).orElse(1L), dilation.map(OperatorOptions::columns).orElse(1L));
		Optional<PadOption> pad = OperatorOptions.find(operator, PadOption.class);
		return Optional.of(pad.isPresent() ? pad(window, pad.get(), builder.shapeOf(input)) : window);
	}

	private static Window pad(Window window, PadOption pad, TensorShape in) {
		if (pad.isSame()) {
			return window.padSame(in.h(), in.w());
		}
		long top = pad.getTop();
		long bottom = pad.eIsSet(Literals.PAD_OPTION__BOTTOM) ? pad.getBottom() : top;
		boolean columns = pad.eIsSet(Literals.PAD_OPTION__LEFT);
		long left = columns ? pad.getLeft() : top;
		long right = !columns ? bottom : pad.eIsSet(Literals.PAD_OPTION__RIGHT) ? pad.getRight() : left;
		return window.pad(top, bottom, left, right);
	}

	private static Optional<TensorShape> shape(Shape shape) {
		if (shape == null || shape.getExtents().isEmpty()) {
			return Optional.empty();
		}
		return Optional.of(new TensorShape(extent(shape, Rank.N), extent(shape, Rank.C), extent(shape, Rank.H), extent(shape, Rank.W)));
	}

	private static long extent(Shape shape, Rank rank) {
		for (Extent extent : shape.getExtents()) {
			if (extent.getRank() == rank) {
				return extent.getValue();
			}
		}
		return 1;
	}

	/** Bits of a precision; 0, the engine's word for "none stated", where there is none or it is wrong (a fast check tells). */
	private static int bits(Quantity precision) {
		try {
			int bits = precision == null ? 0 : Quantities.bits(precision);
			return bits < 0 || bits > 64 ? 0 : bits;
		} catch (IllegalArgumentException | ArithmeticException e) {
			return 0;
		}
	}
}
