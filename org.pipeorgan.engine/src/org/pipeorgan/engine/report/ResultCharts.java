package org.pipeorgan.engine.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

import org.pipeorgan.engine.report.Chart.Axis;
import org.pipeorgan.engine.report.Chart.Kind;
import org.pipeorgan.engine.report.Chart.Series;
import org.pipeorgan.engine.result.Comparison;
import org.pipeorgan.engine.result.RunResult;
import org.pipeorgan.engine.result.SegmentResult;
import org.pipeorgan.engine.result.StudyResult;

/** The charts of a result. */
public final class ResultCharts {
	private static final String MEAN = "geometric mean";
	private static final List<String> BOUNDS = List.of("compute", "link", "port", "buffer", "memory");

	private final StudyResult result;
	private final boolean manyAccelerators;
	private final boolean manyForms;
	private final List<String> workloads;
	private final List<String> mappers;

	private ResultCharts(StudyResult result) {
		this.result = result;
		manyAccelerators = result.runs().stream().map(RunResult::accelerator).distinct().count() > 1;
		manyForms = result.runs().stream().map(RunResult::form).distinct().count() > 1;
		workloads = result.runs().stream().map(this::workload).distinct().toList();
		mappers = result.runs().stream().map(ResultCharts::mapper).distinct().toList();
	}

	/** The charts of a result by their names; one that the result has nothing for is left out. */
	public static Map<String, Chart> of(StudyResult result) {
		return result.runs().isEmpty() ? Map.of() : new ResultCharts(result).charts();
	}

	private Map<String, Chart> charts() {
		Map<String, Chart> charts = new LinkedHashMap<>();
		List<Chart> all = new ArrayList<>();
		if (!result.comparisons().isEmpty()) {
			Comparison any = result.comparisons().get(0);
			String over = " over " + any.baseline() + " on " + any.baselineInterconnect();
			all.add(ratios("speedup", "Speedup" + over, "speedup (\u00d7)", (c, w) -> c.perWorkload().get(w).speedup(), Comparison::speedupGeomean));
			all.add(ratios("energy_ratio", "Energy of " + any.baseline() + " on " + any.baselineInterconnect() + " over that of each policy", "energy ratio (\u00d7)",
					(c, w) -> c.perWorkload().get(w).energyRatio(), Comparison::energyRatioGeomean));
			all.add(ratios("memory_ratio", "Memory traffic of " + any.baseline() + " on " + any.baselineInterconnect() + " over that of each policy", "memory traffic ratio (\u00d7)",
					(c, w) -> c.perWorkload().get(w).memoryRatio(), Comparison::memoryRatioGeomean));
		}
		all.add(bars("latency", "Latency over the lower bound", "latency / lower bound (\u00d7)", run -> (double) run.latencyCycles() / run.lowerBoundCycles()));
		all.add(bars("energy", "Energy", "energy (\u00b5J)", run -> run.energyPicojoules() / 1e6));
		all.add(bars("memory", "Memory traffic", "memory traffic (MiB)", run -> (double) run.memoryBytes() / (1 << 20)));
		all.add(bottlenecks());
		all.add(roofline());
		all.add(trade());
		all.forEach(chart -> charts.put(chart.name(), chart));
		return charts;
	}

	private String workload(RunResult run) {
		return (manyForms ? run.workloadLabel() : run.workload()) + (manyAccelerators ? " on " + run.accelerator() : "");
	}

	private static String mapper(RunResult run) {
		return run.policy() + (run.restricted() ? " (restricted)" : "") + " on " + run.interconnect();
	}

	private RunResult run(String workload, String mapper) {
		return result.runs().stream().filter(run -> workload(run).equals(workload) && mapper(run).equals(mapper)).findFirst().orElse(null);
	}

	private Chart bars(String name, String title, String axis, ToDoubleFunction<RunResult> value) {
		List<Series> series = mappers.stream().map(mapper -> new Series(mapper, List.of(), workloads.stream().map(workload -> {
			RunResult run = run(workload, mapper);
			return run == null ? Double.NaN : value.applyAsDouble(run);
		}).toList(), false)).toList();
		return new Chart(name, title, Kind.BARS, new Axis("", false), new Axis(axis, false), workloads, series);
	}

