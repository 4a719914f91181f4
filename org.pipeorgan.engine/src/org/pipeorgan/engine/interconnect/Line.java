package org.pipeorgan.engine.interconnect;

import java.util.ArrayList;
import java.util.List;

/**
 * One dimension of a network: positions {@code 0..size-1}, the directed links between them, and the route from each
 * position to each other one. A dimension-order route is a route along X, then one along Y.
 */
final class Line {
	private final int size;
	private final int[] from;
	private final int[] to;
	private final int[][] routes;

	private Line(int size, List<int[]> links, NextHop next) {
		this.size = size;
		from = links.stream().mapToInt(l -> l[0]).toArray();
		to = links.stream().mapToInt(l -> l[1]).toArray();
		int[][] byEnds = new int[size][size];
		for (int l = 0; l < from.length; l++) {
			byEnds[from[l]][to[l]] = l + 1;
		}
		routes = new int[size * size][];
		int[] path = new int[size];
		for (int a = 0; a < size; a++) {
			for (int b = 0; b < size; b++) {
				int hops = 0;
				for (int at = a; at != b;) {
					int step = next.from(at, b);
					path[hops++] = byEnds[at][step] - 1;
					at = step;
				}
				routes[a * size + b] = java.util.Arrays.copyOf(path, hops);
			}
		}
	}

	@FunctionalInterface
	private interface NextHop {
		int from(int at, int goal);
	}

	/** Neighbours joined, and long links of length {@code express} from every position that has room (0: none). */
	static Line mesh(int size, int express) {
		List<int[]> links = new ArrayList<>();
		for (int i = 0; i + 1 < size; i++) {
			both(links, i, i + 1);
		}
		if (express > 1) {
			for (int i = 0; i + express < size; i++) {
				both(links, i, i + express);
			}
		}
		return new Line(size, links, (at, goal) -> {
			int distance = goal - at;
			int step = express > 1 && Math.abs(distance) >= express ? express : 1;
			return at + Integer.signum(distance) * step;
		});
	}

	/** A closed ring; a tie between the two ways goes the positive way. */
	static Line ring(int size) {
		List<int[]> links = new ArrayList<>();
		for (int i = 0; i + 1 < size; i++) {
			both(links, i, i + 1);
		}
		if (size > 2) {
			both(links, size - 1, 0);
		}
		return new Line(size, links, (at, goal) -> {
			int forward = Math.floorMod(goal - at, size);
			return Math.floorMod(at + (2 * forward <= size ? 1 : -1), size);
		});
	}

	/** Every position joined to every other. */
	static Line complete(int size) {
		List<int[]> links = new ArrayList<>();
		for (int i = 0; i < size; i++) {
			for (int j = i + 1; j < size; j++) {
				both(links, i, j);
			}
		}
		return new Line(size, links, (at, goal) -> goal);
	}

	private static void both(List<int[]> links, int a, int b) {
		links.add(new int[] { a, b });
		links.add(new int[] { b, a });
	}

	int size() {
		return size;
	}

	int links() {
		return from.length;
	}

	int from(int link) {
		return from[link];
	}

	int to(int link) {
		return to[link];
	}

	/** The links from one position to another, in order; not to be changed. */
	int[] route(int source, int destination) {
		return routes[source * size + destination];
	}
}
