package org.pipeorgan.engine.workload;

import java.util.BitSet;
import java.util.List;

/**
 * A network: tensors and the operators between them, in file order, which is a topological order. Made by
 * {@link WorkloadBuilder}, which guarantees that shapes agree and that every value is made before it is used.
 */
public final class Workload {
	private final String name;
	private final String form;
	private final List<Tensor> tensors;
	private final List<Operator> operators;

	Workload(String name, String form, List<Tensor> tensors, List<Operator> operators) {
		this.name = name;
		this.form = form;
		this.tensors = List.copyOf(tensors);
		this.operators = List.copyOf(operators);
	}

	/** Name without package. */
	public String name() {
		return name;
	}

	/** Which reading of the network this is, such as {@code literal} or {@code structured}; empty if there is only one. */
	public String form() {
		return form;
	}

	/** Name with its form: {@code structured.ES_RITNet}. */
	public String label() {
		return form.isEmpty() ? name : form + "." + name;
	}

	/** All tensors; an element's position is its {@link Tensor#index()}. */
	public List<Tensor> tensors() {
		return tensors;
	}

	/** All operators in file order; an element's position is its {@link Operator#index()}. */
	public List<Operator> operators() {
		return operators;
	}

	/** The tensor that an operator makes. */
	public Tensor outputOf(Operator operator) {
		return tensors.get(operator.output());
	}

	/** Multiply-accumulates of the whole network. */
	public long macs() {
		return operators.stream().mapToLong(Operator::macs).reduce(0, Math::addExact);
	}

	/** Weight elements of the whole network. */
	public long weights() {
		return operators.stream().mapToLong(Operator::weights).reduce(0, Math::addExact);
	}

	/** Bytes that any mapping moves over the memory's pins: all weights, what is read of network inputs, and network outputs, once each. */
	public long compulsoryBytes() {
		long bytes = 0;
		for (Operator operator : operators) {
			bytes = Math.addExact(bytes, operator.weightBytes());
		}
		for (Tensor tensor : tensors) {
			if (tensor.producer() < 0) {
				bytes = Math.addExact(bytes, tensor.bytes(channelsRead(tensor) * (tensor.shape().elements() / tensor.shape().c())));
			} else if (tensor.output()) {
				bytes = Math.addExact(bytes, tensor.bytes());
			}
		}
		return bytes;
	}

	/** How many of a tensor's channels any operator reads; slices may leave some out. */
	private long channelsRead(Tensor tensor) {
		BitSet read = new BitSet();
		for (int reader : tensor.consumers()) {
			for (Operand operand : operators.get(reader).operands()) {
				if (operand.tensor() == tensor.index()) {
					boolean all = operand.view().elements() == tensor.shape().elements();
					int first = all ? 0 : Math.toIntExact(operand.channelOffset());
					read.set(first, Math.toIntExact(all ? tensor.shape().c() : first + operand.view().c()));
				}
			}
		}
		return read.cardinality();
	}
}
