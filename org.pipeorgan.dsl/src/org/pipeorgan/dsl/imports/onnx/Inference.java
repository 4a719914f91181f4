package org.pipeorgan.dsl.imports.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.pipeorgan.dsl.imports.ImportException;

/** Infers the shapes of all tensors of a model, computes those that depend on shapes only, and takes the branches that are then known. */
final class Inference {
	private static final int MOST_NESTING = 64;
	private final OnnxModel model;
	private final Map<String, TensorInfo> infos;
	private final Map<String, long[]> stated;
	private final List<Node> nodes = new ArrayList<>();
	private int inlined;

	Inference(OnnxModel model) {
		this.model = model;
		infos = model.infos();
		stated = model.stated();
		add(model.nodes(), Map.of(), 0);
	}

	/** The nodes in a topological order; branches are inlined. */
	List<Node> nodes() {
		return nodes;
	}

	/** What is known of a tensor; nothing for an absent one. */
	TensorInfo info(String tensor) {
		return infos.getOrDefault(tensor, TensorInfo.UNKNOWN);
	}

	private void add(List<NodeProto> protos, Map<String, String> renamed, int depth) {
		for (NodeProto proto : protos) {
			Node node = rename(Node.of(proto), renamed);
			if (node.outputs().isEmpty()) {
				throw new ImportException(0, "the file is damaged: a node of " + node.op() + " has no result");
			}
			for (String input : node.inputs()) {
				if (!input.isEmpty() && !infos.containsKey(input)) {
					throw new ImportException(0, "the file is damaged: " + node.label() + " reads '" + input + "', which nothing before it makes");
				}
			}
			if (node.op().equals("If") && info(node.input(0)).values() != null && info(node.input(0)).values().length == 1) {
				branch(node, renamed, depth);
			} else {
				nodes.add(node);
				infer(node);
			}
		}
	}

	/** Puts the branch that is taken in place of the node. */
	private void branch(Node node, Map<String, String> outer, int depth) {
		if (depth > MOST_NESTING) {
			throw new ImportException(0, "branches are nested more than " + MOST_NESTING + " deep");
		}
		GraphProto taken = node.graph(info(node.input(0)).values()[0] != 0 ? "then_branch" : "else_branch");
		Map<String, String> renamed = new HashMap<>(outer);
		String prefix = "branch" + ++inlined + "/";
		taken.getInitializerList().forEach(tensor -> {
			renamed.put(tensor.getName(), prefix + tensor.getName());
			infos.put(prefix + tensor.getName(), model.constant(tensor));
		});
		taken.getNodeList().forEach(inner -> inner.getOutputList().stream().filter(output -> !output.isEmpty()).forEach(output -> renamed.put(output, prefix + output)));
		add(taken.getNodeList(), renamed, depth + 1);
		for (int i = 0; i < node.outputs().size(); i++) {
			String result = i < taken.getOutputCount() ? renamed.getOrDefault(taken.getOutput(i).getName(), taken.getOutput(i).getName()) : "";
			if (!infos.containsKey(result)) {
				throw new ImportException(0, "the file is damaged: a branch of " + node.label() + " has no result " + (i + 1));
			}
			Node copy = new Node("Identity", node.name(), List.of(result), List.of(node.outputs().get(i)), Map.of());
			nodes.add(copy);
			infos.put(copy.output(), info(result));
		}
	}

	private static Node rename(Node node, Map<String, String> renamed) {
		return renamed.isEmpty() ? node : new Node(node.op(), node.name(), node.inputs().stream().map(name -> renamed.getOrDefault(name, name)).toList(),
				node.outputs().stream().map(name -> renamed.getOrDefault(name, name)).toList(), node.attributes());
	}

	private void infer(Node node) {
		TensorInfo[] in = node.inputs().stream().map(this::info).toArray(TensorInfo[]::new);
		List<TensorInfo> out;
		try {
			out = new ShapeRules(node, in, model).infer();
		} catch (ImportException e) {
			throw e;
		} catch (IllegalArgumentException | ArithmeticException | IndexOutOfBoundsException | NegativeArraySizeException | NullPointerException e) {
			StringBuilder shapes = new StringBuilder();
			for (TensorInfo each : in) {
				shapes.append(shapes.isEmpty() ? "" : ", ").append(each);
			}
			throw new ImportException(0, node.label() + " does not fit its inputs " + shapes + (e instanceof IllegalArgumentException && e.getMessage() != null ? ": " + e.getMessage() : ""));
		}
		boolean constant = ShapeRules.isDeterministic(node) && node.inputs().stream().filter(input -> !input.isEmpty()).allMatch(input -> info(input).constant());
		for (int i = 0; i < node.outputs().size(); i++) {
			String name = node.outputs().get(i);
			TensorInfo info = i < out.size() ? out.get(i) : TensorInfo.UNKNOWN;
			if (!info.isKnown() && stated.containsKey(name)) {
				info = TensorInfo.of(stated.get(name));
			}
			if (info.isKnown() && info.elements() == 0 && !constant && !info.constant()) {
				throw new ImportException(0, node.label() + " makes a tensor without elements, " + info + "; state larger dimensions with --dim");
			}
			if (!name.isEmpty()) {
				infos.put(name, constant && !node.op().equals("If") ? info.asConstant() : info);
			}
		}
	}
}
