package org.pipeorgan.dsl.ui.views;

/**
 * What a directed link between PEs carries in a segment.
 *
 * @param fromRow row of the PE it comes from
 * @param fromColumn its column
 * @param toRow row of the PE it goes to
 * @param toColumn its column
 * @param tenths its load, in tenths of the largest in the segment, rounded up: 1 to 10
 */
public record LinkLoad(int fromRow, int fromColumn, int toRow, int toColumn, int tenths) {
	/** The largest that a load can be. */
	static final int MOST = 10;
}
