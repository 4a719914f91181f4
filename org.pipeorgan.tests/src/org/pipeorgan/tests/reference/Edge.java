package org.pipeorgan.tests.reference;

import java.util.Arrays;

import org.pipeorgan.engine.workload.Operand;
import org.pipeorgan.engine.workload.Tensor;
import org.pipeorgan.engine.workload.TensorShape;

/**
 * Section 4 of the page: one hand-over inside a segment.
 *
 * @param producer place of its producer in the segment
 * @param consumer place of its consumer in the segment
 * @param tensor   what is handed over
 * @param operand  how the consumer reads it
 * @param bounded  whether the consumer has no other hand-over into it
 * @param last     d: for each interval of the consumer the last of the producer that it waits for, or -1
 * @param first    f: for each interval of the consumer the first of the producer that it or a later one needs
 */
record Edge(int producer, int consumer, Tensor tensor, Operand operand, boolean bounded, int[] last, int[] first) {

	static Edge of(int producer, int consumer, Tensor tensor, Operand operand, boolean bounded, Loops from, Loops to) {
		int intervals = to.intervals();
		int[] last = new int[intervals];
		int[] first = new int[intervals];
		Arrays.fill(last, -1);
		Arrays.fill(first, from.intervals());
		for (int k = 0; k < intervals; k++) {
			depend(k, tensor.shape(), operand, from, to.interval(k), last, first);
		}
		for (int k = 1; k < intervals; k++) {
			last[k] = Math.max(last[k], last[k - 1]);
		}
		for (int k = intervals - 2; k >= 0; k--) {
			first[k] = Math.min(first[k], first[k + 1]);
		}
		return new Edge(producer, consumer, tensor, operand, bounded, last, first);
	}

	/** Notes which intervals of the producer make the elements that lie in the region that one interval of the consumer spans. */
	private static void depend(int k, TensorShape shape, Operand operand, Loops from, Loops.Interval tile, int[] last, int[] first) {
		TensorShape view = operand.view();
		int channel0 = Needs.first(operand.channels(), tile.k0(), tile.k1(), (int) view.c());
		int channel1 = Needs.last(operand.channels(), tile.k0(), tile.k1(), (int) view.c());
		int row0 = Needs.first(operand.rows(), tile.p0(), tile.p1(), (int) view.h());
		int row1 = Needs.last(operand.rows(), tile.p0(), tile.p1(), (int) view.h());
		int column0 = Needs.first(operand.columns(), tile.q0(), tile.q1(), (int) view.w());
		int column1 = Needs.last(operand.columns(), tile.q0(), tile.q1(), (int) view.w());
		if (channel0 == Needs.NONE || row0 == Needs.NONE || column0 == Needs.NONE) {
			return;
		}
		int batch = view.n() == 1 ? 0 : tile.n();
		for (int channel = channel0; channel <= channel1; channel++) {
			for (int row = row0; row <= row1; row++) {
				for (int column = column0; column <= column1; column++) {
					int pixel = (int) (row * view.w() + column);
					int interval = from.intervalOf(batch, (int) (channel + operand.channelOffset()), (int) (pixel / shape.w()), (int) (pixel % shape.w()));
					last[k] = Math.max(last[k], interval);
					first[k] = Math.min(first[k], interval);
				}
			}
		}
	}

	int span() {
		int span = 0;
		for (int k = 0; k < last.length; k++) {
			span = Math.max(span, last[k] - first[k]);
		}
		return span;
	}

	/** The last interval of the consumer that reads a chunk, or could; -1 if none. */
	int lastReader(int chunk) {
		int reader = -1;
		for (int x = 0; x < first.length; x++) {
			if (first[x] <= chunk) {
				reader = x;
			}
		}
		return reader;
	}
}
