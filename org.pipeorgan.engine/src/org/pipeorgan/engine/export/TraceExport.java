package org.pipeorgan.engine.export;

import java.util.List;
import java.util.Map;

import org.pipeorgan.engine.cost.SegmentPlan;
import org.pipeorgan.engine.interconnect.LinkLoads.BufferEnd;
import org.pipeorgan.engine.interconnect.Network;
import org.pipeorgan.engine.search.MappedRun;

/**
 * The traffic on the network between the PEs in a plain format of our own: one file of links, and for each segment one of
 * transfers. The README that goes with them defines it.
 */
final class TraceExport {
	private final MappedRun run;
	private final Network network;

	private TraceExport(MappedRun run) {
		this.run = run;
		network = run.model().network();
	}

	static Map<String, String> write(MappedRun run) {
		return new TraceExport(run).folder();
	}

	private Map<String, String> folder() {
		ExportFolder folder = new ExportFolder("simulators of networks: a plain trace of the traffic", run);
		folder.file("links.csv", links());
		for (int s = 0; s < run.segments().size(); s++) {
			String file = segmentFile(s);
			folder.file(file, transfers(run.segments().get(s)));
		}
		folder.file("segments.csv", segments());
		folder.content("Routers are numbered row by row from the upper left, from 0; there are " + network.rows() + " rows of " + network.columns()
				+ ". CSV files are UTF-8 with one header line, commas, no blanks, lines ended by a line feed.");
		folder.content("`links.csv`: `from,to,bytes_per_cycle,hop_cycles`, a directed link between routers a line. The port between a PE and its router, each way, moves "
				+ PlainNumbers.of(network.interconnect().localBandwidth()) + " bytes a cycle.");
		folder.content("`segments.csv`: `segment,first_operator,last_operator,organization,intervals,cycles,transfers_file`, in the order in which they run, one after the other.");
		folder.content("`segment-NNN.csv`: `source,destinations,bytes,end`, a transfer a line: so many bytes over the whole segment, from the PE at router `source` to the PEs at all of `destinations` "
				+ "(runs such as `0-3 8`, separated by blanks), each of which gets all of them. `end` is `pe` for a transfer between PEs, `from_buffer` where the global buffer's port at `source` "
				+ "sends, `to_buffer` where the one at `destinations` receives. Bytes are rounded up from bits. The transfers of an interval are these over the number of intervals.");
		folder.loss("When within a segment a transfer happens is not in the trace: spread it evenly over the segment's cycles, or over the intervals.");
		return folder.files();
	}

	private static String segmentFile(int segment) {
		String number = "00" + (segment + 1);
		return "segment-" + number.substring(Math.min(2, number.length() - 3)) + ".csv";
	}

	private String links() {
		StringBuilder text = new StringBuilder("from,to,bytes_per_cycle,hop_cycles\n");
		String rest = "," + PlainNumbers.of(network.interconnect().linkBandwidth()) + "," + network.interconnect().hopCycles() + "\n";
		for (int link = 0; link < network.routerLinks(); link++) {
			text.append(network.from(link)).append(',').append(network.to(link)).append(rest);
		}
		return text.toString();
	}

	private String segments() {
		StringBuilder text = new StringBuilder("segment,first_operator,last_operator,organization,intervals,cycles,transfers_file\n");
		for (int s = 0; s < run.segments().size(); s++) {
			MappedRun.Segment segment = run.segments().get(s);
			SegmentPlan plan = segment.plan();
			List<String> operators = segment.result().operators();
			text.append(s + 1).append(",\"").append(quoted(operators.get(0))).append("\",\"").append(quoted(operators.get(operators.size() - 1))).append("\",")
					.append(segment.result().organization()).append(',').append(plan.slowestIntervals()).append(',').append(segment.cost().latencyCycles()).append(',')
					.append(segmentFile(s)).append('\n');
		}
		return text.toString();
	}

	private static String quoted(String name) {
		return name.replace("\"", "\"\"");
	}

	private String transfers(MappedRun.Segment segment) {
		StringBuilder text = new StringBuilder("source,destinations,bytes,end\n");
		Transfer.of(run, segment.plan()).forEach((transfer, bits) -> text.append(transfer.source()).append(',').append(runs(transfer.destinations())).append(',')
				.append(Math.ceilDiv(bits, 8L)).append(',').append(transfer.end() == BufferEnd.NONE ? "pe" : transfer.end() == BufferEnd.SOURCE ? "from_buffer" : "to_buffer").append('\n'));
		return text.toString();
	}

	private static String runs(List<Integer> nodes) {
		StringBuilder text = new StringBuilder();
		for (int begin = 0, end; begin < nodes.size(); begin = end) {
			for (end = begin + 1; end < nodes.size() && nodes.get(end) == nodes.get(end - 1) + 1; end++) {
				// a run goes on
			}
			text.append(begin == 0 ? "" : " ").append(nodes.get(begin)).append(end - begin > 1 ? "-" + nodes.get(end - 1) : "");
		}
		return text.toString();
	}
}
