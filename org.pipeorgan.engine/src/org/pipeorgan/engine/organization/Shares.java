package org.pipeorgan.engine.organization;

import java.util.List;

import org.pipeorgan.engine.pipelining.Dataflow;
import org.pipeorgan.engine.workload.Operator;

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
	 * @param units units that the array has
	 * @return units of each operator, or {@code null} if there are more operators than units
	 */
	public static int[] minimizeSlowest(List<Operator> operators, List<Dataflow> dataflows, Splits splits, int units, int unitPes) {
		int depth = operators.size();
		if (depth > units) {
			return null;
		}
		long low = 1;
		long high = 1;
		for (int i = 0; i < depth; i++) {
			low = Math.max(low, time(operators, dataflows, splits, i, (units - depth + 1) * unitPes));
			high = Math.max(high, time(operators, dataflows, splits, i, unitPes));
		}
		int[] best = fewest(operators, dataflows, splits, units, unitPes, high);
		while (low < high) {
			long middle = low + (high - low) / 2;
			int[] shares = fewest(operators, dataflows, splits, units, unitPes, middle);
			if (shares == null) {
				low = middle + 1;
			} else {
				best = shares;
				high = middle;
			}
		}
		return best;
	}

	private static int[] fewest(List<Operator> operators, List<Dataflow> dataflows, Splits splits, int units, int unitPes, long limit) {
		int[] shares = new int[operators.size()];
		int left = units;
		for (int i = 0; i < shares.length; i++) {
			int most = left - (shares.length - 1 - i);
			if (time(operators, dataflows, splits, i, most * unitPes) > limit) {
				return null;
			}
			int low = 1;
			int high = most;
			while (low < high) {
				int middle = (low + high) >>> 1;
				if (time(operators, dataflows, splits, i, middle * unitPes) <= limit) {
					high = middle;
				} else {
					low = middle + 1;
				}
			}
			shares[i] = low;
			left -= low;
		}
		return shares;
	}

	private static long time(List<Operator> operators, List<Dataflow> dataflows, Splits splits, int i, int pes) {
		return splits.cycles(operators.get(i), dataflows.get(i), pes) * dataflows.get(i).intervals();
	}
}
