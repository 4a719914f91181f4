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
 * @param groups       groups of channels that are convolved apart; 1 for none
 * @param strideRows   stride along rows
 * @param strideColumns stride along columns
 */
public record Layer(int line, String name, Kind kind, long n, long k, long c, long h, long w, long r, long s, long groups, long strideRows, long strideColumns) {
	/** Kinds of layers. */
	public enum Kind {
		/** Dense convolution. */
		CONVOLUTION,
		/** Transposed convolution whose stride is its filter: each pixel becomes one of {@code r} by {@code s} pixels. */
		TRANSPOSED,
		/** One filter for each channel. */
		DEPTHWISE,
		/** Product with a matrix of weights. */
		LINEAR,
		/** Largest of a window. */
		POOL
	}

	/** @throws ImportException if a number is below 1, or the filter does not fit into an input without padding */
	public Layer {
		long[] numbers = { n, k, c, h, w, r, s, groups, strideRows, strideColumns };
		String[] what = { "batch", "filters", "channels", "input rows", "input columns", "filter rows", "filter columns", "groups", "row stride", "column stride" };
		if (groups > 0 && (c % groups != 0 || k % groups != 0)) {
			throw new ImportException(line, "layer '" + name + "' has " + groups + " groups, which do not divide its " + c + " input and " + k + " output channels");
		}
		for (int i = 0; i < numbers.length; i++) {
			if (numbers[i] < 1) {
				throw new ImportException(line, "layer '" + name + "' has " + numbers[i] + " " + what[i] + "; there must be at least 1");
			}
		}
	}
}
