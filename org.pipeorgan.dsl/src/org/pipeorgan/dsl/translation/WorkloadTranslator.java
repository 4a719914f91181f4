package org.pipeorgan.dsl.translation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

import org.eclipse.emf.ecore.EObject;
import org.eclipse.emf.ecore.EStructuralFeature;
import org.eclipse.xtext.nodemodel.ICompositeNode;
import org.eclipse.xtext.nodemodel.util.NodeModelUtils;
import org.pipeorgan.dsl.expressions.Environment;
import org.pipeorgan.dsl.expressions.ExpressionException;
import org.pipeorgan.dsl.expressions.Numbers;
import org.pipeorgan.dsl.pipeorgan.Block;
import org.pipeorgan.dsl.pipeorgan.BlockUse;
import org.pipeorgan.dsl.pipeorgan.Graph;
import org.pipeorgan.dsl.pipeorgan.Input;
import org.pipeorgan.dsl.pipeorgan.Model;
import org.pipeorgan.dsl.pipeorgan.Operator;
import org.pipeorgan.dsl.pipeorgan.Output;
import org.pipeorgan.dsl.pipeorgan.PipeorganPackage.Literals;
import org.pipeorgan.dsl.pipeorgan.RangeOption;
import org.pipeorgan.dsl.pipeorgan.Reshape;
import org.pipeorgan.dsl.pipeorgan.ShapeOption;
import org.pipeorgan.dsl.pipeorgan.Slice;
import org.pipeorgan.dsl.pipeorgan.Value;
import org.pipeorgan.dsl.pipeorgan.Workload;
import org.pipeorgan.dsl.pipeorgan.WorkloadMember;
import org.pipeorgan.dsl.validation.IssueCode;
import org.pipeorgan.engine.workload.TensorShape;
import org.pipeorgan.engine.workload.WorkloadBuilder;
import org.pipeorgan.engine.workload.WorkloadException;

/**
 * Translates a workload line by line; the engine infers the shapes and refuses what does not fit. Blocks are put in where
 * they are used: an operator {@code a} of a use {@code y} is called {@code y.a}, in the third repetition {@code y.3.a}; the
 * use's results bear their own names.
 *
 * <p>An operator that reads a value which could not be translated is passed over in silence, so that one mistake is told
 * once. Lines that the fast checks refuse (missing options, unresolved names, numbers without value) are passed over too.
 */
public final class WorkloadTranslator {
	/** Most blocks in blocks. */
	public static final int DEEPEST = 100;
	private static final Set<String> FORMS = Set.of("literal", "structured");
	private static final int MOST_OPERATORS = 100_000;

	private final Workload workload;
	private final Consumer<Problem> problems;
	private final WorkloadBuilder builder;
	private final Frame frame;
	private final Map<String, EObject> places = new HashMap<>();
	private final Set<Block> open = new HashSet<>();
	private boolean complete = true;
	private int added;

	/** One reading of a graph: the workload's own, or that of a block in one use and repetition. */
	private final class Frame {
		private final Environment environment;
		private final OperatorTranslator operators;
		private final String prefix;
		/** The use of a block in the workload that this is a part of; {@code null} for the workload itself. */
		private final BlockUse use;
		/** Engine's names of the values that are defined so far. */
		private final Map<Value, String> names = new HashMap<>();
		/** Engine's names of the values that are results of the block. */
		private final Map<Value, String> results = new HashMap<>();

		Frame(Environment environment, String prefix, BlockUse use) {
			this.environment = environment;
			this.operators = new OperatorTranslator(builder, new Numbers(environment));
			this.prefix = prefix;
			this.use = use;
		}

		String name(Value value) {
			return results.getOrDefault(value, prefix + value.getName());
		}
	}

