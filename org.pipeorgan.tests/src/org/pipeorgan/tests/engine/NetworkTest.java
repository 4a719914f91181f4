package org.pipeorgan.tests.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pipeorgan.engine.hardware.Rational;
import org.pipeorgan.engine.interconnect.DeadlockCheck;
import org.pipeorgan.engine.interconnect.ExpressLinks;
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

	/** Of all routes from a rectangle that take a link, one has gone furthest before it; and of all from its start that begin with it, one goes furthest. */
	@ParameterizedTest
	@CsvSource({ "MESH, 0, 5, 7", "MESH, 3, 7, 4", "TORUS, 0, 5, 6", "FLATTENED_BUTTERFLY, 0, 4, 5", "RING, 0, 4, 3" })
	void hopsBeforeAndOverALinkAreThoseOfTheLongestRoute(Topology topology, int express, int rows, int columns) {
		Network network = new Network(Inputs.interconnect(topology, express), rows, columns);
		int[][] corners = { { 0, 0 }, { 0, network.nodes() - 1 }, { 1, columns + 2 }, { 2, columns }, { columns + 1, network.nodes() - 2 } };
		for (int[] pair : corners) {
			int[] extent = network.extent(pair);
			for (int link = 0; link < network.routerLinks(); link++) {
				int before = 0;
				int over = 0;
				for (int node = 0; node < network.nodes(); node++) {
					int[] at = network.extent(new int[] { node });
					if (at[0] < extent[0] || at[0] > extent[1] || at[2] < extent[2] || at[2] > extent[3]) {
						continue;
					}
					for (int goal = 0; goal < network.nodes(); goal++) {
						before = Math.max(before, route(network, node, goal).indexOf(link));
					}
					List<Integer> on = route(network, network.from(link), node);
					over = on.indexOf(link) == 0 ? Math.max(over, on.size()) : over;
				}
				assertEquals(before, network.mostHopsBefore(link, extent), network.describe(link));
				assertEquals(over, network.mostHopsOver(link, extent), network.describe(link));
			}
		}
	}

	private static List<Integer> route(Network network, int source, int goal) {
		List<Integer> links = new ArrayList<>();
		network.route(source, goal, links::add);
		return links;
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
		assertEquals(length, ExpressLinks.every(ExpressLinks.AUTOMATIC).lengthOn(side));
	}

	@Test
	void declaredPatternsTakeTheLongestLinkThatDoesNotPassTheGoal() {
		Interconnect pattern = new Interconnect("pattern", Topology.MESH, List.of(new ExpressLinks(8, 0, 8), new ExpressLinks(3, 1, 4)), Rational.ONE,
				Rational.ONE, 1, true);
		Network network = new Network(pattern, 1, 20);
		List<String> route = new ArrayList<>();
		network.route(0, 13, link -> route.add(network.describe(link)));
		// at 8 the next long link would pass 13; at 9 a link of length 3 starts
		assertEquals(List.of("(0,0)->(0,8)", "(0,8)->(0,9)", "(0,9)->(0,12)", "(0,12)->(0,13)"), route);
		assertEquals(2 * (19 + 2 + 4), network.routerLinks());
	}

	@ParameterizedTest
	@CsvSource({ "MESH, 0, 1", "MESH, 4, 1", "TORUS, 0, 2", "RING, 0, 2", "FLATTENED_BUTTERFLY, 0, 1" })
	void routesAreFreeOfDeadlock(Topology topology, int express, int virtualChannels) {
		DeadlockCheck check = DeadlockCheck.of(new Network(Inputs.interconnect(topology, express), 6, 7));
		assertEquals(List.of(), check.cycle());
		assertEquals(virtualChannels, check.virtualChannels());
	}

	@Test
	void aRingWithoutVirtualChannelsIsNot() {
		DeadlockCheck check = DeadlockCheck.of(new Network(Inputs.interconnect(Topology.TORUS, 0), 1, 8), false);
		assertEquals(8, check.cycle().size(), check.toString());
	}

	@Test
	void aLargeRingNeedsNoTable() {
		Network ring = new Network(Inputs.interconnect(Topology.RING, 0), 256, 256);
		assertEquals(256 * 128, ring.hops(0, ring.nodes() / 2));
	}
}
