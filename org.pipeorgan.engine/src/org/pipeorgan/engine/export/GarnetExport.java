package org.pipeorgan.engine.export;

import java.util.Locale;
import java.util.Map;

import org.pipeorgan.engine.interconnect.Network;
import org.pipeorgan.engine.interconnect.Topology;
import org.pipeorgan.engine.search.MappedRun;

/** The network between the PEs as a topology for Garnet, the network model of gem5. */
final class GarnetExport {
	private static final String MODULE = "PipeOrganArray";

	private GarnetExport() {
	}

	static Map<String, String> write(MappedRun run) {
		ExportFolder folder = new ExportFolder("Garnet (gem5)", run);
		Network network = run.model().network();
		folder.file(MODULE + ".py", topology(network));
		folder.file("traffic.csv", traffic(run));
		folder.command("cp " + MODULE + ".py $GEM5/configs/topologies/");
		folder.command("$GEM5/build/Garnet_standalone/gem5.opt $GEM5/configs/example/garnet_synth_traffic.py --network=garnet --topology=" + MODULE + " --num-cpus=" + network.nodes()
				+ " --num-dirs=" + network.nodes() + " --mesh-rows=" + network.rows() + " --link-width-bits=" + 8 * network.interconnect().linkBandwidth().ceil()
				+ " --synthetic=uniform_random --injectionrate=0.01 --sim-cycles=100000 --inj-vnet=2");
		folder.content("`" + MODULE + ".py`: routers and one-directional links, numbered row by row");
		folder.content("`traffic.csv`: `segment,source,destination,bytes,packets_per_cycle`, the real traffic as a matrix, a packet being what a link moves in a cycle. "
				+ "garnet_synth_traffic.py takes no matrix, but one pair a run: `--single-sender-id`, `--single-dest-id`, `--injectionrate`");
		Topology topology = network.interconnect().topology();
		folder.loss("Traffic is synthetic. Routing is by table over the weights: along the row first (weight 1), then along the column (weight 2)"
				+ (topology == Topology.MESH && network.interconnect().express().isEmpty() ? ", which is the workbench's." : "; the table's shortest paths may overshoot on a long link and come back, which the workbench's greedy "
						+ "routing does not. A topology with rings needs Garnet's virtual channels set so that it cannot lock up."));
		folder.loss("Multicast and local ports of another width are not expressed; a port of the global buffer is a PE in `traffic.csv`. A link's bandwidth is rounded up to whole bytes; a hop latency of 0 becomes 1.");
		return folder.files();
	}

	private static String topology(Network network) {
		StringBuilder links = new StringBuilder();
		for (int link = 0; link < network.routerLinks(); link++) {
			links.append("    (").append(network.from(link)).append(", ").append(network.to(link)).append(", ").append(isAlongRow(network, link) ? 1 : 2).append("),\n");
		}
		return String.format(Locale.ROOT, """
				from m5.objects import *
				from m5.params import *

				from common import FileSystemConfig
				from topologies.BaseTopology import SimpleTopology

				ROUTERS = %d
				LATENCY = %d
				# from, to, weight
				LINKS = [
				%s]


				class %s(SimpleTopology):
				    description = "%s"

				    def __init__(self, controllers):
				        self.nodes = controllers

				    def makeTopology(self, options, network, IntLink, ExtLink, Router):
				        routers = [Router(router_id=i, latency=options.router_latency) for i in range(ROUTERS)]
				        network.routers = routers
				        # every router gets the same number of nodes, the rest goes to the first
				        each, rest = divmod(len(self.nodes), ROUTERS)
				        shared = self.nodes[: each * ROUTERS]
				        others = self.nodes[each * ROUTERS :]
				        places = [(node, i %% ROUTERS) for i, node in enumerate(shared)]
				        places += [(node, 0) for node in others]
				        network.ext_links = [
				            ExtLink(link_id=i, ext_node=node, int_node=routers[router], latency=1)
				            for i, (node, router) in enumerate(places)
				        ]
				        first = len(places)
				        network.int_links = [
				            IntLink(
				                link_id=first + i,
				                src_node=routers[source],
				                dst_node=routers[destination],
				                src_outport="To%%d" %% destination,
				                dst_inport="From%%d" %% source,
				                latency=LATENCY,
				                weight=weight,
				            )
				            for i, (source, destination, weight) in enumerate(LINKS)
				        ]

				    def registerTopology(self, options):
				        for i in range(options.num_cpus):
				            FileSystemConfig.register_node([i], MemorySize(options.mem_size) // options.num_cpus, i)
				""", network.nodes(), Math.max(1, network.interconnect().hopCycles()), links, MODULE,
				network.rows() + " x " + network.columns() + " " + network.interconnect().topology().keyword());
	}

	private static boolean isAlongRow(Network network, int link) {
		return network.interconnect().topology() == Topology.RING || network.from(link) / network.columns() == network.to(link) / network.columns();
	}

	private static String traffic(MappedRun run) {
		StringBuilder text = new StringBuilder("segment,source,destination,bytes,packets_per_cycle\n");
		double linkBits = 8 * run.model().network().interconnect().linkBandwidth().toDouble();
		for (int s = 0; s < run.segments().size(); s++) {
			MappedRun.Segment segment = run.segments().get(s);
			int number = s + 1;
			Transfer.unicast(Transfer.of(run, segment.plan())).forEach((transfer, bits) -> text.append(number).append(',').append(transfer.source()).append(',')
					.append(transfer.destinations().get(0)).append(',').append(Math.ceilDiv(bits, 8L)).append(',')
					.append(PlainNumbers.of(bits / linkBits / segment.cost().latencyCycles(), 9)).append('\n'));
		}
		return text.toString();
	}
}
