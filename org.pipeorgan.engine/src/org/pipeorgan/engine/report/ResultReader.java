package org.pipeorgan.engine.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;

import org.pipeorgan.engine.cost.OperatorChoice;
import org.pipeorgan.engine.result.Comparison;
import org.pipeorgan.engine.result.InfeasibleRun;
import org.pipeorgan.engine.result.NextBest;
import org.pipeorgan.engine.result.RunResult;
import org.pipeorgan.engine.result.SearchEffort;
import org.pipeorgan.engine.result.SegmentDetail;
import org.pipeorgan.engine.result.SegmentResult;
import org.pipeorgan.engine.result.Simulation;
import org.pipeorgan.engine.result.StudyResult;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;

/**
 * Reads {@code result.json} as {@link JsonReport} writes it: written again it is the same text. What the file does not hold, which is what a fixed
 * mapping stated about its operators, is empty.
 */
public final class ResultReader {
	private ResultReader() {
	}

	/**
	 * The result in a text.
	 *
	 * @throws IllegalArgumentException if it is none; the message says where and why
	 */
	public static StudyResult read(String text) {
		JsonElement root;
		try {
			root = JsonParser.parseString(text);
		} catch (JsonParseException e) {
			throw new IllegalArgumentException("this is no JSON: " + (e.getCause() == null ? e : e.getCause()).getMessage().lines().findFirst().orElseThrow());
		}
		if (!root.isJsonObject() || !root.getAsJsonObject().has("schema")) {
			throw new IllegalArgumentException("this is no result of a study: it has no 'schema'; take a result.json that 'run' wrote");
		}
		Fields study = new Fields(root.getAsJsonObject(), "");
		if (!study.text("schema").equals(StudyResult.SCHEMA)) {
			throw new IllegalArgumentException("the format is '" + study.text("schema") + "', but this version reads '" + StudyResult.SCHEMA + "'; run the study again");
		}
		return new StudyResult(study.text("study"), study.text("objective"), study.objects("runs", ResultReader::run),
				study.has("infeasible") ? study.objects("infeasible", ResultReader::infeasible) : List.of(), study.objects("comparisons", ResultReader::comparison));
	}

	private static InfeasibleRun infeasible(Fields run) {
		return new InfeasibleRun(run.text("workload"), run.text("form"), run.text("accelerator"), run.text("interconnect"), run.text("policy"), run.truth("restricted"),
				run.text("operator"), -1, run.text("reason"));
	}

	private static RunResult run(Fields run) {
		Fields search = run.object("search");
		int columns = Math.toIntExact(run.whole("array_columns"));
		List<String> linkRows = run.has("link_rows") ? run.texts("link_rows") : List.of();
		return new RunResult(run.text("workload"), run.text("form"), run.text("accelerator"), Math.toIntExact(run.whole("array_rows")), columns,
				run.whole("peak_macs_per_cycle"), run.number("memory_bytes_per_cycle"), run.text("interconnect"), run.text("policy"), run.truth("restricted"), run.whole("macs"),
				run.whole("latency_cycles"), run.number("latency_seconds"), run.number("energy_picojoules"), run.whole("memory_read_bytes"), run.whole("memory_write_bytes"),
				run.whole("buffer_read_bytes"), run.whole("buffer_write_bytes"), run.whole("noc_byte_hops"), run.number("max_link_load_cycles"), run.number("pe_utilization"),
				run.whole("lower_bound_cycles"), run.whole("lower_bound_memory_bytes"),
				new SearchEffort(search.whole("candidates"), search.whole("pruned"), search.truth("exhaustive"), search.number("bound"), search.has("seconds") ? search.number("seconds") : 0),
				run.objects("segments", segment -> segment(segment, columns, linkRows)), run.has("simulation") ? simulation(run.object("simulation")) : null);
	}

	private static Simulation simulation(Fields simulation) {
		return simulation.has("unable") ? new Simulation(List.of(), simulation.text("unable")) : new Simulation(simulation.wholes("segment_cycles"), "");
	}

