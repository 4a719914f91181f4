package org.pipeorgan.engine.export;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.pipeorgan.engine.export.NestTiling.Level;
import org.pipeorgan.engine.export.OperatorNest.Rank;
import org.pipeorgan.engine.hardware.Accelerator;
import org.pipeorgan.engine.hardware.GlobalBuffer;
import org.pipeorgan.engine.hardware.Rational;
import org.pipeorgan.engine.search.MappedRun;

/**
 * Architecture, problem and mapping of each operator for Timeloop, in the three styles that it is written in: keys with hyphens (the releases up
 * to 3.0.3), keys with underscores (the binary since), and the node lists of version 0.4 (its Python front end).
 */
final class TimeloopExport {
	private enum Style {
		HYPHENS("hyphens"), UNDERSCORES("underscores"), NODES("v0.4");

		private final String folder;

		Style(String folder) {
			this.folder = folder;
		}

		String key(String words) {
			return words.replace(' ', this == HYPHENS ? '-' : '_');
		}

		String version() {
			return this == NODES ? "0.4" : "0.3";
		}
	}

	private record Target(String name, String type, Level level) {
	}

	private static final long MEMORY_WORDS = 1L << 30;

	private final MappedRun run;
	private final Accelerator accelerator;
	private final ExportFolder folder;

	private TimeloopExport(MappedRun run) {
		this.run = run;
		accelerator = run.model().accelerator();
		folder = new ExportFolder("Timeloop", run);
	}

	static Map<String, String> write(MappedRun run) {
		return new TimeloopExport(run).folder();
	}

	private Map<String, String> folder() {
		List<OperatorNest> nests = OperatorNest.of(run);
		StringBuilder script = new StringBuilder("""
				#!/bin/sh
				# Evaluates every operator, each in a folder of its own under out.
				# TIMELOOP is the program, timeloop-model if unset; STYLE is hyphens (releases up to 3.0.3) or underscores (the program since).
				cd "$(dirname "$0")" || exit 1
				: "${TIMELOOP:=timeloop-model}" "${STYLE:=hyphens}"
				for operator in""");
		nests.forEach(nest -> script.append(' ').append(nest.name()));
		script.append("""
				; do
				  mkdir -p "out/$operator"
				  "$TIMELOOP" "$STYLE/architecture.yaml" "$STYLE/$operator.yaml" -o "out/$operator" > "out/$operator/log.txt" 2>&1 || echo "$operator failed: see out/$operator/log.txt"
				done
				""");
		folder.file("run.sh", script.toString());
		for (Style style : Style.values()) {
			folder.file(style.folder + "/architecture.yaml", style == Style.NODES ? nodes() : tree(style));
			for (OperatorNest nest : nests) {
				NestTiling tiling = new NestTiling(nest, accelerator);
				folder.file(style.folder + "/" + nest.name() + ".yaml", problem(nest, tiling, style) + "\n" + mapping(nest, tiling, style));
			}
		}
		nests.forEach(nest -> folder.operator(nest, 1, new NestTiling(nest, accelerator).evenMacs()));
		folder.operators();
		describe();
		return folder.files();
	}

	private void describe() {
		folder.command("STYLE=hyphens sh run.sh       # releases up to 3.0.3");
		folder.command("STYLE=underscores sh run.sh   # the program since");
		folder.command("timeloop-model hyphens/architecture.yaml hyphens/OPERATOR.yaml -o out/OPERATOR   # one operator, as run.sh does it");
		folder.command("tl model v0.4/architecture.yaml v0.4/OPERATOR.yaml   # Python front end (timeloopfe)");
		folder.content("`hyphens/`, `underscores/`, `v0.4/`: the same architecture and operators in the three key styles; in each `architecture.yaml`, and for each "
				+ "operator a file with its problem and its mapping");
		folder.loss("The array is a row of " + accelerator.pes() + " PEs: slices of an operator need not be rectangles of it. The network between PEs, its links and its traffic are not "
				+ "expressed; the global buffer multicasts.");
		folder.loss("Lanes of a PE take the operations of a slice in any order in the workbench; here they stand along fixed loops, so that some idle where extents are no "
				+ "multiples. Then, and where register files or buffer hold less of a slice than it needs, the cycles differ.");
		folder.loss("Timeloop counts the work of all PEs as equal: where they share an extent unevenly it rounds it up, and counts `tool_macs` of `" + ExportFolder.OPERATORS
				+ "` instead of `macs`.");
		folder.loss("The front end of version 0.4 reads no remainders: in `v0.4/` an extent that the factors do not make is rounded up to what they do.");
		folder.loss("A last tile that is smaller takes less time here, but the time of a full one in the workbench.");
		folder.loss("Words have " + accelerator.precisionBits() + " bits at every level; partial sums are of " + 8 * accelerator.partialSumBytes()
				+ " bits in the workbench, which the tiles make room for. Padding is computed with; rows and columns of an input that no output sees are left out.");
		folder.loss("Bandwidths are in words a cycle. Banks of the buffer, fetching ahead over a cut, tensors kept in the buffer, and energies are not expressed: Timeloop takes its own.");
		if (run.segments().stream().anyMatch(segment -> segment.plan().point().depth() > 1)) {
			folder.loss("An operator of a deeper segment uses no more PEs than its share; the rest of the array idles here.");
		}
	}

