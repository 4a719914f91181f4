package org.pipeorgan.dsl.imports.onnx;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

import org.pipeorgan.dsl.imports.ImportException;
import org.pipeorgan.engine.workload.TensorShape;
import org.pipeorgan.engine.workload.Workload;
import org.pipeorgan.engine.workload.WorkloadBuilder;
import org.pipeorgan.engine.workload.WorkloadException;

/** Writes a workload line by line, and has the engine build it at the same time. */
final class WorkloadText {
	private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
	private final List<Line> lines = new ArrayList<>();
	private final Set<String> taken = new HashSet<>();
	private final WorkloadBuilder builder;
	private final String name;
	private Workload workload;

	/** A line of the text: what it defines, what it reads, and the same for the engine. */
	private record Line(String text, String result, List<String> operands, Consumer<WorkloadBuilder> add) {
	}

	/** What an operator is added to, and its name there. */
	record Step(WorkloadBuilder builder, String name) {
	}

	WorkloadText(String name) {
		this.name = identifier(name, "Imported");
		taken.clear();
		builder = new WorkloadBuilder(this.name, "", 0);
	}

	/** Adds an input. @return its name */
	String input(String wanted, TensorShape shape) {
		String input = identifier(wanted, "input");
		return line("input " + input + " " + shown(shape), input, List.of(), b -> b.input(input, shape, 0));
	}

	/**
	 * Adds an operator.
	 *
	 * @param expression what it is in the language, its operands in the first parentheses
	 * @param comment    behind it; may be empty
	 * @param add        the same for the engine
	 * @return its name
	 */
	String operator(String wanted, String expression, String comment, Consumer<Step> add) {
		String result = identifier(wanted, "value");
		List<String> operands = NAME.matcher(expression.substring(expression.indexOf('('), expression.indexOf(')'))).results().map(match -> match.group()).toList();
		return line(result + " = " + expression + (comment.isEmpty() ? "" : " // " + comment), result, operands, b -> add.accept(new Step(b, result)));
	}

	private String line(String text, String result, List<String> operands, Consumer<WorkloadBuilder> add) {
		try {
			add.accept(builder);
		} catch (WorkloadException e) {
			throw new ImportException(0, "'" + result + "' cannot be said in the language: " + e.getMessage());
		}
		lines.add(new Line(text, result, operands, add));
		return result;
	}

	/** Takes out what does not lead to what leaves the network, and declares that. */
	void finish(Set<String> leaving) {
		Set<String> wanted = new HashSet<>(leaving);
		Set<String> read = new HashSet<>();
		List<Line> kept = new ArrayList<>();
		for (Line line : lines.reversed()) {
			if (wanted.contains(line.result())) {
				wanted.addAll(line.operands());
				read.addAll(line.operands());
				kept.addFirst(line);
			}
		}
		for (String value : new LinkedHashSet<>(leaving)) {
			if (read.contains(value)) {
				kept.add(new Line("output " + value, value, List.of(), b -> b.output(value)));
			}
		}
		lines.clear();
		lines.addAll(kept);
		WorkloadBuilder rest = new WorkloadBuilder(name, "", 0);
		kept.forEach(line -> line.add().accept(rest));
		workload = rest.build();
	}

	/** The workload, when it is finished. */
	Workload workload() {
		return workload;
	}

	/** The text. @param header comment lines above it */
	String text(String header) {
		StringBuilder text = new StringBuilder(header + "workload " + name + " {\n");
		lines.forEach(line -> text.append("  ").append(line.text()).append('\n'));
		return text.append("}\n").toString();
	}

	static String shown(TensorShape shape) {
		StringBuilder text = new StringBuilder();
		extent(text, "N", shape.n());
		extent(text, "C", shape.c());
		extent(text, "H", shape.h());
		extent(text, "W", shape.w());
		return "[" + (text.isEmpty() ? "C 1" : text) + "]";
	}

	private static void extent(StringBuilder text, String axis, long extent) {
		if (extent > 1) {
			text.append(text.isEmpty() ? "" : ", ").append(axis).append(' ').append(extent);
		}
	}

	/** Names of exporters are paths; what makes them words is kept. */
	private String identifier(String written, String fallback) {
		String plain = written.replaceAll("_output_0$", "").replaceAll("[^A-Za-z0-9_]+", "_").replaceAll("^_+|_+$", "");
		plain = plain.isEmpty() ? fallback : Character.isDigit(plain.charAt(0)) ? "t" + plain : plain;
		String free = plain;
		for (int i = 2; !taken.add(free); i++) {
			free = plain + "_" + i;
		}
		return free;
	}
}
