package org.pipeorgan.engine.export;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.pipeorgan.engine.result.RunResult;
import org.pipeorgan.engine.search.MappedRun;

/** The files that one run gives for one tool, with the README that says how to use them and what they do not say. */
final class ExportFolder {
	/** Name of the table that says which operator a tool's name stands for. */
	static final String OPERATORS = "operators.csv";
	private static final int MOST_NAMES = 12;

	private final Map<String, String> files = new TreeMap<>();
	private final String title;
	private final MappedRun run;
	private final List<String> commands = new ArrayList<>();
	private final List<String> contents = new ArrayList<>();
	private final List<String> losses = new ArrayList<>();
	private final StringBuilder operators = new StringBuilder("name,operator,segment,repeats,macs,tool_macs,compute_cycles,stall_free\n");

	ExportFolder(String title, MappedRun run) {
		this.title = title;
		this.run = run;
	}

	/** Adds a file. */
	void file(String name, String text) {
		files.put(name, text);
	}

	/** A command line that runs the tool inside the folder. */
	void command(String line) {
		commands.add(line);
	}

	/** What a file holds. */
	void content(String line) {
		contents.add(line);
	}

	/** What the tool cannot be told. */
	void loss(String line) {
		losses.add(line);
	}

	/** Writes the table of the operators that {@link #operator} added, and says that the tool gets them one by one. */
	void operators() {
		file(OPERATORS, operators.toString());
		content("`" + OPERATORS + "`: which operator of the workload each name stands for, how often it is repeated, its MACs, those that the tool counts, and the cycles that the model "
				+ "computes for it when nothing else takes time; `pipeorgan correlate` reads it");
		loss("Operators run one by one: forwarding from PE to PE, the overlap of operators of a segment, shares of the array and skip tensors are not expressed. "
				+ "Compare single operators, not the whole network.");
		leftOut();
	}

	/**
	 * Adds an operator to the table.
	 *
	 * @param repeats  how often the tool's operator makes ours; MACs and cycles of the table are of all of them
	 * @param toolMacs MACs that the tool should count, of all of them: more than ours if it counts padding
	 */
	void operator(OperatorNest nest, long repeats, long toolMacs) {
		operators.append(nest.name()).append(",\"").append(nest.operator().name().replace("\"", "\"\"")).append("\",").append(nest.segment()).append(',').append(repeats).append(',')
				.append(nest.operator().macs()).append(',').append(toolMacs).append(',').append(nest.computeCycles()).append(',').append(nest.stallFree()).append('\n');
	}

	private void leftOut() {
		List<String> names = OperatorNest.leftOut(run);
		if (!names.isEmpty()) {
			loss(names.size() + " operators that are no products are left out: " + String.join(", ", names.subList(0, Math.min(MOST_NAMES, names.size())))
					+ (names.size() > MOST_NAMES ? " and others" : "") + ".");
		}
	}

	/** All files by name, README included. */
	Map<String, String> files() {
		RunResult result = run.result();
		StringBuilder text = new StringBuilder("# Inputs for ").append(title).append("\n\n");
		text.append("The mapping that policy `").append(result.policy()).append("` chose for `").append(result.workloadLabel()).append("` on `").append(result.accelerator())
				.append("` with `").append(result.interconnect()).append("`: ").append(result.segments().size()).append(" segments, ").append(result.latencyCycles())
				.append(" cycles by PipeOrgan Workbench's own model.\n");
		if (!commands.isEmpty()) {
			text.append("\n## Run\nInside this folder:\n\n");
			commands.forEach(line -> text.append("    ").append(line).append('\n'));
		}
		list(text, "Files", contents);
		list(text, "Lost in translation", losses);
		file("README.md", text.toString());
		return files;
	}

	private static void list(StringBuilder text, String heading, List<String> lines) {
		text.append("\n## ").append(heading).append('\n');
		lines.forEach(line -> text.append("- ").append(line).append('\n'));
	}
}
