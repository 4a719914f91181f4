package org.pipeorgan.engine.simulation;

import java.util.ArrayList;
import java.util.BitSet;
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
 * @param first   for each coordinate the first part of the consumer's outputs that needs it; 0 for none
 */
record Needers(int[] classOf, List<int[]> slices, int[] first) {

	/** Collects the slices of each coordinate. */
	static final class Collector {
		private final BitSet[] needs;
		private final int[] first;

		Collector(int coordinates) {
			needs = new BitSet[coordinates];
			first = new int[coordinates];
		}

		/** A slice of a part of the outputs needs a coordinate. */
		void add(int coordinate, int slice, int part) {
			first[coordinate] = needs[coordinate] == null ? part : Math.min(first[coordinate], part);
			if (needs[coordinate] == null) {
				needs[coordinate] = new BitSet();
			}
			needs[coordinate].set(slice);
		}

		Needers classes() {
			Map<BitSet, Integer> numbers = new HashMap<>();
			List<int[]> slices = new ArrayList<>();
			BitSet none = new BitSet();
			numbers.put(none, 0);
			slices.add(new int[0]);
			int[] classOf = new int[needs.length];
			for (int c = 0; c < needs.length; c++) {
				classOf[c] = numbers.computeIfAbsent(needs[c] == null ? none : needs[c], set -> {
					slices.add(set.stream().toArray());
					return slices.size() - 1;
				});
			}
			return new Needers(classOf, slices, first);
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
					collector.add((int) coordinate, (int) (o % tile / slice), (int) (o / tile));
				}
			}
		}
		return collector.classes();
	}

	/**
	 * The slices and the parts along two axes: {@code rows * columnSlices + columns}, {@code rows * columnParts + columns}.
	 *
	 * @param columnSlices slices of a part along columns
	 * @param columnParts  parts of the outputs along columns
	 */
	static Needers product(Needers rows, Needers columns, int columnSlices, int columnParts) {
		List<int[]> slices = new ArrayList<>();
		for (int[] row : rows.slices) {
			for (int[] column : columns.slices) {
				int[] both = new int[row.length * column.length];
				for (int i = 0; i < both.length; i++) {
					both[i] = row[i / column.length] * columnSlices + column[i % column.length];
				}
				slices.add(both);
			}
		}
		int[] classOf = new int[rows.classOf.length * columns.classOf.length];
		int[] first = new int[classOf.length];
		for (int i = 0; i < classOf.length; i++) {
			first[i] = rows.first[i / columns.classOf.length] * columnParts + columns.first[i % columns.classOf.length];
			classOf[i] = rows.classOf[i / columns.classOf.length] * columns.slices.size() + columns.classOf[i % columns.classOf.length];
		}
		return new Needers(classOf, slices, first);
	}
}
