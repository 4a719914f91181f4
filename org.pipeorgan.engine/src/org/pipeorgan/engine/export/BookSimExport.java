package org.pipeorgan.engine.export;

import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

import org.pipeorgan.engine.interconnect.Network;
import org.pipeorgan.engine.interconnect.Topology;
import org.pipeorgan.engine.search.MappedRun;

/** The network between the PEs for BookSim 2: as a list of links for any topology, and as its own mesh or torus where it has it. */
final class BookSimExport {
	/** Table of what the model says of uniform traffic, for comparison. */
	static final String EXPECTED = "expected.csv";

	private BookSimExport() {
	}

	static Map<String, String> write(MappedRun run) {
		ExportFolder folder = new ExportFolder("BookSim 2", run);
		Network network = run.model().network();
		folder.file("network.txt", links(network));
		folder.file("anynet.cfg", configuration(network, "topology = anynet;\nrouting_function = min;\nnetwork_file = network.txt;\n"));
		folder.command("booksim anynet.cfg > out-anynet.txt");
		Topology topology = network.interconnect().topology();
		boolean builtIn = topology == Topology.MESH && network.interconnect().express().isEmpty() || topology == Topology.TORUS;
		if (builtIn && network.rows() == network.columns() && network.rows() > 1) {
			folder.file("dimension-order.cfg", configuration(network, "topology = " + topology.keyword() + ";\nk = " + network.columns() + ";\nn = 2;\nrouting_function = "
					+ (topology == Topology.MESH ? "dor" : "dim_order") + ";\n"));
			folder.command("booksim dimension-order.cfg > out-dimension-order.txt");
			folder.content("`dimension-order.cfg`: the same network as BookSim's own " + topology.keyword() + ", with the workbench's routing");
		}
		folder.file(EXPECTED, "metric,value\nuniform_mean_hops," + PlainNumbers.of(uniformMeanHops(network)) + "\n");
		folder.content("`network.txt`, `anynet.cfg`: routers and links, numbered row by row; every link takes " + latency(network) + " cycles, a long one too, as in the workbench");
		folder.content("`" + EXPECTED + "`: mean hops of uniform traffic (every router to every router, itself included) by the workbench's routing; BookSim's `Hops average` counts routers, one more than hops");
		folder.loss("BookSim makes synthetic traffic and takes no matrix and no trace: the mapping's own traffic is not expressed; the export `trace` has it.");
		folder.loss("`anynet` takes shortest paths, the workbench goes along the row, then along the column, with long links greedily. On a mesh, a torus and a flattened butterfly the numbers "
				+ "of hops are the same; with long links BookSim may overshoot on one and come back, so that its mean is lower.");
		folder.loss("Multicast, local ports of another width, and ports of the global buffer are not expressed. A flit is what a link moves in a cycle, "
				+ PlainNumbers.of(network.interconnect().linkBandwidth()) + " B. A hop latency of 0 becomes 1.");
		return folder.files();
	}

	/** Mean hops over all ordered pairs of routers, a router and itself included. */
	private static double uniformMeanHops(Network network) {
		int nodes = network.nodes();
		long hops = IntStream.range(0, nodes).mapToLong(from -> IntStream.range(0, nodes).mapToLong(to -> network.hops(from, to)).sum()).sum();
		return (double) hops / nodes / nodes;
	}

	private static long latency(Network network) {
		return Math.max(1, network.interconnect().hopCycles());
	}

	private static String links(Network network) {
		StringBuilder[] lines = new StringBuilder[network.nodes()];
		for (int node = 0; node < lines.length; node++) {
			lines[node] = new StringBuilder("router ").append(node).append(" node ").append(node);
		}
		for (int link = 0; link < network.routerLinks(); link++) {
			lines[network.from(link)].append(" router ").append(network.to(link)).append(' ').append(latency(network));
		}
		return String.join("\n", lines) + "\n";
	}

	private static String configuration(Network network, String topology) {
		return topology + String.format(Locale.ROOT, """
				num_vcs = 4;
				vc_buf_size = 8;
				wait_for_tail_credit = 0;
				routing_delay = 0;
				vc_alloc_delay = 1;
				sw_alloc_delay = 1;
				traffic = uniform;
				packet_size = 1;
				sim_type = latency;
				sample_period = 10000;
				injection_rate = %s;
				""", PlainNumbers.of(Math.min(0.05, 0.5 / Math.max(network.rows(), network.columns())), 6));
	}
}