	private String tree(Style style) {
		return String.format(Locale.ROOT, """
				architecture:
				  version: 0.3
				  subtree:
				  - name: System
				    local:
				    - name: Memory
				      class: DRAM
				      attributes:
				%s    subtree:
				    - name: Chip
				      local:
				      - name: GlobalBuffer
				        class: SRAM
				        attributes:
				%s      subtree:
				      - name: PE%s
				        local:
				        - name: Registers
				          class: regfile
				          attributes:
				%s        - name: MACC%s
				          class: intmac
				          attributes:
				            %s: %d
				""", indent(8, memory(style)), indent(10, buffer(style)), range(accelerator.pes()), indent(12, registers(style)),
				range(accelerator.macsPerCycle()), style.key(style == Style.NODES ? "datawidth" : "word bits"), accelerator.precisionBits());
	}

	private String nodes() {
		return String.format(Locale.ROOT, """
				architecture:
				  version: 0.4
				  nodes:
				  - !Component
				    name: Memory
				    class: DRAM
				    attributes:
				%s  - !Component
				    name: GlobalBuffer
				    class: SRAM
				    attributes:
				%s  - !Component
				    name: Registers
				    class: regfile
				    spatial: {meshX: %d}
				    attributes:
				%s  - !Component
				    name: MACC
				    class: intmac
				    spatial: {meshX: %d}
				    attributes:
				      datawidth: %d
				""", indent(6, memory(Style.NODES)), indent(6, buffer(Style.NODES)), accelerator.pes(), indent(6, registers(Style.NODES)),
				accelerator.macsPerCycle(), accelerator.precisionBits());
	}

	private static String range(long instances) {
		return "[0.." + (instances - 1) + "]";
	}

	private Stream<String> memory(Style style) {
		String words = words(accelerator.memoryBandwidth());
		// the front end asks for a size; the program takes a memory without one as endless
		Stream<String> size = style == Style.NODES ? Stream.of("depth: " + MEMORY_WORDS) : Stream.empty();
		return Stream.concat(Stream.concat(word(style, Math.max(1, accelerator.memoryBandwidth().ceil())), size), Stream.of("shared_bandwidth: " + words));
	}

	private Stream<String> buffer(Style style) {
		GlobalBuffer buffer = accelerator.buffer();
		Stream<String> bandwidth = buffer.writeBandwidth().map(writes -> Stream.of("read_bandwidth: " + words(buffer.bandwidth()), "write_bandwidth: " + words(writes)))
				.orElseGet(() -> Stream.of("shared_bandwidth: " + words(buffer.bandwidth())));
		return Stream.concat(storage(style, buffer.bytes()), bandwidth);
	}

	private Stream<String> registers(Style style) {
		return storage(style, accelerator.registerBytes());
	}

	/** A level that holds so many bytes. */
	private Stream<String> storage(Style style, long bytes) {
		return Stream.concat(word(style, 1), Stream.of("depth: " + 8 * bytes / accelerator.precisionBits(), style.key("multiple buffering") + ": 1"));
	}

	/** Width of an access, in words. */
	private Stream<String> word(Style style, long words) {
		String bits = String.valueOf(accelerator.precisionBits());
		return Stream.of("width: " + accelerator.precisionBits() * words, style.key("block size") + ": " + words,
				(style == Style.NODES ? "datawidth" : style.key("word bits")) + ": " + bits);
	}

