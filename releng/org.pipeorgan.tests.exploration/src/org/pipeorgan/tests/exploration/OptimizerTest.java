package org.pipeorgan.tests.exploration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;
import org.pipeorgan.engine.exploration.Axis;
import org.pipeorgan.engine.exploration.DesignSpace;
import org.pipeorgan.engine.exploration.Front;
import org.pipeorgan.engine.exploration.Optimizer;

class OptimizerTest {
	private static final Optimizer OPTIMIZER = Optimizer.service();

	private static DesignSpace space(int axes, int choices) {
		return new DesignSpace(IntStream.range(0, axes).mapToObj(axis -> new Axis("a" + axis, IntStream.range(0, choices).mapToObj(Integer::toString).toList())).toList());
	}

	/** Cost and error of a made-up design: the first two axes cost, the others are right somewhere in the middle. */
	private static double[] goals(DesignSpace space, long point) {
		int[] choices = space.choices(point);
		double error = 0;
		for (int i = 0; i < choices.length; i++) {
			error += Math.pow(choices[i] - 7 - i, 2);
		}
		return new double[] { choices[0] + 2 * choices[1], error };
	}

	private static List<Long> search(DesignSpace space, long count, long seed, LongPredicate admits) {
		List<Long> asked = new ArrayList<>();
		OPTIMIZER.search(space, 2, count, seed, new Optimizer.Evaluation() {
			@Override
			public List<double[]> evaluate(long[] points) {
				return Arrays.stream(points).mapToObj(point -> {
					assertTrue(admits.test(point));
					asked.add(point);
					return point % 17 == 0 ? null : goals(space, point);
				}).toList();
			}

			@Override
			public boolean admits(long point) {
				return admits.test(point);
			}
		});
		return asked;
	}

	private static Set<String> front(DesignSpace space, LongStream points) {
		Front front = new Front();
		points.filter(point -> point % 17 != 0).forEach(point -> front.add(point, goals(space, point)));
		return front.members().stream().map(member -> Arrays.toString(member.goals())).collect(Collectors.toCollection(TreeSet::new));
	}

	/** A fifth of the points of a small space suffices for its whole front. */
	@Test
	void aSearchFindsTheExactFront() {
		DesignSpace space = space(4, 12);
		List<Long> asked = search(space, space.size() / 5, 1, point -> point % 3 != 0);
		assertEquals(asked.size(), asked.stream().distinct().count());
		assertTrue(asked.size() <= space.size() / 5);
		assertEquals(front(space, LongStream.range(0, space.size()).filter(point -> point % 3 != 0)), front(space, asked.stream().mapToLong(Long::longValue)));
	}

	@Test
	void theSameSeedAsksForTheSamePointsAndMoreOfThem() {
		DesignSpace space = space(6, 15);
		List<Long> asked = search(space, 700, 5, point -> true);
		assertEquals(700, asked.size());
		assertEquals(asked, search(space, 700, 5, point -> true));
		assertTrue(!asked.equals(search(space, 700, 6, point -> true)));
	}

	/** A small space that is soon converged on: the search goes on beside what it knows. */
	@Test
	void aSearchAsksForAsManyPointsAsItMay() {
		assertEquals(70, search(space(2, 9), 70, 3, point -> true).size());
	}

	/** A search ends when it finds nothing new. */
	@Test
	void aSpaceThatIsExhaustedEndsTheSearch() {
		assertTrue(search(space(2, 3), 1000, 1, point -> true).size() <= 9);
		assertEquals(0, search(space(2, 3), 1000, 1, point -> false).size());
	}

	/** Against counted samples of the box. */
	@Test
	void theHypervolumeIsThePartOfTheBoxThatPointsDominate() {
		assertEquals(0.75, OPTIMIZER.hypervolume(List.of(new double[] { 0, 5 }, new double[] { 5, 0 }), new double[] { 0, 0 }, new double[] { 10, 10 }), 1e-12);
		Random random = new Random(8);
		for (int goals = 2; goals <= 4; goals++) {
			int dimensions = goals;
			List<double[]> points = IntStream.range(0, 12).mapToObj(i -> random.doubles(dimensions).toArray()).toList();
			double[] worst = new double[goals];
			Arrays.fill(worst, 1);
			int inside = 0;
			int samples = 200_000;
			for (int i = 0; i < samples; i++) {
				double[] sample = random.doubles(dimensions).toArray();
				inside += points.stream().anyMatch(point -> IntStream.range(0, dimensions).allMatch(g -> point[g] <= sample[g])) ? 1 : 0;
			}
			assertEquals((double) inside / samples, OPTIMIZER.hypervolume(points, new double[goals], worst), 0.005);
		}
	}

	@Test
	void theHypervolumeGrowsToThatOfAllPoints() {
		Random random = new Random(3);
		List<double[]> points = IntStream.range(0, 500).mapToObj(i -> random.doubles(2, 5, 9).toArray()).toList();
		List<Double> volumes = new ArrayList<>();
		List<Integer> counts = new ArrayList<>();
		OPTIMIZER.overTime(points, (count, volume) -> {
			counts.add(count);
			volumes.add(volume);
		});
		assertEquals(1, counts.getFirst());
		assertEquals(500, counts.getLast());
		assertEquals(volumes.stream().sorted().toList(), volumes);
		assertTrue(volumes.getFirst() < volumes.getLast() && volumes.getLast() <= 1);
	}
}