	private WorkloadTranslator(Workload workload, Consumer<Problem> problems) {
		this.workload = workload;
		this.problems = problems;
		int bits = 0;
		try {
			bits = workload.getPrecision() == null ? 0 : Numbers.of(workload).bits(workload.getPrecision());
		} catch (ExpressionException e) {
			complete = false;
		}
		this.builder = new WorkloadBuilder(String.valueOf(workload.getName()), form(workload), bits);
		this.frame = new Frame(Environment.of(workload), "", null);
	}

	/** The engine's workload; empty if a problem was found. Never throws for a half-written model. */
	public static Optional<org.pipeorgan.engine.workload.Workload> translate(Workload workload, Consumer<Problem> problems) {
		return new WorkloadTranslator(workload, problems).translate();
	}

	/**
	 * The shape of every value of the workload itself that could be inferred, in file order; for hovers and inlay hints.
	 *
	 * @param shapes is told each value and its shape
	 */
	public static void inferShapes(Workload workload, BiConsumer<Value, TensorShape> shapes) {
		WorkloadTranslator translator = new WorkloadTranslator(workload, Problem.IGNORE);
		translator.addMembers(workload, translator.frame);
		Graphs.values(workload).forEach(value -> {
			String name = translator.frame.names.get(value);
			if (name != null) {
				shapes.accept(value, translator.builder.shapeOf(name));
			}
		});
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
		addMembers(workload, frame);
		if (!complete) {
			return Optional.empty();
		}
		try {
			return Optional.of(builder.build());
		} catch (WorkloadException e) {
			problems.accept(Problem.at(places.getOrDefault(e.element(), workload), Literals.NAMED_ELEMENT__NAME, code(e), e.getMessage()));
			return Optional.empty();
		}
	}

	private void addMembers(Graph graph, Frame frame) {
		for (WorkloadMember member : graph.getMembers()) {
			switch (member) {
			case Output output -> {
				if (frame.use == null) {
					addOutput(output);
				}
			}
			case Value value -> {
				String name = frame.name(value);
				if (value.getName() != null && !builder.has(name) && addValue(value, name, frame)) {
					define(value, name, frame);
				} else {
					complete = false;
				}
			}
			case BlockUse use -> complete &= addUse(use, frame);
			default -> {
				// parameters are read where they are used
			}
			}
		}
	}

	private void define(Value value, String name, Frame frame) {
		frame.names.put(value, name);
		places.putIfAbsent(name, frame.use == null ? value : frame.use.getResults().get(0));
		added++;
	}

	private void addOutput(Output output) {
		String name = output.getValue() == null ? null : frame.names.get(output.getValue());
		if (name != null) {
			builder.output(name);
		} else {
			complete = false;
		}
	}

	private boolean addValue(Value value, String name, Frame frame) {
		try {
			if (value instanceof Input input) {
				Optional<TensorShape> shape = frame.operators.shape(input.getShape());
				shape.ifPresent(s -> builder.input(name, s, frame.operators.bits(input.getPrecision())));
				return shape.isPresent();
			}
			Operator operator = (Operator) value;
			List<String> operands = operands(operator.getOperands(), frame);
			return operands != null && frame.operators.add(operator, name, operands);
		} catch (WorkloadException e) {
			report(value, e, frame);
		} catch (ExpressionException e) {
			report(e, frame);
		} catch (ArithmeticException e) {
			report(Problem.at(value, Literals.NAMED_ELEMENT__NAME, IssueCode.VALUE_OUT_OF_RANGE,
					"'" + value.getName() + "' has a number that does not fit into 64 bits; make it smaller"), frame);
		}
		return false;
	}

	/** Engine's names; {@code null} if there is none, or one that is not defined. */
	private static List<String> operands(List<Value> operands, Frame frame) {
		List<String> names = new ArrayList<>();
		for (Value operand : operands) {
			String name = operand == null ? null : frame.names.get(operand);
			if (name == null) {
				return null;
			}
			names.add(name);
		}
		return names.isEmpty() ? null : names;
	}

