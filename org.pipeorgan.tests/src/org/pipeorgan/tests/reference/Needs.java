package org.pipeorgan.tests.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;

import org.pipeorgan.engine.workload.AxisAccess;

/** Section 1 of the page: what an access function asks for, coordinate by coordinate. */
final class Needs {
	/** Coordinate that stands for none. */
	static final int NONE = -1;

	private Needs() {
	}

	/** The coordinates of an operand's axis that one output coordinate needs. */
	static List<Integer> of(AxisAccess access, int out, int extent) {
		List<Integer> needs = new ArrayList<>();
		switch (access) {
			case AxisAccess.Same same -> needs.add(out);
			case AxisAccess.Whole whole -> IntStream.range(0, extent).forEach(needs::add);
			case AxisAccess.Window window -> {
				for (int tap = 0; tap < window.filter(); tap++) {
					needs.add((int) (out * window.stride() - window.pad() + tap * window.dilation()));
				}
			}
			case AxisAccess.Scaled scaled -> needs.add((int) (out * (long) extent / scaled.outExtent()));
			case AxisAccess.Part part -> needs.add((int) (out - part.offset()));
			case AxisAccess.Group group -> {
				for (int input = 0; input < group.inputs(); input++) {
					needs.add((int) (out / group.outputs() * group.inputs() + input));
				}
			}
		}
		needs.removeIf(in -> in < 0 || in >= extent);
		return needs;
	}

	/** All coordinates that output coordinates {@code from..to} need, each once. */
	static TreeSet<Integer> of(AxisAccess access, int from, int to, int extent) {
		TreeSet<Integer> needs = new TreeSet<>();
		for (int out = from; out <= to; out++) {
			needs.addAll(of(access, out, extent));
		}
		return needs;
	}

	static int count(AxisAccess access, int from, int to, int extent) {
		return of(access, from, to, extent).size();
	}

	static int first(AxisAccess access, int from, int to, int extent) {
		if (access instanceof AxisAccess.Window window) {
			return (int) Math.max(0, from * window.stride() - window.pad());
		}
		TreeSet<Integer> needs = of(access, from, to, extent);
		return needs.isEmpty() ? NONE : needs.first();
	}

	static int last(AxisAccess access, int from, int to, int extent) {
		if (access instanceof AxisAccess.Window window) {
			return (int) Math.min(extent - 1, to * window.stride() - window.pad() + (window.filter() - 1) * window.dilation());
		}
		TreeSet<Integer> needs = of(access, from, to, extent);
		return needs.isEmpty() ? NONE : needs.last();
	}

	/** The most that so many neighbouring outputs span. */
	static int reach(AxisAccess access, int outputs, int extent) {
		long reach = switch (access) {
			case AxisAccess.Same same -> outputs;
			case AxisAccess.Part part -> outputs;
			case AxisAccess.Whole whole -> extent;
			case AxisAccess.Window window -> (outputs - 1) * window.stride() + (window.filter() - 1) * window.dilation() + 1;
			case AxisAccess.Scaled scaled -> Math.ceilDiv((outputs - 1) * (long) extent, scaled.outExtent()) + 1;
			case AxisAccess.Group group -> (Math.ceilDiv(outputs - 1, group.outputs()) + 1) * group.inputs();
		};
		return (int) Math.min(extent, reach);
	}
}
