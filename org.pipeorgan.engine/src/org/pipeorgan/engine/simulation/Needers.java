package org.pipeorgan.engine.simulation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.pipeorgan.engine.workload.AxisAccess;

/**
 * Which slices of a consumer need each coordinate of an axis (or each pixel) of a tensor, found by walking the consumer's
 * outputs. Coordinates that the same slices need form a class.
 *
 * @param classOf class of each coordinate
 * @param slices  for each class the slices, ascending; class 0 is needed by none
 */
record Needers(int[] classOf, List<int[]> slices) {

	/** Collects the slices of each coordinate. */
	static final class Collector {
		private final int[][] needs;
		private final int[] count;

		Collector(int coordinates) {
			needs = new int[coordinates][];
			count = new int[coordinates];
		}

		void add(int coordinate, int slice) {
			int[] known = needs[coordinate];
			int n = count[coordinate];
			if (known == null) {
				known = needs[coordinate] = new int[2];
			}
			for (int i = n - 1; i >= 0; i--) {
				if (known[i] == slice) {
					return;
				}
			}
			if (n == known.length) {
				known = needs[coordinate] = Arrays.copyOf(known, 2 * n);
			}
			known[n] = slice;
			count[coordinate]++;
		}

		Needers classes() {
			List<int[]> slices = new ArrayList<>();
			slices.add(new int[0]);
			Map<List<Integer>, Integer> numbers = new HashMap<>();
			numbers.put(List.of(), 0);
			int[] classOf = new int[needs.length];
			for (int c = 0; c < needs.length; c++) {
				int[] sorted = needs[c] == null ? new int[0] : Arrays.copyOf(needs[c], count[c]);
				Arrays.sort(sorted);
				classOf[c] = numbers.computeIfAbsent(Arrays.stream(sorted).boxed().toList(), key -> {
					slices.add(sorted);
					return slices.size() - 1;
				});
			}
			return new Needers(classOf, slices);
		}
	}

	/** Rows or columns: who needs which coordinate of a view. */
	static Needers along(AxisAccess access, long viewExtent, long outExtent, long tile, long slice) {
		Collector collector = new Collector(Math.toIntExact(viewExtent));
		boolean whole = access instanceof AxisAccess.Whole;
		int taps = access.taps(viewExtent);
		for (long o = 0; o < (whole ? Math.min(outExtent, tile) : outExtent); o++) {
			// where every output needs all, one of each slice will do
			if (whole && o % tile % slice != 0) {
				continue;
			}
			for (int t = 0; t < taps; t++) {
				long coordinate = access.need(o, t, viewExtent);
				if (coordinate >= 0) {
					collector.add((int) coordinate, (int) (o % tile / slice));
				}
			}
		}
		return collector.classes();
	}

	/** The slices along two axes: {@code rows * columnParts + columns}. */
	static Needers product(Needers rows, Needers columns, int columnParts) {
		List<int[]> slices = new ArrayList<>();
		for (int[] row : rows.slices) {
			for (int[] column : columns.slices) {
				int[] both = new int[row.length * column.length];
				for (int i = 0; i < both.length; i++) {
					both[i] = row[i / column.length] * columnParts + column[i % column.length];
				}
				slices.add(both);
			}
		}
		int[] classOf = new int[rows.classOf.length * columns.classOf.length];
		for (int i = 0; i < classOf.length; i++) {
			classOf[i] = rows.classOf[i / columns.classOf.length] * columns.slices.size() + columns.classOf[i % columns.classOf.length];
		}
		return new Needers(classOf, slices);
	}
}
