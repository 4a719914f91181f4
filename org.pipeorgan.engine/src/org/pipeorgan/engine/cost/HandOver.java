package org.pipeorgan.engine.cost;

import org.pipeorgan.engine.pipelining.Dependence;
import org.pipeorgan.engine.workload.Operand;
import org.pipeorgan.engine.workload.Tensor;

/**
 * One intermediate tensor on its way from an operator of a segment to another; operators count within the segment.
 *
 * @param producer   operator that makes the tensor
 * @param consumer   operator that reads it
 * @param number     of the operand among those of the consumer
 * @param operand    how it is read
 * @param tensor     the tensor
 * @param dependence which intervals wait for which
 * @param bounded    whether the edge holds only its halo span plus two chunks; others hold the largest lead
 */
record HandOver(int producer, int consumer, int number, Operand operand, Tensor tensor, Dependence dependence, boolean bounded) {

	/** Chunks that a bounded edge holds. */
	int boundedCapacity() {
		return dependence.span() + 2;
	}
}
