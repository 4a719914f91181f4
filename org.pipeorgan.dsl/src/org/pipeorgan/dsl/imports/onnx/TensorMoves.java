package org.pipeorgan.dsl.imports.onnx;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import org.pipeorgan.engine.workload.TensorShape;
import org.pipeorgan.engine.workload.Window;

/**
 * Brings the axes of tensors where an operator of the language wants them. What only gives axes other names or places inside N, C, H or W moves nothing;
 * where elements really change places, the tensor is copied by an operator of its own.
 */
abstract class TensorMoves {
	final WorkloadText text;
	private final Map<List<Object>, Value> arranged = new HashMap<>();
	private final Map<String, Integer> notes = new LinkedHashMap<>();

	TensorMoves(WorkloadText text) {
		this.text = text;
	}

	/** What the result of the node at work is to be called. */
	abstract String wanted();

	/** What was left out or done in another way, for people, in the order in which it came up. */
	List<String> notes() {
		return notes.entrySet().stream().map(entry -> entry.getValue() + " " + entry.getKey()).toList();
	}

	void note(String what) {
		notes.merge(what, 1, Integer::sum);
	}

	/** The value with its axes elsewhere: as it is, seen otherwise, or copied where elements change places. */
	Value arrange(Value value, Layout target) {
		if (value.layout().equals(target)) {
			return value;
		}
		return arranged.computeIfAbsent(List.of(value.name(), value.layout(), target), key -> value.layout().order().equals(target.order()) ? view(value, value.shape(), target)
				: copy(value, value.shape(), target));
	}

	/** The same elements in the same places under another shape. */
	Value view(Value value, long[] shape, Layout layout) {
		TensorShape now = value.layout().extents(value.shape());
		TensorShape extents = layout.extents(shape);
		if (now.equals(extents)) {
			return value.as(shape, layout);
		}
		Value whole = value.sliced() && now.c() != extents.c() ? copied(value) : value;
		String name = text.operator(wanted() + "_view", "reshape(" + whole.name() + ") " + WorkloadText.shown(extents), "", step -> step.builder().reshape(step.name(), whole.name(), extents));
		return new Value(name, shape, layout, true, whole.sliced());
	}

	/** A tensor of its own with the same elements in other places. */
	Value copy(Value value, long[] shape, Layout layout) {
		note("tensors whose elements change places are copied by an operator of their own");
		Value whole = value.sliced() ? copied(value) : value;
		TensorShape extents = layout.extents(shape);
		String seen = text.operator(wanted() + "_moved", "reshape(" + whole.name() + ") " + WorkloadText.shown(extents), "", step -> step.builder().reshape(step.name(), whole.name(), extents));
		String name = text.operator(wanted() + "_copy", "relu(" + seen + ")", "copy", step -> step.builder().elementwise(step.name(), List.of(seen), 0));
		return new Value(name, shape, layout);
	}

	/** A tensor of its own. */
	Value copied(Value value) {
		note("slices or views are copied, for they cannot be cut or regrouped as they lie");
		String name = text.operator(wanted() + "_copy", "relu(" + value.name() + ")", "copy", step -> step.builder().elementwise(step.name(), List.of(value.name()), 0));
		return new Value(name, value.shape(), value.layout());
	}

	Value reshape(Value value, long[] shape) {
		return value.layout().alike().filter(layout -> layout.reshaped(value.shape(), shape).isPresent()).findFirst()
				.map(layout -> {
					Value alike = arrange(value, layout);
					return alike.as(shape, layout.reshaped(value.shape(), shape).orElseThrow());
				}).orElseGet(() -> {
					List<Integer> order = value.layout().order();
					Layout flat = new Layout(List.of(), order.stream().sorted().toList(), List.of(), List.of());
					return view(arrange(value, flat), shape, shape.length > 3 ? Layout.inOrder(shape) : new Layout(List.of(), Layout.inOrder(shape).order(), List.of(), List.of()));
				});
	}

	Value swapped(Value value) {
		int last = value.rank() - 1;
		long[] shape = value.shape().clone();
		shape[last] = value.shape()[last - 1];
		shape[last - 1] = value.shape()[last];
		return value.as(shape, value.layout().renamed(axis -> axis == last ? last - 1 : axis == last - 1 ? last : axis));
	}

	/** Rows in C: a layout with these axes as channels and the first axis, if it is free, as images. */
	static Layout channels(Value value, List<Integer> channels) {
		List<Integer> wanted = channels.stream().filter(axis -> value.shape()[axis] > 1).toList();
		return value.layout().withChannels(wanted, value.layout().n().stream().filter(axis -> !wanted.contains(axis)).toList());
	}

	Value withChannels(Value value, List<Integer> channels) {
		List<Integer> wanted = channels.stream().filter(axis -> value.shape()[axis] > 1).toList();
		return value.layout().c().equals(wanted) ? value : arrange(value, channels(value, wanted));
	}

	/** A run of positions along an axis, as a slice of channels. */
	Value part(Value value, int axis, long from, long count, String wanted) {
		long[] shape = value.shape().clone();
		shape[axis] = count;
		if (count == value.shape()[axis]) {
			return value;
		}
		if (from == 0 && count == 1 && value.layout().h().equals(List.of(axis)) && value.layout().w().isEmpty()) {
			long step = value.shape()[axis];
			String first = text.operator(wanted, "maxpool(" + value.name() + ") R 1 S 1 stride " + step + " x 1", "the first of " + step + " rows",
					each -> each.builder().pool(each.name(), value.name(), Window.of(1, 1).stride(step, 1), 0));
			return new Value(first, shape, value.layout().only(a -> a != axis));
		}
		boolean leads = !value.layout().c().isEmpty() && value.layout().c().get(0) == axis;
		Value whole = leads ? value : arrange(value, channelFirst(value, axis));
		Value in = whole.reshaped() ? copied(whole) : whole;
		long inner = Layout.extent(in.layout().c(), value.shape()) / value.shape()[axis];
		long first = from * inner;
		long last = (from + count) * inner - 1;
		String name = text.operator(wanted, "slice(" + in.name() + ") C " + first + " .. " + last, "", step -> step.builder().slice(step.name(), in.name(), first, last));
		return new Value(name, shape, in.layout().only(a -> shape[a] > 1), false, true);
	}

	static Layout channelFirst(Value value, int axis) {
		Layout layout = value.layout();
		List<Integer> n = layout.n().stream().filter(a -> a != axis).toList();
		return new Layout(n, List.of(axis), layout.order().stream().filter(a -> a != axis && !n.contains(a)).toList(), List.of());
	}

	static Layout resizing(Value value, List<Integer> changed) {
		List<Integer> n = value.layout().n().stream().filter(axis -> !changed.contains(axis)).toList();
		List<Integer> rest = value.layout().order().stream().filter(axis -> !changed.contains(axis) && !n.contains(axis)).toList();
		return new Layout(n, rest, List.of(changed.get(0)), changed.subList(1, changed.size()));
	}
}
