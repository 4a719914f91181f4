package org.pipeorgan.engine.export;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.pipeorgan.engine.export.OperatorNest.Rank;
import org.pipeorgan.engine.hardware.Accelerator;
import org.pipeorgan.engine.organization.Split;
import org.pipeorgan.engine.pipelining.OrderClass;
import org.pipeorgan.engine.search.MappedRun;

/** A network with dataflow directives, and hardware, for MAESTRO. */
final class MaestroExport {
	/** A rank as a directive names it, and how much of it a step takes. */
	private record Axis(String name, String size, String offset) {
		static Axis one(String name) {
			return new Axis(name, "1", "1");
		}

		/** As much input as one row or column of the output needs. */
		static Axis window(String name, String filter) {
			return new Axis(name, "Sz(" + filter + ")", "1");
		}

		static Axis whole(String name) {
			return new Axis(name, "Sz(" + name + ")", "Sz(" + name + ")");
		}

		String map(String kind) {
			return kind + "Map(" + size + "," + offset + ") " + name + ";";
		}
	}

	/** PEs that share a rank. */
	private record Spread(Axis axis, long parts) {
	}

	/** Levels of clusters; of some networks with more, MAESTRO ends with a fault. */
	private static final int MOST_LEVELS = 2;

	private MaestroExport() {
	}

	static Map<String, String> write(MappedRun run) {
		ExportFolder folder = new ExportFolder("MAESTRO", run);
		Accelerator accelerator = run.model().accelerator();
		StringBuilder network = new StringBuilder("Network " + ToolNames.escape(run.result().workload()) + " {\n");
		for (OperatorNest nest : OperatorNest.of(run)) {
			layer(network, nest);
			folder.operator(nest, repeats(nest), nest.operator().macs());
		}
		folder.file("network.m", network.append("}\n").toString());
		folder.file("hardware.m", String.format(Locale.ROOT, """
				num_pes: %d
				l1_size_cstr: %d
				l2_size_cstr: %d
				noc_bw_cstr: %d
				offchip_bw_cstr: %d
				""", accelerator.pes(), accelerator.registerBytes(), accelerator.bufferBytes(), accelerator.buffer().bandwidth().ceil(), accelerator.memoryBandwidth().ceil()));
		folder.command("maestro --HW_file='hardware.m' --Mapping_file='network.m' --print_res=true --print_res_csv_file=true --print_log_file=false --noc_bw_cstr="
				+ accelerator.buffer().bandwidth().ceil());
		folder.content("`network.m`: the operators with their dataflow; `hardware.m`: PEs, register file (L1) and buffer (L2) in bytes, bandwidths in bytes a cycle, rounded up");
		folder.operators();
		folder.loss("A PE does one MAC a cycle here, " + accelerator.macsPerCycle() + " in the workbench. Each rank that the mapping splits over PEs becomes a cluster level of as many PEs; "
				+ "consecutive PEs take consecutive channels, rows or columns, one at a time, not slices. Tiles of intervals are not expressed, the class of the loop order is.");
		folder.loss("A batch, and each group of a convolution or head of a product, runs once: multiply by `repeats` of `" + ExportFolder.OPERATORS
				+ "`. Depthwise convolutions are of type DSCONV. Dilation is not expressed: the filter's rows and columns stand side by side over an input that is as much smaller.");
		folder.loss("A convolution with a stride is spread over rows or columns, whichever the mapping cuts into more parts, not over both: MAESTRO would compute it without its stride. Of more than two ranks that are split, the two with the most parts are: MAESTRO fails on some deeper clusters.");
		folder.loss("Padding is part of the input.");
		return folder.files();
	}

	private static boolean isDepthwise(OperatorNest nest) {
		return nest.extent(Rank.G) > 1 && nest.extent(Rank.K) == 1 && nest.extent(Rank.C) == 1;
	}

	private static long repeats(OperatorNest nest) {
		return nest.extent(Rank.N) * (isDepthwise(nest) ? 1 : nest.extent(Rank.G));
	}

