package org.pipeorgan.engine.export;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.pipeorgan.engine.export.NestTiling.Level;
import org.pipeorgan.engine.export.OperatorNest.Rank;
import org.pipeorgan.engine.hardware.Accelerator;
import org.pipeorgan.engine.search.MappedRun;

/** Flags of the command line of STONNE for each operator, and its configuration, in its flexible MAERI-like style. */
final class StonneExport {
	private StonneExport() {
	}

	static Map<String, String> write(MappedRun run) {
		ExportFolder folder = new ExportFolder("STONNE", run);
		Accelerator accelerator = run.model().accelerator();
		long switches = powerOfTwo(accelerator.peakMacsPerCycle());
		long bandwidth = powerOfTwo(Math.min(switches, words(accelerator)));
		List<OperatorNest> nests = OperatorNest.of(run);
		StringBuilder script = new StringBuilder("""
				#!/bin/sh
				# Runs every operator; STONNE is the program, stonne if unset. What it prints goes to out/OPERATOR.txt, its counters to out too.
				cd "$(dirname "$0")" || exit 1
				: "${STONNE:=stonne}"
				mkdir -p out && cd out || exit 1
				""");
		String hardware = " -num_ms=" + switches + " -dn_bw=" + bandwidth + " -rn_bw=" + bandwidth + " -accumulation_buffer=1 -print_stats=1";
		for (OperatorNest nest : nests) {
			script.append("\"$STONNE\" ").append(isConvolution(nest) ? convolution(nest, accelerator) : product(nest, accelerator)).append(hardware).append(" -layer_name=").append(nest.name())
					.append(" > ").append(nest.name()).append(".txt\n");
			folder.operator(nest, isConvolution(nest) ? 1 : nest.extent(Rank.N) * nest.extent(Rank.G), nest.operator().macs());
		}
		folder.file("run.sh", script.toString());
		folder.file("hardware.cfg", String.format(Locale.ROOT, """
				[MSNetwork]
				ms_size=%d
				[ReduceNetwork]
				type="ASNETWORK"
				accumulation_buffer_enabled=1
				[SDMemory]
				dn_bw=%d
				rn_bw=%d
				controller_type="MAERI_DENSE_WORKLOAD"
				""", switches, bandwidth, bandwidth));
		folder.command("STONNE=/path/to/stonne sh run.sh");
		folder.content("`run.sh`: a command line for each operator; `hardware.cfg`: the same hardware for STONNE's other front ends");
		folder.operators();
		folder.loss("Multiplier switches are PEs times lanes, " + accelerator.pes() + " x " + accelerator.macsPerCycle() + ", rounded up to a power of two; bandwidths are those of the buffer in words, a power "
				+ "of two too. Register files, the shape of the array, buffer size and memory are not expressed.");
		folder.loss("The parts of a split and the lanes become STONNE's tile (T_K, T_C ...), which stands on the switches at once; the order of its loops and the tiles of intervals are its own. At least two products are summed at once, and of a strided convolution one pixel at a time is computed: STONNE computes other tiles wrongly.");
		folder.loss("A convolution with different strides along rows and columns, or dilated, a batch of products, and heads become matrix products, one for each image and head: multiply by `repeats` of `"
				+ ExportFolder.OPERATORS + "`. Padding is part of the input.");
		folder.loss("STONNE computes every value, slowly: large operators take hours.");
		return folder.files();
	}

	private static boolean isConvolution(OperatorNest nest) {
		return nest.isPlain() && !nest.hasTwoActivations() && nest.extent(Rank.P) * nest.extent(Rank.Q) * nest.extent(Rank.R) * nest.extent(Rank.S) > 1;
	}

	private static long words(Accelerator accelerator) {
		return Math.max(1, 8 * accelerator.buffer().bandwidth().ceil() / accelerator.precisionBits());
	}

	/** The value, or the next power of two above it. */
	private static long powerOfTwo(long value) {
		long power = Long.highestOneBit(value);
		return power == value ? value : 2 * power;
	}

	private static String convolution(OperatorNest nest, Accelerator accelerator) {
		long[] tile = tile(nest, accelerator);
		return flags("-CONV", "R", nest.extent(Rank.R), "S", nest.extent(Rank.S), "C", nest.extent(Rank.C) * nest.extent(Rank.G), "K", nest.extent(Rank.K) * nest.extent(Rank.G), "G",
				nest.extent(Rank.G), "N", nest.extent(Rank.N), "X", nest.inputRows(), "Y", nest.inputColumns(), "strides", nest.strideRows(), "T_R", tile[Rank.R.ordinal()], "T_S",
				tile[Rank.S.ordinal()], "T_C", tile[Rank.C.ordinal()], "T_K", tile[Rank.K.ordinal()], "T_G", tile[Rank.G.ordinal()], "T_N", 1, "T_X_", tile[Rank.P.ordinal()], "T_Y_",
				tile[Rank.Q.ordinal()]);
	}

	private static String product(OperatorNest nest, Accelerator accelerator) {
		long[] tile = tile(nest, accelerator);
		return flags("-DenseGEMM", "M", nest.extent(Rank.K), "N", nest.extent(Rank.P) * nest.extent(Rank.Q), "K", nest.extent(Rank.C) * nest.extent(Rank.R) * nest.extent(Rank.S), "T_M",
				tile[Rank.K.ordinal()], "T_N", tile[Rank.P.ordinal()] * tile[Rank.Q.ordinal()], "T_K", tile[Rank.C.ordinal()] * tile[Rank.R.ordinal()] * tile[Rank.S.ordinal()]);
	}

	/**
	 * What of each loop stands on the array at once, as the mapping has it, but for what STONNE computes wrongly: sums of a single
	 * product at once, and several pixels of a strided convolution.
	 */
	private static long[] tile(OperatorNest nest, Accelerator accelerator) {
		NestTiling tiling = new NestTiling(nest, accelerator);
		long[] tile = new long[Rank.values().length];
		for (Rank rank : Rank.values()) {
			boolean pixel = rank == Rank.P || rank == Rank.Q;
			tile[rank.ordinal()] = pixel && nest.strideRows() > 1 && isConvolution(nest) ? 1 : Math.min(nest.extent(rank), tiling.factor(Level.PES, rank) * tiling.factor(Level.LANES, rank));
		}
		for (Rank rank : new Rank[] { Rank.S, Rank.R, Rank.C }) {
			if (tile[Rank.C.ordinal()] * tile[Rank.R.ordinal()] * tile[Rank.S.ordinal()] == 1) {
				tile[rank.ordinal()] = Math.min(nest.extent(rank), accelerator.peakMacsPerCycle());
			}
		}
		for (Rank rank : new Rank[] { Rank.P, Rank.Q, Rank.G, Rank.K }) {
			while (tile[rank.ordinal()] > 1 && Arrays.stream(tile).reduce(1, Math::multiplyExact) > accelerator.peakMacsPerCycle()) {
				tile[rank.ordinal()] = Math.ceilDiv(tile[rank.ordinal()], 2);
			}
		}
		return tile;
	}

	private static String flags(String kind, Object... flags) {
		StringBuilder text = new StringBuilder(kind);
		for (int i = 0; i < flags.length; i += 2) {
			text.append(" -").append(flags[i]).append('=').append(flags[i + 1]);
		}
		return text.toString();
	}
}
