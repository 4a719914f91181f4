package org.pipeorgan.dsl.validation;

import java.util.List;
import java.util.Set;

import org.eclipse.emf.ecore.EClass;
import org.pipeorgan.dsl.pipeorgan.ElementWise;
import org.pipeorgan.dsl.pipeorgan.ElementWiseFunction;
import org.pipeorgan.dsl.pipeorgan.ExtentOption;
import org.pipeorgan.dsl.pipeorgan.Operator;
import org.pipeorgan.dsl.pipeorgan.OperatorOption;
import org.pipeorgan.dsl.pipeorgan.PipeorganPackage;
import org.pipeorgan.dsl.pipeorgan.Pool;

/**
 * What an operator takes: for validation, content assist and signature help.
 *
 * @param keyword      name in the language
 * @param leastOperands least number of operands
 * @param mostOperands most operands
 * @param required     keywords of the options that have to be there
 * @param optional     keywords of further options
 * @param example      a line that is right
 */
public record OperatorSignature(String keyword, int leastOperands, int mostOperands, List<String> required, List<String> optional, String example) {
	/** Stands for "as many as you like". */
	public static final int ANY = Integer.MAX_VALUE;
	private static final List<String> WINDOW = List.of("stride", "pad", "dilation", "groups", "precision");
	private static final List<String> POOL = List.of("stride", "pad", "dilation", "precision");
	private static final Set<ElementWiseFunction> BINARY = Set.of(ElementWiseFunction.ADD, ElementWiseFunction.MUL, ElementWiseFunction.SUB, ElementWiseFunction.MAX);

	/** The signature of an operator. */
	public static OperatorSignature of(Operator operator) {
		return switch (operator.eClass().getClassifierID()) {
		case PipeorganPackage.CONVOLUTION ->
			new OperatorSignature("conv", 1, 1, List.of("K", "R", "S"), WINDOW, "y = conv(x) K 8 R 3 S 3 pad 1");
		case PipeorganPackage.DEPTHWISE_CONVOLUTION ->
			new OperatorSignature("depthwise", 1, 1, List.of("R", "S"), POOL, "y = depthwise(x) R 3 S 3 pad 1");
		case PipeorganPackage.LINEAR -> new OperatorSignature("linear", 1, 1, List.of("K"), List.of("precision"), "y = linear(x) K 10");
		case PipeorganPackage.MATRIX_PRODUCT ->
			new OperatorSignature("matmul", 2, 2, List.of(), List.of("transposed", "groups", "precision"), "y = matmul(q, k) transposed");
		case PipeorganPackage.ELEMENT_WISE -> elementWise((ElementWise) operator);
		case PipeorganPackage.POOL -> {
			String keyword = ((Pool) operator).getFunction().getLiteral();
			yield new OperatorSignature(keyword, 1, 1, List.of("R", "S"), POOL, "y = " + keyword + "(x) R 2 S 2 stride 2");
		}
		case PipeorganPackage.GLOBAL_POOL -> new OperatorSignature("globalpool", 1, 1, List.of(), List.of("precision"), "y = globalpool(x)");
		case PipeorganPackage.RESIZE ->
			new OperatorSignature("resize", 1, 1, List.of(), List.of("scale", "to", "precision"), "y = resize(x) scale 2");
		case PipeorganPackage.CONCATENATION -> new OperatorSignature("concat", 1, ANY, List.of(), List.of("precision"), "y = concat(a, b)");
		case PipeorganPackage.SOFTMAX ->
			new OperatorSignature("softmax", 1, 1, List.of(), List.of("over", "groups", "precision"), "y = softmax(x) over C");
		case PipeorganPackage.NORMALIZATION ->
			new OperatorSignature("norm", 1, 1, List.of(), List.of("over", "groups", "precision"), "y = norm(x) over C");
		case PipeorganPackage.RESHAPE ->
			new OperatorSignature("reshape", 1, 1, List.of("[...]"), List.of(), "y = reshape(x) [C 32, H 3136, W 1]");
		case PipeorganPackage.SLICE -> new OperatorSignature("slice", 1, 1, List.of("C from .. to"), List.of(), "y = slice(x) C 0 .. 31");
		default -> throw new IllegalArgumentException("no signature for " + operator.eClass().getName());
		};
	}

	private static OperatorSignature elementWise(ElementWise operator) {
		String keyword = operator.getFunction().getLiteral();
		return BINARY.contains(operator.getFunction())
				? new OperatorSignature(keyword, 2, ANY, List.of(), List.of("precision"), "y = " + keyword + "(a, b)")
				: new OperatorSignature(keyword, 1, 1, List.of(), List.of("precision"), "y = " + keyword + "(x)");
	}

	/** Whether the operator takes the option of this keyword. */
	public boolean takes(String option) {
		return required.contains(option) || optional.contains(option);
	}

	/** The keyword of an option as it stands in {@link #required} and {@link #optional}. */
	public static String keyword(OperatorOption option) {
		EClass type = option.eClass();
		return switch (type.getClassifierID()) {
		case PipeorganPackage.EXTENT_OPTION -> ((ExtentOption) option).getRank().getLiteral();
		case PipeorganPackage.STRIDE_OPTION -> "stride";
		case PipeorganPackage.DILATION_OPTION -> "dilation";
		case PipeorganPackage.SCALE_OPTION -> "scale";
		case PipeorganPackage.SIZE_OPTION -> "to";
		case PipeorganPackage.PAD_OPTION -> "pad";
		case PipeorganPackage.GROUPS_OPTION -> "groups";
		case PipeorganPackage.PRECISION_OPTION -> "precision";
		case PipeorganPackage.TRANSPOSED_OPTION -> "transposed";
		case PipeorganPackage.AXIS_OPTION -> "over";
		case PipeorganPackage.RANGE_OPTION -> "C from .. to";
		case PipeorganPackage.SHAPE_OPTION -> "[...]";
		default -> throw new IllegalArgumentException("no keyword for " + type.getName());
		};
	}
}
