package org.pipeorgan.engine.exploration;

import java.util.Arrays;
import java.util.HashSet;
import java.util.NoSuchElementException;
import java.util.PrimitiveIterator;
import java.util.Random;
import java.util.Set;
import java.util.function.LongPredicate;
import java.util.function.LongSupplier;

/**
 * Which points of a space are evaluated. The same sampling of the same space gives the same points in the same order, each once.
 *
 * @param method how they are chosen
 * @param count  how many at most; of a grid all
 * @param seed   where the random numbers begin
 */
public record Sampling(Method method, long count, long seed) {
	/** All points of the space. */
	public static final Sampling GRID = new Sampling(Method.GRID, Long.MAX_VALUE, 0);
	/** A sample gives up after so many draws for each point that it is to have, and at least so many in all. */
	private static final long DRAWS = 1000;
	private static final long LEAST_DRAWS = 1_000_000;
	private static final int MOST_LATIN = 10_000_000;
	private static final long END = -1;

	/** How points are chosen. */
	public enum Method {
		/** All of them, in order. */
		GRID,
		/** Drawn at random, each with equal chance and none twice. */
		RANDOM,
		/** Drawn so that each axis meets its choices equally often, up to rounding (McKay, Beckman and Conover 1979). */
		LATIN_HYPERCUBE,
		/** Asked for by an evolutionary search: {@link Optimizer}. */
		NSGA2
	}

	/** @throws IllegalArgumentException if there is no point to sample, or too many for the method */
	public Sampling {
		if (count < 1) {
			throw new IllegalArgumentException("a sample of " + count + " points is empty; take at least 1");
		}
		if (method == Method.LATIN_HYPERCUBE && count > MOST_LATIN) {
			throw new IllegalArgumentException("a Latin hypercube of " + count + " points is too large; take at most " + MOST_LATIN + ", or 'random'");
		}
	}

	/**
	 * The points that are evaluated; memory does not grow with their number, but for a Latin hypercube.
	 *
	 * @param admits which points of the space may be
	 */
	public PrimitiveIterator.OfLong points(DesignSpace space, LongPredicate admits) {
		return switch (method) {
		case GRID -> new Points(count, space.size(), admits, counter());
		case RANDOM -> {
			Permutation permutation = new Permutation(space.size(), seed);
			LongSupplier next = counter();
			yield new Points(count, Math.min(space.size(), draws()), admits, () -> permutation.of(next.getAsLong()));
		}
		case LATIN_HYPERCUBE -> latin(space, admits);
		case NSGA2 -> throw new IllegalStateException("a search asks for points by itself");
		};
	}

	private long draws() {
		return Math.max(LEAST_DRAWS, count > Long.MAX_VALUE / DRAWS ? Long.MAX_VALUE : count * DRAWS);
	}

	private static LongSupplier counter() {
		long[] next = { 0 };
		return () -> next[0]++;
	}

	/** Hypercube after hypercube, of which the points count that are admitted and not there already. */
	private PrimitiveIterator.OfLong latin(DesignSpace space, LongPredicate admits) {
		int size = (int) Math.min(count, space.size());
		Random random = new Random(seed);
		Set<Long> seen = new HashSet<>();
		long[] cube = new long[size];
		int[] next = { size };
		return new Points(size, draws(), point -> seen.add(point) && admits.test(point), () -> {
			if (next[0] == size) {
				draw(space, random, cube);
				next[0] = 0;
			}
			return cube[next[0]++];
		});
	}

	private static void draw(DesignSpace space, Random random, long[] cube) {
		Arrays.fill(cube, 0);
		int size = cube.length;
		int[] strata = new int[size];
		for (Axis axis : space.axes()) {
			for (int i = 0; i < size; i++) {
				int other = random.nextInt(i + 1);
				strata[i] = strata[other];
				strata[other] = i;
			}
			int choices = axis.choices().size();
			for (int i = 0; i < size; i++) {
				int choice = (int) Math.min(choices - 1L, (long) ((strata[i] + random.nextDouble()) / size * choices));
				cube[i] = cube[i] * choices + choice;
			}
		}
	}

	/** Draws until there are enough points, or too many draws gave none. */
	private static final class Points implements PrimitiveIterator.OfLong {
		private final LongPredicate admits;
		private final LongSupplier draw;
		private long wanted;
		private long draws;
		private long next = END;

		Points(long wanted, long draws, LongPredicate admits, LongSupplier draw) {
			this.wanted = wanted;
			this.draws = draws;
			this.admits = admits;
			this.draw = draw;
		}

		@Override
		public boolean hasNext() {
			while (next == END && wanted > 0 && draws > 0) {
				draws--;
				long drawn = draw.getAsLong();
				if (admits.test(drawn)) {
					next = drawn;
					wanted--;
				}
			}
			return next != END;
		}

		@Override
		public long nextLong() {
			if (!hasNext()) {
				throw new NoSuchElementException();
			}
			long point = next;
			next = END;
			return point;
		}
	}

	/** The numbers below a size in an order that looks random: a Feistel network over the next power of 4, walked until it is below the size. */
	private static final class Permutation {
		private static final int ROUNDS = 6;
		private final long size;
		private final long seed;
		private final int half;

		Permutation(long size, long seed) {
			this.size = size;
			this.seed = seed;
			half = Math.max(1, (Long.SIZE - Long.numberOfLeadingZeros(size - 1) + 1) / 2);
		}

		long of(long number) {
			long mixed = number;
			do {
				long mask = (1L << half) - 1;
				long left = mixed >>> half;
				long right = mixed & mask;
				for (int round = 0; round < ROUNDS; round++) {
					long swapped = left ^ mix(right + mix(seed + round)) & mask;
					left = right;
					right = swapped;
				}
				mixed = left << half | right;
			} while (mixed >= size || mixed < 0);
			return mixed;
		}

		/** The finalizer of SplitMix64 (Steele, Lea and Flood 2014). */
		private static long mix(long value) {
			long z = value + 0x9e3779b97f4a7c15L;
			z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
			z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
			return z ^ z >>> 31;
		}
	}
}
