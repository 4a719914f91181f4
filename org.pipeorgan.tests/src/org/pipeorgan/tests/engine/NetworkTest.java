package org.pipeorgan.tests.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pipeorgan.engine.interconnect.Interconnect;
import org.pipeorgan.engine.interconnect.Network;
import org.pipeorgan.engine.interconnect.Topology;

/** Links and routes of the topologies. */
class NetworkTest {

	@ParameterizedTest
	@CsvSource({ "MESH, 0, 1984", "MESH, 4, 3776", "MESH, -1, 3776", "TORUS, 0, 2048", "FLATTENED_BUTTERFLY, 0, 31744", "RING, 0, 1024" })
	void bidirectionalPairsAt32(Topology topology, int express, int pairs) {
		assertEquals(2 * pairs, new Network(Inputs.interconnect(topology, express), 32, 32).routerLinks());
	}

	@ParameterizedTest
	@CsvSource({ "MESH, 0, 5, 7", "MESH, 3, 7, 4", "TORUS, 0, 5, 6", "TORUS, 0, 2, 2", "FLATTENED_BUTTERFLY, 0, 4, 5", "RING, 0, 4, 3", "MESH, 0, 1, 9" })
	void everyRouteIsConnectedAndEndsAtItsGoal(Topology topology, int express, int rows, int columns) {
		Network network = new Network(Inputs.interconnect(topology, express), rows, columns);
		for (int source = 0; source < network.nodes(); source++) {
			for (int goal = 0; goal < network.nodes(); goal++) {
				List<Integer> links = new ArrayList<>();
				network.route(source, goal, links::add);
				int at = source;
				for (int link : links) {
					assertEquals(at, network.from(link), network.describe(link));
					at = network.to(link);
				}
				assertEquals(goal, at);
				assertEquals(links.size(), network.hops(source, goal));
			}
		}
	}

	@Test
	void longLinksAreTakenWhileTheDistanceIsAtLeastTheirLength() {
		Network network = new Network(Inputs.interconnect(Topology.MESH, 4), 1, 32);
		assertEquals(2 + 3, network.hops(0, 11));
		assertEquals(3, network.hops(31, 28));
		assertEquals(1, network.hops(31, 27));
	}

	@ParameterizedTest
	@CsvSource({ "4, 2", "8, 2", "16, 4", "32, 4", "64, 8", "256, 16" })
	void automaticLengthIsThePowerOfTwoNearestTheRootOfTheSide(int side, int length) {
		assertEquals(length, Inputs.interconnect(Topology.MESH, Interconnect.AUTOMATIC).expressLength(side));
	}
}
