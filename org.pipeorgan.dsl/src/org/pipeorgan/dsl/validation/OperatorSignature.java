package org.pipeorgan.dsl.validation;

import java.util.List;
import java.util.Set;

import org.pipeorgan.dsl.pipeorgan.AxisOption;
import org.pipeorgan.dsl.pipeorgan.Concatenation;
import org.pipeorgan.dsl.pipeorgan.Convolution;
import org.pipeorgan.dsl.pipeorgan.DepthwiseConvolution;
import org.pipeorgan.dsl.pipeorgan.DilationOption;
import org.pipeorgan.dsl.pipeorgan.ElementWise;
import org.pipeorgan.dsl.pipeorgan.ElementWiseFunction;
import org.pipeorgan.dsl.pipeorgan.ExtentOption;
import org.pipeorgan.dsl.pipeorgan.GlobalPool;
import org.pipeorgan.dsl.pipeorgan.GroupsOption;
import org.pipeorgan.dsl.pipeorgan.Linear;
import org.pipeorgan.dsl.pipeorgan.MatrixProduct;
import org.pipeorgan.dsl.pipeorgan.Normalization;
import org.pipeorgan.dsl.pipeorgan.Operator;
import org.pipeorgan.dsl.pipeorgan.OperatorOption;
import org.pipeorgan.dsl.pipeorgan.PadOption;
import org.pipeorgan.dsl.pipeorgan.Pool;
import org.pipeorgan.dsl.pipeorgan.PrecisionOption;
import org.pipeorgan.dsl.pipeorgan.RangeOption;
import org.pipeorgan.dsl.pipeorgan.Reshape;
import org.pipeorgan.dsl.pipeorgan.Resize;
import org.pipeorgan.dsl.pipeorgan.ScaleOption;
import org.pipeorgan.dsl.pipeorgan.ShapeOption;
import org.pipeorgan.dsl.pipeorgan.SizeOption;
import org.pipeorgan.dsl.pipeorgan.Slice;
import org.pipeorgan.dsl.pipeorgan.Softmax;
import org.pipeorgan.dsl.pipeorgan.StrideOption;
import org.pipeorgan.dsl.pipeorgan.TransposedOption;

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
		return switch (operator) {
		case Convolution convolution ->
			new OperatorSignature("conv", 1, 1, List.of("K", "R", "S"), WINDOW, "y = conv(x) K 8 R 3 S 3 pad 1");
		case DepthwiseConvolution depthwiseConvolution ->
			new OperatorSignature("depthwise", 1, 1, List.of("R", "S"), POOL, "y = depthwise(x) R 3 S 3 pad 1");
		case Linear linear -> new OperatorSignature("linear", 1, 1, List.of("K"), List.of("precision"), "y = linear(x) K 10");
		case MatrixProduct matrixProduct ->
			new OperatorSignature("matmul", 2, 2, List.of(), List.of("transposed", "groups", "precision"), "y = matmul(q, k) transposed");
		case ElementWise elementWise -> elementWise(elementWise);
		case Pool pool -> {
			String keyword = pool.getFunction().getLiteral();
			yield new OperatorSignature(keyword, 1, 1, List.of("R", "S"), POOL, "y = " + keyword + "(x) R 2 S 2 stride 2");
		}
		case GlobalPool globalPool -> new OperatorSignature("globalpool", 1, 1, List.of(), List.of("precision"), "y = globalpool(x)");
		case Resize resize ->
			new OperatorSignature("resize", 1, 1, List.of(), List.of("scale", "to", "precision"), "y = resize(x) scale 2");
		case Concatenation concatenation -> new OperatorSignature("concat", 1, ANY, List.of(), List.of("precision"), "y = concat(a, b)");
		case Softmax softmax ->
			new OperatorSignature("softmax", 1, 1, List.of(), List.of("over", "groups", "precision"), "y = softmax(x) over C");
		case Normalization normalization ->
			new OperatorSignature("norm", 1, 1, List.of(), List.of("over", "groups", "precision"), "y = norm(x) over C");
		case Reshape reshape ->
			new OperatorSignature("reshape", 1, 1, List.of("[...]"), List.of(), "y = reshape(x) [C 32, H 3136, W 1]");
		case Slice slice -> new OperatorSignature("slice", 1, 1, List.of("C from .. to"), List.of(), "y = slice(x) C 0 .. 31");
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
		return switch (option) {
		case ExtentOption extentOption -> extentOption.getRank().getLiteral();
		case StrideOption strideOption -> "stride";
		case DilationOption dilationOption -> "dilation";
		case ScaleOption scaleOption -> "scale";
		case SizeOption sizeOption -> "to";
		case PadOption padOption -> "pad";
		case GroupsOption groupsOption -> "groups";
		case PrecisionOption precisionOption -> "precision";
		case TransposedOption transposedOption -> "transposed";
		case AxisOption axisOption -> "over";
		case RangeOption rangeOption -> "C from .. to";
		case ShapeOption shapeOption -> "[...]";
		default -> throw new IllegalArgumentException("no keyword for " + option.eClass().getName());
		};
	}
}
