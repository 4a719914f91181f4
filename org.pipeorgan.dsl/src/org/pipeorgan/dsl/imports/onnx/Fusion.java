package org.pipeorgan.dsl.imports.onnx;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Finds operators that exporters write as several nodes: normalisation over channels, Gelu, Silu, Hardswish; and what is folded into weights. */
final class Fusion {
	private final Inference inference;
	private final List<Node> nodes;
	private final Map<String, Node> producers = new HashMap<>();
	private final Map<String, List<Node>> readers = new HashMap<>();
	private final Map<Node, Node> replaced = new HashMap<>();

	private Fusion(Inference inference, List<String> outputs) {
		this.inference = inference;
		nodes = inference.nodes();
		for (Node node : nodes) {
			node.outputs().forEach(output -> producers.put(output, node));
			node.inputs().forEach(input -> readers.computeIfAbsent(input, name -> new ArrayList<>()).add(node));
		}
		// what leaves the network has a reader that is no node
		outputs.forEach(output -> readers.computeIfAbsent(output, name -> new ArrayList<>()).add(new Node("", "", List.of(output), List.of(), Map.of())));
	}

	/** The nodes with what was found in place of the last node of each. */
	static List<Node> of(Inference inference, List<String> outputs) {
		Fusion fusion = new Fusion(inference, outputs);
		for (Node node : fusion.nodes) {
			switch (node.op()) {
			case "Erf" -> fusion.gelu(node);
			case "Sqrt" -> fusion.normalization(node);
			case "Mul" -> fusion.gated(node);
			case "BatchNormalization" -> fusion.folded(node, Set.of("Conv", "ConvTranspose", "Gemm"));
			case "Add" -> fusion.bias(node);
			default -> {
				// as it is
			}
			}
		}
		return fusion.nodes.stream().map(node -> fusion.replaced.getOrDefault(node, node)).toList();
	}

	private void replace(Node last, String op, String input, Map<String, ai.onnx.proto.OnnxMl.AttributeProto> attributes) {
		replaced.put(last, new Node(op, last.name(), List.of(input), last.outputs(), attributes));
	}

	private Optional<Node> producer(String tensor, String... ops) {
		return Optional.ofNullable(producers.get(tensor)).filter(node -> Set.of(ops).contains(node.op()));
	}

	private Optional<Node> onlyReader(Node node, String... ops) {
		List<Node> all = readers.getOrDefault(node.output(), List.of());
		return all.size() == 1 && Set.of(ops).contains(all.get(0).op()) ? Optional.of(all.get(0)) : Optional.empty();
	}

	private boolean isConstant(String tensor) {
		return inference.info(tensor).constant();
	}

	/** The operand beside a constant; {@code null} if none is constant, or both. */
	private String besideConstant(Node node) {
		return isConstant(node.input(0)) == isConstant(node.input(1)) ? null : isConstant(node.input(0)) ? node.input(1) : node.input(0);
	}

	private static String other(Node node, String operand) {
		return node.input(0).equals(operand) ? node.input(1) : node.input(0);
	}

	/** x / sqrt 2, its error function, plus 1, times x and a half in any order. */
	private void gelu(Node erf) {
		String x = producer(erf.input(0), "Div", "Mul").map(this::besideConstant).orElse(null);
		Optional<Node> sum = onlyReader(erf, "Add").filter(add -> isConstant(other(add, erf.output())));
		Optional<Node> first = sum.flatMap(add -> onlyReader(add, "Mul"));
		if (x == null || first.isEmpty()) {
			return;
		}
		String beside = other(first.get(), sum.get().output());
		Optional<Node> half = producer(beside, "Mul", "Div").filter(node -> Objects.equals(besideConstant(node), x));
		if (half.isPresent()) {
			replace(first.get(), "Gelu", x, Map.of());
			return;
		}
		onlyReader(first.get(), "Mul").filter(second -> {
			String factor = other(second, first.get().output());
			return beside.equals(x) && isConstant(factor) || isConstant(beside) && factor.equals(x);
		}).ifPresent(second -> replace(second, "Gelu", x, Map.of()));
	}

