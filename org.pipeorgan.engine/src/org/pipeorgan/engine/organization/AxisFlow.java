package org.pipeorgan.engine.organization;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Who owns and who needs the coordinates of one axis of an intermediate tensor. Coordinates with the same owner slice
 * and the same set of needing slices form a class; only their number matters.
 */
final class AxisFlow {

	/**
	 * Coordinates of one owner that the same slices need.
	 *
	 * @param owner slice number on the producer's side
	 * @param needs slice numbers on the consumer's side, ascending
	 * @param count how many coordinates
	 */
	record Class(int owner, int[] needs, long count) {
	}

	/**
	 * Coordinates that the same slices need, by owner.
	 *
	 * @param needs  slice numbers on the consumer's side, ascending
	 * @param owners slice numbers on the producer's side
	 * @param counts how many coordinates each owner has
	 */
	record Group(int[] needs, int[] owners, long[] counts) {
	}

	/** Which slices need a coordinate; a value. */
	private record Needs(int[] slices) {
		@Override
		public boolean equals(Object other) {
			return other instanceof Needs needs && Arrays.equals(slices, needs.slices);
		}

		@Override
		public int hashCode() {
			return Arrays.hashCode(slices);
		}
	}

	private record Key(int owner, Needs needs) {
	}

	private final List<Class> classes;
	private final List<Group> groups;

	private AxisFlow(List<Class> classes) {
		this.classes = classes;
		Map<Needs, List<Class>> byNeeds = new LinkedHashMap<>();
		for (Class each : classes) {
			byNeeds.computeIfAbsent(new Needs(each.needs()), needs -> new ArrayList<>()).add(each);
		}
		groups = byNeeds.values().stream().map(same -> new Group(same.get(0).needs(), same.stream().mapToInt(Class::owner).toArray(),
				same.stream().mapToLong(Class::count).toArray())).toList();
	}

	List<Group> groups() {
		return groups;
	}

	List<Class> classes() {
		return classes;
	}

	/** Counts coordinates whose needing slices are one of a few known sets. */
	static final class Counter {
		private final int[][] needs;
		private final Map<Long, Long> counts = new LinkedHashMap<>();

		Counter(int[][] needs) {
			this.needs = needs;
		}

		void add(int owner, int set) {
			counts.merge((long) owner << Integer.SIZE | set, 1L, Long::sum);
		}

		AxisFlow classes() {
			List<Class> classes = new ArrayList<>(counts.size());
			counts.forEach((key, n) -> classes.add(new Class((int) (key >> Integer.SIZE), needs[key.intValue()], n)));
			return new AxisFlow(classes);
		}
	}

	/** Collects (coordinate, needing slice) pairs and sorts the coordinates into classes. */
	static final class Collector {
		private final int[] owners;
		private final int[][] needs;
		private final int[] count;

		Collector(int extent) {
			owners = new int[extent];
			needs = new int[extent][];
			count = new int[extent];
			Arrays.fill(owners, -1);
		}

		void owner(int coordinate, int owner) {
			owners[coordinate] = owner;
		}

		void need(int coordinate, int slice) {
			int[] known = needs[coordinate];
			int n = count[coordinate];
			if (known == null) {
				known = needs[coordinate] = new int[2];
			}
			// slices come mostly in ascending order, so that the newest is at the end
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

		AxisFlow classes() {
			Map<Key, Long> counts = new LinkedHashMap<>();
			for (int i = 0; i < owners.length; i++) {
				if (owners[i] >= 0 && count[i] > 0) {
					int[] sorted = Arrays.copyOf(needs[i], count[i]);
					Arrays.sort(sorted);
					counts.merge(new Key(owners[i], new Needs(sorted)), 1L, Long::sum);
				}
			}
			List<Class> classes = new ArrayList<>(counts.size());
			counts.forEach((key, n) -> classes.add(new Class(key.owner(), key.needs().slices(), n)));
			return new AxisFlow(classes);
		}
	}
}
