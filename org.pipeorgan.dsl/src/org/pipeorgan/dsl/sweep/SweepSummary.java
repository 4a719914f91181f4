package org.pipeorgan.dsl.sweep;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

import org.pipeorgan.engine.exploration.Front;
import org.pipeorgan.engine.exploration.Optimizer;
import org.pipeorgan.engine.exploration.PointResult;
import org.pipeorgan.engine.exploration.PointStore;

/** What the results of a sweep come to: how many of which kind, the front, and how it grew. */
public final class SweepSummary {
	/** A number of evaluated points, and the hypervolume of their front. */
	public record Step(long points, double hypervolume) {
	}

	private record Reached(long position, double[] goals) {
	}

	private final Sweep sweep;
	private final Map<PointResult.Status, Long> counts = new EnumMap<>(PointResult.Status.class);
	private final Set<Long> front = new HashSet<>();
	private final List<Step> growth = new ArrayList<>();
	private final Map<Long, double[]> members = new LinkedHashMap<>();

	/** The summary of the points of a store for which a condition holds; reads them once. */
	public SweepSummary(Sweep sweep, PointStore store, Predicate<PointResult> chosen, Optimizer optimizer) {
		this.sweep = sweep;
		PointNames names = sweep.names(true);
		Front found = new Front();
		List<Reached> reached = new ArrayList<>();
		store.forEach((planned, result) -> {
			if (!chosen.test(result)) {
				return;
			}
			counts.merge(result.status(), 1L, Long::sum);
			if (result.isOk()) {
				double[] goals = goals(sweep, names, result);
				found.add(result.point(), goals);
				reached.add(new Reached(planned.position(), goals));
			}
		});
		found.members().forEach(member -> {
			front.add(member.point());
			members.put(member.point(), member.goals());
		});
		reached.sort(Comparator.comparingLong(Reached::position));
		optimizer.overTime(reached.stream().map(Reached::goals).toList(), (points, volume) -> growth.add(new Step(points, volume)));
	}

	/** What a point reached, each goal to be small. */
	public static double[] goals(Sweep sweep, PointNames names, PointResult result) {
		names.select(result);
		return sweep.goals().stream().mapToDouble(goal -> {
			double value = goal.value(names);
			return Double.isNaN(value) ? Double.MAX_VALUE : goal.maximized() ? -value : value;
		}).toArray();
	}

	/** The sweep. */
	public Sweep sweep() {
		return sweep;
	}

	/** How many points there are of a status. */
	public long count(PointResult.Status status) {
		return counts.getOrDefault(status, 0L);
	}

	/** How many points there are. */
	public long count() {
		return counts.values().stream().mapToLong(Long::longValue).sum();
	}

	/** The points of the front, by their numbers. */
	public List<Long> front() {
		return List.copyOf(members.keySet());
	}

	/** Whether a point is on the front. */
	public boolean isOnFront(long point) {
		return front.contains(point);
	}

	/** How the hypervolume grew with the points, in the order of the sample. */
	public List<Step> growth() {
		return List.copyOf(growth);
	}
}
