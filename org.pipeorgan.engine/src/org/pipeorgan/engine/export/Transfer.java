package org.pipeorgan.engine.export;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

import org.pipeorgan.engine.cost.SegmentPlan;
import org.pipeorgan.engine.interconnect.LinkLoads.BufferEnd;
import org.pipeorgan.engine.search.MappedRun;

/**
 * What one node sends to the same others in a segment.
 *
 * @param source       number of the router it starts at, row by row
 * @param destinations routers that it goes to, ascending; of several each gets all of it
 * @param end          whether the global buffer stands at one end
 */
record Transfer(int source, java.util.List<Integer> destinations, BufferEnd end) {

	/** All transfers of a segment in bits, those of the same ends added up, in the order in which they first come. */
	static Map<Transfer, Long> of(MappedRun run, SegmentPlan plan) {
		Map<Transfer, Long> bits = new LinkedHashMap<>();
		run.model().traffic(plan, (source, destinations, units, end) -> bits
				.merge(new Transfer(source, Arrays.stream(destinations).sorted().boxed().toList(), end), units, Math::addExact));
		return bits;
	}

	/** The same with a copy for every destination: bits from router to router. */
	static Map<Transfer, Long> unicast(Map<Transfer, Long> transfers) {
		return transfers.entrySet().stream().flatMap(entry -> entry.getKey().destinations().stream()
				.map(destination -> Map.entry(new Transfer(entry.getKey().source(), java.util.List.of(destination), BufferEnd.NONE), entry.getValue())))
				.filter(entry -> entry.getKey().source() != entry.getKey().destinations().get(0))
				.collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, Math::addExact, LinkedHashMap::new));
	}
}
