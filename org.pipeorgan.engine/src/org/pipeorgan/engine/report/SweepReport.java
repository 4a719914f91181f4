package org.pipeorgan.engine.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;

import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.pipeorgan.engine.result.RunResult;
import org.pipeorgan.engine.result.SegmentResult;

/**
 * Writes the report of a sweep, one file with everything in it: the points in a plot to brush, how the hypervolume grew, the front as a table, and
 * the mappings of its points. Same content, same bytes.
 */
public final class SweepReport {
	/**
	 * What the report shows.
	 *
	 * @param study    name of the study
	 * @param headline sentences above everything else
	 * @param shown    which points are in the plot, in words
	 * @param columns  of every point
	 * @param points   in the plot: the front, and others
	 * @param growth   numbers of evaluated points with the hypervolume of their front
	 * @param mappings of points, by their numbers; one run a workload
	 */
	public record Content(String study, List<String> headline, String shown, List<Shown> columns, List<Point> points, List<Growth> growth, Map<Long, List<RunResult>> mappings) {
	}

	/**
	 * A column.
	 *
	 * @param name as in the language
	 * @param unit of its numbers, may be empty
	 * @param axis whether it varies
	 * @param goal whether the front is made of it
	 */
	public record Shown(String name, String unit, boolean axis, boolean goal) {
	}

	/**
	 * A point.
	 *
	 * @param point  its number
	 * @param front  whether it is on the front
	 * @param values numbers and names, one a column; {@code null} for none
	 * @param labels values as an architect would write them, one a column; {@code null} where the number does
	 */
	public record Point(long point, boolean front, List<Object> values, List<String> labels) {
	}

	/** A number of evaluated points, and the hypervolume of their front. */
	public record Growth(long points, double hypervolume) {
	}

	private static final int FRONT_ROWS = 100;
	private static final Gson COMPACT = new GsonBuilder().disableHtmlEscaping().serializeNulls().create();
	private static final Gson PRETTY = new GsonBuilder().disableHtmlEscaping().serializeNulls().setPrettyPrinting().create();

	private SweepReport() {
	}

	/** The text of {@code report.html}. */
	public static String write(Content content) {
		return HtmlReport.page("sweep", "SweepReport", content.study(), Map.of("headline", headline(content), "shown", HtmlReport.escape(content.shown()), "front", front(content)),
				COMPACT.toJson(json(content)));
	}

	/** The text of {@code front.json}: the points of the front with their mappings, and how the hypervolume grew. */
	public static String writeFront(Content content) {
		Content front = new Content(content.study(), content.headline(), content.shown(), content.columns(), content.points().stream().filter(Point::front).toList(), content.growth(),
				content.mappings());
		return PRETTY.toJson(json(front)) + "\n";
	}

	private static String headline(Content content) {
		StringBuilder html = new StringBuilder();
		content.headline().forEach(sentence -> html.append(html.isEmpty() ? "<p>" : "<p class=\"reason\">").append(HtmlReport.escape(sentence)).append("</p>\n"));
		return html.toString().strip();
	}

	private static String front(Content content) {
		List<Shown> columns = content.columns();
		StringBuilder html = new StringBuilder("<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"The front\">\n<table id=\"front\">\n<thead><tr><th scope=\"col\">Point</th>");
		for (Shown column : columns) {
			if (column.axis() || column.goal()) {
				html.append("<th scope=\"col\"").append(column.goal() ? " class=\"n\"" : "").append('>').append(HtmlReport.escape(column.name()))
						.append(column.unit().isEmpty() || column.axis() ? "" : "<span class=\"unit\">" + HtmlReport.escape(column.unit()) + "</span>").append("</th>");
			}
		}
		html.append("</tr></thead>\n<tbody>\n");
		content.points().stream().filter(Point::front).limit(FRONT_ROWS).forEach(point -> {
			html.append("<tr><th scope=\"row\">").append(point.point()).append("</th>");
			for (int i = 0; i < columns.size(); i++) {
				if (columns.get(i).axis() || columns.get(i).goal()) {
					String text = point.labels().get(i) != null ? point.labels().get(i) : text(point.values().get(i));
					html.append(columns.get(i).goal() ? "<td class=\"n\">" : "<td>").append(HtmlReport.escape(text)).append("</td>");
				}
			}
			html.append("</tr>\n");
		});
		long more = content.points().stream().filter(Point::front).count() - FRONT_ROWS;
		return html.append("</tbody>\n</table>\n</div>").append(more > 0 ? "\n<p class=\"note\">And " + more + " more, which <code>pipeorgan query --front</code> prints.</p>" : "").toString();
	}

	private static String text(Object value) {
		if (!(value instanceof Number number)) {
			return String.valueOf(value);
		}
		double real = number.doubleValue();
		return real == Math.rint(real) && Math.abs(real) < 1e15 ? String.format(Locale.ROOT, "%,d", (long) real) : String.format(Locale.ROOT, "%.6g", real);
	}

	private static JsonObject json(Content content) {
		JsonObject json = new JsonObject();
		json.addProperty("study", content.study());
		json.add("columns", COMPACT.toJsonTree(content.columns()));
		JsonArray points = new JsonArray();
		for (Point point : content.points()) {
			JsonObject one = new JsonObject();
			one.addProperty("point", point.point());
			one.addProperty("front", point.front());
			one.add("values", array(point.values()));
			one.add("labels", array(point.labels()));
			points.add(one);
		}
		json.add("points", points);
		json.add("growth", COMPACT.toJsonTree(content.growth()));
		JsonObject mappings = new JsonObject();
		content.mappings().forEach((point, runs) -> {
			JsonArray all = new JsonArray();
			runs.forEach(run -> all.add(mapping(run)));
			mappings.add(Long.toString(point), all);
		});
		json.add("mappings", mappings);
		return json;
	}

	private static JsonObject mapping(RunResult run) {
		JsonObject json = new JsonObject();
		json.addProperty("workload", run.workloadLabel());
		json.addProperty("latency_cycles", run.latencyCycles());
		JsonArray segments = new JsonArray();
		for (SegmentResult segment : run.segments()) {
			JsonObject one = new JsonObject();
			one.add("operators", array(segment.operators()));
			one.addProperty("organization", segment.organization());
			one.addProperty("order", segment.orderClass());
			one.addProperty("chunks", segment.chunks());
			one.addProperty("weights", segment.weightLevel());
			one.addProperty("bottleneck", segment.bottleneck());
			one.addProperty("latency_cycles", segment.latencyCycles());
			segments.add(one);
		}
		json.add("segments", segments);
		return json;
	}

	private static JsonArray array(List<?> values) {
		JsonArray array = new JsonArray();
		values.forEach(value -> array.add(element(value)));
		return array;
	}

	private static JsonElement element(Object value) {
		return value == null || value instanceof Double real && !Double.isFinite(real) ? JsonNull.INSTANCE : value instanceof Number number ? new JsonPrimitive(number)
				: new JsonPrimitive(value.toString());
	}
}
