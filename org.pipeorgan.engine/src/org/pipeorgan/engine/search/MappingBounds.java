package org.pipeorgan.engine.search;

import java.util.List;
import java.util.function.ToDoubleFunction;

import org.pipeorgan.engine.cost.RelaxedCost;
import org.pipeorgan.engine.cost.SegmentCost;

/**
 * Bounds from below on whole mappings that go through a segment or a label, against the best mapping that is known: what
 * cannot beat it need not be looked at. For the product of energy and latency both are bounded, and their sum weighted as in the known
 * mapping; the least product within these bounds lies at an end of the weighted one.
 */
final class MappingBounds {
	/** Sums of energies in another order may differ by so little. */
	private static final double SAFE = 1 - 1e-11;

	private final Objective objective;
	private final Relaxation main;
	private final Relaxation latency;
	private final Relaxation energy;
	private final List<Relaxation> relaxations;
	private final double perPicojoule;
	private final double slope;
	private double limit = Double.POSITIVE_INFINITY;

	/**
	 * @param known latency and energy of a known mapping, for the weights of the product; ones if none is known
	 */
	MappingBounds(Objective objective, int operators, int maxDepth, double knownLatency, double knownEnergy) {
		this.objective = objective;
		perPicojoule = objective == Objective.ENERGY_DELAY ? knownLatency / knownEnergy : 0;
		slope = objective == Objective.ENERGY_DELAY ? knownEnergy : 1;
		main = switch (objective) {
			case LATENCY -> new Relaxation(operators, maxDepth, 1, 0, 0);
			case ENERGY -> new Relaxation(operators, maxDepth, 0, 1, 0);
			case MEMORY_TRAFFIC -> new Relaxation(operators, maxDepth, 0, 0, 1);
			case ENERGY_DELAY -> new Relaxation(operators, maxDepth, 1, perPicojoule, 0);
		};
		boolean product = objective == Objective.ENERGY_DELAY;
		latency = product ? new Relaxation(operators, maxDepth, 1, 0, 0) : null;
		energy = product ? new Relaxation(operators, maxDepth, 0, 1, 0) : null;
		relaxations = product ? List.of(main, latency, energy) : List.of(main);
	}

	/** What bounds of segments are added to. */
	List<Relaxation> relaxations() {
		return relaxations;
	}

	/** Forgets the options of a segment. */
	void clear(int first, int depth) {
		relaxations().forEach(each -> each.clear(first, depth));
	}

	void update() {
		relaxations().forEach(Relaxation::update);
	}

	/** Takes into account what changed before a cut. */
	void updateTo(int cut) {
		relaxations().forEach(each -> each.updateTo(cut));
	}

	/** Takes into account for ways on from all cuts what changed after them. */
	void updateFrom() {
		relaxations().forEach(Relaxation::updateFrom);
	}

	/** Takes into account what changed after a cut. */
	void updateFrom(int cut) {
		relaxations().forEach(each -> each.updateFrom(cut));
	}

	/** Settles the segments of a way, see {@link Relaxation#settle}. */
	boolean settle(Relaxation.Settler settler) {
		return main.settle(settler);
	}

	/** What a cycle is worth where ways are weighted. */
	double perCycle() {
		return main.value(1, 0, 0);
	}

	/** What a segment of such a cost is worth besides its cycles. */
	double fixed(RelaxedCost cost) {
		return main.fixed(cost);
	}

	/** A bound from below on what ways on from a cut with so much room cost, weighted. */
	double onFrom(int cut, double room) {
		return main.onFrom(cut, room);
	}

	/** A bound from below on what ways on from a cut through a segment cost, weighted. */
	double leastThrough(int first, int depth) {
		return main.leastThrough(first, depth);
	}

	/** What a step of a mapping costs, weighted as ways are. */
	double weighted(SegmentCost cost) {
		return main.value(cost.latencyCycles(), cost.energyPicojoules(), cost.memoryReadBytes() + cost.memoryWriteBytes());
	}

	/** A bound from below on what ways on from a cut cost, weighted. */
	double weightedFrom(int cut) {
		return main.onFrom(cut, Double.POSITIVE_INFINITY);
	}

	/** By how much the objective of the known mapping rises with what is weighted. */
	double slope() {
		return slope;
	}

	/** From now on only mappings of a smaller value are of use. */
	void limit(double value) {
		limit = value * SAFE;
	}

	/** Mappings of this value and above are of no use. */
	double limit() {
		return limit;
	}

	/** A bound from below on the value of every mapping through a segment. */
	double through(int first, int depth) {
		return latency == null ? main.through(first, depth) : product(latency.through(first, depth), energy.through(first, depth), main.through(first, depth));
	}

	/** Whether a mapping through a segment may be below a value. */
	boolean isBelow(int first, int depth, double value) {
		return latency == null ? main.isBelow(first, depth, value) : through(first, depth) < value;
	}

	/** A bound from below on the value of every mapping. */
	double least() {
		return latency == null ? main.least() : product(latency.least(), energy.least(), main.least());
	}

	/** A bound from below on the value of every mapping through a segment of such a cost. */
	double through(int first, int depth, RelaxedCost cost) {
		double through = main.through(first, depth, cost);
		return latency == null ? through : product(latency.through(first, depth, cost), energy.through(first, depth, cost), through);
	}

	/** Whether a mapping of at least such a value is of no use. */
	boolean excludes(double value) {
		return value >= limit;
	}

	/** Whether no mapping of use goes through a segment of such a cost. */
	boolean excludes(int first, int depth, RelaxedCost cost) {
		return limit < Double.POSITIVE_INFINITY && excludes(through(first, depth, cost));
	}

	/** Whether no mapping of use goes on from a cut at which so much is spent. */
	boolean excludes(int cut, double cycles, double picojoules, double bytes, double room) {
		if (objective == Objective.LATENCY) {
			return limit < Double.POSITIVE_INFINITY && cycles + main.onFrom(cut, room) >= limit;
		}
		return limit < Double.POSITIVE_INFINITY && excludes(cycles, picojoules, bytes, each -> each.onFrom(cut, room));
	}

	/** Whether no mapping of use goes on through a segment of such a cost from a cut at which so much is spent. */
	boolean excludes(int first, int depth, RelaxedCost cost, double cycles, double picojoules, double bytes, double room) {
		return limit < Double.POSITIVE_INFINITY && excludes(cycles, picojoules, bytes, each -> each.onThrough(first, depth, cost, room));
	}

	private boolean excludes(double cycles, double picojoules, double bytes, ToDoubleFunction<Relaxation> rest) {
		double on = rest.applyAsDouble(main);
		double value = switch (objective) {
			case LATENCY -> cycles + on;
			case ENERGY -> picojoules + on;
			case MEMORY_TRAFFIC -> bytes + on;
			case ENERGY_DELAY -> product(cycles + rest.applyAsDouble(latency), picojoules + rest.applyAsDouble(energy), cycles + perPicojoule * picojoules + on);
		};
		return value >= limit;
	}

	private double product(double cycles, double picojoules, double weighted) {
		if (weighted == Double.POSITIVE_INFINITY) {
			return weighted;
		}
		double rest = weighted - cycles - perPicojoule * picojoules;
		return rest <= 0 ? cycles * picojoules : Math.min((cycles + rest) * picojoules, cycles * (picojoules + rest / perPicojoule));
	}
}
