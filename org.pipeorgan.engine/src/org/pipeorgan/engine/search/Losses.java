package org.pipeorgan.engine.search;

import java.util.List;

/**
 * By how much a mapping costs more than the bounds on ways from cut to cut say, segment by segment. Where it loses nothing, no other segments make it better;
 * where it does, those do that overlap or neighbour a segment of its, on ways that are longer by less than it loses there. That is a rule of thumb: tensors held
 * in the buffer reach further.
 */
final class Losses {
	/** For each operator, what is lost before the segment that precedes its own, and up to the end of the one that follows. */
	private final double[] before;
	private final double[] behind;

	private Losses(int operators) {
		before = new double[operators];
		behind = new double[operators];
	}

	static Losses of(Mapping mapping, MappingBounds bounds) {
		List<Mapping.Step> steps = mapping.steps();
		int[] cuts = new int[steps.size() + 1];
		double[] lost = new double[cuts.length];
		double spent = 0;
		double least = bounds.weightedFrom(0);
		for (int s = 0; s < steps.size(); s++) {
			spent += bounds.weighted(steps.get(s).cost());
			cuts[s + 1] = cuts[s] + steps.get(s).plan().point().depth();
			lost[s + 1] = Math.max(lost[s], (spent + bounds.weightedFrom(cuts[s + 1]) - least) * bounds.slope());
		}
		Losses losses = new Losses(cuts[steps.size()]);
		for (int s = 0; s < steps.size(); s++) {
			for (int operator = cuts[s]; operator < cuts[s + 1]; operator++) {
				losses.before[operator] = lost[Math.max(0, s - 1)];
				losses.behind[operator] = lost[Math.min(steps.size(), s + 2)];
			}
		}
		return losses;
	}

	/** What is lost where a segment overlaps the mapping's and in the segments next to these, in the objective's measure. */
	double around(int first, int depth) {
		return behind[first + depth - 1] - before[first];
	}
}
