package org.pipeorgan.tests.reference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.IntToLongFunction;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

import org.pipeorgan.engine.organization.Organization;

/** Section 3 of the page: how many PEs each operator of a segment gets, and which. */
final class Places {
	private Places() {
	}

	/** Units that an organization hands out. */
	static int units(Organization organization, int rows, int columns) {
		return switch (organization) {
			case STRIPED_ROWS -> rows;
			case STRIPED_COLUMNS -> columns;
			default -> rows * columns;
		};
	}

	/**
	 * The fewest units of each operator with which none takes longer than the slowest must.
	 *
	 * @param times time of each operator, by number of units
	 * @return {@code null} if there are fewer units than operators
	 */
	static int[] shares(List<IntToLongFunction> times, int units) {
		SortedSet<Long> limits = new TreeSet<>();
		for (IntToLongFunction time : times) {
			IntStream.rangeClosed(1, units).forEach(u -> limits.add(time.applyAsLong(u)));
		}
		for (long limit : limits) {
			int[] shares = times.stream()
					.mapToInt(time -> IntStream.rangeClosed(1, units).filter(u -> time.applyAsLong(u) <= limit).findFirst().orElse(units + 1)).toArray();
			if (Arrays.stream(shares).sum() <= units) {
				return shares;
			}
		}
		return null;
	}

	/** The PEs of each operator, in the order of the positions in its share; {@code null} if the operators do not fit. */
	static List<List<Integer>> places(Organization organization, int[] shares, int rows, int columns) {
		return switch (organization) {
			case BLOCKED_ROWS, THROUGH_BUFFER -> runs(shares, rowMajor(rows, columns));
			case BLOCKED_COLUMNS -> runs(shares, columnMajor(rows, columns));
			case STRIPED_ROWS -> {
				int[] operatorOf = dealt(shares);
				yield select(shares.length, rowMajor(rows, columns), pe -> pe / columns < operatorOf.length ? operatorOf[pe / columns] : -1);
			}
			case STRIPED_COLUMNS -> {
				int[] operatorOf = dealt(shares);
				yield select(shares.length, columnMajor(rows, columns), pe -> pe % columns < operatorOf.length ? operatorOf[pe % columns] : -1);
			}
			case CHECKERBOARD -> checkerboard(shares, rows, columns);
			case BLOCKED_2D -> rectangles(shares, rows, columns);
			case TURN_TAKING -> Arrays.stream(shares).mapToObj(s -> rowMajor(rows, columns)).toList();
		};
	}

	private static List<Integer> rowMajor(int rows, int columns) {
		return IntStream.range(0, rows * columns).boxed().toList();
	}

	private static List<Integer> columnMajor(int rows, int columns) {
		return IntStream.range(0, rows * columns).map(i -> i % rows * columns + i / rows).boxed().toList();
	}

	private static List<List<Integer>> runs(int[] shares, List<Integer> order) {
		List<List<Integer>> places = new ArrayList<>();
		int next = 0;
		for (int share : shares) {
			places.add(order.subList(next, next + share));
			next += share;
		}
		return places;
	}

	private static List<List<Integer>> select(int operators, List<Integer> order, IntUnaryOperator operatorOf) {
		List<List<Integer>> places = new ArrayList<>();
		for (int i = 0; i < operators; i++) {
			int operator = i;
			places.add(order.stream().filter(pe -> operatorOf.applyAsInt(pe) == operator).toList());
		}
		return places;
	}

	/** Line after line to the operator that is furthest behind its proportion. */
	private static int[] dealt(int[] shares) {
		int total = Arrays.stream(shares).sum();
		int[] operatorOf = new int[total];
		int[] dealt = new int[shares.length];
		for (int line = 0; line < total; line++) {
			int chosen = -1;
			long furthest = Long.MIN_VALUE;
			for (int i = 0; i < shares.length; i++) {
				long behind = (long) shares[i] * (line + 1) - (long) total * dealt[i];
				if (dealt[i] < shares[i] && behind > furthest) {
					furthest = behind;
					chosen = i;
				}
			}
			operatorOf[line] = chosen;
			dealt[chosen]++;
		}
		return operatorOf;
	}

	/** One each, the rest by largest remainder of {@code share * (total - n) / sum}. */
	private static int[] apportioned(int[] shares, int total) {
		int n = shares.length;
		int sum = Arrays.stream(shares).sum();
		int[] parts = new int[n];
		for (int i = 0; i < n; i++) {
			parts[i] = 1 + shares[i] * (total - n) / sum;
		}
		int left = total - Arrays.stream(parts).sum();
		List<Integer> byRemainder = IntStream.range(0, n).boxed()
				.sorted(Comparator.comparingInt((Integer i) -> shares[i] * (total - n) % sum).reversed().thenComparingInt(i -> i)).toList();
		for (int i : byRemainder.subList(0, left)) {
			parts[i]++;
		}
		return parts;
	}

	private static List<List<Integer>> checkerboard(int[] shares, int rows, int columns) {
		int period = 1;
		while (period < 4 * shares.length && 2 * period <= Math.max(rows, columns)) {
			period *= 2;
		}
		if (period < shares.length) {
			return null;
		}
		int[] operatorOf = dealt(apportioned(shares, period));
		int slots = period;
		return select(shares.length, rowMajor(rows, columns), pe -> operatorOf[(pe % columns + pe / columns) % slots]);
	}

	private static List<List<Integer>> rectangles(int[] shares, int rows, int columns) {
		int depth = shares.length;
		int bands = (int) Math.min(rows, Math.round(Math.sqrt(depth)));
		if (Math.ceilDiv(depth, bands) > columns) {
			return null;
		}
		List<int[]> sharesOf = new ArrayList<>();
		int next = 0;
		for (int band = 0; band < bands; band++) {
			int operators = depth / bands + (band < depth % bands ? 1 : 0);
			sharesOf.add(Arrays.copyOfRange(shares, next, next + operators));
			next += operators;
		}
		int[] heights = apportioned(sharesOf.stream().mapToInt(s -> Arrays.stream(s).sum()).toArray(), rows);
		List<List<Integer>> places = new ArrayList<>();
		int top = 0;
		for (int band = 0; band < bands; band++) {
			int[] widths = apportioned(sharesOf.get(band), columns);
			int done = 0;
			for (int width : widths) {
				int left = band % 2 == 0 ? done : columns - done - width;
				List<Integer> place = new ArrayList<>();
				for (int y = top; y < top + heights[band]; y++) {
					for (int x = left; x < left + width; x++) {
						place.add(y * columns + x);
					}
				}
				places.add(place);
				done += width;
			}
			top += heights[band];
		}
		return places;
	}
}
