package org.pipeorgan.engine.interconnect;

import org.pipeorgan.engine.hardware.HardwareException;

/**
 * A pattern of long links along every row and column of a mesh: links of one length that start at positions
 * {@code start, start + step, ...}, as long as they end inside the array. Each is a pair of directed links.
 *
 * @param length positions that a link spans, at least 2; {@link #AUTOMATIC} for a length chosen from the side
 * @param start  first position at which one starts
 * @param step   distance between starts, at least 1
 */
public record ExpressLinks(int length, int start, int step) {

	/** Value of {@link #length} for a length chosen from the side: the power of two nearest to its square root. */
	public static final int AUTOMATIC = -1;

	/** @throws HardwareException if a parameter is out of its range */
	public ExpressLinks {
		if (length != AUTOMATIC && (length < 2 || length > 1024)) {
			throw new HardwareException("express", "long links have length " + length + "; it must be between 2 and 1024");
		}
		if (start < 0 || start > 1024 || step < 1 || step > 1024) {
			throw new HardwareException("express", "long links start at " + start + " and every " + step + "; start must be 0 to 1024 and step 1 to 1024");
		}
	}

	/** A link of this length from every position: the augmented mesh. */
	public static ExpressLinks every(int length) {
		return new ExpressLinks(length, 0, 1);
	}

	/** Length along a side of so many positions: as declared, or chosen (4 at 32; ties go to the shorter); 0 if the side is too short for one. */
	public int lengthOn(int side) {
		int fitting = length == AUTOMATIC ? automatic(side) : length;
		return start + fitting < side ? fitting : 0;
	}

	/** The pattern with its length settled; length 0 stands for none. */
	Settled on(int side) {
		return new Settled(lengthOn(side), start, step);
	}

	/** A pattern on a side of known length. */
	record Settled(int length, int start, int step) {
		boolean everywhere() {
			return start == 0 && step == 1;
		}
	}

	private static int automatic(int side) {
		double root = Math.sqrt(side);
		int best = 2;
		for (int candidate = 4; candidate < side; candidate *= 2) {
			if (Math.abs(candidate - root) < Math.abs(best - root)) {
				best = candidate;
			}
		}
		return best;
	}
}
