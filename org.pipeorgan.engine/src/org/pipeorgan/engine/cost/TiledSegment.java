package org.pipeorgan.engine.cost;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import org.pipeorgan.engine.organization.Organization;
import org.pipeorgan.engine.pipelining.Dataflow;

/** A segment under one tiling: what its layouts have in common. Not safe for many threads. */
final class TiledSegment {
	final TiledOperator[] operators;
	final List<Dataflow> dataflows;
	final List<HandOver> handOvers;
	/** Which intervals wait for which. */
	final Recurrence.Graph graph;
	private final Map<Integer, Optional<int[]>> shares = new HashMap<>();
	/** The ends of recurrences that were run, by all times that they depend on. */
	final Map<Numbers, Long> recurrences = new HashMap<>();
	/** Layouts that were asked for; empty where there is none. */
	final Map<Organization, Optional<Layout>> layouts = new EnumMap<>(Organization.class);

	TiledSegment(TiledOperator[] operators, List<HandOver> handOvers) {
		this.operators = operators;
		this.handOvers = handOvers;
		dataflows = Arrays.stream(operators).map(operator -> operator.dataflow).toList();
		graph = Recurrence.Graph.of(dataflows, handOvers);
	}

	/** Units of each operator, the same for organizations that share the array in as many; {@code null} for too few. @param found tells them if they are not known */
	int[] units(Organization organization, int ofArray, Supplier<int[]> found) {
		return organization.spatial() ? shares.computeIfAbsent(ofArray, units -> Optional.ofNullable(found.get())).orElse(null) : found.get();
	}
}
