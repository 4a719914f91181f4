package org.pipeorgan.dsl.imports.onnx;

import java.util.Set;

/** The rules by which ONNX's operators become operators of the language, one node at a time: a class for each family, this one finds the rule. */
final class OperatorRules {
	private static final Set<String> RECURRENT = Set.of("LSTM", "GRU", "RNN");

	private final NodeAtWork at;
	private final WindowRules windows;
	private final ProductRules products;
	private final RecurrentRules recurrences;
	private final ElementRules elements;
	private final PartRules parts;

	OperatorRules(NodeAtWork at) {
		this.at = at;
		windows = new WindowRules(at);
		products = new ProductRules(at);
		recurrences = new RecurrentRules(at);
		elements = new ElementRules(at, windows);
		parts = new PartRules(at, windows);
	}

	/** Writes a node. @throws UnsupportedException if there is no rule for it */
	void lower(Node node) {
		at.begin(node);
		if (ShapeRules.PASSING.contains(node.op())) {
			at.define(at.value(0).as(at.result(), at.value(0).layout()));
		} else if (ShapeRules.POINTWISE.contains(node.op())) {
			at.define(at.unary(at.value(0), at.result()));
		} else if (node.op().startsWith("Reduce") || node.op().startsWith("Global")) {
			elements.reduce(node);
		} else if (ShapeRules.BROADCASTING.contains(node.op())) {
			elements.broadcast(node);
		} else if (ShapeRules.NORMALIZING.contains(node.op())) {
			elements.normalize(node);
		} else if (RECURRENT.contains(node.op())) {
			recurrences.recurrent(node);
		} else {
			other(node);
		}
	}

	private void other(Node node) {
		switch (node.op()) {
		case "Conv", "ConvInteger", "com.microsoft.FusedConv" -> windows.convolution(at.info(1).shape());
		case "QLinearConv" -> windows.convolution(at.info(3).shape());
		case "ConvTranspose" -> windows.transposedConvolution();
		case "MaxPool", "AveragePool", "LpPool" -> windows.pool(node);
		case "MatMul", "MatMulInteger", "com.microsoft.DynamicQuantizeMatMul", "com.microsoft.MatMulIntegerToFloat" -> products.product(at.value0(), 1, false);
		case "QLinearMatMul" -> products.product(at.value(0), 3, false);
		case "com.microsoft.FusedMatMul", "Gemm" -> products.product(node.number("transA", 0) != 0 ? at.swapped(at.value(0)) : at.value0(), 1, node.number("transB", 0) != 0);
		case "DynamicQuantizeLinear" -> {
			at.note("dynamic quantisations have scales that are taken as constants");
			at.define(at.unary(at.value(0), at.result()));
		}
		case "Reshape", "Flatten", "Squeeze", "Unsqueeze" -> at.define(at.reshape(at.value(0), at.result()));
		case "Transpose" -> parts.transpose(node);
		case "Expand", "Tile" -> elements.expand();
		case "Concat" -> parts.concat(node);
		case "Split" -> parts.split(node);
		case "Slice" -> parts.slice(node);
		case "Gather" -> parts.gather(node);
		case "Pad" -> windows.pad(node);
		case "Resize", "Upsample" -> at.define(windows.resize(at.value(0), at.result()));
		case "DepthToSpace", "SpaceToDepth" -> at.define(at.copy(at.arrange(at.value(0), Layout.inOrder(at.value(0).shape())), at.result(), Layout.inOrder(at.result())));
		default -> throw new UnsupportedException("there is no rule for it");
		}
	}
}
