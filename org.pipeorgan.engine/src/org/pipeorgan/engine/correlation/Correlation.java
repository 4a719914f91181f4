package org.pipeorgan.engine.correlation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.DuplicateHeaderMode;
import org.pipeorgan.engine.export.SimulatorFormat;

/**
 * The numbers that a simulator gave for an exported run beside those of the model. Reads the files that the tools leave
 * in an exported folder when they are run as its README says.
 */
public final class Correlation {
	private static final CSVFormat CSV = CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).setTrim(true).setAllowMissingColumnNames(true)
			.setDuplicateHeaderMode(DuplicateHeaderMode.ALLOW_ALL).get();

	/**
	 * One number of both.
	 *
	 * @param subject    operator, or network
	 * @param metric     what is counted: {@code macs}, {@code cycles}, {@code mean_hops}
	 * @param model      by the model: for MACs those that the tool should count, for cycles those of the computation alone
	 * @param simulator  by the tool
	 * @param comparable whether both mean the same, so that they should be equal; cycles of a machine of another kind are not
	 */
	public record Row(String subject, String metric, double model, double simulator, boolean comparable) {
		/** By how much the tool's number is above the model's, as a part of the latter; 0 if both are 0. */
		public double deviation() {
			return model == simulator ? 0 : simulator / model - 1;
		}
	}

	/** An operator of the exported table. */
	private record Operator(String name, long repeats, long macs, long cycles, boolean stallFree) {
	}

	private final Function<String, Optional<String>> files;
	private final List<Row> rows = new ArrayList<>();

	private Correlation(Function<String, Optional<String>> files) {
		this.files = files;
	}

	/** Whether the answers of a simulator can be read. */
	public static boolean reads(SimulatorFormat format) {
		return switch (format) {
			case TIMELOOP, SCALESIM, MAESTRO, BOOKSIM -> true;
			default -> false;
		};
	}

	/**
	 * The rows for an exported folder, in the order of its operators; none for what the tool left no answer.
	 *
	 * @param files text of a file of the folder by its path with slashes; empty if there is none
	 * @throws IllegalArgumentException if a file is not as the tool writes it; the message names the file
	 */
	public static List<Row> of(SimulatorFormat format, Function<String, Optional<String>> files) {
		Correlation correlation = new Correlation(files);
		switch (format) {
			case TIMELOOP -> correlation.timeloop();
			case SCALESIM -> correlation.scaleSim();
			case MAESTRO -> correlation.maestro();
			case BOOKSIM -> correlation.bookSim();
			default -> throw new IllegalArgumentException("what " + format.keyword() + " answers is not read");
		}
		return List.copyOf(correlation.rows);
	}

	private void timeloop() {
		for (Operator operator : operators().values()) {
			String path = "out/" + operator.name() + "/timeloop-model.stats.txt";
			files.apply(path).ifPresent(text -> {
				add(operator, "macs", operator.macs(), number(text, "^\\s*(?:Algorithmic )?Computes\\s*=\\s*([0-9.]+)", path), true);
				add(operator, "cycles", operator.cycles(), number(text, "^Cycles: ([0-9]+)", path), operator.stallFree());
			});
		}
	}

	/** The tool numbers the layers as the topology lists them; MACs follow from its utilization of so many PEs. */
	private void scaleSim() {
		Map<String, Operator> operators = operators();
		for (String part : List.of("os_conv", "os_gemm", "ws_conv", "ws_gemm")) {
			String path = "out/" + part + "/COMPUTE_REPORT.csv";
			files.apply(path).ifPresent(text -> {
				List<CSVRecord> topology = records(need(part + ".csv"), part + ".csv");
				String configuration = need(part + ".cfg");
				double pes = number(configuration, "^ArrayHeight: (\\d+)", part + ".cfg") * number(configuration, "^ArrayWidth: (\\d+)", part + ".cfg");
				for (CSVRecord record : records(text, path)) {
					int layer = (int) cell(record, "LayerID", path);
					if (layer < 0 || layer >= topology.size()) {
						throw new IllegalArgumentException(path + " has a layer " + layer + ", but " + part + ".csv has " + topology.size() + "; run the tool again on this folder");
					}
					Operator operator = known(operators, topology.get(layer).get(0), path);
					double cycles = cell(record, "Total Cycles", path);
					double macs = cell(record, "Overall Util %", path) / 100 * cycles * pes;
					add(operator, "macs", operator.macs(), Math.rint(macs) * operator.repeats(), true);
					add(operator, "cycles", operator.cycles(), cycles * operator.repeats(), false);
				}
			});
		}
	}

	private void maestro() {
		Map<String, Operator> operators = operators();
		files.apply("network.csv").ifPresent(text -> {
			// the tool appends: of a layer the last answer counts
			Map<String, CSVRecord> last = new LinkedHashMap<>();
			records(text, "network.csv").stream().filter(record -> record.isSet("Num MACs") && !record.get("Num MACs").equals("Num MACs"))
					.forEach(record -> last.put(record.get("Layer Number"), record));
			last.forEach((name, record) -> {
				Operator operator = known(operators, name, "network.csv");
				add(operator, "macs", operator.macs(), cell(record, "Num MACs", "network.csv") * operator.repeats(), true);
				add(operator, "cycles", operator.cycles(), cell(record, "Runtime (Cycles)", "network.csv") * operator.repeats(), false);
			});
		});
	}

	/** BookSim counts the routers that a flit goes through, one more than hops. */
	private void bookSim() {
		double expected = number(need("expected.csv"), "^uniform_mean_hops,([0-9.]+)", "expected.csv");
		for (String network : List.of("anynet", "dimension-order")) {
			String path = "out-" + network + ".txt";
			files.apply(path).ifPresent(text -> rows.add(new Row(network, "mean_hops", expected, number(text, "^Hops average = ([0-9.]+)", path) - 1, true)));
		}
	}

	private void add(Operator operator, String metric, double model, double simulator, boolean comparable) {
		rows.add(new Row(operator.name(), metric, model, simulator, comparable));
	}

	private Map<String, Operator> operators() {
		Map<String, Operator> operators = new LinkedHashMap<>();
		String path = "operators.csv";
		for (CSVRecord record : records(need(path), path)) {
			operators.put(record.get(0), new Operator(record.get(0), (long) cell(record, "repeats", path), (long) cell(record, "tool_macs", path), (long) cell(record, "compute_cycles", path),
					record.isSet("stall_free") && record.get("stall_free").equals("true")));
		}
		return operators;
	}

	private static Operator known(Map<String, Operator> operators, String name, String path) {
		Operator operator = operators.get(name);
		if (operator == null) {
			throw new IllegalArgumentException(path + " has a layer '" + name + "' that operators.csv does not have; run the tool again on this folder");
		}
		return operator;
	}

	private String need(String path) {
		return files.apply(path).orElseThrow(() -> new IllegalArgumentException("there is no " + path + "; take a folder that 'export' wrote"));
	}

	private static List<CSVRecord> records(String text, String path) {
		try (CSVParser parser = CSVParser.parse(text, CSV)) {
			return parser.getRecords();
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		} catch (IllegalArgumentException | IllegalStateException e) {
			throw new IllegalArgumentException(path + " is no table as the tool writes it: " + e.getMessage());
		}
	}

	private static double cell(CSVRecord record, String column, String path) {
		try {
			return Double.parseDouble(record.get(column));
		} catch (IllegalArgumentException e) {
			throw new IllegalArgumentException(path + ", line " + (record.getRecordNumber() + 1) + ": there is no number under '" + column + "'");
		}
	}

	/** The last number that a pattern finds. */
	private static double number(String text, String pattern, String path) {
		Matcher matcher = Pattern.compile(pattern, Pattern.MULTILINE).matcher(text);
		String found = null;
		while (matcher.find()) {
			found = matcher.group(1);
		}
		if (found == null) {
			throw new IllegalArgumentException(path + " does not hold what is looked for, '" + pattern + "'; the tool may have failed, or is of another version");
		}
		return Double.parseDouble(found);
	}
}