	private static SegmentResult segment(Fields segment, int columns, List<String> linkRows) {
		List<Integer> pes = segment.wholes("pes").stream().map(Math::toIntExact).toList();
		List<List<Long>> tiles = segment.lists("tiles", 3);
		List<List<Long>> splits = segment.lists("splits", 4);
		List<OperatorChoice> choices = IntStream.range(0, Math.min(pes.size(), Math.min(tiles.size(), splits.size())))
				.mapToObj(i -> new OperatorChoice(new OperatorChoice.Tile(tiles.get(i).get(0), tiles.get(i).get(1), tiles.get(i).get(2)), pes.get(i), parts(splits.get(i)))).toList();
		return new SegmentResult(segment.texts("operators"), segment.wholes("granularity_elements"), segment.whole("intervals"), segment.text("organization"), pes,
				segment.texts("orders"), segment.text("order_class"), segment.whole("chunks"), segment.text("weight_level"), segment.number("interval_cycles"),
				segment.text("bottleneck"), segment.whole("latency_cycles"), segment.whole("memory_bytes"), segment.number("max_link_load_cycles"), segment.number("mean_hops"),
				segment.number("energy_picojoules"), segment.texts("held_tensors"), owners(segment.object("owners"), columns),
				segment.has("next_best") ? nextBest(segment.object("next_best")) : null, segment.text("depth_end"), List.of(), choices,
				segment.has("detail") ? detail(segment.object("detail"), linkRows) : null);
	}

	private static SegmentDetail detail(Fields detail, List<String> linkRows) {
		Fields links = detail.object("links");
		return new SegmentDetail(detail.numbers("begin_cycles"), detail.numbers("end_cycles"), detail.wholes("intervals"),
				detail.objects("buffer", part -> new SegmentDetail.BufferPart(use(part), part.text("tensor"), part.whole("bytes"))),
				detail.objects("traffic", each -> new SegmentDetail.TensorTraffic(each.text("tensor"), each.truth("weights"), each.whole("read_bytes"), each.whole("write_bytes"))),
				new SegmentDetail.LinkLoadMap(links.number("max_cycles"), links.objects("grids", grid -> grid(grid, linkRows))));
	}

	private static SegmentDetail.Use use(Fields part) {
		return Arrays.stream(SegmentDetail.Use.values()).filter(use -> use.name().toLowerCase(Locale.ROOT).equals(part.text("use"))).findFirst()
				.orElseThrow(() -> part.wrong("use", "is '" + part.text("use") + "', which is none of held, staged and working"));
	}

	private static SegmentDetail.LinkGrid grid(Fields grid, List<String> linkRows) {
		return new SegmentDetail.LinkGrid(Math.toIntExact(grid.whole("rows")), Math.toIntExact(grid.whole("columns")), grid.runs(grid.text("order")).stream().map(row -> {
			if (row < 0 || row >= linkRows.size()) {
				throw grid.wrong("order", "names row " + row + " of the run's " + linkRows.size() + " link_rows");
			}
			return linkRows.get(row);
		}).toList());
	}

	private static OperatorChoice.Parts parts(List<Long> split) {
		int[] parts = split.stream().mapToInt(Math::toIntExact).toArray();
		return new OperatorChoice.Parts(parts[0], parts[1], parts[2], parts[3]);
	}

	private static NextBest nextBest(Fields next) {
		return new NextBest(next.text("organization"), next.whole("intervals"), next.text("order"), next.whole("latency_cycles"), next.number("energy_picojoules"),
				next.whole("memory_bytes"));
	}

	/** Rows as runs, or the row before shifted by one with a new last PE; then the order in which the rows come. */
	private static List<Integer> owners(Fields owners, int columns) {
		List<List<Integer>> rows = new ArrayList<>();
		for (String text : owners.texts("rows")) {
			List<Integer> row = new ArrayList<>();
			if (text.startsWith("<") && !rows.isEmpty()) {
				row.addAll(rows.get(rows.size() - 1).subList(1, columns));
				row.add(owner(text.substring(1)));
			} else {
				row = owners.runs(text);
			}
			if (row.size() != columns) {
				throw owners.wrong("rows", "has a row of " + row.size() + " PEs; the array has " + columns + " columns");
			}
			rows.add(row);
		}
		List<Integer> all = new ArrayList<>();
		for (int row : owners.runs(owners.text("order"))) {
			if (row < 0 || row >= rows.size()) {
				throw owners.wrong("order", "names row " + row + " of " + rows.size());
			}
			all.addAll(rows.get(row));
		}
		return all;
	}

