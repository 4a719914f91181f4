package org.pipeorgan.engine.exploration;

import java.io.Serializable;
import java.util.List;

/**
 * All combinations of the choices of some axes. A point is a number from 0 to {@link #size()} - 1, in which the last axis varies fastest: it
 * stays the same for the same axes, whichever points are evaluated.
 *
 * @param axes what varies, at least one
 */
public record DesignSpace(List<Axis> axes) implements Serializable {
	/** Most points of a space: whatever is below can be numbered and drawn from. */
	public static final long MOST_POINTS = 1L << 62;

	/** @throws IllegalArgumentException if there is no axis, or there are too many points */
	public DesignSpace {
		axes = List.copyOf(axes);
		if (axes.isEmpty()) {
			throw new IllegalArgumentException("nothing varies");
		}
		size(axes);
	}

	/** Number of points. */
	public long size() {
		return size(axes);
	}

	private static long size(List<Axis> axes) {
		long size = 1;
		for (Axis axis : axes) {
			if (Math.multiplyHigh(size, axis.choices().size()) != 0 || size * axis.choices().size() > MOST_POINTS || size * axis.choices().size() < 0) {
				throw new IllegalArgumentException("the space has more than " + MOST_POINTS + " points; take fewer values of its parameters");
			}
			size *= axis.choices().size();
		}
		return size;
	}

	/** Which choice each axis takes at a point. */
	public int[] choices(long point) {
		int[] choices = new int[axes.size()];
		long rest = point;
		for (int i = choices.length - 1; i >= 0; i--) {
			int of = axes.get(i).choices().size();
			choices[i] = (int) (rest % of);
			rest /= of;
		}
		return choices;
	}

	/** The point at which the axes take these choices. */
	public long point(int[] choices) {
		long point = 0;
		for (int i = 0; i < choices.length; i++) {
			point = point * axes.get(i).choices().size() + choices[i];
		}
		return point;
	}
}
