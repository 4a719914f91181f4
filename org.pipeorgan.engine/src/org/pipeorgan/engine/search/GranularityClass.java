package org.pipeorgan.engine.search;

import org.pipeorgan.engine.cost.Tiling;
import org.pipeorgan.engine.pipelining.OrderClass;

/** What operators of a segment hand over at once. */
public enum GranularityClass {
	/** A whole tensor: its reader begins when it is complete. */
	TENSOR("tensor"),
	/** Some channels of all pixels, of weight-outer orders. */
	CHANNELS("channels"),
	/** Whole rows of all channels. */
	ROWS("rows"),
	/** Parts of a row of all channels. */
	PIXELS("pixels");

	private final String keyword;

	GranularityClass(String keyword) {
		this.keyword = keyword;
	}

	/** Name in the language. */
	public String keyword() {
		return keyword;
	}

	/** The class of a tiling. @param tallest most rows of a result of the segment */
	static GranularityClass of(Tiling tiling, long tallest) {
		if (tiling.chunks() == 1) {
			return TENSOR;
		}
		if (tiling.orderClass() == OrderClass.WEIGHT_OUTER) {
			return CHANNELS;
		}
		return tiling.chunks() <= tallest ? ROWS : PIXELS;
	}
}
