package org.pipeorgan.engine.cost;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.pipeorgan.engine.workload.Operand;
import org.pipeorgan.engine.workload.Operator;
import org.pipeorgan.engine.workload.OperatorKind;
import org.pipeorgan.engine.workload.Tensor;
import org.pipeorgan.engine.workload.TensorShape;
import org.pipeorgan.engine.workload.Workload;

/**
 * Everything about a segment that its plans depend on, without names and places: two segments with equal signatures have
 * the same plans. Networks repeat few blocks many times.
 */
public final class SegmentSignature {
	/** @param input whether no operator makes it: then it is always in memory */
	private record Source(int producer, int outside, boolean input, TensorShape shape, int bits, Operand access) {
	}

	private record Stage(OperatorKind kind, long contracted, long filterRows, long filterColumns, long weights, int weightBits, List<Source> sources,
			TensorShape out, int outBits, boolean leaves, boolean networkOutput) {
	}

	private final List<Stage> stages;
	private final List<Integer> outside;

	private SegmentSignature(List<Stage> stages, List<Integer> outside) {
		this.stages = stages;
		this.outside = outside;
	}

	/** The signature of {@code depth} operators from {@code first} on. */
	public static SegmentSignature of(Workload workload, int first, int depth) {
		Map<Integer, Integer> numbers = new LinkedHashMap<>();
		List<Stage> stages = new ArrayList<>(depth);
		for (Operator operator : workload.operators().subList(first, first + depth)) {
			List<Source> sources = new ArrayList<>(operator.operands().size());
			for (Operand operand : operator.operands()) {
				Tensor tensor = workload.tensors().get(operand.tensor());
				boolean inside = tensor.producer() >= first;
				int number = inside ? -1 : numbers.computeIfAbsent(tensor.index(), t -> numbers.size());
				Operand access = new Operand(0, operand.view(), operand.channelOffset(), operand.channels(), operand.rows(), operand.columns());
				sources.add(new Source(inside ? tensor.producer() - first : -1, number, tensor.producer() < 0, tensor.shape(), tensor.bits(), access));
			}
			Tensor out = workload.outputOf(operator);
			stages.add(new Stage(operator.kind(), operator.contracted(), operator.filterRows(), operator.filterColumns(), operator.weights(),
					operator.weightBits(), sources, out.shape(), out.bits(), out.leaves(first + depth), out.output()));
		}
		return new SegmentSignature(stages, List.copyOf(numbers.keySet()));
	}

	/** Tensors that enter the segment, in the order in which it reads them. */
	List<Integer> outside() {
		return outside;
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof SegmentSignature signature && stages.equals(signature.stages);
	}

	@Override
	public int hashCode() {
		return stages.hashCode();
	}
}
