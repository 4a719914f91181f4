package org.pipeorgan.engine.search;

import java.util.EnumSet;
import java.util.Set;

/**
 * A mapping policy.
 *
 * @param name         as declared; the keyword of the kind for a built-in one
 * @param kind         the way to map
 * @param maxDepth     largest number of operators of a segment, at least 1 and at most the kind's
 * @param restrictions what it does without; empty for a fair policy
 */
public record Policy(String name, PolicyKind kind, int maxDepth, Set<Restriction> restrictions) {

	/** @throws IllegalArgumentException if the depth is below 1 or above the kind's */
	public Policy {
		if (maxDepth < 1 || maxDepth > kind.defaultDepth()) {
			throw new IllegalArgumentException("depth " + maxDepth + " is not possible for " + kind.keyword() + "; it must be between 1 and " + kind.defaultDepth());
		}
		restrictions = restrictions.isEmpty() ? Set.of() : java.util.Collections.unmodifiableSet(EnumSet.copyOf(restrictions));
	}

	/** A policy without restrictions. */
	public Policy(String name, PolicyKind kind, int maxDepth) {
		this(name, kind, maxDepth, Set.of());
	}

	/** A built-in policy under its own name. */
	public static Policy of(PolicyKind kind) {
		return new Policy(kind.keyword(), kind, kind.defaultDepth());
	}

	/** Whether it is kept from its best choices, so that a comparison with it must say so. */
	public boolean restricted() {
		return kind == PolicyKind.TANGRAM_PAIRED || kind == PolicyKind.SIMBA || !restrictions.isEmpty();
	}
}
