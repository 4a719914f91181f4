package org.pipeorgan.engine.exploration;

import java.util.List;
import java.util.ServiceLoader;
import java.util.function.BiConsumer;

/** Searches spaces that are too large to enumerate for the points of the front; provided by a bundle of its own. */
public interface Optimizer {
	/** Evaluates points that a search asks for. */
	interface Evaluation {
		/**
		 * What some points reach, in their order: goals to be small, or {@code null} for a point that does not count, which is worse than all others.
		 *
		 * @param points all different
		 */
		List<double[]> evaluate(long[] points);

		/** Whether a point may be asked for. */
		boolean admits(long point);
	}

	/**
	 * Searches; the same seed asks for the same points in the same order.
	 *
	 * @param goals number of goals
	 * @param count how many different points are evaluated at most
	 */
	void search(DesignSpace space, int goals, long count, long seed, Evaluation evaluation);

	/**
	 * The volume that points dominate, as a part of the box between the best and the worst corner, 0 to 1.
	 *
	 * @param points goals to be small
	 * @param best   corner of the least goals
	 * @param worst  corner of the greatest goals
	 */
	double hypervolume(List<double[]> points, double[] best, double[] worst);

	/**
	 * How the hypervolume of a growing set grows, in the box around all of them.
	 *
	 * @param points goals to be small, in the order in which they were evaluated
	 * @param told   of a number of points and their hypervolume: of the first, of all, and of numbers between that are about a tenth apart
	 */
	default void overTime(List<double[]> points, BiConsumer<Integer, Double> told) {
		if (points.isEmpty()) {
			return;
		}
		double[] best = points.get(0).clone();
		double[] worst = points.get(0).clone();
		for (double[] point : points) {
			for (int i = 0; i < best.length; i++) {
				best[i] = Math.min(best[i], point[i]);
				worst[i] = Math.max(worst[i], point[i]);
			}
		}
		Front front = new Front();
		int next = 1;
		for (int count = 1; count <= points.size(); count++) {
			front.add(count, points.get(count - 1));
			if (count == next || count == points.size()) {
				told.accept(count, hypervolume(front.members().stream().map(Front.Member::goals).toList(), best, worst));
				next = Math.max(count + 1, count + count / 10);
			}
		}
	}

	/** The optimizer of this program. @throws StoreException if it has none */
	static Optimizer service() {
		return ServiceLoader.load(Optimizer.class, Optimizer.class.getClassLoader()).findFirst().orElseThrow(
				() -> new StoreException("there is no optimizer on the class path; it is in the jar of the command line, in the module org.pipeorgan.exploration"));
	}
}
