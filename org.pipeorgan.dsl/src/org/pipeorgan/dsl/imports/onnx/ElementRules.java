package org.pipeorgan.dsl.imports.onnx;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import org.pipeorgan.engine.workload.WorkloadBuilder.NormalizedAxis;

/** Rules of functions of elements, and of operators that reduce or normalise axes. */
final class ElementRules {
	private final NodeAtWork at;
	private final WindowRules windows;

	ElementRules(NodeAtWork at, WindowRules windows) {
		this.at = at;
		this.windows = windows;
	}

	void broadcast(Node node) {
		long[] out = at.result();
		List<Integer> activations = IntStream.range(0, node.inputs().size()).filter(i -> !at.isConstant(i)).boxed().toList();
		int whole = activations.stream().max(Comparator.comparingLong(i -> at.info(i).elements())).orElseThrow();
		Value large = at.value(whole).aligned(out.length);
		Value main = large;
		if (at.info(whole).elements() != TensorInfo.elements(out)) {
			at.note("tensors that are repeated are resizes: they copy the tensor");
			main = windows.resize(large, out);
		}
		List<Value> operands = new ArrayList<>(List.of(main));
		for (int i : activations) {
			if (i != whole) {
				Layout layout = main.layout();
				Value small = at.value(i).aligned(out.length);
				Layout target = layout.only(axis -> small.shape()[axis] > 1);
				boolean sayable = layout.groups().stream().allMatch(group -> group.stream().map(axis -> small.shape()[axis] > 1).distinct().count() <= 1);
				if (sayable) {
					operands.add(at.arrange(small, target));
				} else {
					at.note("operands that are repeated within channels or rows, such as masks, are left out of their operators");
				}
			}
		}
		if (operands.size() == 1) {
			at.define(at.unary(main, out));
			return;
		}
		String word = at.word();
		List<String> names = operands.stream().map(Value::name).toList();
		String name = at.operator(word + "(" + String.join(", ", names) + ")", at.hasWord() ? "" : node.op(), step -> step.builder().elementwise(step.name(), names, 0));
		at.define(new Value(name, out, main.layout()));
	}

	void expand() {
		Value value = at.value(0);
		if (TensorInfo.elements(at.result()) == TensorInfo.elements(value.shape())) {
			at.define(value.aligned(at.result().length).as(at.result(), value.aligned(at.result().length).layout()));
			return;
		}
		Value wide = value.aligned(at.result().length);
		at.note("tensors that are repeated are resizes: they copy the tensor");
		at.define(windows.resize(wide, at.result()));
	}

	void normalize(Node node) {
		Value value = at.value(0);
		long[] out = at.result();
		if (node.op().equals("BatchNormalization")) {
			at.define(at.unary(value, out));
			return;
		}
		boolean spatial = node.op().equals("InstanceNormalization") || node.op().equals("MeanVarianceNormalization");
		int from = node.op().equals("GroupNormalization") || node.op().equals("LRN") ? 1 : TensorInfo.axis(node.number("axis", -1), value.rank());
		boolean many = node.op().endsWith("LayerNormalization") || node.op().equals("RMSNormalization") || at.model.version() < 13 && node.op().endsWith("oftmax") && node.has("axis");
		int to = many && !spatial ? value.rank() : from + 1;
		List<Integer> axes = IntStream.range(spatial ? 2 : from, spatial ? value.rank() : to).filter(axis -> value.shape()[axis] > 1).boxed().toList();
		String word = node.op().endsWith("oftmax") ? "softmax" : "norm";
		List<Integer> c = value.layout().c();
		boolean last = c.size() >= axes.size() && c.subList(c.size() - axes.size(), c.size()).equals(axes);
		boolean rows = Layout.join(value.layout().h(), value.layout().w()).equals(axes) && !axes.isEmpty();
		Value in = last || rows ? value : at.withChannels(value, axes);
		boolean over = !last && rows;
		long groups = over ? 1 : Layout.extent(in.layout().c(), value.shape()) / Layout.extent(axes, value.shape());
		String name = at.operator(word + "(" + in.name() + ") over " + (over ? "H" : "C") + (groups == 1 ? "" : " groups " + groups),
				word.equals("norm") && !node.op().equals("LayerNormalization") ? node.op() : "", step -> {
					NormalizedAxis axis = over ? NormalizedAxis.SPATIAL : NormalizedAxis.CHANNELS;
					if (word.equals("softmax")) {
						step.builder().softmax(step.name(), in.name(), axis, groups, 0);
					} else {
						step.builder().normalization(step.name(), in.name(), axis, groups, 0);
					}
				});
		at.define(new Value(name, out, in.layout()));
		if (node.op().startsWith("com.microsoft.Skip")) {
			at.note("sums inside of skip normalisations are left out");
		}
	}

	void reduce(Node node) {
		Value value = at.value(0);
		long[] axes = node.op().startsWith("Global") ? LongStream.range(2, value.rank()).toArray()
				: node.numbers("axes") != null ? node.numbers("axes") : at.info(1).numbers() != null ? at.info(1).numbers() : LongStream.range(0, value.rank()).toArray();
		List<Integer> gone = LongStream.of(axes).mapToInt(axis -> TensorInfo.axis(axis, value.rank())).filter(axis -> value.shape()[axis] > 1).sorted().boxed().toList();
		if (gone.isEmpty()) {
			at.define(at.reshape(value, at.result()));
			return;
		}
		boolean rows = new HashSet<>(Layout.join(value.layout().h(), value.layout().w())).equals(new HashSet<>(gone));
		List<Integer> images = value.layout().n().stream().filter(axis -> !gone.contains(axis)).toList();
		Value in = rows ? value
				: at.arrange(value, new Layout(images, value.layout().order().stream().filter(axis -> !gone.contains(axis) && !images.contains(axis)).toList(), gone, List.of()));
		String name = at.operator("globalpool(" + in.name() + ")", node.op().endsWith("AveragePool") || node.op().equals("ReduceMean") ? "" : node.op(),
				step -> step.builder().globalPool(step.name(), in.name(), 0));
		long[] kept = value.shape().clone();
		gone.forEach(axis -> kept[axis] = 1);
		at.define(at.reshape(new Value(name, kept, in.layout().only(axis -> !gone.contains(axis))), at.result()));
	}
}
