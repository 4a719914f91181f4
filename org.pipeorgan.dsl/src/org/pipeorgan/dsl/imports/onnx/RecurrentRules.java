package org.pipeorgan.dsl.imports.onnx;

import java.util.ArrayList;
import java.util.List;

/** Rules of recurrent layers. */
final class RecurrentRules {
	private final NodeAtWork at;

	RecurrentRules(NodeAtWork at) {
		this.at = at;
	}

	/**
	 * Products with both matrices for all steps at once, and gates. Each step would wait for the one before: with several steps that is not said, so the
	 * time is too short; MACs and weights are exact.
	 */
	void recurrent(Node node) {
		if (!node.op().equals("LSTM")) {
			throw new UnsupportedException("of recurrent layers only LSTM can be imported");
		}
		Value in = at.withChannels(at.value(0), List.of(2));
		long[] weights = at.info(1).shape();
		long hidden = at.info(2).shape()[2];
		long[] steps = { in.shape()[0], in.shape()[1], hidden };
		List<Value> directions = new ArrayList<>();
		for (int direction = 0; direction < weights[0]; direction++) {
			directions.add(direction(in, steps, hidden, direction));
		}
		at.note("LSTM layers are computed for all steps at once; that a step waits for the one before is left out" + (steps[0] == 1 ? " (there is one step)" : ""));
		List<String> names = directions.stream().map(Value::name).toList();
		String all = names.size() == 1 ? names.get(0) : at.operator("concat(" + String.join(", ", names) + ")", "both directions", step -> step.builder().concat(step.name(), names, 0));
		long[] out = { steps[0], weights[0], steps[1], hidden };
		Layout each = directions.get(0).layout();
		Value y = new Value(all, out, new Layout(spread(each.n()), Layout.join(Layout.kept(out, 1), Layout.kept(out, 3)), spread(each.h()), spread(each.w())));
		long[] states = { weights[0], steps[1], hidden };
		for (int i = 0; i < node.outputs().size(); i++) {
			if (at.readers.containsKey(node.outputs().get(i)) || at.model.outputs().contains(node.outputs().get(i))) {
				at.values.put(node.outputs().get(i), i == 0 ? y : at.reshape(at.part(y, 0, steps[0] - 1, 1, node.outputs().get(i)), states));
			}
		}
	}

	/** Axes of steps and images in the result, which has the directions between them. */
	private static List<Integer> spread(List<Integer> axes) {
		return axes.stream().map(axis -> axis == 0 ? 0 : axis + 1).toList();
	}

	private Value direction(Value in, long[] shape, long hidden, int direction) {
		String name = at.wanted() + "_" + direction;
		String inputs = at.text.operator(name + "_inputs", "linear(" + in.name() + ") K " + 4 * hidden, "LSTM", step -> step.builder().linear(step.name(), in.name(), 4 * hidden, 0));
		String before = at.text.operator(name + "_before", "slice(" + inputs + ") C 0 .. " + (hidden - 1), "in place of the state before", step -> step.builder().slice(step.name(), inputs, 0, hidden - 1));
		String states = at.text.operator(name + "_states", "linear(" + before + ") K " + 4 * hidden, "", step -> step.builder().linear(step.name(), before, 4 * hidden, 0));
		String gates = elementwise(name + "_gates", "sigmoid", elementwise(name + "_sum", "add", inputs, states));
		String[] parts = new String[4];
		for (int i = 0; i < 4; i++) {
			long first = i * hidden;
			parts[i] = at.text.operator(name + "_gate", "slice(" + gates + ") C " + first + " .. " + (first + hidden - 1), "", step -> step.builder().slice(step.name(), gates, first, first + hidden - 1));
		}
		String cell = elementwise(name + "_cell", "add", elementwise(name + "_kept", "mul", parts[2], before), elementwise(name + "_new", "mul", parts[0], parts[3]));
		String result = elementwise(name, "mul", parts[1], elementwise(name + "_out", "tanh", cell));
		return new Value(result, shape, new Layout(in.layout().n(), Layout.kept(shape, 2), in.layout().h(), in.layout().w()));
	}

	private String elementwise(String wanted, String function, String... operands) {
		return at.text.operator(wanted, function + "(" + String.join(", ", operands) + ")", "", step -> step.builder().elementwise(step.name(), List.of(operands), 0));
	}
}
