package org.pipeorgan.engine.search;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

import org.pipeorgan.engine.cost.CostModel;
import org.pipeorgan.engine.cost.MappingPoint;
import org.pipeorgan.engine.cost.MappingPoint.WeightLevel;
import org.pipeorgan.engine.cost.SegmentPlan;
import org.pipeorgan.engine.cost.SegmentSignature;
import org.pipeorgan.engine.organization.Organization;
import org.pipeorgan.engine.pipelining.OrderClass;
import org.pipeorgan.engine.workload.TensorShape;

/**
 * The plans that a policy considers for a segment: only those that no other of them beats whatever the residence of the
 * boundary tensors. Not safe for many threads.
 */
final class SegmentSpace {
	private static final long MOST_CHUNKS = 1024;

	private final CostModel model;
	private final CostModel.Scratch scratch;
	private final PolicyKind kind;
	private final Map<SegmentSignature, Known> known = new HashMap<>();
	private long candidates;
	private long pruned;
	private long budget;

	private record Known(SegmentSignature signature, List<SegmentPlan> front, long candidates, long pruned, long budget) {
	}

	SegmentSpace(CostModel model, PolicyKind kind) {
		this.model = model;
		this.kind = kind;
		scratch = model.scratch();
	}

	/** Points costed so far, those of segments that repeat an earlier one included. */
	long candidates() {
		return candidates;
	}

	/** Points that were ruled out by their computation alone, those of repeated segments included. */
	long pruned() {
		return pruned;
	}

	/**
	 * The undominated plans of a segment; empty if nothing is feasible.
	 *
	 * @param budget units of time beyond which a plan is of no use; plans that compute longer may be left out
	 */
	List<SegmentPlan> plans(int first, int depth, long budget) {
		SegmentSignature signature = SegmentSignature.of(model.workload(), first, depth);
		Known same = known.get(signature);
		if (same != null && budget <= same.budget()) {
			candidates += same.candidates();
			pruned += same.pruned();
			return same.front().stream().map(plan -> plan.movedTo(model.workload(), same.signature(), signature, first)).toList();
		}
		long candidatesBefore = candidates;
		long prunedBefore = pruned;
		List<SegmentPlan> front = new ArrayList<>();
		this.budget = budget;
		switch (kind) {
			case OPTIMAL -> everything(first, depth, front);
			case SIMBA -> weightStationary(first, depth, front);
			case PIPEORGAN, FIXED -> {
				// a fixed mapping is compared with what the heuristic would have done
				if (depth <= 2) {
					blocked(first, depth, front);
				}
				if (depth > 1) {
					twoStages(first, depth, front);
				}
			}
			default -> blocked(first, depth, front);
		}
		known.put(signature, new Known(signature, front, candidates - candidatesBefore, pruned - prunedBefore, budget));
		return front;
	}

	/** The whole declared space: every chunk size of either heuristic, order class, organization and weight level. */
	private void everything(int first, int depth, List<SegmentPlan> front) {
		TreeSet<Long> chunks = activationChunks(first, depth);
		chunks.addAll(stageOneChunks(first, depth));
		for (Organization organization : depth == 1 ? List.of(Organization.BLOCKED_ROWS) : List.of(Organization.values())) {
			activationOuter(first, depth, chunks, organization, front);
			weightOuter(first, depth, organization, front);
		}
	}

	/** Each weight is walked once, or stays in register files, or else in the buffer, while pixels pass by. */
	private void weightStationary(int first, int depth, List<SegmentPlan> front) {
		weightOuter(first, depth, Organization.BLOCKED_ROWS, front);
		for (long chunks : activationChunks(first, depth)) {
			cost(new MappingPoint(first, depth, OrderClass.ACTIVATION_OUTER, chunks, Organization.BLOCKED_ROWS, WeightLevel.REGISTERS), front);
		}
	}

	/** Every chunk size, order class and weight level on a blocked 1-D layout. */
	private void blocked(int first, int depth, List<SegmentPlan> front) {
		for (Organization organization : depth == 1 ? List.of(Organization.BLOCKED_ROWS)
				: List.of(Organization.BLOCKED_ROWS, Organization.BLOCKED_COLUMNS)) {
			activationOuter(first, depth, activationChunks(first, depth), organization, front);
			weightOuter(first, depth, organization, front);
		}
	}

