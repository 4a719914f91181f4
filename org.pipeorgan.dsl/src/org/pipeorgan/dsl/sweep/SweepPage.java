package org.pipeorgan.dsl.sweep;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.pipeorgan.engine.exploration.Axis;
import org.pipeorgan.engine.exploration.PointResult;
import org.pipeorgan.engine.exploration.PointStore;
import org.pipeorgan.engine.report.SweepReport;
import org.pipeorgan.engine.result.RunResult;
import org.pipeorgan.engine.search.Progress;
import org.pipeorgan.engine.search.StudyRunner;

/** What the report of a sweep shows of it: the front, as many other points as a page can draw, and the mappings of the first points of the front. */
public final class SweepPage {
	/** Dominated points of a plot, and points of the front whose mappings are computed again for the page. */
	private static final int DOMINATED = 4000;
	private static final int MAPPINGS = 24;

	private final SweepSummary summary;
	private final PointStore store;
	private final Sweep sweep;
	private final PointNames names;
	private final List<SweepReport.Shown> columns = new ArrayList<>();
	private final List<Metric> metrics;

	private SweepPage(SweepSummary summary, PointStore store) {
		this.summary = summary;
		this.store = store;
		sweep = summary.sweep();
		names = sweep.names(true);
		for (Axis axis : sweep.space().axes()) {
			String unit = sweep.columns().stream().filter(column -> column.name().equals(axis.name()) || column.name().equals(PointNames.PARAMETER + axis.name()))
					.map(column -> column.unit() == null ? "" : column.unit()).findFirst().orElse("");
			columns.add(new SweepReport.Shown(axis.name(), unit, true, false));
		}
		sweep.goals().forEach(goal -> columns.add(new SweepReport.Shown((goal.maximized() ? "maximize " : "") + goal.label(), unit(goal.unit(names)), false, true)));
		Set<String> goals = sweep.goals().stream().map(Goal::label).collect(Collectors.toSet());
		metrics = Arrays.stream(Metric.values()).filter(metric -> !goals.contains(metric.keyword())).toList();
		metrics.forEach(metric -> columns.add(new SweepReport.Shown(metric.keyword(), unit(metric.dimension().base()), false, false)));
	}

	/** What the page shows. */
	public static SweepReport.Content of(SweepSummary summary, PointStore store) {
		return new SweepPage(summary, store).content();
	}

	private static String unit(String base) {
		return base.equals("bit") ? "B" : base;
	}

	private SweepReport.Content content() {
		List<PointResult> front = new ArrayList<>(summary.front().stream().map(point -> store.find(point).orElseThrow()).toList());
		front.sort(Comparator.<PointResult>comparingDouble(result -> SweepSummary.goals(sweep, names, result)[0]).thenComparingLong(PointResult::point));
		List<SweepReport.Point> points = new ArrayList<>(front.stream().map(result -> point(result, true)).toList());
		long dominated = summary.count(PointResult.Status.OK) - front.size();
		long step = Math.max(1, Math.ceilDiv(dominated, DOMINATED));
		long[] next = { 0 };
		store.forEach((planned, result) -> {
			if (result.isOk() && !summary.isOnFront(result.point()) && next[0]++ % step == 0) {
				points.add(point(result, false));
			}
		});
		Map<Long, List<RunResult>> mappings = new LinkedHashMap<>();
		front.stream().limit(MAPPINGS).forEach(result -> mappings.put(result.point(), StudyRunner.run(sweep.study(result.point()), 1, Progress.NONE).runs()));
		String shown = String.format(Locale.ROOT, step == 1 ? "The plot has all %,d mapped points." : "The plot has the front and every %3$,d. of the %2$,d dominated points; the store has all.",
				summary.count(PointResult.Status.OK), dominated, step);
		return new SweepReport.Content(sweep.name(), headline(front), shown, columns, points, summary.growth().stream().map(each -> new SweepReport.Growth(each.points(), each.hypervolume())).toList(),
				mappings);
	}

	private List<String> headline(List<PointResult> front) {
		List<String> sentences = new ArrayList<>();
		String goals = sweep.goals().stream().map(goal -> (goal.maximized() ? "most " : "least ") + goal.label()).collect(Collectors.joining(", "));
		sentences.add(String.format(Locale.ROOT, "Of %,d evaluated points, %,d are on the front of %s.", summary.count(), front.size(), goals));
		sentences.add(String.format(Locale.ROOT, "The space has %,d points; %,d of those evaluated fit no mapping, %,d failed.%s", sweep.space().size(),
				summary.count(PointResult.Status.INFEASIBLE), summary.count(PointResult.Status.FAILED),
				front.size() > MAPPINGS ? " The mappings of the first " + MAPPINGS + " points of the front are on this page." : ""));
		return sentences;
	}

	private SweepReport.Point point(PointResult result, boolean onFront) {
		List<Object> values = new ArrayList<>();
		List<String> labels = new ArrayList<>(sweep.labels(result.point()));
		names.select(result);
		for (int i = 0; i < sweep.space().axes().size(); i++) {
			String axis = sweep.space().axes().get(i).name();
			Object value = labels.get(i);
			for (int column = 0; column < sweep.columns().size(); column++) {
				String name = sweep.columns().get(column).name();
				if (name.equals(axis) || name.equals(PointNames.PARAMETER + axis)) {
					value = result.properties().get(column);
				}
			}
			values.add(value);
		}
		sweep.goals().forEach(goal -> values.add(goal.value(names) / (goal.unit(names).equals("bit") ? 8 : 1)));
		metrics.forEach(metric -> values.add(names.find(metric.keyword()).orElseThrow().number() / (metric.dimension().base().equals("bit") ? 8 : 1)));
		while (labels.size() < values.size()) {
			labels.add(null);
		}
		return new SweepReport.Point(result.point(), onFront, values, labels);
	}
}
