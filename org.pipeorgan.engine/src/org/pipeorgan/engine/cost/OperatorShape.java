package org.pipeorgan.engine.cost;

import java.util.ArrayList;
import java.util.List;

import org.pipeorgan.engine.workload.Operand;
import org.pipeorgan.engine.workload.Operator;
import org.pipeorgan.engine.workload.OperatorKind;
import org.pipeorgan.engine.workload.Tensor;
import org.pipeorgan.engine.workload.TensorShape;
import org.pipeorgan.engine.workload.Workload;

/** Everything about an operator by itself that plans depend on, without names and places: operators of equal shapes have the same plans when they are alone. */
record OperatorShape(OperatorKind kind, long contracted, long filterRows, long filterColumns, long weights, int weightBits, List<Source> sources, TensorShape out,
		int outBits, boolean networkOutput) {

	/**
	 * Where an operand comes from.
	 *
	 * @param same   the first of the operator's operands that is the same tensor
	 * @param input  whether no operator makes it: then it is always in memory
	 * @param access how the operand is read, of whatever tensor
	 */
	private record Source(int same, boolean input, TensorShape shape, int bits, Operand access) {
	}

	static OperatorShape of(Workload workload, Operator operator) {
		List<Integer> tensors = operator.operands().stream().map(Operand::tensor).toList();
		List<Source> sources = new ArrayList<>(tensors.size());
		for (Operand operand : operator.operands()) {
			Tensor tensor = workload.tensors().get(operand.tensor());
			Operand access = new Operand(0, operand.view(), operand.channelOffset(), operand.channels(), operand.rows(), operand.columns());
			sources.add(new Source(tensors.indexOf(tensor.index()), tensor.producer() < 0, tensor.shape(), tensor.bits(), access));
		}
		Tensor out = workload.outputOf(operator);
		return new OperatorShape(operator.kind(), operator.contracted(), operator.filterRows(), operator.filterColumns(), operator.weights(), operator.weightBits(), sources,
				out.shape(), out.bits(), out.output());
	}
}
