package org.pipeorgan.engine.cost;

import java.util.List;

import org.pipeorgan.engine.workload.Operand;
import org.pipeorgan.engine.workload.Operator;
import org.pipeorgan.engine.workload.Tensor;
import org.pipeorgan.engine.workload.Workload;

/**
 * What crosses the boundary of a segment, whatever its plan: the bytes that go to and from memory in any residence, and
 * the tensors that can be held. Of those, what does not fit into the buffer beside the segment moves all the same.
 */
final class Boundary {
	private final Workload workload;
	private final long bufferBytes;
	private int first;
	private int depth;
	/** Bytes of results that leave the segment: each is written to the buffer. */
	double results;
	/** Bytes of results that only the segment reads. */
	double inner;
	/** Bytes of results that must be written to memory. */
	double written;
	/** Operators that make them. */
	int[] forced = new int[8];
	int forcedCount;
	/** Bytes that holding every tensor that can be held would save; their space is at least that. */
	double savable;

	/** @param bufferBytes space for tensors that are held; below 0 if none may be */
	Boundary(Workload workload, long bufferBytes) {
		this.workload = workload;
		this.bufferBytes = bufferBytes;
	}

	/** Whether a tensor may be in the buffer when a segment begins that reads it. */
	boolean holdable(Tensor tensor) {
		return tensor.producer() >= 0 && tensor.bytes() <= bufferBytes;
	}

	void select(int begin, int length) {
		first = begin;
		depth = length;
		results = 0;
		inner = 0;
		written = 0;
		forcedCount = 0;
		savable = 0;
		List<Operator> operators = workload.operators();
		for (int i = first; i < first + depth; i++) {
			Operator operator = operators.get(i);
			result(i, workload.outputOf(operator));
			for (int o = 0; o < operator.operands().size(); o++) {
				Tensor tensor = workload.tensors().get(operator.operands().get(o).tensor());
				if (tensor.producer() < first && holdable(tensor) && isFirstReader(tensor, i, o)) {
					savable += Math.min(tensor.bytes(), tensor.bytes(operator.operands().get(o).view().elements()));
				}
			}
		}
	}

	/** Whether only the segment reads a result of its. */
	boolean isInner(Tensor tensor) {
		return !tensor.leaves(first + depth);
	}

	private void result(int operator, Tensor tensor) {
		if (isInner(tensor)) {
			inner += tensor.bytes();
			return;
		}
		results += tensor.bytes();
		if (tensor.output() || !holdable(tensor)) {
			written += tensor.bytes();
			if (forcedCount == forced.length) {
				forced = java.util.Arrays.copyOf(forced, 2 * forcedCount);
			}
			forced[forcedCount++] = operator;
		} else {
			savable += tensor.bytes();
		}
	}

	/** Whether an operand is the first one of the segment that reads a tensor from outside. */
	boolean isFirstReader(Tensor tensor, int operator, int operand) {
		for (int reader : tensor.consumers()) {
			if (reader >= first && reader < operator) {
				return false;
			}
		}
		List<Operand> operands = workload.operators().get(operator).operands();
		for (int o = 0; o < operand; o++) {
			if (operands.get(o).tensor() == tensor.index()) {
				return false;
			}
		}
		return true;
	}

	/** Bytes that tensors which could be held move all the same, beside a segment that takes so much space. */
	double excess(double taken) {
		return savable == 0 ? 0 : Math.min(savable, Math.max(0, savable + taken - bufferBytes));
	}
}
