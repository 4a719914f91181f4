package org.pipeorgan.engine.pipelining;

import org.pipeorgan.engine.workload.TensorShape;

/**
 * How an operator walks its output: the order class and the output tile of one interval. An interval makes the tile
 * {@code [1, kTile, pTile, qTile]}; the last one of an axis may be smaller. Intervals are numbered in the order in which
 * they run: {@code (n, p, q)} for {@link OrderClass#ACTIVATION_OUTER}, {@code (k, n)} for {@link OrderClass#WEIGHT_OUTER}.
 *
 * @param orderClass class of the loop order
 * @param out        shape of the operator's output
 * @param kTile      output channels of an interval
 * @param pTile      output rows of an interval
 * @param qTile      output columns of an interval
 */
public record Dataflow(OrderClass orderClass, TensorShape out, long kTile, long pTile, long qTile) {

	/**
	 * The dataflow that cuts the output into about {@code chunks} equal parts an image: rows first, parts of one row
	 * when there are more chunks than rows; for weight-outer orders parts of K.
	 *
	 * @param chunks at least 1; more than there are pixels (or channels) gives one pixel (or channel) an interval
	 */
	public static Dataflow of(OrderClass orderClass, TensorShape out, long chunks) {
		if (orderClass == OrderClass.WEIGHT_OUTER) {
			return new Dataflow(orderClass, out, Math.ceilDiv(out.c(), Math.min(chunks, out.c())), out.h(), out.w());
		}
		if (chunks <= out.h()) {
			return new Dataflow(orderClass, out, out.c(), Math.ceilDiv(out.h(), chunks), out.w());
		}
		long partsOfRow = Math.min(out.w(), Math.ceilDiv(chunks, out.h()));
		return new Dataflow(orderClass, out, out.c(), 1, Math.ceilDiv(out.w(), partsOfRow));
	}

	/** Parts along K. */
	public long kParts() {
		return Math.ceilDiv(out.c(), kTile);
	}

	/** Parts along P. */
	public long pParts() {
		return Math.ceilDiv(out.h(), pTile);
	}

	/** Parts along Q. */
	public long qParts() {
		return Math.ceilDiv(out.w(), qTile);
	}

	/** Number of intervals. */
	public long intervals() {
		return out.n() * kParts() * pParts() * qParts();
	}

	/** Output elements of a full interval: the granularity of its hand-over. */
	public long chunkElements() {
		return kTile * pTile * qTile;
	}

	/** Number of the interval that makes this element of the output. */
	public long intervalOf(long n, long k, long p, long q) {
		return interval(n, k / kTile, p / pTile, q / qTile);
	}

	/**
	 * What an interval makes: image n, and the numbers of its parts along K, P and Q.
	 *
	 * @param k part along K; p, q likewise
	 */
	public record Part(long n, long k, long p, long q) {
	}

	/** What the interval of a number makes. */
	public Part part(long interval) {
		long rest = interval;
		if (orderClass == OrderClass.ACTIVATION_OUTER) {
			long k = rest % kParts();
			rest /= kParts();
			long q = rest % qParts();
			rest /= qParts();
			return new Part(rest / pParts(), k, rest % pParts(), q);
		}
		long q = rest % qParts();
		rest /= qParts();
		long p = rest % pParts();
		rest /= pParts();
		return new Part(rest % out.n(), rest / out.n(), p, q);
	}

	/** Number of the interval with these part numbers. */
	public long interval(long n, long kPart, long pPart, long qPart) {
		return orderClass == OrderClass.ACTIVATION_OUTER
				? ((n * pParts() + pPart) * qParts() + qPart) * kParts() + kPart
				: ((kPart * out.n() + n) * pParts() + pPart) * qParts() + qPart;
	}
}
