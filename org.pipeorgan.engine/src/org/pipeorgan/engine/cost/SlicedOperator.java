package org.pipeorgan.engine.cost;

import org.pipeorgan.engine.organization.Split;

/**
 * A tiled operator whose intervals some PEs share: what follows wherever these are, and wherever its weights wait. Safe for many threads.
 *
 * @param tiled           the operator
 * @param split           how the PEs share an interval
 * @param compute         units of computation of an interval
 * @param delivered       bytes that the buffer delivers of each operand, if it does, in the whole segment
 * @param chunkRegisters  bytes of a PE's register file that a chunk of each operand takes
 * @param sumRegisters    bytes of it that partial sums take
 * @param weightRegisters bytes of it that weights take if they stay there
 * @param weightPasses    how often weights are read from the buffer if they do not stay in registers
 * @param weightPiece     bytes of weights that come first, if they come in pieces
 */
record SlicedOperator(TiledOperator tiled, Split split, long compute, long[] delivered, long[] chunkRegisters, long sumRegisters, long weightRegisters, long weightPasses,
		long weightPiece) {
}
