package org.pipeorgan.dsl.ui.views;

import org.eclipse.swt.graphics.RGB;

/** Colours of operators, by their position in a segment, and of link loads; readable on light and dark ground. */
final class OperatorColors {
	/** A ninth operator begins again, a little darker. */
	private static final RGB[] COLORS = { new RGB(78, 139, 201), new RGB(233, 150, 58), new RGB(96, 168, 104), new RGB(205, 92, 98), new RGB(150, 117, 190), new RGB(160, 124, 94),
			new RGB(222, 134, 182), new RGB(92, 182, 190) };
	/** From no load to the largest. */
	private static final RGB[] HEAT = { new RGB(255, 236, 170), new RGB(246, 150, 40), new RGB(214, 45, 32), new RGB(120, 0, 38) };

	private OperatorColors() {
	}

	/** The colour of the operator at {@code position}; grey below 0, for none. */
	static RGB of(int position) {
		if (position < 0) {
			return new RGB(150, 156, 166);
		}
		RGB color = COLORS[position % COLORS.length];
		return mix(color, new RGB(30, 30, 40), Math.min(0.6, 0.22 * (position / COLORS.length)));
	}

	/** The colour of a load. @param part of the largest load, 0 to 1 */
	static RGB heat(double part) {
		double place = Math.clamp(part, 0, 1) * (HEAT.length - 1);
		int below = Math.min(HEAT.length - 2, (int) place);
		return mix(HEAT[below], HEAT[below + 1], place - below);
	}

	/** Between two colours. @param part of the second, 0 to 1 */
	static RGB mix(RGB first, RGB second, double part) {
		return new RGB(mix(first.red, second.red, part), mix(first.green, second.green, part), mix(first.blue, second.blue, part));
	}

	private static int mix(int first, int second, double part) {
		return (int) Math.round(first + (second - first) * part);
	}
}