	private static int owner(String text) {
		return text.equals("-") ? -1 : Integer.parseInt(text);
	}

	private static Comparison comparison(Fields comparison) {
		Map<String, Comparison.Ratios> ratios = new LinkedHashMap<>();
		Fields workloads = comparison.object("per_workload");
		for (String name : workloads.object.keySet()) {
			Fields each = workloads.object(name);
			ratios.put(name, new Comparison.Ratios(each.number("speedup"), each.number("ceiling"), each.number("energy_ratio"), each.number("memory_ratio")));
		}
		return new Comparison(comparison.text("accelerator"), comparison.text("baseline"), comparison.text("baseline_interconnect"), comparison.text("policy"),
				comparison.text("interconnect"), comparison.number("speedup_geomean"), comparison.number("ceiling_geomean"), comparison.number("energy_ratio_geomean"),
				comparison.number("memory_ratio_geomean"), ratios);
	}

	/** An object of the file, and the path to it. */
	private record Fields(JsonObject object, String path) {

		boolean has(String name) {
			return object.has(name) && !object.get(name).isJsonNull();
		}

		String text(String name) {
			return get(name, "a text", JsonElement::getAsString);
		}

		long whole(String name) {
			return get(name, "a whole number", element -> element.getAsBigDecimal().longValueExact());
		}

		double number(String name) {
			return get(name, "a number", JsonElement::getAsDouble);
		}

		boolean truth(String name) {
			return get(name, "true or false", JsonElement::getAsBoolean);
		}

		Fields object(String name) {
			return new Fields(get(name, "an object", JsonElement::getAsJsonObject), at(name));
		}

		List<String> texts(String name) {
			return list(name, "a list of texts", JsonElement::getAsString);
		}

		List<Long> wholes(String name) {
			return list(name, "a list of whole numbers", JsonElement::getAsLong);
		}

		List<Double> numbers(String name) {
			return list(name, "a list of numbers", JsonElement::getAsDouble);
		}

		List<List<Long>> lists(String name, int length) {
			List<List<Long>> lists = list(name, "a list of lists of " + length + " whole numbers", list -> list.getAsJsonArray().asList().stream().map(JsonElement::getAsLong).toList());
			if (lists.stream().anyMatch(list -> list.size() != length)) {
				throw wrong(name, "is no list of lists of " + length + " whole numbers");
			}
			return lists;
		}

		<T> List<T> objects(String name, Function<Fields, T> read) {
			JsonArray array = get(name, "a list", JsonElement::getAsJsonArray);
			return IntStream.range(0, array.size()).mapToObj(i -> {
				if (!array.get(i).isJsonObject()) {
					throw wrong(name, "has an element that is no object");
				}
				return read.apply(new Fields(array.get(i).getAsJsonObject(), at(name) + "[" + i + "]"));
			}).toList();
		}

		/** {@code 0*16 -*2}: each value with how often it follows. */
		List<Integer> runs(String text) {
			List<Integer> values = new ArrayList<>();
			try {
				Arrays.stream(text.split(" ")).map(run -> run.split("\\*")).forEach(run -> values.addAll(Collections.nCopies(Integer.parseInt(run[1]), owner(run[0]))));
			} catch (RuntimeException e) {
				throw wrong("rows", "holds '" + text + "', which is no list of runs such as '0*16 -*2'");
			}
			return values;
		}

		private <T> List<T> list(String name, String what, Function<JsonElement, T> read) {
			return get(name, what, element -> element.getAsJsonArray().asList().stream().map(read).toList());
		}

		private <T> T get(String name, String what, Function<JsonElement, T> read) {
			if (!object.has(name)) {
				throw wrong(name, "is missing");
			}
			try {
				return read.apply(object.get(name));
			} catch (RuntimeException e) {
				throw wrong(name, "is not " + what);
			}
		}

		IllegalArgumentException wrong(String name, String what) {
			return new IllegalArgumentException(at(name) + " " + what + "; take a result.json that 'run' wrote, or run the study again");
		}

		private String at(String name) {
			return path.isEmpty() ? name : path + "." + name;
		}
	}
}
