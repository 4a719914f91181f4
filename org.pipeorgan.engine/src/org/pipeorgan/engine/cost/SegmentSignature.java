package org.pipeorgan.engine.cost;

import java.util.Arrays;
import java.util.List;

import org.pipeorgan.engine.workload.Operand;
import org.pipeorgan.engine.workload.Operator;
import org.pipeorgan.engine.workload.Workload;

/**
 * Everything about a segment that its plans depend on, without names and places: two segments of a workload with equal signatures have
 * the same plans. Networks repeat few blocks many times.
 */
public final class SegmentSignature {
	/** For each operator its shape, whether its result leaves the segment, and for each operand its producer in the segment or, below 0, its number among the tensors that enter it. */
	private final int[] parts;
	private final int hash;
	private final List<Integer> outside;

	private SegmentSignature(int[] parts, List<Integer> outside) {
		this.parts = parts;
		hash = Arrays.hashCode(parts);
		this.outside = outside;
	}

	/** The signature of {@code depth} operators from {@code first} on. @param shapes which operators of the workload have equal shapes */
	static SegmentSignature of(Workload workload, TiledOperators shapes, int first, int depth) {
		List<Operator> operators = workload.operators().subList(first, first + depth);
		int operands = 0;
		for (Operator operator : operators) {
			operands += operator.operands().size();
		}
		int[] parts = new int[2 * depth + operands];
		Integer[] outside = new Integer[operands];
		int entering = 0;
		int next = 0;
		for (Operator operator : operators) {
			parts[next++] = shapes.shape(operator.index());
			parts[next++] = workload.outputOf(operator).leaves(first + depth) ? 1 : 0;
			for (Operand operand : operator.operands()) {
				int producer = workload.tensors().get(operand.tensor()).producer() - first;
				if (producer < 0) {
					int number = 0;
					while (number < entering && outside[number] != operand.tensor()) {
						number++;
					}
					if (number == entering) {
						outside[entering++] = operand.tensor();
					}
					producer = -1 - number;
				}
				parts[next++] = producer;
			}
		}
		return new SegmentSignature(parts, List.of(Arrays.copyOf(outside, entering)));
	}

	/** Tensors that enter the segment, in the order in which it reads them. */
	List<Integer> outside() {
		return outside;
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof SegmentSignature signature && hash == signature.hash && Arrays.equals(parts, signature.parts);
	}

	@Override
	public int hashCode() {
		return hash;
	}
}
