package org.pipeorgan.engine.workload;

import java.util.List;

/**
 * One loop nest of a workload, over the ranks N K P Q of its output and the contracted ranks C R S.
 *
 * @param index            position in {@link Workload#operators()} (file order, which is a topological order)
 * @param name             name of the operator and of its result
 * @param kind             what it computes
 * @param operands         the tensors that it reads
 * @param output           index of the tensor that it makes, shape [N, C = K, H = P, W = Q]
 * @param contracted       extent of C: input channels that one output element sums over (of one group), or the number
 *                         of lane operations of an output element along C for operators without weights
 * @param filterRows       R
 * @param filterColumns    S
 * @param weights          number of weight elements, 0 for operators without weights
 * @param weightBits       precision of a weight, in bits
 * @param macs             multiply-accumulates, 0 for operators that do not multiply
 * @param work             lane operations: the MACs, or for other operators N K P Q C R S
 */
public record Operator(int index, String name, OperatorKind kind, List<Operand> operands, int output, long contracted,
		long filterRows, long filterColumns, long weights, int weightBits, long macs, long work) {

	/** Weight volume in bytes, rounded up once. */
	public long weightBytes() {
		return Math.ceilDiv(Math.multiplyExact(weights, (long) weightBits), 8L);
	}

	/** Lane operations behind one output element. */
	public long workPerOutput() {
		return contracted * filterRows * filterColumns;
	}
}