	private void activationOuter(int first, int depth, TreeSet<Long> sizes, Organization organization, List<SegmentPlan> front) {
		for (long chunks : sizes) {
			for (WeightLevel level : WeightLevel.values()) {
				cost(new MappingPoint(first, depth, OrderClass.ACTIVATION_OUTER, chunks, organization, level), front);
			}
		}
	}

	private void weightOuter(int first, int depth, Organization organization, List<SegmentPlan> front) {
		for (long chunks : weightChunks(first, depth)) {
			for (WeightLevel level : List.of(WeightLevel.BUFFER, WeightLevel.MEMORY)) {
				cost(new MappingPoint(first, depth, OrderClass.WEIGHT_OUTER, chunks, organization, level), front);
			}
		}
	}

	/** Rows of the tallest result (pixels, where results are one row high), and an eighth, a quarter and a half of them. */
	private TreeSet<Long> stageOneChunks(int first, int depth) {
		long rows = 1;
		for (int i = first; i < first + depth; i++) {
			rows = Math.max(rows, Math.min(MOST_CHUNKS, shape(i).h() * (shape(i).h() == 1 ? shape(i).w() : 1)));
		}
		return new TreeSet<>(List.of(Math.max(1, rows / 8), Math.max(1, rows / 4), Math.max(1, rows / 2), rows));
	}

	/**
	 * The heuristic: stage 1 picks the granularity - activation-outer orders, since a contracting consumer would wait for a
	 * whole weight-outer tensor - and the weight level on a blocked layout; stage 2 lays that out in every organization and keeps
	 * those whose busiest link carries least; taking turns is tried beside them.
	 */
	private void twoStages(int first, int depth, List<SegmentPlan> front) {
		for (long chunks : stageOneChunks(first, depth)) {
			SegmentPlan best = null;
			for (WeightLevel level : WeightLevel.values()) {
				cost(new MappingPoint(first, depth, OrderClass.ACTIVATION_OUTER, chunks, Organization.TURN_TAKING, level), front);
				SegmentPlan plan = cost(new MappingPoint(first, depth, OrderClass.ACTIVATION_OUTER, chunks, Organization.STRIPED_ROWS, level), front);
				best = plan == null || best != null && best.dominates(plan) ? best : plan;
			}
			for (Organization organization : List.of(Organization.BLOCKED_ROWS, Organization.BLOCKED_2D, Organization.CHECKERBOARD)) {
				WeightLevel level = best == null ? WeightLevel.REGISTERS : best.point().weightLevel();
				cost(new MappingPoint(first, depth, OrderClass.ACTIVATION_OUTER, chunks, organization, level), front);
			}
		}
	}

	private SegmentPlan cost(MappingPoint point, List<SegmentPlan> front) {
		if (budget < Long.MAX_VALUE && model.computeUnits(point, scratch) > budget) {
			pruned++;
			return null;
		}
		candidates++;
		SegmentPlan plan = model.plan(point, scratch);
		if (plan == null || front.stream().anyMatch(other -> other.dominates(plan))) {
			return plan;
		}
		front.removeIf(plan::dominates);
		front.add(plan);
		return plan;
	}

	/** Powers of two up to 256 and the rows of the segment's tensors. */
	private TreeSet<Long> activationChunks(int first, int depth) {
		TreeSet<Long> chunks = new TreeSet<>();
		long most = 1;
		for (int i = first; i < first + depth; i++) {
			TensorShape shape = shape(i);
			most = Math.max(most, shape.h() * shape.w());
			chunks.add(Math.min(MOST_CHUNKS, shape.h()));
		}
		for (long c = 1; c <= Math.min(256, most); c *= 2) {
			chunks.add(c);
		}
		return chunks;
	}

	/** Powers of two up to the channels of the segment's tensors. */
	private TreeSet<Long> weightChunks(int first, int depth) {
		TreeSet<Long> chunks = new TreeSet<>();
		long most = 1;
		for (int i = first; i < first + depth; i++) {
			most = Math.max(most, shape(i).c());
		}
		for (long c = 1; c <= Math.min(MOST_CHUNKS, most); c *= 2) {
			chunks.add(c);
		}
		return chunks;
	}

	private TensorShape shape(int operator) {
		return model.workload().outputOf(model.workload().operators().get(operator)).shape();
	}
}
