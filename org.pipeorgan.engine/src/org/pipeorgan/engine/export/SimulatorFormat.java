package org.pipeorgan.engine.export;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

import org.pipeorgan.engine.result.RunResult;
import org.pipeorgan.engine.search.MappedRun;

/** The simulators that files are written for: the chosen mapping, or the network, as each of them can be told. */
public enum SimulatorFormat {
	/** Timeloop: architecture, problem and mapping of each operator. */
	TIMELOOP("timeloop", TimeloopExport::write),
	/** SCALE-Sim: configuration and topology. */
	SCALESIM("scalesim", ScaleSimExport::write),
	/** MAESTRO: network with dataflow directives, and hardware. */
	MAESTRO("maestro", MaestroExport::write),
	/** BookSim 2: the network between the PEs. */
	BOOKSIM("booksim", BookSimExport::write),
	/** Noxim: a mesh with the real traffic of each segment. */
	NOXIM("noxim", NoximExport::write),
	/** Garnet: the network between the PEs as a topology of gem5. */
	GARNET("garnet", GarnetExport::write),
	/** STONNE: command lines of each operator. */
	STONNE("stonne", StonneExport::write),
	/** Our own plain trace of the traffic between the PEs. */
	TRACE("trace", TraceExport::write);

	private final String keyword;
	private final Function<MappedRun, Map<String, String>> writer;

	SimulatorFormat(String keyword, Function<MappedRun, Map<String, String>> writer) {
		this.keyword = keyword;
		this.writer = writer;
	}

	/** Name in the language, on the command line and of the folder. */
	public String keyword() {
		return keyword;
	}

	/** The format of a name; empty if there is none. */
	public static Optional<SimulatorFormat> of(String keyword) {
		return Arrays.stream(values()).filter(format -> format.keyword.equals(keyword)).findFirst();
	}

	/**
	 * The files of some runs for some simulators: a folder for each simulator, in it one for each run.
	 *
	 * @return contents by path, with slashes, sorted
	 */
	public static Map<String, String> files(Collection<SimulatorFormat> formats, List<MappedRun> runs) {
		Map<String, String> files = new TreeMap<>();
		for (SimulatorFormat format : formats) {
			ToolNames names = new ToolNames();
			for (MappedRun run : runs) {
				RunResult result = run.result();
				String name = names.of(String.join("\n", result.workloadLabel(), result.accelerator(), result.interconnect(), result.policy()));
				format.writer.apply(run).forEach((file, text) -> files.put(format.keyword + "/" + name + "/" + file, text));
			}
		}
		return files;
	}
}
