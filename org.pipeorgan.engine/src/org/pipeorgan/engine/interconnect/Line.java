package org.pipeorgan.engine.interconnect;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

import org.pipeorgan.engine.interconnect.PositionSets.PositionSet;

/**
 * One dimension of a network: positions {@code 0..size-1}, the directed links between them, and the route from each
 * position to each other one. A dimension-order route is a route along X, then one along Y.
 *
 * <p>Routes from one source form a tree: the route to a position on a route is a beginning of it. A route is therefore
 * known by its last link, found without a table.
 */
abstract class Line {
	private static final int LONGEST_TABLE = 1024;

	private final int size;
	private volatile long[] steps;
	private volatile short[] beyond;

	Line(int size) {
		this.size = size;
	}

	/** Number of positions. */
	final int size() {
		return size;
	}

	/** Number of directed links. */
	abstract int links();

	/** Where a link starts. */
	abstract int from(int link);

	/** Where a link ends. */
	abstract int to(int link);

	/** Number of links of a route. */
	abstract int hops(int source, int destination);

	/** The last link of a route between different positions. */
	abstract int lastLink(int source, int destination);

	/** Takes loads of links. */
	interface Links {
		/** Adds to links from {@code first} to {@code last}, which are in one half of the first {@code 2 * run()}. */
		void run(int first, int last, long units);

		/** Adds to one link. */
		void add(int link, long units);
	}

	/** Links at the beginning, of either direction, that {@link #spread} may add to as runs; 0 for none. */
	int run() {
		return 0;
	}

	/**
	 * Adds the loads of multicasts from some positions to the same others: each takes the union of its routes.
	 *
	 * @param units size of the multicast of each position; 0 but for {@code low..high}
	 * @param to    the others
	 */
	void spread(long[] units, int low, int high, PositionSet to, Links into) {
		for (int source = low; source <= high; source++) {
			if (units[source] != 0) {
				BitSet taken = new BitSet();
				for (int position : to.positions) {
					for (int at = position; at != source;) {
						int link = lastLink(source, at);
						if (taken.get(link)) {
							break;
						}
						taken.set(link);
						into.add(link, units[source]);
						at = from(link);
					}
				}
			}
		}
	}

	/**
	 * The last link and where it starts, for every route between different positions, as {@code source * size + destination}: a link in the
	 * higher half of a value, its start in the lower. Made when first asked for; {@code null} for a line too long for a table.
	 */
	final long[] steps() {
		long[] made = steps;
		if (made == null && size <= LONGEST_TABLE) {
			made = new long[size * size];
			for (int source = 0; source < size; source++) {
				for (int destination = 0; destination < size; destination++) {
					if (source != destination) {
						int link = lastLink(source, destination);
						made[source * size + destination] = (long) link << Integer.SIZE | from(link);
					}
				}
			}
			steps = made;
		}
		return made;
	}

	/** Most links that a route from the start of a link over it to one of the positions {@code first..last} has; 0 if none goes there. */
	final int mostHopsOver(int link, int first, int last) {
		short[] known = size <= LONGEST_TABLE ? beyond() : null;
		int most = 0;
		for (int position = first; position <= last; position++) {
			most = Math.max(most, known == null ? hopsOver(link, position) : known[link * size + position]);
		}
		return most;
	}

	/** Most links that a route from one of the positions {@code first..last} has before a link; -1 if none goes over it. */
	final int mostHopsBefore(int link, int first, int last) {
		int most = -1;
		int end = to(link);
		for (int position = first; position <= last; position++) {
			if (position != end && lastLink(position, end) == link) {
				most = Math.max(most, hops(position, end) - 1);
			}
		}
		return most;
	}

	private short[] beyond() {
		short[] made = beyond;
		if (made == null) {
			made = new short[links() * size];
			for (int at = 0; at < made.length; at++) {
				made[at] = (short) hopsOver(at / size, at % size);
			}
			beyond = made;
		}
		return made;
	}

	/** Links of the route from the start of a link to a position if it begins with that link; else 0. */
	private int hopsOver(int link, int position) {
		int hops = 0;
		int first = -1;
		for (int at = position; at != from(link); at = from(first)) {
			first = lastLink(from(link), at);
			hops++;
		}
		return first == link ? hops : 0;
	}

	/** The links of a route, in order. */
	final int[] route(int source, int destination) {
		int[] route = new int[hops(source, destination)];
		int at = destination;
		for (int i = route.length - 1; i >= 0; i--) {
			route[i] = lastLink(source, at);
			at = from(route[i]);
		}
		return route;
	}

