package org.pipeorgan.engine.report;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.Map;

import org.pipeorgan.engine.cost.OperatorChoice;
import org.pipeorgan.engine.result.Comparison;
import org.pipeorgan.engine.result.InfeasibleRun;
import org.pipeorgan.engine.result.NextBest;
import org.pipeorgan.engine.result.RunResult;
import org.pipeorgan.engine.result.SegmentDetail;
import org.pipeorgan.engine.result.SegmentResult;
import org.pipeorgan.engine.result.Simulation;
import org.pipeorgan.engine.result.StudyResult;

import com.google.gson.stream.JsonWriter;

/**
 * Writes {@code result.json} in the format {@value StudyResult#SCHEMA}, which the JSON Schema {@code result.schema.json}
 * beside this class documents. Same result, same bytes; {@code search.seconds} is the only value that two runs of one
 * study may differ in.
 */
public final class JsonReport {
	private final JsonWriter json;
	private final boolean seconds;

	private JsonReport(JsonWriter json, boolean seconds) {
		this.json = json;
		this.seconds = seconds;
	}

	/** The text of the file, ending with a line feed. */
	public static String write(StudyResult result) {
		return write(result, "  ", true) + "\n";
	}

	/** The same on one line, less {@code search.seconds}: the data that pages embed. */
	static String writeCompact(StudyResult result) {
		return write(result, "", false);
	}

