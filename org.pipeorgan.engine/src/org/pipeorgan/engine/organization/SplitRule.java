package org.pipeorgan.engine.organization;

/** Along which ranks the PEs of an operator may share its work. */
public enum SplitRule {
	/** K, P, Q and C. */
	ALL_RANKS,
	/** K and C only. */
	CHANNELS_ONLY
}
