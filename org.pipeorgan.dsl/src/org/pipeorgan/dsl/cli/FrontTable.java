package org.pipeorgan.dsl.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import org.pipeorgan.dsl.sweep.Goal;
import org.pipeorgan.dsl.sweep.PointNames;
import org.pipeorgan.dsl.sweep.Sweep;
import org.pipeorgan.dsl.sweep.SweepSummary;
import org.pipeorgan.dsl.units.Dimension;
import org.pipeorgan.engine.exploration.Axis;
import org.pipeorgan.engine.exploration.PointResult;
import org.pipeorgan.engine.exploration.PointStore;

/** Points of a sweep in a few lines of text. */
final class FrontTable {
	private static final int MOST_ROWS = 20;

	private FrontTable() {
	}

	/** The front, best in the first goal first, and how many points there are. */
	static String of(SweepSummary summary, PointStore store) {
		Sweep sweep = summary.sweep();
		PointNames names = sweep.names(true);
		List<PointResult> front = new ArrayList<>(summary.front().stream().map(point -> store.find(point).orElseThrow()).toList());
		front.sort(Comparator.<PointResult>comparingDouble(result -> SweepSummary.goals(sweep, names, result)[0]).thenComparingLong(PointResult::point));
		List<PointResult> shown = front.subList(0, Math.min(MOST_ROWS, front.size()));
		int different = alike(sweep, names, front).size();
		return String.format(Locale.ROOT, "sweep %s: %,d points, %,d on the front%s; %,d infeasible, %,d failed; hypervolume %.4f\n", sweep.name(), summary.count(), front.size(),
				different < front.size() ? String.format(Locale.ROOT, " with %,d different results", different) : "", summary.count(PointResult.Status.INFEASIBLE), summary.count(PointResult.Status.FAILED),
				summary.growth().isEmpty() ? 0 : summary.growth().get(summary.growth().size() - 1).hypervolume()) + rows(sweep, names, shown)
				+ ties(sweep, names, shown) + (front.size() > MOST_ROWS ? "... and " + (front.size() - MOST_ROWS) + " more\n" : "");
	}

	/** Which of some points reach the same in every goal, a line for each such group. */
	static String ties(Sweep sweep, PointNames names, List<PointResult> results) {
		return alike(sweep, names, results).values().stream().filter(points -> points.size() > 1)
				.map(points -> "equal in every goal: points " + points.stream().map(String::valueOf).collect(Collectors.joining(", ")) + "\n").collect(Collectors.joining());
	}

	/** Numbers of points, by what they reach. */
	private static Map<List<Double>, List<Long>> alike(Sweep sweep, PointNames names, List<PointResult> results) {
		return results.stream().collect(Collectors.groupingBy(result -> Arrays.stream(SweepSummary.goals(sweep, names, result)).boxed().toList(), LinkedHashMap::new,
				Collectors.mapping(PointResult::point, Collectors.toList())));
	}

	/** One line a point: its number, what it chooses, and what it reaches. */
	static String rows(Sweep sweep, PointNames names, List<PointResult> results) {
		List<String> titles = new ArrayList<>(List.of("point"));
		sweep.space().axes().stream().map(Axis::name).forEach(titles::add);
		sweep.goals().stream().map(goal -> goal.label() + unit(goal, names)).forEach(titles::add);
		TextTable table = new TextTable(1 + sweep.space().axes().size(), titles.toArray(String[]::new));
		for (PointResult result : results) {
			List<String> cells = new ArrayList<>(List.of(Long.toString(result.point())));
			cells.addAll(sweep.labels(result.point()));
			names.select(result);
			for (Goal goal : sweep.goals()) {
				cells.add(result.isOk() ? number(goal.value(names) / scale(goal, names)) : result.status().keyword());
			}
			table.add(cells.toArray(String[]::new));
		}
		return results.isEmpty() ? "" : table.toString();
	}

	/** Sizes are counted in bytes. */
	private static double scale(Goal goal, PointNames names) {
		return goal.unit(names).equals("bit") ? 8 : 1;
	}

	private static String unit(Goal goal, PointNames names) {
		String unit = goal.unit(names);
		return unit.equals(Dimension.SIZE.base()) ? " [B]" : unit.isEmpty() ? "" : " [" + unit + "]";
	}

	static String number(double value) {
		return value == Math.rint(value) && Math.abs(value) < 1e15 ? String.format(Locale.ROOT, "%,d", (long) value) : String.format(Locale.ROOT, "%.6g", value);
	}
}