	private static String write(StudyResult result, String indent, boolean seconds) {
		StringWriter text = new StringWriter();
		try (JsonWriter json = new JsonWriter(text)) {
			json.setIndent(indent);
			new JsonReport(json, seconds).study(result);
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
		return text.toString();
	}

	private void study(StudyResult result) throws IOException {
		json.beginObject();
		json.name("schema").value(StudyResult.SCHEMA);
		json.name("study").value(result.study());
		json.name("objective").value(result.objective());
		json.name("runs").beginArray();
		for (RunResult run : result.runs()) {
			run(run);
		}
		json.endArray();
		if (!result.infeasible().isEmpty()) {
			json.name("infeasible").beginArray();
			for (InfeasibleRun run : result.infeasible()) {
				infeasible(run);
			}
			json.endArray();
		}
		json.name("comparisons").beginArray();
		for (Comparison comparison : result.comparisons()) {
			comparison(comparison);
		}
		json.endArray();
		json.endObject();
	}

	private void infeasible(InfeasibleRun run) throws IOException {
		json.beginObject();
		json.name("workload").value(run.workload());
		json.name("form").value(run.form());
		json.name("accelerator").value(run.accelerator());
		json.name("interconnect").value(run.interconnect());
		json.name("policy").value(run.policy());
		json.name("restricted").value(run.restricted());
		json.name("operator").value(run.operator());
		json.name("reason").value(run.reason());
		json.endObject();
	}

	private void run(RunResult run) throws IOException {
		json.beginObject();
		json.name("workload").value(run.workload());
		json.name("form").value(run.form());
		json.name("accelerator").value(run.accelerator());
		json.name("interconnect").value(run.interconnect());
		json.name("policy").value(run.policy());
		json.name("restricted").value(run.restricted());
		json.name("array_rows").value(run.rows());
		json.name("array_columns").value(run.columns());
		json.name("peak_macs_per_cycle").value(run.peakMacsPerCycle());
		json.name("memory_bytes_per_cycle").value(run.memoryBytesPerCycle());
		json.name("macs").value(run.macs());
		json.name("latency_cycles").value(run.latencyCycles());
		json.name("latency_seconds").value(run.latencySeconds());
		json.name("energy_picojoules").value(run.energyPicojoules());
		json.name("memory_read_bytes").value(run.memoryReadBytes());
		json.name("memory_write_bytes").value(run.memoryWriteBytes());
		json.name("buffer_read_bytes").value(run.bufferReadBytes());
		json.name("buffer_write_bytes").value(run.bufferWriteBytes());
		json.name("noc_byte_hops").value(run.nocByteHops());
		json.name("max_link_load_cycles").value(run.maxLinkLoadCycles());
		json.name("pe_utilization").value(run.peUtilization());
		json.name("lower_bound_cycles").value(run.lowerBoundCycles());
		json.name("lower_bound_memory_bytes").value(run.lowerBoundMemoryBytes());
		json.name("search").beginObject();
		json.name("candidates").value(run.search().candidates());
		json.name("pruned").value(run.search().pruned());
		json.name("exhaustive").value(run.search().exhaustive());
		json.name("bound").value(run.search().bound());
		if (seconds) {
			json.name("seconds").value(run.search().seconds());
		}
		json.endObject();
		json.name("segments").beginArray();
		Map<String, Integer> linkRows = new LinkedHashMap<>();
		for (SegmentResult segment : run.segments()) {
			segment(segment, run.columns(), linkRows);
		}
		json.endArray();
		if (!linkRows.isEmpty()) {
			texts("link_rows", List.copyOf(linkRows.keySet()));
		}
		if (run.simulation() != null) {
			simulation(run.simulation());
		}
		json.endObject();
	}

	private void simulation(Simulation simulation) throws IOException {
		json.name("simulation").beginObject();
		if (simulation.isDone()) {
			json.name("latency_cycles").value(simulation.latencyCycles());
			numbers("segment_cycles", simulation.segmentCycles());
		} else {
			json.name("unable").value(simulation.unable());
		}
		json.endObject();
	}

	private void segment(SegmentResult segment, int columns, Map<String, Integer> linkRows) throws IOException {
		json.beginObject();
		texts("operators", segment.operators());
		json.name("depth").value(segment.depth());
		numbers("granularity_elements", segment.granularityElements());
		json.name("intervals").value(segment.intervals());
		json.name("organization").value(segment.organization());
		numbers("pes", segment.pes());
		lists("tiles", segment.choices().stream().map(OperatorChoice::tile).map(tile -> List.of(tile.k(), tile.p(), tile.q())));
		lists("splits", segment.choices().stream().map(OperatorChoice::parts).map(parts -> List.of(parts.k(), parts.p(), parts.q(), parts.c())));
		texts("orders", segment.orders());
		json.name("order_class").value(segment.orderClass());
		json.name("chunks").value(segment.chunks());
		json.name("weight_level").value(segment.weightLevel());
		json.name("interval_cycles").value(segment.intervalCycles());
		json.name("bottleneck").value(segment.bottleneck());
		json.name("latency_cycles").value(segment.latencyCycles());
		json.name("memory_bytes").value(segment.memoryBytes());
		json.name("max_link_load_cycles").value(segment.maxLinkLoadCycles());
		json.name("mean_hops").value(segment.meanHops());
		json.name("energy_picojoules").value(segment.energyPicojoules());
		texts("held_tensors", segment.heldTensors());
		json.name("next_best");
		nextBest(segment.nextBest());
		json.name("depth_end").value(segment.depthEnd());
		owners(segment.owners(), columns);
		if (segment.detail() != null) {
			json.name("detail");
			detail(segment.detail(), linkRows);
		}
		json.endObject();
	}

	/** Rows of link loads repeat from segment to segment: each is written once for the run. */
	private void detail(SegmentDetail detail, Map<String, Integer> linkRows) throws IOException {
		json.beginObject();
		numbers("begin_cycles", detail.beginCycles());
		numbers("end_cycles", detail.endCycles());
		numbers("intervals", detail.intervals());
		json.name("buffer").beginArray();
		for (SegmentDetail.BufferPart part : detail.buffer()) {
			json.beginObject();
			json.name("use").value(part.use().name().toLowerCase(Locale.ROOT));
			json.name("tensor").value(part.tensor());
			json.name("bytes").value(part.bytes());
			json.endObject();
		}
		json.endArray();
		json.name("traffic").beginArray();
		for (SegmentDetail.TensorTraffic traffic : detail.traffic()) {
			json.beginObject();
			json.name("tensor").value(traffic.tensor());
			json.name("weights").value(traffic.weights());
			json.name("read_bytes").value(traffic.readBytes());
			json.name("write_bytes").value(traffic.writeBytes());
			json.endObject();
		}
		json.endArray();
		json.name("links").beginObject();
		json.name("max_cycles").value(detail.links().maxCycles());
		json.name("grids").beginArray();
		for (SegmentDetail.LinkGrid grid : detail.links().grids()) {
			json.beginObject();
			json.name("rows").value(grid.rows());
			json.name("columns").value(grid.columns());
			List<Integer> order = grid.tenths().stream().map(row -> {
				linkRows.putIfAbsent(row, linkRows.size());
				return linkRows.get(row);
			}).toList();
			json.name("order").value(runs(order));
			json.endObject();
		}
		json.endArray();
		json.endObject();
		json.endObject();
	}

	/** Different rows once each, and the order in which they come; both as runs. Rows of a checkerboard are shifted ones. */
	private void owners(List<Integer> owners, int columns) throws IOException {
		Map<List<Integer>, Integer> rows = new LinkedHashMap<>();
		List<String> texts = new ArrayList<>();
		List<Integer> order = new ArrayList<>();
		List<Integer> before = null;
		for (int begin = 0; begin < owners.size(); begin += columns) {
			List<Integer> row = owners.subList(begin, begin + columns);
			if (rows.putIfAbsent(row, rows.size()) == null) {
				boolean shifted = before != null && row.subList(0, columns - 1).equals(before.subList(1, columns));
				texts.add(shifted ? "<" + owner(row.get(columns - 1)) : runs(row));
				before = row;
			}
			order.add(rows.get(row));
		}
		json.name("owners").beginObject();
		texts("rows", texts);
		json.name("order").value(runs(order));
		json.endObject();
	}

	/** {@code 0*16 -*2}: each value with how often it follows. */
	private static String runs(List<Integer> values) {
		StringBuilder text = new StringBuilder();
		for (int begin = 0, end; begin < values.size(); begin = end) {
			end = begin + 1;
			while (end < values.size() && values.get(end).equals(values.get(begin))) {
				end++;
			}
			text.append(begin == 0 ? "" : " ").append(owner(values.get(begin))).append('*').append(end - begin);
		}
		return text.toString();
	}

	private static String owner(int operator) {
		return operator < 0 ? "-" : Integer.toString(operator);
	}

	private void nextBest(NextBest next) throws IOException {
		if (next == null) {
			json.nullValue();
			return;
		}
		json.beginObject();
		json.name("organization").value(next.organization());
		json.name("intervals").value(next.intervals());
		json.name("order").value(next.order());
		json.name("latency_cycles").value(next.latencyCycles());
		json.name("energy_picojoules").value(next.energyPicojoules());
		json.name("memory_bytes").value(next.memoryBytes());
		json.endObject();
	}

	private void comparison(Comparison comparison) throws IOException {
		json.beginObject();
		json.name("accelerator").value(comparison.accelerator());
		json.name("baseline").value(comparison.baseline());
		json.name("baseline_interconnect").value(comparison.baselineInterconnect());
		json.name("policy").value(comparison.policy());
		json.name("interconnect").value(comparison.interconnect());
		json.name("speedup_geomean").value(comparison.speedupGeomean());
		json.name("ceiling_geomean").value(comparison.ceilingGeomean());
		json.name("energy_ratio_geomean").value(comparison.energyRatioGeomean());
		json.name("memory_ratio_geomean").value(comparison.memoryRatioGeomean());
		json.name("per_workload").beginObject();
		for (Map.Entry<String, Comparison.Ratios> entry : comparison.perWorkload().entrySet()) {
			json.name(entry.getKey()).beginObject();
			json.name("speedup").value(entry.getValue().speedup());
			json.name("ceiling").value(entry.getValue().ceiling());
			json.name("energy_ratio").value(entry.getValue().energyRatio());
			json.name("memory_ratio").value(entry.getValue().memoryRatio());
			json.endObject();
		}
		json.endObject();
		json.endObject();
	}

	private void texts(String name, List<String> values) throws IOException {
		json.name(name).beginArray();
		for (String value : values) {
			json.value(value);
		}
		json.endArray();
	}

	private void lists(String name, Stream<? extends List<? extends Number>> lists) throws IOException {
		json.name(name).beginArray();
		for (List<? extends Number> list : lists.toList()) {
			json.beginArray();
			for (Number number : list) {
				json.value(number);
			}
			json.endArray();
		}
		json.endArray();
	}

	private void numbers(String name, List<? extends Number> values) throws IOException {
		json.name(name).beginArray();
		for (Number value : values) {
			json.value(value);
		}
		json.endArray();
	}
}
