package org.pipeorgan.dsl.imports.onnx;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.pipeorgan.dsl.imports.ImportException;

/** Writes what leads to the outputs of a model as a workload. */
final class Lowering {
	private final NodeAtWork at;
	private final OperatorRules rules;
	private final boolean cut;
	private final List<Node> nodes;
	private final Map<String, Integer> unsupported = new TreeMap<>();
	private final Map<String, String> reasons = new TreeMap<>();

	/** @param cut whether results of operators that cannot be imported become inputs */
	Lowering(OnnxModel model, Inference inference, WorkloadText text, boolean cut) {
		at = new NodeAtWork(model, inference, text);
		rules = new OperatorRules(at);
		this.cut = cut;
		nodes = live(Fusion.of(inference, model.outputs()));
		nodes.forEach(node -> node.inputs().forEach(input -> at.readers.computeIfAbsent(input, name -> new ArrayList<>()).add(node)));
	}

	/** Writes everything. @throws ImportException if operators cannot be imported; each is named with its number */
	void write() {
		for (String input : at.model.inputs()) {
			if (at.readers.containsKey(input)) {
				long[] shape = at.inference.info(input).shape();
				at.values.put(input, at.input(input, shape));
			}
		}
		for (Node node : nodes) {
			if (node.outputs().stream().anyMatch(output -> at.readers.containsKey(output) || at.model.outputs().contains(output))) {
				write(node);
			}
		}
		if (!unsupported.isEmpty() && !cut) {
			throw new ImportException(0, "the model has operators that cannot be imported: "
					+ unsupported.entrySet().stream().map(entry -> entry.getKey() + " (" + entry.getValue() + ", " + reasons.get(entry.getKey()) + ")").collect(Collectors.joining("; "))
					+ ". With --unsupported cut their results become inputs of the workload");
		}
		Set<String> leaving = new LinkedHashSet<>();
		for (String output : at.model.outputs()) {
			Value value = at.values.get(output);
			if (value != null) {
				leaving.add(value.name());
			}
		}
		at.text.finish(leaving);
	}

	private void write(Node node) {
		try {
			if (node.inputs().stream().anyMatch(input -> !input.isEmpty() && !at.inference.info(input).constant() && !at.values.containsKey(input))) {
				// behind what is unsupported; named there
				return;
			}
			if (node.inputs().isEmpty() || node.inputs().stream().allMatch(input -> at.inference.info(input).constant())) {
				return;
			}
			rules.lower(node);
		} catch (UnsupportedException e) {
			unsupported.merge(node.op(), 1, Integer::sum);
			reasons.putIfAbsent(node.op(), e.getMessage());
			for (String output : node.outputs()) {
				TensorInfo info = at.inference.info(output);
				if (cut && at.readers.containsKey(output)) {
					if (!info.isKnown()) {
						throw new ImportException(0, "what is behind " + node.label() + " cannot be imported: its result has a shape that cannot be inferred");
					}
					at.values.put(output, at.input(output, info.shape()));
				}
			}
			if (cut) {
				at.note("operators " + node.op() + " cannot be imported; their results are inputs of the workload");
			}
		}
	}

	/** Nodes whose results reach an output. */
	private List<Node> live(List<Node> all) {
		Set<String> wanted = new HashSet<>(at.model.outputs());
		List<Node> live = new ArrayList<>();
		for (int i = all.size() - 1; i >= 0; i--) {
			Node node = all.get(i);
			boolean constant = node.outputs().stream().allMatch(output -> at.inference.info(output).constant());
			if (!constant && node.outputs().stream().anyMatch(wanted::contains)) {
				// of what a shape or an index table stands for, only numbers are read
				node.inputs().stream().filter(input -> !at.inference.info(input).constant() && !(node.op().equals("Gather") && at.inference.info(node.input(0)).constant())).forEach(wanted::add);
				live.add(0, node);
			}
		}
		return live;
	}

	/** What was left out or done in another way, for people. */
	List<String> notes() {
		return at.notes();
	}
}
