package org.pipeorgan.dsl.imports.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.pipeorgan.engine.workload.TensorShape;

/**
 * Which axes of an ONNX tensor make up N, C, H and W of a value of the language, outermost first. Axes of extent 1 are in none. What only gives axes
 * other places or names - a transposition, a regrouping within C - changes the layout and moves nothing.
 */
record Layout(List<Integer> n, List<Integer> c, List<Integer> h, List<Integer> w) {

	/** Copies its lists. */
	Layout {
		n = List.copyOf(n);
		c = List.copyOf(c);
		h = List.copyOf(h);
		w = List.copyOf(w);
	}

	/** As the axes come: N, C, H, and all others W. */
	static Layout inOrder(long[] shape) {
		return new Layout(kept(shape, 0, 1), kept(shape, 1, 2), kept(shape, 2, 3), kept(shape, 3, shape.length));
	}

	/** Images, rows and channels of each row, as transformers have them; of fewer axes, channels last. */
	static Layout ofTokens(long[] shape) {
		return shape.length <= 2 ? new Layout(kept(shape, 0, shape.length - 1), kept(shape, shape.length - 1, shape.length), List.of(), List.of())
				: new Layout(kept(shape, 0, 1), kept(shape, shape.length - 1, shape.length), kept(shape, 1, shape.length - 1), List.of());
	}

	private static List<Integer> kept(long[] shape, int from, int to) {
		return IntStream.range(Math.max(0, from), Math.min(shape.length, to)).filter(axis -> shape[axis] > 1).boxed().toList();
	}

	/** The axis, unless its extent is 1. */
	static List<Integer> kept(long[] shape, int axis) {
		return kept(shape, axis, axis + 1);
	}

	/** All axes in the order in which elements lie, the outermost first. */
	List<Integer> order() {
		return groups().stream().flatMap(List::stream).toList();
	}

	List<List<Integer>> groups() {
		return List.of(n, c, h, w);
	}

	private static Layout of(List<List<Integer>> groups) {
		return new Layout(groups.get(0), groups.get(1), groups.get(2), groups.get(3));
	}

	TensorShape extents(long[] shape) {
		return new TensorShape(extent(n, shape), extent(c, shape), extent(h, shape), extent(w, shape));
	}

	static long extent(List<Integer> axes, long[] shape) {
		return axes.stream().mapToLong(axis -> shape[axis]).reduce(1, Math::multiplyExact);
	}

	/** The same with other numbers of axes. */
	Layout renamed(IntUnaryOperator name) {
		return of(groups().stream().map(group -> group.stream().map(name::applyAsInt).toList()).toList());
	}

	/** Only some of the axes. */
	Layout only(Predicate<Integer> kept) {
		return of(groups().stream().map(group -> group.stream().filter(kept).toList()).toList());
	}

	/** The same axes in the same order with one in front of the channels, and C only as far as it goes; the others are rows. */
	Layout withChannels(List<Integer> channels, List<Integer> images) {
		List<Integer> rows = order().stream().filter(axis -> !channels.contains(axis) && !images.contains(axis)).toList();
		return new Layout(images, channels, rows, List.of());
	}

	/** Layouts in which the elements lie alike, from this one to the one with all in C. */
	Stream<Layout> alike() {
		return Stream.of(this, new Layout(n, c, join(h, w), List.of()), new Layout(n, join(c, join(h, w)), List.of(), List.of()),
				new Layout(List.of(), join(n, join(c, join(h, w))), List.of(), List.of()));
	}

	static List<Integer> join(List<Integer> first, List<Integer> second) {
		return Stream.concat(first.stream(), second.stream()).toList();
	}

	/**
	 * The layout after a reshape that keeps the elements where they lie.
	 *
	 * @return empty if axes that are joined do not lie side by side in one group
	 */
	Optional<Layout> reshaped(long[] from, long[] to) {
		List<List<Integer>> groups = new ArrayList<>(groups().stream().<List<Integer>>map(ArrayList::new).toList());
		List<List<Integer>> results = IntStream.range(0, 4).<List<Integer>>mapToObj(i -> new ArrayList<>(groups.get(i).stream().map(axis -> -1 - axis).toList())).toList();
		int[] old = IntStream.range(0, from.length).filter(i -> from[i] > 1).toArray();
		int[] fresh = IntStream.range(0, to.length).filter(i -> to[i] > 1).toArray();
		for (int i = 0, j = 0; i < old.length;) {
			int firstOld = i;
			int firstFresh = j;
			long before = from[old[i++]];
			long after = to[fresh[j++]];
			while (before != after) {
				if (before < after) {
					before *= from[old[i++]];
				} else {
					after *= to[fresh[j++]];
				}
			}
			List<Integer> joined = IntStream.range(firstOld, i).mapToObj(k -> -1 - old[k]).toList();
			List<Integer> parts = IntStream.range(firstFresh, j).mapToObj(k -> fresh[k]).toList();
			boolean found = false;
			for (List<Integer> group : results) {
				int at = java.util.Collections.indexOfSubList(group, joined);
				if (at >= 0) {
					group.subList(at, at + joined.size()).clear();
					group.addAll(at, parts);
					found = true;
				}
			}
			if (!found) {
				return Optional.empty();
			}
		}
		return Optional.of(of(results));
	}
}
