package org.pipeorgan.engine.workload;

/** The operators that a workload is made of. */
public enum OperatorKind {
	/** Convolution over N K P Q C R S, dense, grouped or depthwise. */
	CONVOLUTION,
	/** Matrix product with weights: contracts C. */
	LINEAR,
	/** Matrix product of two activations, per batch and head. */
	MATMUL,
	/** One output element from the same element of each operand. */
	ELEMENTWISE,
	/** Maximum or mean over a window, channel by channel. */
	POOL,
	/** Nearest-neighbour scaling of rows and columns. */
	RESIZE,
	/** Operands one after the other along C. */
	CONCAT,
	/** Normalised exponential along one axis. */
	SOFTMAX,
	/** Layer normalisation along one axis. */
	NORMALIZATION;

	/** Whether its work is counted in multiply-accumulates. */
	public boolean multiplies() {
		return this == CONVOLUTION || this == LINEAR || this == MATMUL;
	}

	/** Whether the sum over C may be cut between PEs: products with weights only, so that a PE's share of C is its share of weights. */
	public boolean splitsContraction() {
		return this == CONVOLUTION || this == LINEAR;
	}
}
