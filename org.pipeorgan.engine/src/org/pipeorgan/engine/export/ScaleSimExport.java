package org.pipeorgan.engine.export;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import org.pipeorgan.engine.export.OperatorNest.Rank;
import org.pipeorgan.engine.hardware.Accelerator;
import org.pipeorgan.engine.pipelining.OrderClass;
import org.pipeorgan.engine.search.MappedRun;

/** Configurations and topologies for SCALE-Sim: convolutions as such where its rows can say them, everything else as matrix products. */
final class ScaleSimExport {
	/** Rows of one file that one configuration runs; SCALE-Sim has one dataflow for a run, and reads convolutions and products apart. */
	private record Part(OrderClass orderClass, boolean convolutions) {
		String name() {
			return (orderClass == OrderClass.ACTIVATION_OUTER ? "os" : "ws") + (convolutions ? "_conv" : "_gemm");
		}

		String dataflow() {
			return orderClass == OrderClass.ACTIVATION_OUTER ? "os" : "ws";
		}
	}

	private ScaleSimExport() {
	}

	static Map<String, String> write(MappedRun run) {
		ExportFolder folder = new ExportFolder("SCALE-Sim v3", run);
		Accelerator accelerator = run.model().accelerator();
		List<OperatorNest> nests = OperatorNest.of(run);
		Map<Part, StringBuilder> topologies = new LinkedHashMap<>();
		for (OperatorNest nest : nests) {
			boolean convolution = isConvolution(nest);
			Part part = new Part(nest.dataflow().orderClass(), convolution);
			topologies.computeIfAbsent(part, p -> new StringBuilder(p.convolutions()
					? "Layer,IFMAP Height,IFMAP Width,Filter Height,Filter Width,Channels,Num Filter,Strides,\n" : "Layer,M,N,K,\n")).append(convolution ? convolution(nest) : product(nest));
			folder.operator(nest, repeats(nest), nest.operator().macs());
		}
		topologies.forEach((part, rows) -> {
			folder.file(part.name() + ".csv", rows.toString());
			folder.file(part.name() + ".cfg", configuration(part, accelerator));
			folder.file(part.name() + ".layout.csv", layout(rows));
			folder.command("python3 -m scalesim.scale -c " + part.name() + ".cfg -t " + part.name() + ".csv -l " + part.name() + ".layout.csv -p out" + (part.convolutions() ? "" : " -i gemm"));
		});
		folder.content("`os_*`, `ws_*`: operators that walk activations (output stationary) and weights (weight stationary) in the outer loops; `*_conv` are convolutions, `*_gemm` "
				+ "matrix products M x K by K x N; each has a configuration, a topology, and a layout, which the tool asks for and does not use");
		folder.operators();
		folder.loss("A systolic array: " + accelerator.rows() + " x " + accelerator.columns() + " PEs of one MAC a cycle (" + accelerator.macsPerCycle()
				+ " in the workbench), with its own fill and drain. Tiles, splits and register files follow from SCALE-Sim's dataflow, not from the mapping.");
		folder.loss("The buffer of " + accelerator.bufferBytes() + " B is cut into three of equal size, in whole kB; its own bandwidth is not expressed. The memory gives each operand "
				+ "up to " + bandwidth(accelerator) + " words a cycle; set `InterfaceBandwidth: CALC` to run free of stalls.");
		folder.loss("A grouped convolution, a batch and a product with heads become one row for one group, image or head: multiply by `repeats` of `" + ExportFolder.OPERATORS
				+ "`. Dilated convolutions, and those with different strides along rows and columns, become matrix products, so that their inputs are read once for each filter position.");
		folder.loss("Padding is part of the input.");
		return folder.files();
	}

	/** A row can say one image of a plain convolution of one group. */
	private static boolean isConvolution(OperatorNest nest) {
		return nest.isPlain() && !nest.hasTwoActivations() && nest.extent(Rank.R) * nest.extent(Rank.S) * nest.extent(Rank.Q) > 1;
	}

	private static long repeats(OperatorNest nest) {
		return nest.extent(Rank.N) * nest.extent(Rank.G);
	}

	private static String convolution(OperatorNest nest) {
		return row(nest, nest.inputRows(), nest.inputColumns(), nest.extent(Rank.R), nest.extent(Rank.S), nest.extent(Rank.C), nest.extent(Rank.K), nest.strideRows());
	}

	private static String product(OperatorNest nest) {
		return row(nest, nest.extent(Rank.P) * nest.extent(Rank.Q), nest.extent(Rank.K), nest.extent(Rank.C) * nest.extent(Rank.R) * nest.extent(Rank.S));
	}

	/** Every row ends with a comma, or the tool loses its last number. */
	private static String row(OperatorNest nest, long... numbers) {
		StringBuilder row = new StringBuilder(nest.name()).append(',');
		for (long number : numbers) {
			row.append(number).append(',');
		}
		return row.append('\n').toString();
	}

	/** The layout of no operand: the tool wants a row for each layer, and ignores it unless a configuration asks for custom layouts. */
	private static String layout(CharSequence topology) {
		return topology.toString().lines().skip(1).map(row -> row.substring(0, row.indexOf(',')) + ",1,1,1,1,1,1,0,1,2,4,5,3,3,2,1,0,4,5,6,7,\n")
				.collect(Collectors.joining("", "Layer" + ",".repeat(21) + "\n", ""));
	}

	/** Words of an operand a cycle. */
	private static long bandwidth(Accelerator accelerator) {
		return Math.max(1, 8 * accelerator.memoryBandwidth().numerator() / accelerator.memoryBandwidth().denominator() / accelerator.precisionBits());
	}

	private static String configuration(Part part, Accelerator accelerator) {
		long kilobytes = Math.max(1, accelerator.bufferBytes() / 3 / 1024);
		return String.format(Locale.ROOT, """
				[general]
				run_name = %s

				[architecture_presets]
				ArrayHeight: %d
				ArrayWidth: %d
				IfmapSramSzkB: %d
				FilterSramSzkB: %d
				OfmapSramSzkB: %d
				IfmapOffset: 0
				FilterOffset: 10000000
				OfmapOffset: 20000000
				Bandwidth: %d
				Dataflow: %s
				MemoryBanks: 1
				ReadRequestBuffer: 32
				WriteRequestBuffer: 32

				[layout]
				IfmapCustomLayout: False
				IfmapSRAMBankBandwidth: 10
				IfmapSRAMBankNum: 10
				IfmapSRAMBankPort: 2
				FilterCustomLayout: False
				FilterSRAMBankBandwidth: 10
				FilterSRAMBankNum: 10
				FilterSRAMBankPort: 2

				[sparsity]
				SparsitySupport: false
				SparseRep: ellpack_block
				OptimizedMapping: false
				BlockSize: 8
				RandomNumberGeneratorSeed: 40

				[run_presets]
				InterfaceBandwidth: USER
				UseRamulatorTrace: False
				""", part.name(), accelerator.rows(), accelerator.columns(), kilobytes, kilobytes, kilobytes, bandwidth(accelerator), part.dataflow());
	}
}
