package org.pipeorgan.exploration;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.moeaframework.algorithm.NSGAII;
import org.moeaframework.core.PRNG;
import org.moeaframework.core.Solution;
import org.moeaframework.core.indicator.WFGHypervolume;
import org.moeaframework.core.population.NondominatedPopulation;
import org.moeaframework.core.variable.RealVariable;
import org.moeaframework.problem.AbstractProblem;
import org.pipeorgan.engine.exploration.DesignSpace;
import org.pipeorgan.engine.exploration.Optimizer;

/** NSGA-II (Deb et al. 2002) and exact hypervolumes (WFG, While et al. 2012) of the MOEA Framework. One search at a time: its random numbers are global. */
public final class MoeaOptimizer implements Optimizer {
	private static final int POPULATION = 100;
	private static final int LEAST_POPULATION = 8;
	/** A search has so many generations at least, as far as the number of points allows. */
	private static final int GENERATIONS = 10;
	/** So many generations without a point that was not there before end it. */
	private static final int IDLE_GENERATIONS = 50;
	/** How often another choice is tried for a design that was asked for before. */
	private static final int TRIES = 10;

	@Override
	public void search(DesignSpace space, int goals, long count, long seed, Evaluation evaluation) {
		synchronized (MoeaOptimizer.class) {
			PRNG.setSeed(seed);
			Search search = new Search(new Space(space, goals), count, evaluation);
			search.setInitialPopulationSize((int) Math.max(LEAST_POPULATION, Math.min(POPULATION, count / GENERATIONS)));
			while (!search.isOver()) {
				search.step();
			}
		}
	}

	@Override
	public double hypervolume(List<double[]> points, double[] best, double[] worst) {
		int goals = best.length;
		NondominatedPopulation population = new NondominatedPopulation();
		for (double[] point : points) {
			Solution solution = new Solution(0, goals);
			for (int i = 0; i < goals; i++) {
				solution.setObjectiveValue(i, worst[i] > best[i] ? (point[i] - best[i]) / (worst[i] - best[i]) : 0);
			}
			population.add(solution);
		}
		double[] corner = new double[goals];
		Arrays.fill(corner, 1);
		return new WFGHypervolume(new Space(null, goals), corner).evaluate(population);
	}

	/** The choices of a point as real numbers, of which the whole part counts: the operators for such numbers prefer neighbours. */
	private static final class Space extends AbstractProblem {
		private final DesignSpace space;

		Space(DesignSpace space, int goals) {
			super(space == null ? 0 : space.axes().size(), goals, 1);
			this.space = space;
		}

		@Override
		public Solution newSolution() {
			Solution solution = new Solution(getNumberOfVariables(), getNumberOfObjectives(), 1);
			for (int i = 0; i < getNumberOfVariables(); i++) {
				solution.setVariable(i, new RealVariable(0, Math.nextDown((double) space.axes().get(i).choices().size())));
			}
			return solution;
		}

		@Override
		public void evaluate(Solution solution) {
			throw new IllegalStateException("points are evaluated together");
		}

		/** Gives one axis of a design any choice. */
		void change(Solution solution, double[] design) {
			RealVariable.setReal(solution, design);
			int axis = PRNG.nextInt(design.length);
			((RealVariable) solution.getVariable(axis)).setValue(PRNG.nextInt(space.axes().get(axis).choices().size()));
		}

		long point(Solution solution) {
			double[] values = RealVariable.getReal(solution);
			int[] choices = new int[values.length];
			for (int i = 0; i < values.length; i++) {
				choices[i] = (int) values[i];
			}
			return space.point(choices);
		}
	}

	/** Evaluates a generation at a time, each point once: a design that was there before is changed to a neighbour that was not, so that a search does not end early. */
	private static final class Search extends NSGAII {
		private final Space space;
		private final long count;
		private final Evaluation evaluation;
		private final Map<Long, double[]> known = new HashMap<>();
		private long evaluated;
		private int idle;

		Search(Space space, long count, Evaluation evaluation) {
			super(space);
			this.space = space;
			this.count = count;
			this.evaluation = evaluation;
		}

		boolean isOver() {
			return evaluated >= count || idle >= IDLE_GENERATIONS;
		}

		private boolean isKnown(Solution solution, Set<Long> open) {
			long point = space.point(solution);
			return known.containsKey(point) || open.contains(point);
		}

		/** Asks for a design if it is new and may be. */
		private boolean ask(Solution solution, Set<Long> open) {
			return evaluated + open.size() < count && !isKnown(solution, open) && evaluation.admits(space.point(solution)) && open.add(space.point(solution));
		}

		private void askForNeighbour(Solution solution, Set<Long> open) {
			double[] design = RealVariable.getReal(solution);
			for (int i = 0; i < TRIES && evaluated + open.size() < count; i++) {
				space.change(solution, design);
				if (ask(solution, open)) {
					return;
				}
			}
			RealVariable.setReal(solution, design);
		}

		@Override
		public void evaluateAll(Iterable<Solution> solutions) {
			Set<Long> open = new LinkedHashSet<>();
			for (Solution solution : solutions) {
				if (!ask(solution, open) && isKnown(solution, open)) {
					askForNeighbour(solution, open);
				}
			}
			List<Long> asked = new ArrayList<>(open);
			if (!asked.isEmpty()) {
				List<double[]> reached = evaluation.evaluate(asked.stream().mapToLong(Long::longValue).toArray());
				for (int i = 0; i < asked.size(); i++) {
					known.put(asked.get(i), reached.get(i));
				}
			}
			evaluated += asked.size();
			idle = asked.isEmpty() ? idle + 1 : 0;
			for (Solution solution : solutions) {
				double[] goals = known.get(space.point(solution));
				if (goals == null) {
					double[] none = new double[space.getNumberOfObjectives()];
					Arrays.fill(none, Double.MAX_VALUE);
					solution.setObjectiveValues(none);
				} else {
					solution.setObjectiveValues(goals);
				}
				solution.setConstraintValue(0, goals == null ? 1 : 0);
				numberOfEvaluations++;
			}
		}
	}
}
