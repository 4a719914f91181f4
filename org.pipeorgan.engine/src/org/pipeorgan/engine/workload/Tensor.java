package org.pipeorgan.engine.workload;

import java.util.List;

/**
 * A value of a workload: a network input or the result of one operator.
 *
 * @param index     position in {@link Workload#tensors()}
 * @param name      name as the architect wrote it
 * @param shape     extents in elements
 * @param bits      precision of an element, in bits
 * @param producer  index of the operator that makes it, or -1 for a network input
 * @param consumers indices of the operators that read it, ascending, each once
 * @param output    whether it leaves the network: declared so, or read by nobody
 */
public record Tensor(int index, String name, TensorShape shape, int bits, int producer, List<Integer> consumers,
		boolean output) {

	/** Size in bytes, rounded up once for the whole tensor. */
	public long bytes() {
		return bytes(shape.elements());
	}

	/** Size in bytes of so many of its elements, rounded up once. */
	public long bytes(long elements) {
		return Math.ceilDiv(Math.multiplyExact(elements, (long) bits), 8L);
	}

	/** Index of the last operator that reads it, or -1. */
	public int lastConsumer() {
		return consumers.isEmpty() ? -1 : consumers.get(consumers.size() - 1);
	}

	/** Whether it leaves a segment that makes it and ends before operator {@code end}: a later one reads it, or it leaves the network. */
	public boolean leaves(int end) {
		return output || lastConsumer() >= end;
	}
}
