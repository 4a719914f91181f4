package org.pipeorgan.tests.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.PrimitiveIterator;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pipeorgan.engine.exploration.Axis;
import org.pipeorgan.engine.exploration.DesignSpace;
import org.pipeorgan.engine.exploration.Front;
import org.pipeorgan.engine.exploration.Sampling;
import org.pipeorgan.engine.exploration.Sampling.Method;

class DesignSpaceTest {
	private static DesignSpace space(int... sizes) {
		List<Axis> axes = new ArrayList<>();
		for (int size : sizes) {
			axes.add(new Axis("a" + axes.size(), IntStream.range(0, size).mapToObj(Integer::toString).toList()));
		}
		return new DesignSpace(axes);
	}

	private static List<Long> points(Sampling sampling, DesignSpace space) {
		List<Long> points = new ArrayList<>();
		for (PrimitiveIterator.OfLong next = sampling.points(space, point -> true); next.hasNext();) {
			points.add(next.nextLong());
		}
		return points;
	}

	@Test
	void everyPointHasChoicesOfItsOwn() {
		DesignSpace space = space(3, 1, 4, 2);
		Set<String> seen = new TreeSet<>();
		for (long point = 0; point < space.size(); point++) {
			int[] choices = space.choices(point);
			assertEquals(point, space.point(choices));
			assertTrue(seen.add(IntStream.of(choices).mapToObj(Integer::toString).collect(Collectors.joining(","))));
		}
		assertEquals(24, seen.size());
		assertArrayEquals(new int[] { 0, 0, 0, 1 }, space.choices(1));
	}

	@Test
	void aSpaceThatCannotBeNumberedIsRefused() {
		int[] sizes = IntStream.generate(() -> 1000).limit(21).toArray();
		assertTrue(assertThrows(IllegalArgumentException.class, () -> space(sizes)).getMessage().contains("take fewer values"));
	}

	@ParameterizedTest
	@EnumSource(value = Method.class, names = { "RANDOM", "LATIN_HYPERCUBE" })
	void aSampleHasSoManyPointsEachOnceAndTheSameAgain(Method method) {
		DesignSpace space = space(7, 5, 11);
		for (long count : new long[] { 1, 17, 200, 385 }) {
			Sampling sampling = new Sampling(method, count, 3);
			List<Long> points = points(sampling, space);
			assertEquals(count, points.stream().distinct().count());
			assertTrue(points.stream().allMatch(point -> point >= 0 && point < 385));
			assertEquals(points, points(sampling, space));
		}
		assertEquals(LongStream.range(0, 385).boxed().toList(), points(new Sampling(method, 1000, 3), space).stream().sorted().toList());
		assertTrue(!points(new Sampling(method, 20, 3), space).equals(points(new Sampling(method, 20, 4), space)));
	}

	/** A longer random sample begins with the shorter one, so that it can be continued. */
	@Test
	void aRandomSampleCanBeExtended() {
		DesignSpace space = space(1000, 1000, 1000, 1000, 1000);
		List<Long> few = points(new Sampling(Method.RANDOM, 50, 9), space);
		assertEquals(few, points(new Sampling(Method.RANDOM, 400, 9), space).subList(0, 50));
	}

	/** Chi square over ten equal parts of a large space: above 33.7 in one of 10,000 samples drawn with equal chances (9 degrees of freedom). */
	@Test
	void aRandomSampleIsEven() {
		DesignSpace space = space(1000, 1000, 1000);
		int[] counts = new int[10];
		int size = 10_000;
		points(new Sampling(Method.RANDOM, size, 1), space).forEach(point -> counts[(int) (point / (space.size() / 10))]++);
		double expected = size / 10.0;
		assertTrue(IntStream.of(counts).mapToDouble(count -> (count - expected) * (count - expected) / expected).sum() < 33.7);
	}

	@Test
	void aLatinHypercubeMeetsEachChoiceEquallyOften() {
		DesignSpace large = space(20, 10, 20, 5);
		List<Long> points = points(new Sampling(Method.LATIN_HYPERCUBE, 20, 5), large);
		for (int axis = 0; axis < 4; axis++) {
			int[] counts = new int[large.axes().get(axis).choices().size()];
			for (long point : points) {
				counts[large.choices(point)[axis]]++;
			}
			assertEquals(Set.of(20 / counts.length), IntStream.of(counts).boxed().collect(Collectors.toSet()));
		}
	}

	@Test
	void conditionsHoldAndAnImpossibleOneEnds() {
		DesignSpace space = space(100, 100, 100);
		for (Method method : new Method[] { Method.RANDOM, Method.LATIN_HYPERCUBE }) {
			List<Long> points = new ArrayList<>();
			new Sampling(method, 100, 1).points(space, point -> point % 10 == 3).forEachRemaining((long point) -> points.add(point));
			assertEquals(100, points.stream().distinct().count());
			assertTrue(points.stream().allMatch(point -> point % 10 == 3));
			assertTrue(!new Sampling(method, 5, 1).points(space, point -> false).hasNext());
		}
	}

	@Test
	void theFrontIsWhatNoPointDominates() {
		Random random = new Random(4);
		for (int goals = 1; goals <= 3; goals++) {
			int dimensions = goals;
			List<double[]> points = new ArrayList<>();
			for (int i = 0; i < 300; i++) {
				points.add(random.doubles(dimensions, 0, 1).map(value -> Math.floor(value * 12)).toArray());
			}
			Front front = new Front();
			List<Integer> order = new ArrayList<>(IntStream.range(0, 300).boxed().toList());
			Collections.shuffle(order, random);
			order.forEach(i -> front.add(i, points.get(i)));
			List<Long> expected = IntStream.range(0, 300).filter(i -> points.stream().noneMatch(other -> {
				boolean asGood = IntStream.range(0, dimensions).allMatch(g -> other[g] <= points.get(i)[g]);
				return asGood && IntStream.range(0, dimensions).anyMatch(g -> other[g] < points.get(i)[g]);
			})).asLongStream().boxed().toList();
			assertEquals(expected, front.members().stream().map(Front.Member::point).toList());
		}
	}
}