	/** x less its mean, over the root of the mean of its square; then times and plus constants. */
	private void normalization(Node root) {
		Optional<Node> variance = producer(root.input(0), "Add").map(this::besideConstant).flatMap(tensor -> producer(tensor, "ReduceMean"));
		Optional<Node> square = variance.flatMap(mean -> producer(mean.input(0), "Pow", "Mul"));
		Optional<Node> centred = square.flatMap(node -> producer(node.input(0), "Sub"));
		Optional<Node> mean = centred.flatMap(sub -> producer(sub.input(1), "ReduceMean")).filter(node -> node.input(0).equals(centred.get().input(0)));
		Optional<Node> quotient = onlyReader(root, "Div").filter(div -> producer(div.input(0), "Sub").isPresent());
		if (mean.isEmpty() || quotient.isEmpty() || !isLastAxis(mean.get()) || !producer(quotient.get().input(0), "Sub").get().input(0).equals(mean.get().input(0))) {
			return;
		}
		Node last = quotient.get();
		Optional<Node> scaled = onlyReader(last, "Mul").filter(node -> besideConstant(node) != null);
		last = scaled.orElse(last);
		last = onlyReader(last, "Add").filter(node -> besideConstant(node) != null).orElse(last);
		replace(last, "LayerNormalization", mean.get().input(0), Map.of());
	}

	private boolean isLastAxis(Node mean) {
		long[] axes = mean.numbers("axes") != null ? mean.numbers("axes") : inference.info(mean.input(1)).numbers();
		int rank = inference.info(mean.input(0)).rank();
		return axes != null && axes.length == 1 && TensorInfo.axis(axes[0], rank) == rank - 1;
	}

	/** x times its sigmoid, hard or not. */
	private void gated(Node product) {
		for (int i = 0; i < 2; i++) {
			String x = product.input(i);
			String beside = product.input(1 - i);
			Optional<Node> gate = producer(beside, "Sigmoid", "HardSigmoid").filter(node -> node.input(0).equals(x));
			if (gate.isPresent() && !isConstant(x)) {
				replace(product, gate.get().op().equals("Sigmoid") ? "Swish" : "HardSwish", x, Map.of());
				return;
			}
			// clip(x + 3, 0, 6), over 6 before or behind the product
			Optional<Node> clip = producer(beside, "Div", "Mul").map(this::besideConstant).flatMap(tensor -> producer(tensor, "Clip")).or(() -> producer(beside, "Clip"));
			boolean shifted = clip.flatMap(node -> producer(node.input(0), "Add")).map(this::besideConstant).filter(x::equals).isPresent();
			if (shifted && !isConstant(x)) {
				boolean before = !clip.get().output().equals(beside);
				Node last = before ? product : onlyReader(product, "Div", "Mul").filter(node -> besideConstant(node) != null).orElse(product);
				replace(last, "HardSwish", x, Map.of());
				return;
			}
		}
	}

	/** What scales and shifts the channels of a convolution alone is folded into its weights. */
	private void folded(Node node, Set<String> into) {
		Optional<Node> producer = producer(node.input(0), into.toArray(String[]::new));
		if (producer.isPresent() && onlyReader(producer.get(), node.op()).isPresent()) {
			replace(node, "Identity", node.input(0), Map.of());
		}
	}

	/** A constant that is added to what weights alone made is a bias. */
	private void bias(Node add) {
		String x = besideConstant(add);
		if (x == null || replaced.containsKey(add) || !inference.info(x).isKnown() || !inference.info(add.output()).isKnown() || inference.info(x).elements() != inference.info(add.output()).elements()) {
			return;
		}
		Optional<Node> producer = producer(x, "MatMul", "Conv", "ConvTranspose", "Gemm");
		if (producer.isPresent() && isConstant(producer.get().input(1)) && onlyReader(producer.get(), "Add").isPresent()) {
			replace(add, "Identity", x, Map.of());
		}
	}
}
