package org.pipeorgan.engine.cost;

import org.pipeorgan.engine.pipelining.Dependence;
import org.pipeorgan.engine.workload.Operand;
import org.pipeorgan.engine.workload.Tensor;

/** One intermediate tensor on its way from an operator of a segment to another; positions count within the segment. */
final class HandOver {
	final int producer;
	final int consumer;
	final Operand operand;
	final Tensor tensor;
	final Dependence dependence;
	/** Whether the edge holds only its halo span plus two chunks; others hold the largest lead. */
	final boolean bounded;
	/** Whether it goes from PE to PE; else through the global buffer. */
	boolean forwarded;
	/** Chunks that the edge holds. */
	int capacity;
	/** Latency of its longest route, in units of time. */
	long latency;

	HandOver(int producer, int consumer, Operand operand, Tensor tensor, Dependence dependence, boolean bounded) {
		this.producer = producer;
		this.consumer = consumer;
		this.operand = operand;
		this.tensor = tensor;
		this.dependence = dependence;
		this.bounded = bounded;
		capacity = dependence.span() + 2;
	}
}
