package org.pipeorgan.engine.report;

import java.util.List;

/**
 * A chart of a result, before it is drawn.
 *
 * @param name       name on the command line and of the file
 * @param title      heading
 * @param kind       how it is drawn
 * @param x          the axis of categories or of first values
 * @param y          the axis of values
 * @param categories groups of bars; empty for points
 * @param series     what the legend names
 */
public record Chart(String name, String title, Kind kind, Axis x, Axis y, List<String> categories, List<Series> series) {
	/** Copies its lists. */
	public Chart {
		categories = List.copyOf(categories);
		series = List.copyOf(series);
	}

	/** How a chart is drawn. */
	public enum Kind {
		/** Bars side by side. */
		BARS,
		/** Bars on top of each other. */
		STACKED_BARS,
		/** Points, or lines, of two values. */
		POINTS
	}

	/**
	 * An axis.
	 *
	 * @param title       what it shows, with its unit
	 * @param logarithmic whether equal ways are equal factors
	 */
	public record Axis(String title, boolean logarithmic) {
	}

	/**
	 * One entry of the legend.
	 *
	 * @param xs   first values of points; empty for bars
	 * @param ys   values; of bars one for each category, not a number where there is none
	 * @param line whether points are joined
	 */
	public record Series(String name, List<Double> xs, List<Double> ys, boolean line) {
		/** Copies its lists. */
		public Series {
			xs = List.copyOf(xs);
			ys = List.copyOf(ys);
		}
	}
}
