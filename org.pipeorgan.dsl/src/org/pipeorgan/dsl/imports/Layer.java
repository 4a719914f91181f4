package org.pipeorgan.dsl.imports;

/**
 * A layer of a list that knows no graph: what it computes and from how large an input.
 *
 * @param line         line of the file that it stands in, from 1
 * @param name         as written
 * @param kind         what it computes
 * @param n            batch
 * @param k            output channels; of a product its columns
 * @param c            input channels; of a product its depth
 * @param h            input rows; of a product its rows
 * @param w            input columns; of a product 1
 * @param r            filter rows
 * @param s            filter columns
 * @param strideRows   stride along rows
 * @param strideColumns stride along columns
 */
public record Layer(int line, String name, Kind kind, long n, long k, long c, long h, long w, long r, long s, long strideRows, long strideColumns) {
	/** Kinds of layers. */
	public enum Kind {
		/** Dense convolution. */
		CONVOLUTION,
		/** One filter for each channel. */
		DEPTHWISE,
		/** Product with a matrix of weights. */
		LINEAR,
		/** Largest of a window. */
		POOL
	}

	/** @throws ImportException if a number is below 1, or the filter does not fit into an input without padding */
	public Layer {
		long[] numbers = { n, k, c, h, w, r, s, strideRows, strideColumns };
		String[] what = { "batch", "filters", "channels", "input rows", "input columns", "filter rows", "filter columns", "row stride", "column stride" };
		for (int i = 0; i < numbers.length; i++) {
			if (numbers[i] < 1) {
				throw new ImportException(line, "layer '" + name + "' has " + numbers[i] + " " + what[i] + "; there must be at least 1");
			}
		}
	}
}
