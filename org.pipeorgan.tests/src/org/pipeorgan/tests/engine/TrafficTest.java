package org.pipeorgan.tests.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.pipeorgan.engine.interconnect.Interconnect;
import org.pipeorgan.engine.interconnect.LinkLoads;
import org.pipeorgan.engine.interconnect.Network;
import org.pipeorgan.engine.interconnect.Topology;
import org.pipeorgan.engine.organization.Organization;
import org.pipeorgan.engine.organization.Placement;
import org.pipeorgan.engine.organization.Split;
import org.pipeorgan.engine.organization.SplitRule;
import org.pipeorgan.engine.organization.Splits;
import org.pipeorgan.engine.organization.Traffic;
import org.pipeorgan.engine.pipelining.Dataflow;
import org.pipeorgan.engine.pipelining.OrderClass;
import org.pipeorgan.engine.workload.Operand;
import org.pipeorgan.engine.workload.Operator;
import org.pipeorgan.engine.workload.Tensor;
import org.pipeorgan.engine.workload.TensorShape;
import org.pipeorgan.engine.workload.Workload;

/** Link loads of a hand-over, against enumerating every element and walking every route. */
class TrafficTest {

	@RepeatedTest(300)
	void loadsAreThoseOfEveryElementsRoutes(RepetitionInfo repetition) {
		Random random = new Random(repetition.getCurrentRepetition());
		Workload workload = RandomWorkloads.pair(random);
		Operator producer = workload.operators().get(0);
		Operator consumer = workload.operators().get(workload.operators().size() - 1);
		Tensor tensor = workload.outputOf(producer);
		OrderClass order = random.nextInt(4) == 0 ? OrderClass.WEIGHT_OUTER : OrderClass.ACTIVATION_OUTER;
		Dataflow from = Dataflow.of(order, tensor.shape(), 1 + random.nextInt(20));
		Dataflow to = Dataflow.of(order, workload.outputOf(consumer).shape(), 1 + random.nextInt(20));
		int rows = 2 + random.nextInt(4);
		int columns = 2 + random.nextInt(4);
		Interconnect interconnect = switch (random.nextInt(5)) {
			case 0 -> Inputs.interconnect(Topology.MESH, 2);
			case 1 -> Inputs.interconnect(Topology.TORUS, 0);
			case 2 -> Inputs.interconnect(Topology.RING, 0);
			case 3 -> Inputs.unicast();
			default -> Inputs.interconnect(Topology.MESH, 0);
		};
		Network network = new Network(interconnect, rows, columns);
		List<Organization> organizations = List.of(Organization.BLOCKED_ROWS, Organization.STRIPED_ROWS, Organization.BLOCKED_2D,
				Organization.BLOCKED_COLUMNS);
		Organization organization = organizations.get(random.nextInt(organizations.size()));
		int units = Placement.units(organization, rows, columns);
		int share = 1 + random.nextInt(units - 1);
		Placement placement = Placement.of(organization, rows, columns, new int[] { share, units - share });
		Splits splits = new Splits(1 + random.nextInt(4), rows * columns, SplitRule.ALL_RANKS);
		Split own = splits.of(producer, from).on(placement.size(0));
		Split need = splits.of(consumer, to).on(placement.size(1));
		LinkLoads loads = new LinkLoads(network);
		Traffic traffic = new Traffic();
		Map<Integer, Long> expected = new HashMap<>();
		for (Operand operand : consumer.operands()) {
			traffic.forward(new Traffic.Side(producer, from, own, 0), new Traffic.Side(consumer, to, need, 1), operand, tensor, placement, loads);
			enumerate(network, producer, consumer, from, to, own, need, operand, tensor, placement, expected);
		}
		for (int link = 0; link < network.links(); link++) {
			int at = link;
			assertEquals(expected.getOrDefault(link, 0L), loads.load(link), () -> network.describe(at));
		}
	}

	private static void enumerate(Network network, Operator producer, Operator consumer, Dataflow from, Dataflow to, Split own, Split need,
			Operand operand, Tensor tensor, Placement placement, Map<Integer, Long> loads) {
		TensorShape out = to.out();
		TensorShape view = operand.view();
		Map<List<Long>, Set<Integer>> readers = new HashMap<>();
		for (long n = 0; n < out.n(); n++) {
			for (long k = 0; k < out.c(); k++) {
				for (long p = 0; p < out.h(); p++) {
					for (long q = 0; q < out.w(); q++) {
						int kSlice = (int) (k % to.kTile() / need.kSlice());
						int pSlice = (int) (p % to.pTile() / need.pSlice());
						int qSlice = (int) (q % to.qTile() / need.qSlice());
						for (int c = 0; c < operand.channels().taps(view.c()); c++) {
							for (int r = 0; r < operand.rows().taps(view.h()); r++) {
								for (int s = 0; s < operand.columns().taps(view.w()); s++) {
									long channel = operand.channels().need(k, c, view.c());
									long row = operand.rows().need(p, r, view.h());
									long column = operand.columns().need(q, s, view.w());
									if (channel < 0 || row < 0 || column < 0) {
										continue;
									}
									long pixel = row * view.w() + column;
									List<Long> element = List.of(Math.min(n, tensor.shape().n() - 1), channel + operand.channelOffset(),
											pixel / tensor.shape().w(), pixel % tensor.shape().w());
									// a channel of the sum belongs to one part along C
									int part = need.cParts() == 1 ? 0 : (int) (c / need.cSlice());
									readers.computeIfAbsent(element, e -> new HashSet<>())
											.add(placement.pe(1, need.position(kSlice, pSlice, qSlice, part)));
								}
							}
						}
					}
				}
			}
		}
		readers.forEach((element, pes) -> {
			int owner = placement.pe(0, own.position((int) (element.get(1) % from.kTile() / own.kSlice()),
					(int) (element.get(2) % from.pTile() / own.pSlice()), (int) (element.get(3) % from.qTile() / own.qSlice()), 0));
			boolean multicast = network.interconnect().multicast();
			Set<Integer> taken = new HashSet<>();
			for (int pe : pes) {
				if (pe == owner) {
					continue;
				}
				List<Integer> links = new java.util.ArrayList<>();
				links.add(network.injection(owner));
				network.route(owner, pe, links::add);
				links.add(network.ejection(pe));
				for (int link : links) {
					if (!multicast || taken.add(link)) {
						loads.merge(link, (long) tensor.bits(), Long::sum);
					}
				}
			}
		});
	}
}
