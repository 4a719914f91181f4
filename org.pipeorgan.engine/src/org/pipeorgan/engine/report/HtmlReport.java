package org.pipeorgan.engine.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

import org.pipeorgan.engine.correlation.Correlation;
import org.pipeorgan.engine.result.Comparison;
import org.pipeorgan.engine.result.InfeasibleRun;
import org.pipeorgan.engine.result.RunResult;
import org.pipeorgan.engine.result.StudyResult;

/**
 * Writes {@code report.html}: one file with everything in it, that opens from disk without a network. Headline and tables
 * are plain HTML, so that they can be read without JavaScript; charts and the details of each run are drawn by
 * {@code HtmlReport.js} from the embedded text of {@link JsonReport}, less {@code search.seconds}. Same result, same bytes.
 */
public final class HtmlReport {
	private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{(\\w+)}}");

	private final StudyResult result;
	private final List<Answer> answers;
	private final boolean manyAccelerators;
	private final Set<String> restricted;

	private HtmlReport(StudyResult result, List<Answer> answers) {
		this.result = result;
		this.answers = answers;
		manyAccelerators = result.runs().stream().map(RunResult::accelerator).distinct().count() > 1;
		restricted = result.runs().stream().filter(RunResult::restricted).map(RunResult::policy).collect(Collectors.toSet());
	}

	/** The text of the file. */
	public static String write(StudyResult result) {
		return write(result, List.of());
	}

	/** The text of the file with the numbers of other simulators in it. */
	public static String write(StudyResult result, List<Answer> answers) {
		return new HtmlReport(result, answers).page();
	}

	/**
	 * A number of another simulator beside the model's.
	 *
	 * @param simulator its name
	 * @param run       what was exported
	 * @param row       the number
	 */
	public record Answer(String simulator, String run, Correlation.Row row) {
	}

	private String page() {
		return page("report", "HtmlReport", result.study(), Map.of("headline", headline(), "comparisons", comparisons(), "runs", runs() + infeasible() + answers()),
				JsonReport.writeCompact(result));
	}

	/**
	 * A page with everything in it: frame, styles, chart library, and beside this class {@code NAME.html}, its content, and {@code NAME.js}.
	 *
	 * @param kind  what the page is, for its title
	 * @param name  of its content and its script
	 * @param title heading
	 * @param parts HTML for the places of the content
	 * @param json  the data that the script reads
	 */
	static String page(String kind, String name, String title, Map<String, String> parts, String json) {
		return fill("ReportPage.html", Map.of("kind", kind, "title", escape(title), "css", resource("HtmlReport.css").strip(), "main", fill(name + ".html", parts).strip(), "licences", licences(),
				"data", scriptData(json), "echarts", resource("echarts.min.js").strip(), "script", resource(name + ".js").strip()));
	}

	private static String fill(String template, Map<String, String> parts) {
		return PLACEHOLDER.matcher(resource(template)).replaceAll(match -> Matcher.quoteReplacement(parts.get(match.group(1))));
	}

	/** The licences of the chart library, as text of a page. */
	private static String licences() {
		return escape(String.join("\n", resource("echarts.NOTICE.txt"), resource("echarts.LICENSE.txt"), resource("echarts.LICENSE-d3.txt")).strip());
	}

	/** A sentence for each accelerator: which policy won on which interconnect, by how much, and how much more there could be. */
	private String headline() {
		Map<String, List<RunResult>> accelerators = result.runs().stream()
				.collect(Collectors.groupingBy(RunResult::accelerator, LinkedHashMap::new, Collectors.toList()));
		StringBuilder html = new StringBuilder();
		accelerators.forEach((accelerator, runs) -> {
			List<Comparison> compared = result.comparisons().stream().filter(c -> c.accelerator().equals(accelerator)).toList();
			html.append(compared.isEmpty() ? best(accelerator, runs) : winner(accelerator, compared));
		});
		return html.isEmpty() ? result.infeasible().isEmpty() ? "<p>The study has no runs.</p>" : "<p>No run of the study has a mapping.</p>" : html.toString().strip();
	}

	private String winner(String accelerator, List<Comparison> compared) {
		double most = compared.stream().mapToDouble(this::gain).max().orElseThrow();
		Comparison first = compared.stream().filter(c -> gain(c) == most).findFirst().orElseThrow();
		String baseline = place(first.baseline(), first.baselineInterconnect());
		String over = over(first.perWorkload().size(), first.perWorkload().keySet().iterator().next());
		String where = manyAccelerators ? " on " + strong(accelerator) : "";
		StringBuilder html = new StringBuilder("<p>");
		if (most > 1) {
			String equals = compared.stream().filter(c -> c != first && c.policy().equals(first.policy()) && gain(c) == most)
					.map(c -> " and on " + strong(c.interconnect())).collect(Collectors.joining());
			html.append(place(first.policy(), first.interconnect())).append(equals).append(' ').append(switch (result.objective()) {
			case "energy" -> "uses the least energy";
			case "edp" -> "has the lowest energy-delay product";
			case "memory" -> "moves the fewest bytes to and from memory";
			default -> "is fastest";
			}).append(where).append(": ").append(result.objective().equals("latency") ? times(most) + " the speed of the baseline, " + baseline
					: "the baseline, " + baseline + ", needs " + times(most) + " as much").append(", ").append(over).append(".</p>\n");
		} else {
			html.append("No policy does better").append(where).append(" than the baseline, ").append(baseline).append(": the best of the others, ")
					.append(place(first.policy(), first.interconnect())).append(", reaches ").append(times(most)).append(", ").append(over).append(".</p>\n");
		}
		if (result.objective().equals("latency")) {
			double left = first.ceilingGeomean() / Math.max(most, 1) - 1;
			html.append("<p class=\"reason\">The ceiling is ").append(times(first.ceilingGeomean()))
					.append(": the baseline\u2019s time over the lower bound, the most that any mapping could win. ")
					.append(left < 0.0005 ? "Nothing is left to win." : "At most " + HtmlReportScale.percent(left) + "\u202f% is left to win.").append("</p>\n");
		}
		return html.toString();
	}

	private double gain(Comparison comparison) {
		return switch (result.objective()) {
		case "energy" -> comparison.energyRatioGeomean();
		case "edp" -> comparison.energyRatioGeomean() * comparison.speedupGeomean();
		case "memory" -> comparison.memoryRatioGeomean();
		default -> comparison.speedupGeomean();
		};
	}

	/** Without a baseline: the policy with the lowest geometric mean of what the study minimised. */
	private String best(String accelerator, List<RunResult> runs) {
		Map<List<String>, List<RunResult>> groups = runs.stream()
				.collect(Collectors.groupingBy(r -> List.of(r.policy(), r.interconnect()), LinkedHashMap::new, Collectors.toList()));
		ToDoubleFunction<RunResult> value = switch (result.objective()) {
		case "energy" -> RunResult::energyPicojoules;
		case "edp" -> run -> run.energyPicojoules() * run.latencyCycles();
		case "memory" -> RunResult::memoryBytes;
		default -> RunResult::latencyCycles;
		};
		Map.Entry<List<String>, List<RunResult>> best = groups.entrySet().stream()
				.min((a, b) -> Double.compare(geomean(a.getValue(), value), geomean(b.getValue(), value))).orElseThrow();
		String minimised = switch (result.objective()) {
		case "energy" -> "energy";
		case "edp" -> "energy-delay product";
		case "memory" -> "memory traffic";
		default -> "latency";
		};
		return "<p>" + place(best.getKey().get(0), best.getKey().get(1)) + " has the lowest " + minimised
				+ (manyAccelerators ? " on " + strong(accelerator) : "") + "; it takes " + times(geomean(best.getValue(), HtmlReport::boundRatio))
				+ " as long as the lower bound, " + over(best.getValue().size(), best.getValue().get(0).workloadLabel())
				+ ".</p>\n<p class=\"reason\">The study names no baseline to compare with.</p>\n";
	}

	private static String over(int workloads, String only) {
		return workloads == 1 ? "on " + escape(only) : "as the geometric mean over " + workloads + " workloads";
	}

	/** Geometric means of each policy on each interconnect, against the baseline; empty without one. */
	private String comparisons() {
		if (result.comparisons().isEmpty()) {
			return "";
		}
		Comparison any = result.comparisons().get(0);
		List<Column<Comparison>> columns = new ArrayList<>();
		if (manyAccelerators) {
			columns.add(Column.text("Accelerator", "accelerator", Comparison::accelerator));
		}
		columns.add(Column.text("Policy", "policy", c -> label(c.policy())));
		columns.add(Column.text("Interconnect", "interconnect", Comparison::interconnect));
		columns.add(Column.number("Speedup", "\u00d7", "speedup_geomean", Comparison::speedupGeomean, HtmlReportScale::ratio));
		columns.add(Column.number("Ceiling", "\u00d7", "ceiling_geomean", Comparison::ceilingGeomean, HtmlReportScale::ratio));
		columns.add(Column.number("Energy, baseline / policy", "\u00d7", "energy_ratio_geomean", Comparison::energyRatioGeomean, HtmlReportScale::ratio));
		columns.add(Column.number("Memory traffic, baseline / policy", "\u00d7", "memory_ratio_geomean", Comparison::memoryRatioGeomean, HtmlReportScale::ratio));
		columns.add(Column.number("Workloads", "", "workloads", c -> c.perWorkload().size(), HtmlReportScale::whole));
		return "<section aria-labelledby=\"comparisons-title\">\n<h2 id=\"comparisons-title\">Against the baseline</h2>\n<p>The baseline is "
				+ place(any.baseline(), any.baselineInterconnect())
				+ ". Numbers are geometric means over the workloads, baseline over policy: above 1 the policy is better.</p>\n"
				+ table("comparisons-table", "Policies against the baseline", columns, result.comparisons(), "") + "</section>";
	}

	/** The summary table: a row a run, and geometric means below. */
	private String runs() {
		List<RunResult> runs = result.runs();
		HtmlReportScale seconds = HtmlReportScale.seconds(values(runs, RunResult::latencySeconds));
		HtmlReportScale energy = HtmlReportScale.picojoules(values(runs, RunResult::energyPicojoules));
		HtmlReportScale memory = HtmlReportScale.bytes(values(runs, RunResult::memoryBytes));
		List<Column<RunResult>> columns = new ArrayList<>();
		columns.add(Column.text("Workload", "workload", RunResult::workloadLabel));
		if (manyAccelerators) {
			columns.add(Column.text("Accelerator", "accelerator", RunResult::accelerator));
		}
		columns.add(Column.text("Interconnect", "interconnect", RunResult::interconnect));
		columns.add(Column.text("Policy", "policy", run -> label(run.policy())));
		columns.add(Column.mean("Latency", "cycles", "latency_cycles", RunResult::latencyCycles, HtmlReportScale::whole));
		columns.add(Column.mean("Time", seconds.unit(), "latency_seconds", RunResult::latencySeconds, seconds::format));
		if (!result.comparisons().isEmpty()) {
			columns.add(Column.mean("Speedup over baseline", "\u00d7", "speedup", this::speedup, HtmlReportScale::ratio));
		}
		if (runs.stream().anyMatch(HtmlReport::isSimulated)) {
			columns.add(Column.number("Simulated", "cycles", "simulated_cycles", run -> isSimulated(run) ? run.simulation().latencyCycles() : Double.NaN, HtmlReportScale::whole));
			columns.add(Column.mean("Simulated / latency", "\u00d7", "simulated_ratio",
					run -> isSimulated(run) ? (double) run.simulation().latencyCycles() / run.latencyCycles() : Double.NaN, HtmlReportScale::ratio));
		}
		columns.add(Column.mean("Latency / lower bound", "\u00d7", "lower_bound_ratio", HtmlReport::boundRatio, HtmlReportScale::ratio));
		columns.add(Column.mean("Energy", energy.unit(), "energy_picojoules", RunResult::energyPicojoules, energy::format));
		columns.add(Column.mean("Memory traffic", memory.unit(), "memory_bytes", RunResult::memoryBytes, memory::format));
		columns.add(Column.mean("PE utilization", "%", "pe_utilization", RunResult::peUtilization, HtmlReportScale::percent));
		columns.add(Column.number("Segments", "", "segments", run -> run.segments().size(), HtmlReportScale::whole));
		columns.add(Column.number("Deepest segment", "operators", "deepest_segment", run -> run.segments().stream().mapToInt(s -> s.depth()).max().orElse(0),
				HtmlReportScale::whole));
		StringBuilder foot = new StringBuilder("<tfoot><tr><th scope=\"row\" colspan=\"" + (manyAccelerators ? 4 : 3) + "\">Geometric mean</th>");
		columns.stream().filter(column -> column.number() != null).forEach(column -> foot.append("<td class=\"n\">")
				.append(column.mean() && !runs.isEmpty() ? column.format().apply(geomean(runs, column.number())) : "").append("</td>"));
		return table("runs-table", "Runs of the study", columns, runs, foot + "</tr></tfoot>\n");
	}

	/** Runs without a mapping, each with its reason; empty if there is none. */
	private String infeasible() {
		if (result.infeasible().isEmpty()) {
			return "";
		}
		List<Column<InfeasibleRun>> columns = List.of(Column.text("Workload", "workload", InfeasibleRun::workloadLabel),
				Column.text("Accelerator", "accelerator", InfeasibleRun::accelerator), Column.text("Interconnect", "interconnect", InfeasibleRun::interconnect),
				Column.text("Policy", "policy", run -> run.policy() + (run.restricted() ? " (restricted)" : "")), Column.text("Reason", "reason", InfeasibleRun::reason));
		return "<h3>Runs without a mapping</h3>\n" + table("infeasible-table", "Runs without a mapping", columns, result.infeasible(), "");
	}

	/** What other simulators say; empty if none was asked. */
	private String answers() {
		if (answers.isEmpty()) {
			return "";
		}
		List<Column<Answer>> columns = List.of(Column.text("Simulator", "simulator", Answer::simulator), Column.text("Run", "run", Answer::run),
				Column.text("Subject", "subject", answer -> answer.row().subject()), Column.text("Metric", "metric", answer -> answer.row().metric()),
				Column.number("Model", "", "model", answer -> answer.row().model(), HtmlReport::number), Column.number("Simulator’s", "", "simulator_value", answer -> answer.row().simulator(), HtmlReport::number),
				Column.number("Deviation", "%", "deviation", answer -> answer.row().comparable() ? answer.row().deviation() : Double.NaN, value -> String.format(Locale.ROOT, "%+.2f", 100 * value)));
		return "<h3 id=\"answers-title\">Other simulators</h3>\n<p>Numbers that the named tools gave for what was exported from these runs, beside the model’s. Without a deviation, the tool counts another machine.</p>\n"
				+ table("answers-table", "Numbers of other simulators", columns, answers, "");
	}

	private static String number(double value) {
		return value == Math.rint(value) ? HtmlReportScale.whole(value) : String.format(Locale.ROOT, "%.3f", value);
	}

	/** Over the baseline on the same workload and accelerator; 1 for the baseline itself, NaN where there is none. */
	private double speedup(RunResult run) {
		for (Comparison comparison : result.comparisons()) {
			if (comparison.accelerator().equals(run.accelerator())) {
				Comparison.Ratios ratios = comparison.perWorkload().get(run.workloadLabel());
				if (ratios != null && run.policy().equals(comparison.baseline()) && run.interconnect().equals(comparison.baselineInterconnect())) {
					return 1;
				}
				if (ratios != null && run.policy().equals(comparison.policy()) && run.interconnect().equals(comparison.interconnect())) {
					return ratios.speedup();
				}
			}
		}
		return Double.NaN;
	}

	private static boolean isSimulated(RunResult run) {
		return run.simulation() != null && run.simulation().isDone();
	}

	private static double boundRatio(RunResult run) {
		return (double) run.latencyCycles() / run.lowerBoundCycles();
	}

	private static <T> DoubleStream values(List<T> rows, ToDoubleFunction<T> of) {
		return rows.stream().mapToDouble(of).filter(v -> v > 0 && Double.isFinite(v));
	}

	private static <T> double geomean(List<T> rows, ToDoubleFunction<T> of) {
		return Math.exp(values(rows, of).map(Math::log).average().orElse(Double.NaN));
	}

	/**
	 * A column: of texts if it has no number.
	 *
	 * @param title  heading
	 * @param unit   below the heading, may be empty
	 * @param key    heading in CSV, where values are in base units
	 * @param text   value of a row
	 * @param number value of a row in the base unit, or null
	 * @param format the number in the heading's unit
	 * @param mean   whether the geometric mean says something
	 */
	private record Column<T>(String title, String unit, String key, Function<T, String> text, ToDoubleFunction<T> number, Function<Double, String> format,
			boolean mean) {
		static <T> Column<T> text(String title, String key, Function<T, String> text) {
			return new Column<>(title, "", key, text, null, null, false);
		}

		static <T> Column<T> number(String title, String unit, String key, ToDoubleFunction<T> number, Function<Double, String> format) {
			return new Column<>(title, unit, key, null, number, format, false);
		}

		static <T> Column<T> mean(String title, String unit, String key, ToDoubleFunction<T> number, Function<Double, String> format) {
			return new Column<>(title, unit, key, null, number, format, true);
		}
	}

	private static <T> String table(String id, String label, List<Column<T>> columns, List<T> rows, String foot) {
		StringBuilder html = new StringBuilder("<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"" + escape(label) + "\">\n<table id=\"" + id
				+ "\">\n<thead><tr>");
		for (Column<T> column : columns) {
			html.append("<th scope=\"col\"").append(column.number() == null ? "" : " class=\"n\"").append(" data-key=\"").append(column.key()).append("\">")
					.append(escape(column.title())).append(column.unit().isEmpty() ? "" : "<span class=\"unit\">" + escape(column.unit()) + "</span>").append("</th>");
		}
		html.append("</tr></thead>\n<tbody>\n");
		for (T row : rows) {
			html.append("<tr>");
			for (Column<T> column : columns) {
				if (column.number() == null) {
					html.append("<td>").append(escape(column.text().apply(row)).replace(".", ".<wbr>")).append("</td>");
				} else {
					double value = column.number().applyAsDouble(row);
					html.append("<td class=\"n\"").append(Double.isFinite(value) ? " data-value=\"" + plain(value) + "\"" : "").append('>')
							.append(Double.isFinite(value) ? escape(column.format().apply(value)) : "\u2013").append("</td>");
				}
			}
			html.append("</tr>\n");
		}
		return html.append("</tbody>\n").append(foot).append("</table>\n</div>\n").toString();
	}

	private static String plain(double value) {
		return value == Math.rint(value) && Math.abs(value) < 1e15 ? Long.toString((long) value) : Double.toString(value);
	}

	private String place(String policy, String interconnect) {
		return strong(policy) + (restricted.contains(policy) ? " (restricted)" : "") + " on " + strong(interconnect);
	}

	private String label(String policy) {
		return restricted.contains(policy) ? policy + " (restricted)" : policy;
	}

	private static String times(double ratio) {
		return "<strong>" + HtmlReportScale.ratio(ratio) + "\u00d7</strong>";
	}

	private static String strong(String text) {
		return "<strong>" + escape(text) + "</strong>";
	}

	static String escape(String text) {
		return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;").replace("'", "&#39;");
	}

	/** JSON that neither ends a script element nor breaks a line of an old parser. */
	private static String scriptData(String json) {
		return json.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029");
	}

	private static String resource(String name) {
		try (InputStream stream = HtmlReport.class.getResourceAsStream(name)) {
			if (stream == null) {
				throw new IllegalStateException("the resource " + name + " is missing beside " + HtmlReport.class.getName()
						+ "; the build unpacks the chart library in the phase generate-resources");
			}
			return new String(stream.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}
}
