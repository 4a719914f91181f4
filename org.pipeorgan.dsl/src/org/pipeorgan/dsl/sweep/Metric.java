package org.pipeorgan.dsl.sweep;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

import org.pipeorgan.dsl.units.Dimension;
import org.pipeorgan.engine.exploration.Totals;

/** What the evaluation of a point gives, by the name that a study writes. */
public enum Metric {
	/** Cycles of all workloads, one after the other. */
	LATENCY("latency", Dimension.CYCLES, Totals::latencyCycles),
	/** Their time at the accelerator's clock. */
	TIME("time", Dimension.TIME, Totals::latencySeconds),
	/** Their energy. */
	ENERGY("energy", Dimension.ENERGY, Totals::energyPicojoules),
	/** Energy times latency. */
	EDP("edp", Dimension.ENERGY.times(Dimension.CYCLES), totals -> totals.energyPicojoules() * totals.latencyCycles()),
	/** Bytes to and from memory. */
	MEMORY("memory", Dimension.SIZE, totals -> totals.memoryBytes() * 8.0),
	/** Latency over the lower bound of any mapping. */
	BOUND("bound", Dimension.COUNT, totals -> (double) totals.latencyCycles() / totals.lowerBoundCycles()),
	/** Multiply-accumulates over what the array could have done meanwhile, 0 to 1. */
	UTILIZATION("utilization", Dimension.COUNT, null);

	private final String keyword;
	private final Dimension dimension;
	private final ToDoubleFunction<Totals> reader;

	Metric(String keyword, Dimension dimension, ToDoubleFunction<Totals> reader) {
		this.keyword = keyword;
		this.dimension = dimension;
		this.reader = reader;
	}

	/** Name in the language. */
	public String keyword() {
		return keyword;
	}

	/** What it measures. */
	public Dimension dimension() {
		return dimension;
	}

	/** The metric of this name. */
	public static Optional<Metric> of(String keyword) {
		return Arrays.stream(values()).filter(metric -> metric.keyword.equals(keyword)).findFirst();
	}

	/** In the dimension's base unit. @param peak multiply-accumulates of the whole array in a cycle */
	double read(Totals totals, double peak) {
		return this == UTILIZATION ? totals.macs() / (totals.latencyCycles() * peak) : reader.applyAsDouble(totals);
	}
}