	/** The virtual channel on which a route takes a link: 0, or 1 once it has passed the dateline of a ring. */
	int virtualChannel(int source, int link) {
		return 0;
	}

	/** Neighbours joined, and long links as the patterns say; each pair of directed links. */
	static Line mesh(int size, List<ExpressLinks> express) {
		List<ExpressLinks.Settled> fitting = express.stream().map(e -> e.on(size)).filter(e -> e.length() > 0).toList();
		if (fitting.isEmpty()) {
			return new Mesh(size, 0);
		}
		return fitting.size() == 1 && fitting.get(0).everywhere() ? new Mesh(size, fitting.get(0).length()) : new Pattern(size, fitting);
	}

	/** A closed ring; a tie between the two ways goes the positive way. */
	static Line ring(int size) {
		return size < 3 ? new Mesh(size, 0) : new Ring(size);
	}

	/** Every position joined to every other. */
	static Line complete(int size) {
		return new Complete(size);
	}

	/** Links i to i + 1 come first, then i + 1 to i, then i to i + L, then i + L to i. */
	private static final class Mesh extends Line {
		private final int near;
		private final int length;
		private final int far;
		private final int[] hops;

		Mesh(int size, int length) {
			super(size);
			hops = IntStream.range(0, size).map(distance -> length > 1 ? distance / length + distance % length : distance).toArray();
			near = size - 1;
			this.length = length;
			far = length > 1 ? size - length : 0;
		}

		@Override
		int links() {
			return 2 * (near + far);
		}

		@Override
		int from(int link) {
			return end(link, true);
		}

		@Override
		int to(int link) {
			return end(link, false);
		}

		private int end(int link, boolean start) {
			boolean longLink = link >= 2 * near;
			int l = longLink ? link - 2 * near : link;
			int half = longLink ? far : near;
			boolean forward = l < half;
			int low = forward ? l : l - half;
			return forward == start ? low : low + (longLink ? length : 1);
		}

		@Override
		int run() {
			return near;
		}

		@Override
		void spread(long[] units, int low, int high, PositionSet to, Links into) {
			if (low < to.last()) {
				if (length > 1) {
					spreadFarUp(units, low, high, to, into);
				} else {
					spreadUp(units, low, high, to.last(), into);
				}
			}
			if (high > to.first()) {
				if (length > 1) {
					spreadFarDown(units, low, high, to, into);
				} else {
					spreadDown(units, low, high, to.first(), into);
				}
			}
		}

		private static void spreadUp(long[] units, int low, int high, int last, Links into) {
			long sum = 0;
			int since = low;
			for (int at = low; at <= high && at < last; at++) {
				if (units[at] != 0) {
					if (sum != 0) {
						into.run(since, at - 1, sum);
					}
					sum += units[at];
					since = at;
				}
			}
			if (sum != 0) {
				into.run(since, last - 1, sum);
			}
		}

		private void spreadDown(long[] units, int low, int high, int first, Links into) {
			long sum = 0;
			int since = high;
			for (int at = high; at >= low && at > first; at--) {
				if (units[at] != 0) {
					if (sum != 0) {
						into.run(near + at, near + since - 1, sum);
					}
					sum += units[at];
					since = at;
				}
			}
			if (sum != 0) {
				into.run(near + first, near + since - 1, sum);
			}
		}

		/** Positions that are a long link apart pass on together what goes beyond; each reaches those before the next by short links. */
		private void spreadFarUp(long[] units, int low, int high, PositionSet to, Links into) {
			int last = to.last();
			int[] above = to.above(length);
			for (int from = low; from < low + length && from <= high; from++) {
				long sum = 0;
				for (int at = from; at < last && (at <= high || sum != 0); at += length) {
					sum += at <= high ? units[at] : 0;
					if (sum != 0) {
						if (above[at] > at) {
							into.run(at, above[at] - 1, sum);
						}
						if (at + length <= last) {
							into.add(2 * near + at, sum);
						}
					}
				}
			}
		}

		private void spreadFarDown(long[] units, int low, int high, PositionSet to, Links into) {
			int first = to.first();
			int[] below = to.below(length);
			for (int from = high; from > high - length && from >= low; from--) {
				long sum = 0;
				for (int at = from; at > first && (at >= low || sum != 0); at -= length) {
					sum += at >= low ? units[at] : 0;
					if (sum != 0) {
						if (below[at] >= 0 && below[at] < at) {
							into.run(near + below[at], near + at - 1, sum);
						}
						if (at - length >= first) {
							into.add(2 * near + far + at - length, sum);
						}
					}
				}
			}
		}

