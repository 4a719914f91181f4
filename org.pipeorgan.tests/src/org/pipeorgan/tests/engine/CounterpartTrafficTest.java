package org.pipeorgan.tests.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pipeorgan.engine.interconnect.LinkLoads;
import org.pipeorgan.engine.interconnect.Network;
import org.pipeorgan.engine.interconnect.Topology;
import org.pipeorgan.engine.organization.CounterpartTraffic;
import org.pipeorgan.engine.organization.Organization;

/** The oracle table of counterpart traffic: largest directed-link load and mean hops, counted by hand. */
class CounterpartTrafficTest {

	@ParameterizedTest
	@CsvSource({
			"32, BLOCKED_ROWS, 2, 0, 16", "32, BLOCKED_ROWS, 2, 2, 8", "32, BLOCKED_ROWS, 2, 4, 4", "32, BLOCKED_ROWS, 2, 8, 2",
			"32, STRIPED_ROWS, 2, 0, 1", "32, STRIPED_ROWS, 2, 2, 1", "32, STRIPED_ROWS, 2, 4, 1", "32, STRIPED_ROWS, 2, 8, 1",
			"32, BLOCKED_ROWS, 4, 0, 8", "32, BLOCKED_ROWS, 4, 2, 4", "32, BLOCKED_ROWS, 4, 4, 2", "32, BLOCKED_ROWS, 4, 8, 1",
			"32, BLOCKED_2D, 4, 0, 16", "32, BLOCKED_2D, 4, 2, 8", "32, BLOCKED_2D, 4, 4, 4", "32, BLOCKED_2D, 4, 8, 2",
			"16, BLOCKED_ROWS, 4, 8, 4" })
	void loadAndHopsAreThoseOfTheTable(int side, Organization organization, int depth, int express, int expected) {
		LinkLoads loads = CounterpartTraffic.of(network(side, express), organization, depth);
		assertEquals(expected, loads.maxRouterLoad());
		assertEquals(expected, loads.meanHops());
	}

	@Test
	void tooManyStagesAreRefusedWithTheReason() {
		IllegalArgumentException e = assertThrows(IllegalArgumentException.class,
				() -> CounterpartTraffic.of(network(4, 0), Organization.STRIPED_ROWS, 5));
		assertTrue(e.getMessage().contains("4 units") && e.getMessage().contains("depth 5"), e.getMessage());
	}

	private static Network network(int side, int express) {
		return new Network(Inputs.interconnect(Topology.MESH, express), side, side);
	}
}