	private static void layer(StringBuilder text, OperatorNest nest) {
		boolean depthwise = isDepthwise(nest);
		long rows = (nest.extent(Rank.P) - 1) * nest.strideRows() + nest.extent(Rank.R);
		long columns = (nest.extent(Rank.Q) - 1) * nest.strideColumns() + nest.extent(Rank.S);
		text.append(String.format(Locale.ROOT, """
				Layer %s {
				Type: %s
				Stride { X: %d, Y: %d }
				Dimensions { K: %d, C: %d, R: %d, S: %d, Y: %d, X: %d }
				Dataflow {
				""", nest.name(), depthwise ? "DSCONV" : "CONV", nest.strideColumns(), nest.strideRows(), nest.extent(Rank.K), nest.extent(depthwise ? Rank.G : Rank.C), nest.extent(Rank.R),
				nest.extent(Rank.S), rows, columns));
		directives(nest, depthwise).forEach(line -> text.append(line).append('\n'));
		text.append("}\n}\n");
	}

	/** A level of clusters for each rank that is split, the outermost with the loop order. */
	private static List<String> directives(OperatorNest nest, boolean depthwise) {
		List<Spread> spreads = spreads(nest, depthwise);
		List<String> lines = new ArrayList<>();
		for (int level = 0; level < Math.max(1, spreads.size()); level++) {
			long inside = spreads.stream().skip(level + 1L).mapToLong(Spread::parts).reduce(1, Math::multiplyExact);
			for (Axis axis : axes(nest, depthwise)) {
				boolean spatial = level < spreads.size() && spreads.get(level).axis().name().equals(axis.name());
				boolean split = spreads.stream().skip(level + 1L).anyMatch(spread -> spread.axis().name().equals(axis.name()));
				lines.add(spatial ? axis.map("Spatial") : split ? inner(spreads, axis, level) : axis.map("Temporal"));
			}
			if (inside > 1) {
				lines.add("Cluster(" + inside + ", P);");
			}
		}
		return lines;
	}

	/** What a cluster takes at once of a rank that is split inside it. */
	private static String inner(List<Spread> spreads, Axis axis, int level) {
		long parts = spreads.stream().skip(level + 1L).filter(spread -> spread.axis().name().equals(axis.name())).findFirst().orElseThrow().parts();
		return axis.size().equals("1") ? "TemporalMap(" + parts + "," + parts + ") " + axis.name() + ";" : Axis.whole(axis.name()).map("Temporal");
	}

	private static List<Spread> spreads(OperatorNest nest, boolean depthwise) {
		Split split = nest.split();
		List<Spread> spreads = new ArrayList<>();
		// a strided convolution over clusters of both rows and columns loses its stride
		boolean both = nest.strideRows() == 1 && nest.strideColumns() == 1;
		spread(spreads, Axis.window("Y", "R"), both || split.pParts() >= split.qParts() ? split.pParts() : 1);
		spread(spreads, Axis.window("X", "S"), both || split.pParts() < split.qParts() ? split.qParts() : 1);
		spread(spreads, Axis.one(depthwise ? "C" : "K"), Math.min(split.kParts(), nest.extent(depthwise ? Rank.G : Rank.K)));
		spread(spreads, Axis.one("C"), depthwise ? 1 : split.cParts());
		while (spreads.size() > MOST_LEVELS) {
			spreads.remove(spreads.stream().min(Comparator.comparingLong(Spread::parts)).orElseThrow());
		}
		return spreads;
	}

	private static void spread(List<Spread> spreads, Axis axis, long parts) {
		if (parts > 1) {
			spreads.add(new Spread(axis, parts));
		}
	}

	/** Ranks from the outermost loop inwards. */
	private static List<Axis> axes(OperatorNest nest, boolean depthwise) {
		Axis rows = Axis.window("Y", "R");
		Axis columns = Axis.window("X", "S");
		List<Axis> axes = new ArrayList<>(nest.dataflow().orderClass() == OrderClass.ACTIVATION_OUTER ? List.of(rows, columns, Axis.one("K"), Axis.one("C"))
				: List.of(Axis.one("K"), rows, columns, Axis.one("C")));
		axes.removeIf(axis -> depthwise && axis.name().equals("K"));
		axes.add(Axis.whole("R"));
		axes.add(Axis.whole("S"));
		return axes;
	}
}
