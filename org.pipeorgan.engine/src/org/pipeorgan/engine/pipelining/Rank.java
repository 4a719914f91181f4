package org.pipeorgan.engine.pipelining;

/** Ranks of a loop nest: batch, output channels, input channels, output rows and columns, filter rows and columns. */
public enum Rank {
	N, K, C, P, Q, R, S;

	/** Whether an operator's output lacks this rank, so that a loop over it sums. */
	public boolean contracted() {
		return this == C || this == R || this == S;
	}

	/** The consumer's rank that walks the same axis of the intermediate tensor; {@code null} for contracted ranks. */
	Rank inConsumer() {
		return switch (this) {
			case N, P, Q -> this;
			case K -> C;
			default -> null;
		};
	}
}
