package org.pipeorgan.tests.reference;

import org.pipeorgan.engine.cost.OperatorChoice;
import org.pipeorgan.engine.pipelining.OrderClass;
import org.pipeorgan.engine.workload.TensorShape;

/**
 * Section 2 of the page: how an operator's output [N, K, P, Q] is cut into tiles, and in which order they are made.
 */
record Loops(OrderClass order, int n, int k, int p, int q, int kTile, int pTile, int qTile) {

	/** One interval: batch and the first and last coordinate on each axis. */
	record Interval(int n, int k0, int k1, int p0, int p1, int q0, int q1) {
	}

	static Loops of(TensorShape output, OrderClass order, long chunks) {
		int k = (int) output.c();
		int p = (int) output.h();
		int q = (int) output.w();
		if (order == OrderClass.WEIGHT_OUTER) {
			return new Loops(order, (int) output.n(), k, p, q, (int) Math.ceilDiv(k, Math.min(chunks, k)), p, q);
		}
		if (chunks <= p) {
			return new Loops(order, (int) output.n(), k, p, q, k, (int) Math.ceilDiv(p, chunks), q);
		}
		long t = Math.min(q, Math.ceilDiv(chunks, (long) p));
		return new Loops(order, (int) output.n(), k, p, q, k, 1, (int) Math.ceilDiv(q, t));
	}

	/** With the extents that a mapping states. */
	Loops with(OperatorChoice.Tile tile) {
		return new Loops(order, n, k, p, q, tile.k() > 0 ? (int) tile.k() : kTile, tile.p() > 0 ? (int) tile.p() : pTile, tile.q() > 0 ? (int) tile.q() : qTile);
	}

	int kParts() {
		return Math.ceilDiv(k, kTile);
	}

	int pParts() {
		return Math.ceilDiv(p, pTile);
	}

	int qParts() {
		return Math.ceilDiv(q, qTile);
	}

	int intervals() {
		return n * kParts() * pParts() * qParts();
	}

	/** Elements of a full tile. */
	long granularity() {
		return (long) kTile * pTile * qTile;
	}

	/** Number of the interval that makes an element. */
	int intervalOf(int batch, int channel, int row, int column) {
		int kPart = channel / kTile;
		int pPart = row / pTile;
		int qPart = column / qTile;
		return order == OrderClass.WEIGHT_OUTER ? ((kPart * n + batch) * pParts() + pPart) * qParts() + qPart
				: ((batch * pParts() + pPart) * qParts() + qPart) * kParts() + kPart;
	}

	Interval interval(int number) {
		for (int batch = 0; batch < n; batch++) {
			for (int channel = 0; channel < k; channel += kTile) {
				for (int row = 0; row < p; row += pTile) {
					for (int column = 0; column < q; column += qTile) {
						if (intervalOf(batch, channel, row, column) == number) {
							return new Interval(batch, channel, Math.min(k, channel + kTile) - 1, row, Math.min(p, row + pTile) - 1, column,
									Math.min(q, column + qTile) - 1);
						}
					}
				}
			}
		}
		throw new IllegalArgumentException("there is no interval " + number);
	}
}