	/** Baseline over policy for each workload, and the geometric mean. */
	private Chart ratios(String name, String title, String axis, BiFunction<Comparison, String, Double> value, ToDoubleFunction<Comparison> mean) {
		List<String> categories = new ArrayList<>();
		List<Series> series = new ArrayList<>();
		for (String accelerator : result.comparisons().stream().map(Comparison::accelerator).distinct().toList()) {
			String on = manyAccelerators ? " on " + accelerator : "";
			result.comparisons().stream().filter(c -> c.accelerator().equals(accelerator)).findFirst().orElseThrow().perWorkload().keySet().forEach(workload -> categories.add(named(workload) + on));
			categories.add(MEAN + on);
		}
		for (String mapper : result.comparisons().stream().map(ResultCharts::mapper).distinct().toList()) {
			Map<String, Double> values = new TreeMap<>();
			result.comparisons().stream().filter(c -> mapper(c).equals(mapper)).forEach(c -> {
				String on = manyAccelerators ? " on " + c.accelerator() : "";
				c.perWorkload().keySet().forEach(workload -> values.put(named(workload) + on, value.apply(c, workload)));
				values.put(MEAN + on, mean.applyAsDouble(c));
			});
			series.add(new Series(mapper, List.of(), categories.stream().map(category -> values.getOrDefault(category, Double.NaN)).toList(), false));
		}
		return new Chart(name, title, Kind.BARS, new Axis("", false), new Axis(axis, false), categories, series);
	}

	/** A workload's label as the other charts have it. */
	private String named(String label) {
		return manyForms ? label : label.substring(label.lastIndexOf('.') + 1);
	}

	private static String mapper(Comparison comparison) {
		return comparison.policy() + " on " + comparison.interconnect();
	}

	/** Where the time goes, in parts of the lower bound: a bar a run. */
	private Chart bottlenecks() {
		List<String> categories = result.runs().stream().map(run -> (workloads.size() > 1 ? workload(run) + ": " : "") + mapper(run)).toList();
		List<Series> series = Stream.concat(BOUNDS.stream(), Stream.of("other"))
				.map(kind -> new Series(kind, List.of(), result.runs().stream().map(run -> run.segments().stream().filter(segment -> bound(segment).equals(kind))
						.mapToLong(SegmentResult::latencyCycles).sum() / (double) run.lowerBoundCycles()).toList(), false))
				.filter(each -> each.ys().stream().anyMatch(value -> value > 0)).toList();
		return new Chart("bottlenecks", "Time by what bounds it", Kind.STACKED_BARS, new Axis("", false), new Axis("time / lower bound (\u00d7)", false), categories, series);
	}

	private static String bound(SegmentResult segment) {
		String word = segment.bottleneck().split(" ")[0];
		return BOUNDS.contains(word) ? word : "other";
	}

	private Chart roofline() {
		List<RunResult> measured = result.runs().stream().filter(run -> run.macs() > 0 && run.memoryBytes() > 0).toList();
		List<Series> series = new ArrayList<>();
		Function<RunResult, Double> intensity = run -> (double) run.macs() / run.memoryBytes();
		double low = measured.stream().mapToDouble(intensity::apply).min().orElse(1) / 2;
		double high = measured.stream().mapToDouble(intensity::apply).max().orElse(1) * 2;
		for (RunResult any : result.runs().stream().map(RunResult::accelerator).distinct().map(name -> result.runs().stream().filter(run -> run.accelerator().equals(name)).findFirst().orElseThrow()).toList()) {
			double knee = any.peakMacsPerCycle() / any.memoryBytesPerCycle();
			List<Double> xs = Stream.of(Math.min(low, knee / 2), knee, Math.max(high, 2 * knee)).toList();
			series.add(new Series((manyAccelerators ? any.accelerator() + ": " : "") + "roof", xs, xs.stream().map(x -> Math.min(any.peakMacsPerCycle(), x * any.memoryBytesPerCycle())).toList(), true));
		}
		for (String mapper : mappers) {
			List<RunResult> some = measured.stream().filter(run -> mapper(run).equals(mapper)).toList();
			if (!some.isEmpty()) {
				series.add(new Series(mapper, some.stream().map(intensity).toList(), some.stream().map(run -> (double) run.macs() / run.latencyCycles()).toList(), false));
			}
		}
		return new Chart("roofline", "Roofline", Kind.POINTS, new Axis("MACs for each byte of memory traffic (MAC/B)", true), new Axis("MAC/cycle", true), List.of(), series);
	}

	/** Time against energy, each in relation to the least of the workload. */
	private Chart trade() {
		List<Series> series = mappers.stream().map(mapper -> {
			List<RunResult> some = result.runs().stream().filter(run -> mapper(run).equals(mapper)).toList();
			return new Series(mapper, some.stream().map(run -> run.latencyCycles() / least(run, RunResult::latencyCycles)).toList(),
					some.stream().map(run -> run.energyPicojoules() / least(run, RunResult::energyPicojoules)).toList(), false);
		}).toList();
		return new Chart("energy_latency", "Time against energy", Kind.POINTS, new Axis("time over the least of the workload (\u00d7)", false), new Axis("energy over the least of the workload (\u00d7)", false), List.of(),
				series);
	}

	private double least(RunResult run, ToDoubleFunction<RunResult> value) {
		return result.runs().stream().filter(other -> workload(other).equals(workload(run))).mapToDouble(value).min().orElseThrow();
	}
}