	private String words(Rational bytesPerCycle) {
		return PlainNumbers.of(bytesPerCycle.times(new Rational(8, accelerator.precisionBits())));
	}

	private static String indent(int spaces, Stream<String> lines) {
		return lines.map(line -> " ".repeat(spaces) + line + "\n").collect(Collectors.joining());
	}

	private static String problem(OperatorNest nest, NestTiling tiling, Style style) {
		String weights = nest.hasTwoActivations() ? "[[N]], [[G]], [[K]], [[C]], [[R]], [[S]]" : "[[G]], [[K]], [[C]], [[R]], [[S]]";
		String extents = Arrays.stream(Rank.values()).map(rank -> rank + ": " + (style == Style.NODES ? tiling.covered(rank) : nest.extent(rank))).collect(Collectors.joining(", "));
		return String.format(Locale.ROOT, """
				# operator %s of segment %d
				problem:
				%s  shape:
				    name: GroupedConvolution
				    dimensions: [%s]
				    coefficients:
				    - {name: Hstride, default: 1}
				    - {name: Wstride, default: 1}
				    - {name: Hdilation, default: 1}
				    - {name: Wdilation, default: 1}
				    %s:
				    - name: Weights
				      projection: [%s]
				    - name: Inputs
				      projection: [[[N]], [[G]], [[C]], [[P, Hstride], [R, Hdilation]], [[Q, Wstride], [S, Wdilation]]]
				    - name: Outputs
				      projection: [[[N]], [[G]], [[K]], [[P]], [[Q]]]
				      %s: True
				  instance: {%s, Hstride: %d, Wstride: %d, Hdilation: %d, Wdilation: %d}
				""", ToolNames.escape(nest.operator().name()), nest.segment(), style == Style.NODES ? "  version: 0.4\n" : "",
				Arrays.stream(Rank.values()).map(Rank::name).collect(Collectors.joining(", ")), style.key("data spaces"), weights, style.key("read write"), extents,
				nest.strideRows(), nest.strideColumns(), nest.dilationRows(), nest.dilationColumns());
	}

	private String mapping(OperatorNest nest, NestTiling tiling, Style style) {
		Rank[] innermostFirst = NestTiling.innermostFirst(nest.dataflow().orderClass());
		Stream<Target> targets = Stream.of(new Target("Memory", "temporal", Level.MEMORY), new Target("GlobalBuffer", "temporal", Level.BUFFER),
				new Target(style == Style.NODES ? "Registers" : "GlobalBuffer", "spatial", Level.PES), new Target("Registers", "temporal", Level.REGISTERS),
				new Target(style == Style.NODES ? "MACC" : "Registers", "spatial", Level.LANES));
		return "mapping:\n" + targets.filter(target -> target.level() != Level.PES || accelerator.pes() > 1).filter(target -> target.level() != Level.LANES || accelerator.macsPerCycle() > 1)
				.map(target -> target(target, tiling, innermostFirst, style)).collect(Collectors.joining());
	}

	private static String target(Target target, NestTiling tiling, Rank[] innermostFirst, Style style) {
		Stream<String> factors = Arrays.stream(Rank.values()).map(rank -> factor(rank, target.level(), tiling, style));
		String separator = style == Style.NODES ? ", " : "";
		String order = Arrays.stream(innermostFirst).map(Rank::name).collect(Collectors.joining(separator));
		return String.format(Locale.ROOT, """
				- target: %s
				  type: %s
				  factors: %s
				  permutation: %s
				%s""", target.name(), target.type(), style == Style.NODES ? "[" + factors.map(f -> '"' + f + '"').collect(Collectors.joining(", ")) + "]" : factors.collect(Collectors.joining(" ")),
				style == Style.NODES ? "[" + order + "]" : order, target.type().equals("spatial") ? "  split: " + Rank.values().length + "\n" : "");
	}

	/** {@code K=4}, or {@code K=4,3} where the last pass is shorter, which the front end does not read. */
	private static String factor(Rank rank, Level level, NestTiling tiling, Style style) {
		long factor = tiling.factor(level, rank);
		long last = tiling.last(level, rank);
		return rank.name().toUpperCase(Locale.ROOT) + "=" + factor + (last < factor && style != Style.NODES ? "," + last : "");
	}
}