	/** Puts a block in; whether everything in it could be translated. */
	private boolean addUse(BlockUse use, Frame outer) {
		Block block = use.getBlock();
		List<String> operands = operands(use.getOperands(), outer);
		if (block == null || block.eIsProxy() || operands == null || operands.size() != block.getInputs().size()) {
			return false;
		}
		List<Value> outputs = Graphs.results(block);
		if (outputs.isEmpty() || outputs.size() != use.getResults().size() || use.getResults().stream().anyMatch(result -> result.getName() == null) || open.contains(block)) {
			return false;
		}
		if (open.size() >= DEEPEST) {
			report(Problem.at(use, Literals.BLOCK_USE__BLOCK, IssueCode.VALUE_OUT_OF_RANGE, "this uses blocks in blocks, more than " + DEEPEST + " deep; put some of them together"), outer);
			return false;
		}
		open.add(block);
		try {
			long times = use.getRepeat() == null ? 1 : new Numbers(outer.environment).count(use.getRepeat());
			for (long i = 1; i <= times; i++) {
				if (++added > MOST_OPERATORS) {
					report(Problem.at(use, Literals.BLOCK_USE__REPEAT, IssueCode.VALUE_OUT_OF_RANGE,
							"with this the workload has more than " + MOST_OPERATORS + " operators; repeat less often"), outer);
					return false;
				}
				List<String> results = addOnce(use, outer, operands, times == 1 || i == times ? "" : "." + i, times == 1 ? "" : i + ".");
				if (results == null) {
					return false;
				}
				for (int o = 0; o < Math.min(results.size(), operands.size()); o++) {
					operands.set(o, results.get(o));
				}
				for (int o = 0; o < results.size(); o++) {
					outer.names.put(use.getResults().get(o), results.get(o));
				}
			}
			return true;
		} catch (ExpressionException e) {
			report(e, outer);
			return false;
		} finally {
			open.remove(block);
		}
	}

	/** Engine's names of the results of one repetition; {@code null} if something could not be translated. */
	private List<String> addOnce(BlockUse use, Frame outer, List<String> operands, String resultSuffix, String prefix) {
		Block block = use.getBlock();
		String name = outer.prefix + use.getResults().get(0).getName();
		Frame inner = new Frame(outer.environment.inside(use), name + "." + prefix, outer.use == null ? use : outer.use);
		for (int i = 0; i < operands.size(); i++) {
			inner.names.put(block.getInputs().get(i), operands.get(i));
		}
		List<Value> outputs = Graphs.results(block);
		for (int i = 0; i < outputs.size(); i++) {
			inner.results.putIfAbsent(outputs.get(i), outer.name(use.getResults().get(i)) + resultSuffix);
		}
		boolean before = complete;
		complete = true;
		addMembers(block, inner);
		boolean all = complete;
		complete = before && all;
		List<String> results = outputs.stream().map(inner.names::get).toList();
		return !all || outputs.stream().anyMatch(output -> inner.names.get(output) == null) ? null : results;
	}

	private void report(ExpressionException e, Frame frame) {
		if (e.code() != null && !Problem.isTold(e.place())) {
			report(Problem.at(e.place(), null, e.code(), e.getMessage()), frame);
		}
	}

	/** In a block, a problem stands at the use in the workload: other uses may be right. */
	private void report(Problem problem, Frame frame) {
		if (frame.use == null) {
			problems.accept(problem);
			return;
		}
		ICompositeNode node = NodeModelUtils.getNode(problem.object());
		String where = node == null ? "" : ", line " + node.getStartLine();
		problems.accept(Problem.at(frame.use, Literals.BLOCK_USE__BLOCK, problem.code(), "block '" + frame.use.getBlock().getName() + "'" + where + ": " + problem.message()));
	}

	/** Shape problems stand on the operands, other ones on the option at fault where only one can be, else on the name. */
	private void report(Value value, WorkloadException e, Frame frame) {
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
			report(new Problem(value, Literals.OPERATOR__OPERANDS, 0, code(e), message(value, e)), frame);
			return;
		}
		report(Problem.at(object, feature, code(e), message(value, e)), frame);
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
}
