package org.pipeorgan.engine.organization;

/**
 * How many units of the array each operator of a segment gets: whole units, at least one each, together at most the
 * array, so that the slowest operator - the most cycles over all its intervals, on its largest slice - is as fast as it
 * can be. Each operator gets the fewest units that keep that time.
 */
public final class Shares {
	private Shares() {
	}

	/**
	 * Shares in units of {@code unitPes} PEs.
	 *
	 * @param splits    of each operator's intervals
	 * @param intervals number of each operator's intervals
	 * @param units     units that the array has
	 * @return units of each operator, or {@code null} if there are more operators than units
	 */
	public static int[] minimizeSlowest(Splits.Table[] splits, long[] intervals, int units, int unitPes) {
		int depth = splits.length;
		if (depth > units) {
			return null;
		}
		Stage[] stages = new Stage[depth];
		for (int i = 0; i < depth; i++) {
			stages[i] = Stage.of(splits[i], intervals[i]);
		}
		// no split does better than all PEs busy all the time
		double work = 0;
		for (Stage stage : stages) {
			work += stage.peCycles();
		}
		long low = Math.max(1, (long) (work / ((double) units * unitPes) * (1 - 1e-9)));
		long high = 1;
		for (int i = 0; i < depth; i++) {
			low = Math.max(low, stages[i].time((units - depth + 1) * unitPes));
			high = Math.max(high, stages[i].time(unitPes));
		}
		int[] best = fewest(stages, units, unitPes, high);
		while (low < high) {
			long middle = low + (high - low) / 2;
			int[] shares = fewest(stages, units, unitPes, middle);
			if (shares == null) {
				low = middle + 1;
			} else {
				best = shares;
				high = middle;
			}
		}
		return best;
	}

	private static int[] fewest(Stage[] stages, int units, int unitPes, long limit) {
		int[] shares = new int[stages.length];
		int left = units;
		for (int i = 0; i < shares.length; i++) {
			int most = left - (shares.length - 1 - i);
			int pes = stages[i].steps().within(limit / stages[i].intervals());
			if (pes > most * unitPes) {
				return null;
			}
			shares[i] = Math.ceilDiv(pes, unitPes);
			left -= shares[i];
		}
		return shares;
	}

	/** @param peCycles that the operator takes at least, whatever the split */
	private record Stage(Split.Steps steps, double peCycles, long intervals) {
		static Stage of(Splits.Table splits, long intervals) {
			return new Stage(splits.steps(), splits.leastPeCycles() * intervals, intervals);
		}

		long time(int pes) {
			return steps.on(pes) * intervals;
		}
	}
}
