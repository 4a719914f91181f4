package org.pipeorgan.tests.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.pipeorgan.engine.pipelining.Dataflow;
import org.pipeorgan.engine.pipelining.Dependence;
import org.pipeorgan.engine.pipelining.OrderClass;
import org.pipeorgan.engine.workload.Operand;
import org.pipeorgan.engine.workload.Operator;
import org.pipeorgan.engine.workload.Tensor;
import org.pipeorgan.engine.workload.TensorShape;
import org.pipeorgan.engine.workload.Window;
import org.pipeorgan.engine.workload.Workload;
import org.pipeorgan.engine.workload.WorkloadBuilder;

/** The dependence of intervals, against running both loop nests element by element. */
class DependenceTest {

	@RepeatedTest(200)
	void waitsForTheLastElementNeeded(RepetitionInfo repetition) {
		Random random = new Random(repetition.getCurrentRepetition());
		Workload workload = RandomWorkloads.pair(random);
		Operator producer = workload.operators().get(0);
		Operator consumer = workload.operators().get(workload.operators().size() - 1);
		Tensor tensor = workload.outputOf(producer);
		OrderClass order = random.nextInt(4) == 0 ? OrderClass.WEIGHT_OUTER : OrderClass.ACTIVATION_OUTER;
		Dataflow from = Dataflow.of(order, tensor.shape(), 1 + random.nextInt(40));
		Dataflow to = Dataflow.of(order, workload.outputOf(consumer).shape(), 1 + random.nextInt(40));
		for (Operand operand : consumer.operands()) {
			Dependence dependence = Dependence.of(from, to, operand, tensor);
			int[] last = lastByEnumeration(from, to, operand, tensor);
			for (int k = 0; k < last.length; k++) {
				assertEquals(last[k], dependence.last(k), () -> from + " -> " + to + " " + operand);
			}
		}
	}

	@Test
	void paddingRowsAreClipped() {
		Workload workload = new WorkloadBuilder("w", "", 8).input("x", TensorShape.of(1, 8, 8), 0).convolution("a", "x", 1, Window.of(1, 1), 1, 0)
				.convolution("b", "a", 1, Window.of(3, 3).pad(1, 1, 1, 1), 1, 0).build();
		Dataflow rows = Dataflow.of(OrderClass.ACTIVATION_OUTER, TensorShape.of(1, 8, 8), 8);
		Dependence dependence = Dependence.of(rows, rows, workload.operators().get(1).operands().get(0), workload.tensors().get(1));
		assertEquals(List.of(1, 2, 3, 4, 5, 6, 7, 7), java.util.stream.IntStream.range(0, 8).mapToObj(dependence::last).toList());
		assertEquals(List.of(0, 0, 1, 2, 3, 4, 5, 6), java.util.stream.IntStream.range(0, 8).mapToObj(dependence::first).toList());
		assertEquals(2, dependence.span());
	}

	/** For each consumer interval the latest producer interval of an element that it or an earlier one reads. */
	private static int[] lastByEnumeration(Dataflow from, Dataflow to, Operand operand, Tensor tensor) {
		int[] last = new int[(int) to.intervals()];
		java.util.Arrays.fill(last, -1);
		TensorShape out = to.out();
		TensorShape view = operand.view();
		for (long n = 0; n < out.n(); n++) {
			for (long k = 0; k < out.c(); k++) {
				for (long p = 0; p < out.h(); p++) {
					for (long q = 0; q < out.w(); q++) {
						int interval = (int) to.intervalOf(n, k, p, q);
						for (int c = 0; c < operand.channels().taps(view.c()); c++) {
							for (int r = 0; r < operand.rows().taps(view.h()); r++) {
								for (int s = 0; s < operand.columns().taps(view.w()); s++) {
									long channel = operand.channels().need(k, c, view.c());
									long row = operand.rows().need(p, r, view.h());
									long column = operand.columns().need(q, s, view.w());
									if (channel >= 0 && row >= 0 && column >= 0) {
										long pixel = row * view.w() + column;
										long width = tensor.shape().w();
										last[interval] = Math.max(last[interval], (int) from.intervalOf(Math.min(n, tensor.shape().n() - 1),
												channel + operand.channelOffset(), pixel / width, pixel % width));
									}
								}
							}
						}
					}
				}
			}
		}
		for (int k = 1; k < last.length; k++) {
			last[k] = Math.max(last[k], last[k - 1]);
		}
		return last;
	}
}
