package org.pipeorgan.engine.pipelining;

import org.pipeorgan.engine.workload.Operand;
import org.pipeorgan.engine.workload.Tensor;

/**
 * Which producer intervals each consumer interval waits for, on one edge of a segment.
 *
 * <p>Consumer interval k may start when producer interval {@code last[k]} is done: the one that holds the last element
 * needed. {@code first[k]} is the earliest producer interval whose elements interval k still reads; it is made
 * monotone from behind, so that a chunk before it is never needed again.
 */
public final class Dependence {
	private final int[] first;
	private final int[] last;
	private final int span;
	private final int tail;

	private Dependence(int[] first, int[] last) {
		this.first = first;
		this.last = last;
		int most = 0;
		for (int k = 0; k < last.length; k++) {
			if (last[k] >= 0 && first[k] != Integer.MAX_VALUE) {
				most = Math.max(most, last[k] - first[k]);
			}
		}
		span = most;
		int waiting = 0;
		while (waiting < last.length && last[last.length - 1 - waiting] == last[last.length - 1]) {
			waiting++;
		}
		tail = waiting;
	}

	/**
	 * Derives the dependence from the operand's access functions.
	 *
	 * @param producer dataflow of the operator that makes the tensor
	 * @param consumer dataflow of the operator that reads it; its intervals must fit into an int array
	 * @param operand  how the consumer reads the tensor
	 * @param tensor   the intermediate tensor
	 */
	public static Dependence of(Dataflow producer, Dataflow consumer, Operand operand, Tensor tensor) {
		int intervals = Math.toIntExact(consumer.intervals());
		int[] first = new int[intervals];
		int[] last = new int[intervals];
		for (long n = 0; n < consumer.out().n(); n++) {
			for (long kPart = 0; kPart < consumer.kParts(); kPart++) {
				for (long pPart = 0; pPart < consumer.pParts(); pPart++) {
					for (long qPart = 0; qPart < consumer.qParts(); qPart++) {
						int k = (int) consumer.interval(n, kPart, pPart, qPart);
						region(producer, consumer, operand, tensor, n, kPart, pPart, qPart, k, first, last);
					}
				}
			}
		}
		for (int k = 1; k < intervals; k++) {
			last[k] = Math.max(last[k], last[k - 1]);
		}
		for (int k = intervals - 2; k >= 0; k--) {
			first[k] = Math.min(first[k], first[k + 1]);
		}
		return new Dependence(first, last);
	}

	/** Last producer interval that consumer interval k reads by itself; -1 if it reads nothing. The parameters are those of {@link #of}. */
	public static int lastNeeded(Dataflow producer, Dataflow consumer, Operand operand, Tensor tensor, int k) {
		boolean pixelsOutside = consumer.orderClass() == OrderClass.ACTIVATION_OUTER;
		long[] parts = pixelsOutside ? new long[] { consumer.pParts(), consumer.qParts(), consumer.kParts() }
				: new long[] { consumer.out().n(), consumer.pParts(), consumer.qParts() };
		long[] at = new long[4];
		long rest = k;
		for (int i = 3; i > 0; i--) {
			at[i] = rest % parts[i - 1];
			rest /= parts[i - 1];
		}
		at[0] = rest;
		int[] first = new int[1];
		int[] last = new int[1];
		if (pixelsOutside) {
			region(producer, consumer, operand, tensor, at[0], at[3], at[1], at[2], 0, first, last);
		} else {
			region(producer, consumer, operand, tensor, at[1], at[0], at[2], at[3], 0, first, last);
		}
		return last[0];
	}

	private static void region(Dataflow producer, Dataflow consumer, Operand operand, Tensor tensor, long n, long kPart, long pPart,
			long qPart, int k, int[] first, int[] last) {
		long k0 = kPart * consumer.kTile();
		long k1 = Math.min(consumer.out().c(), k0 + consumer.kTile()) - 1;
		long p0 = pPart * consumer.pTile();
		long p1 = Math.min(consumer.out().h(), p0 + consumer.pTile()) - 1;
		long q0 = qPart * consumer.qTile();
		long q1 = Math.min(consumer.out().w(), q0 + consumer.qTile()) - 1;
		long c0 = operand.channels().first(k0, k1, operand.view().c());
		long c1 = operand.channels().last(k0, k1, operand.view().c());
		long h0 = operand.rows().first(p0, p1, operand.view().h());
		long h1 = operand.rows().last(p0, p1, operand.view().h());
		long w0 = operand.columns().first(q0, q1, operand.view().w());
		long w1 = operand.columns().last(q0, q1, operand.view().w());
		if (c1 < c0 || h1 < h0 || w1 < w0) {
			// nothing of this operand is read: it waits for nothing and holds nothing back
			first[k] = Integer.MAX_VALUE;
			last[k] = -1;
			return;
		}
		long batch = Math.min(n, tensor.shape().n() - 1);
		switch (operand.viewKind(tensor.shape())) {
			case DIRECT -> {
				first[k] = Math.toIntExact(producer.intervalOf(batch, c0 + operand.channelOffset(), h0, w0));
				last[k] = Math.toIntExact(producer.intervalOf(batch, c1 + operand.channelOffset(), h1, w1));
			}
			case SPATIAL -> {
				long[] ends = intervals(producer, operand, tensor, batch, new long[] { c0, c1 }, new long[] { h0, h1 }, new long[] { w0, w1 });
				first[k] = Math.toIntExact(ends[0]);
				last[k] = Math.toIntExact(ends[1]);
			}
			default -> {
				first[k] = 0;
				last[k] = Math.toIntExact(producer.intervals() - 1);
			}
		}
	}

	/** First and last producer interval of a region of a view that regroups rows and columns. */
	private static long[] intervals(Dataflow producer, Operand operand, Tensor tensor, long batch, long[] channels, long[] rows, long[] columns) {
		long width = tensor.shape().w();
		long first = Long.MAX_VALUE;
		long last = -1;
		// where a tile is whole rows or part of one row, interval numbers never fall along the row-major order, and the corners tell
		boolean corners = producer.pTile() == 1 || producer.qTile() == producer.out().w();
		for (long h = rows[0]; h <= rows[1]; h += corners ? Math.max(1, rows[1] - rows[0]) : 1) {
			for (long w = columns[0]; w <= columns[1]; w += corners ? Math.max(1, columns[1] - columns[0]) : 1) {
				long pixel = h * operand.view().w() + w;
				first = Math.min(first, producer.intervalOf(batch, channels[0] + operand.channelOffset(), pixel / width, pixel % width));
				last = Math.max(last, producer.intervalOf(batch, channels[1] + operand.channelOffset(), pixel / width, pixel % width));
			}
		}
		return new long[] { first, last };
	}

	/** Consumer intervals. */
	public int intervals() {
		return last.length;
	}

	/** Earliest producer interval that consumer interval k or a later one still reads; the largest int if none. */
	public int first(int k) {
		return first[k];
	}

	/** Last producer interval that consumer interval k waits for; -1 if none. */
	public int last(int k) {
		return last[k];
	}

	/** How many consumer intervals, counted from the last, wait for the same producer interval as the last. */
	public int tail() {
		return tail;
	}

	/** Largest number of producer intervals, less one, that a consumer interval reads at the same time. */
	public int span() {
		return span;
	}
}
