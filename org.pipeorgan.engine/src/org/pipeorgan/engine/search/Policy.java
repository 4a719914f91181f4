package org.pipeorgan.engine.search;

/**
 * A mapping policy.
 *
 * @param name     as declared; the keyword of the kind for a built-in one
 * @param kind     the way to map
 * @param maxDepth largest number of operators of a segment, at least 1 and at most the kind's
 */
public record Policy(String name, PolicyKind kind, int maxDepth) {

	/** @throws IllegalArgumentException if the depth is below 1 or above the kind's */
	public Policy {
		if (maxDepth < 1 || maxDepth > kind.defaultDepth()) {
			throw new IllegalArgumentException("depth " + maxDepth + " is not possible for " + kind.keyword() + "; it must be between 1 and " + kind.defaultDepth());
		}
	}

	/** A built-in policy under its own name. */
	public static Policy of(PolicyKind kind) {
		return new Policy(kind.keyword(), kind, kind.defaultDepth());
	}
}