		@Override
		int hops(int source, int destination) {
			return hops[Math.abs(destination - source)];
		}

		@Override
		int lastLink(int source, int destination) {
			int distance = Math.abs(destination - source);
			boolean longLink = length > 1 && distance % length == 0;
			int low = destination > source ? destination - (longLink ? length : 1) : destination;
			int half = longLink ? far : near;
			return (longLink ? 2 * near : 0) + (destination > source ? low : half + low);
		}
	}

	/** Link i goes from i to i + 1 around the ring, link size + i from i + 1 to i. */
	private static final class Ring extends Line {
		Ring(int size) {
			super(size);
		}

		@Override
		int links() {
			return 2 * size();
		}

		@Override
		int from(int link) {
			return link < size() ? link : (link - size() + 1) % size();
		}

		@Override
		int to(int link) {
			return link < size() ? (link + 1) % size() : link - size();
		}

		@Override
		int hops(int source, int destination) {
			int forward = Math.floorMod(destination - source, size());
			return Math.min(forward, size() - forward);
		}

		@Override
		int lastLink(int source, int destination) {
			int forward = Math.floorMod(destination - source, size());
			return 2 * forward <= size() ? Math.floorMod(destination - 1, size()) : size() + destination;
		}

		@Override
		int virtualChannel(int source, int link) {
			boolean forward = link < size();
			int at = from(link);
			// the dateline lies between the last position and the first
			return forward ? at < source ? 1 : 0 : at > source ? 1 : 0;
		}
	}

	private static final class Complete extends Line {
		Complete(int size) {
			super(size);
		}

		@Override
		int links() {
			return size() * (size() - 1);
		}

		@Override
		int from(int link) {
			return link / (size() - 1);
		}

		@Override
		int to(int link) {
			int rest = link % (size() - 1);
			return rest < from(link) ? rest : rest + 1;
		}

		@Override
		int hops(int source, int destination) {
			return source == destination ? 0 : 1;
		}

		@Override
		int lastLink(int source, int destination) {
			return source * (size() - 1) + (destination < source ? destination : destination - 1);
		}
	}

	/** Any pattern of long links; each step takes the longest link that starts there, goes towards the goal and does not pass it. */
	private static final class Pattern extends Line {
		private final int[] from;
		private final int[] to;
		private final int[] last;
		private final short[] hops;

		Pattern(int size, List<ExpressLinks.Settled> express) {
			super(size);
			List<int[]> links = new ArrayList<>();
			List<List<Integer>> forward = new ArrayList<>();
			List<List<Integer>> backward = new ArrayList<>();
			for (int i = 0; i < size; i++) {
				forward.add(new ArrayList<>());
				backward.add(new ArrayList<>());
			}
			for (int i = 0; i + 1 < size; i++) {
				join(links, forward, backward, i, i + 1);
			}
			for (ExpressLinks.Settled pattern : express) {
				for (int i = pattern.start(); i + pattern.length() < size; i += pattern.step()) {
					int low = i;
					if (forward.get(i).stream().noneMatch(l -> links.get(l)[1] == low + pattern.length())) {
						join(links, forward, backward, i, i + pattern.length());
					}
				}
			}
			from = links.stream().mapToInt(l -> l[0]).toArray();
			to = links.stream().mapToInt(l -> l[1]).toArray();
			last = new int[size * size];
			hops = new short[size * size];
			for (int source = 0; source < size; source++) {
				for (int goal = 0; goal < size; goal++) {
					int at = source;
					int count = 0;
					while (at != goal) {
						int best = -1;
						for (int link : goal > at ? forward.get(at) : backward.get(at)) {
							boolean passes = goal > at ? to[link] > goal : to[link] < goal;
							if (!passes && (best < 0 || Math.abs(to[link] - at) > Math.abs(to[best] - at))) {
								best = link;
							}
						}
						last[source * size + goal] = best;
						at = to[best];
						count++;
					}
					hops[source * size + goal] = (short) count;
				}
			}
		}

		private static void join(List<int[]> links, List<List<Integer>> forward, List<List<Integer>> backward, int low, int high) {
			forward.get(low).add(links.size());
			links.add(new int[] { low, high });
			backward.get(high).add(links.size());
			links.add(new int[] { high, low });
		}

		@Override
		int links() {
			return from.length;
		}

		@Override
		int from(int link) {
			return from[link];
		}

		@Override
		int to(int link) {
			return to[link];
		}

		@Override
		int hops(int source, int destination) {
			return hops[source * size() + destination];
		}

		@Override
		int lastLink(int source, int destination) {
			return last[source * size() + destination];
		}
	}
}
