package org.pipeorgan.engine.export;

import java.util.Locale;
import java.util.Map;

import org.pipeorgan.engine.interconnect.Network;
import org.pipeorgan.engine.interconnect.Topology;
import org.pipeorgan.engine.search.MappedRun;

/** Configuration and, for each segment, the table of its real traffic, for Noxim. */
final class NoximExport {
	/** Flits of a packet: a head, a body, a tail. */
	private static final int PACKET_FLITS = 3;
	private static final int RATE_DIGITS = 12;

	private NoximExport() {
	}

	static Map<String, String> write(MappedRun run) {
		ExportFolder folder = new ExportFolder("Noxim", run);
		Network network = run.model().network();
		long flitBits = Math.max(1, 8 * network.interconnect().linkBandwidth().ceil());
		int tables = 0;
		for (int s = 0; s < run.segments().size(); s++) {
			String table = table(run, run.segments().get(s), flitBits);
			if (!table.isEmpty()) {
				String name = "segment-" + (s + 1);
				folder.file(name + ".txt", "% source destination packet_injection_rate\n" + table);
				folder.file(name + ".yaml", configuration(network, flitBits, name + ".txt"));
				folder.command("noxim -config " + name + ".yaml -power power.yaml   # power.yaml is in Noxim's folder bin");
				tables++;
			}
		}
		folder.content("`segment-N.yaml`, `segment-N.txt`: configuration and traffic of the N-th segment, " + tables + " of " + run.segments().size()
				+ "; the others put nothing on the network between the PEs. A rate is in packets a cycle: bytes over the segment's cycles and over a packet's bytes");
		Topology topology = network.interconnect().topology();
		if (topology != Topology.MESH || !network.interconnect().express().isEmpty()) {
			folder.loss("Noxim has no " + (topology == Topology.MESH ? "long links" : topology.keyword()) + ": the same traffic runs on a plain mesh here.");
		}
		folder.loss("A multicast becomes a packet for each destination. Rates are those of the whole segment on average; when an interval's chunk comes is not expressed.");
		folder.loss("A flit is what a link moves in a cycle, " + PlainNumbers.of(network.interconnect().linkBandwidth()) + " B" + (network.interconnect().linkBandwidth().denominator() > 1
				? ", rounded up" : "") + "; a packet has " + PACKET_FLITS + " flits. Ports of the global buffer are PEs here. The hop latency is Noxim's own.");
		return folder.files();
	}

	private static String table(MappedRun run, MappedRun.Segment segment, long flitBits) {
		StringBuilder text = new StringBuilder();
		Transfer.unicast(Transfer.of(run, segment.plan())).forEach((transfer, bits) -> {
			double rate = (double) bits / flitBits / PACKET_FLITS / segment.cost().latencyCycles();
			text.append(transfer.source()).append(' ').append(transfer.destinations().get(0)).append(' ').append(PlainNumbers.of(Math.min(1, rate), RATE_DIGITS)).append('\n');
		});
		return text.toString();
	}

	private static String configuration(Network network, long flitBits, String table) {
		return String.format(Locale.ROOT, """
				topology: MESH
				mesh_dim_x: %d
				mesh_dim_y: %d
				buffer_depth: 8
				flit_size: %d
				r2h_link_length: 2.0
				r2r_link_length: 1.0
				n_virtual_channels: 1
				routing_algorithm: XY
				routing_table_filename: ""
				dyad_threshold: 0.6
				selection_strategy: RANDOM
				Hubs:
				    defaults:
				        rx_radio_channels: [0]
				        tx_radio_channels: [0]
				        attached_nodes: []
				        to_tile_buffer_size: 4
				        from_tile_buffer_size: 4
				        rx_buffer_size: 64
				        tx_buffer_size: 64
				RadioChannels:
				    defaults:
				        data_rate: 16
				        ber: [0, 0]
				        mac_policy: [TOKEN_PACKET]
				clock_period_ps: 1000
				reset_time: 1000
				simulation_time: 10000
				stats_warm_up_time: 1000
				rnd_generator_seed: 0
				detailed: false
				show_buffer_stats: false
				max_volume_to_be_drained: 0
				min_packet_size: %d
				max_packet_size: %d
				packet_injection_rate: 0.01
				probability_of_retransmission: 0.01
				traffic_distribution: TRAFFIC_TABLE_BASED
				traffic_table_filename: "%s"
				traffic_hardcoded_filename: ""
				use_winoc: false
				use_wirxsleep: false
				verbose_mode: VERBOSE_OFF
				trace_mode: false
				trace_filename: ""
				""", network.columns(), network.rows(), flitBits, PACKET_FLITS, PACKET_FLITS, table);
	}
}
