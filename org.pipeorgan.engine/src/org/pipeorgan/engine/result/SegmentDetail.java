package org.pipeorgan.engine.result;

import java.util.List;

/**
 * What goes on inside a segment.
 *
 * @param beginCycles when the first interval of each operator begins, cycles after the first inputs and weights are there
 * @param endCycles   when the results of its last interval are there
 * @param intervals   how many intervals each operator has
 * @param buffer      what takes space in the global buffer while the segment runs, without what is fetched ahead for the next one
 * @param traffic     what moves to and from memory, by tensor
 * @param links       loads of the links between routers
 */
public record SegmentDetail(List<Double> beginCycles, List<Double> endCycles, List<Long> intervals, List<BufferPart> buffer, List<TensorTraffic> traffic,
		LinkLoadMap links) {
	/** Copies its lists. */
	public SegmentDetail {
		beginCycles = List.copyOf(beginCycles);
		endCycles = List.copyOf(endCycles);
		intervals = List.copyOf(intervals);
		buffer = List.copyOf(buffer);
		traffic = List.copyOf(traffic);
	}

	/** What a part of the global buffer is used for. */
	public enum Use {
		/** A tensor that stays there whole: it was made before, or is kept for later. */
		HELD,
		/** Chunks of a tensor that comes from memory or goes there. */
		STAGED,
		/** Weights, and chunks between the operators of the segment. */
		WORKING
	}

	/**
	 * A part of the global buffer.
	 *
	 * @param tensor name of the tensor; empty for {@link Use#WORKING}
	 */
	public record BufferPart(Use use, String tensor, long bytes) {
	}

	/**
	 * What moves between memory and the segment of one tensor.
	 *
	 * @param tensor     its name; of weights, the operator's
	 * @param weights    whether it is an operator's weights
	 * @param readBytes  bytes read from memory
	 * @param writeBytes bytes written to it
	 */
	public record TensorTraffic(String tensor, boolean weights, long readBytes, long writeBytes) {
	}

	/**
	 * Loads of the links between routers, in tenths of the largest.
	 *
	 * @param maxCycles cycles that the busiest link needs for an interval of the operator that takes longest
	 * @param grids     links by how far they lead
	 */
	public record LinkLoadMap(double maxCycles, List<LinkGrid> grids) {
		/** Copies its list. */
		public LinkLoadMap {
			grids = List.copyOf(grids);
		}
	}

	/**
	 * Links that lead equally far.
	 *
	 * @param rows    rows from where a link begins to where it ends
	 * @param columns columns from where it begins to where it ends
	 * @param tenths  for each row of the array a digit for each column: {@code 0} for up to a tenth of the largest load, {@code 9} for more than nine
	 *                tenths; a dot where no such link begins, or nothing moves on it
	 */
	public record LinkGrid(int rows, int columns, List<String> tenths) {
		/** Copies its list. */
		public LinkGrid {
			tenths = List.copyOf(tenths);
		}
	}
}
