package org.pipeorgan.dsl.imports.onnx;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Rules of operators that cut tensors, put them together, or rename their axes. */
final class PartRules {
	private final NodeAtWork at;
	private final WindowRules windows;

	PartRules(NodeAtWork at, WindowRules windows) {
		this.at = at;
		this.windows = windows;
	}

	void concat(Node node) {
		int axis = TensorInfo.axis(node.number("axis", 0), at.result().length);
		List<Integer> parts = IntStream.range(0, node.inputs().size()).filter(i -> at.info(i).elements() > 0).boxed().toList();
		Value first = at.value(parts.get(0));
		boolean leads = !first.layout().c().isEmpty() && first.layout().c().get(0) == axis;
		Layout layout = first.layout();
		Layout whole = leads ? layout
				: new Layout(layout.n().stream().filter(a -> a != axis).toList(), List.of(axis), layout.order().stream().filter(a -> a != axis && !layout.n().contains(a)).toList(), List.of());
		List<String> names = parts.stream().map(at::value).map(value -> at.arrange(value, whole.only(a -> value.shape()[a] > 1)).name()).toList();
		String name = names.size() == 1 ? names.get(0)
				: at.operator("concat(" + String.join(", ", names) + ")", "", step -> step.builder().concat(step.name(), names, 0));
		at.define(new Value(name, at.result(), whole));
	}

	void split(Node node) {
		long from = 0;
		int axis = TensorInfo.axis(node.number("axis", 0), at.value(0).rank());
		for (int i = 0; i < node.outputs().size(); i++) {
			long count = at.result(i)[axis];
			if (at.readers.containsKey(node.outputs().get(i)) || at.model.outputs().contains(node.outputs().get(i))) {
				at.values.put(node.outputs().get(i), at.part(at.value(0), axis, from, count, node.outputs().get(i)));
			}
			from += count;
		}
	}

	void slice(Node node) {
		Value value = at.value(0);
		for (Windows.Cut written : Windows.cuts(node, node.inputs().stream().map(at.inference::info).toArray(TensorInfo[]::new))) {
			Windows.Cut cut = written;
			if (cut.step() < 0) {
				at.note("reversals are copies in order");
				cut = new Windows.Cut(cut.axis(), cut.from() + (cut.count() - 1) * cut.step(), -cut.step(), cut.count());
				value = at.copied(value);
			}
			if (cut.step() == 1) {
				value = at.part(value, cut.axis(), cut.from(), cut.count(), at.wanted());
			} else {
				value = windows.strided(value, cut);
			}
		}
		at.define(value.as(at.result(), value.layout().only(axis -> at.result()[axis] > 1)));
	}

	void gather(Node node) {
		if (at.isConstant(0)) {
			at.note("look-ups in tables of constants are not computed; what they find is an input of the workload");
			at.define(at.input(node.output(), at.result()));
			return;
		}
		long[] indices = at.info(1).numbers();
		int axis = TensorInfo.axis(node.number("axis", 0), at.value(0).rank());
		if (indices == null || indices.length == 0) {
			throw new UnsupportedException("what it takes depends on what is computed");
		}
		long first = indices[0] < 0 ? indices[0] + at.value(0).shape()[axis] : indices[0];
		boolean run = IntStream.range(1, indices.length).allMatch(i -> indices[i] == indices[i - 1] + 1);
		if (!run) {
			at.note("selections of positions that are not neighbours are taken as so many neighbours");
		}
		long count = Math.min(indices.length, at.value(0).shape()[axis]);
		if (count != indices.length) {
			throw new UnsupportedException("it repeats positions");
		}
		at.define(at.reshape(at.part(at.value(0), axis, run ? first : 0, count, at.wanted()), at.result()));
	}

	void transpose(Node node) {
		Value value = at.value(0);
		long[] order = node.numbers("perm") != null ? node.numbers("perm") : IntStream.range(0, value.rank()).mapToLong(i -> value.rank() - 1L - i).toArray();
		List<Long> places = LongStream.of(order).boxed().toList();
		at.define(value.as(at.result(), value.layout().renamed(axis -> places.indexOf((long) axis))));
	}
}
