package org.pipeorgan.engine.search;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import org.pipeorgan.engine.result.RunResult;

/**
 * A mapping policy.
 *
 * @param name         as declared; the keyword of the kind for a built-in one
 * @param kind         the way to map
 * @param maxDepth     largest number of operators of a segment, at least 1 and at most the kind's
 * @param restrictions what it does without; empty for a fair policy
 * @param constraints  what the user fixes of the mappings that it searches; such a policy is labelled restricted too
 * @param mapping      the mapping of a {@link PolicyKind#FIXED} policy; {@code null} for others
 */
public record Policy(String name, PolicyKind kind, int maxDepth, Set<Restriction> restrictions, Constraints constraints, FixedMapping mapping) {

	/** @throws IllegalArgumentException if the depth is below 1 or above the kind's, constraints contradict it or each other, or a mapping is missing or not wanted */
	public Policy {
		if (maxDepth < 1 || maxDepth > kind.defaultDepth()) {
			throw new IllegalArgumentException("depth " + maxDepth + " is not possible for " + kind.keyword() + "; it must be between 1 and " + kind.defaultDepth());
		}
		if (maxDepth == 1 && restrictions.contains(Restriction.PAIRED)) {
			throw new IllegalArgumentException("policy " + name + " is restricted to pairs, but allows a depth of 1; allow 2 or more, or remove '" + Restriction.PAIRED.keyword() + "'");
		}
		if ((mapping != null) != (kind == PolicyKind.FIXED)) {
			throw new IllegalArgumentException("policy " + name + (mapping == null ? " is fixed but holds no mapping" : " searches, but holds a mapping"));
		}
		if (mapping != null && !constraints.isEmpty()) {
			throw new IllegalArgumentException("policy " + name + " is fixed, so there is nothing to constrain");
		}
		List<Constraints.Fault> conflicts = constraints.conflicts(kind, maxDepth, restrictions);
		if (!conflicts.isEmpty()) {
			throw new IllegalArgumentException(conflicts.get(0).message());
		}
		restrictions = restrictions.isEmpty() ? Set.of() : java.util.Collections.unmodifiableSet(EnumSet.copyOf(restrictions));
	}

	/** A policy that searches within constraints. */
	public Policy(String name, PolicyKind kind, int maxDepth, Set<Restriction> restrictions, Constraints constraints) {
		this(name, kind, maxDepth, restrictions, constraints, null);
	}

	/** A policy that searches. */
	public Policy(String name, PolicyKind kind, int maxDepth, Set<Restriction> restrictions) {
		this(name, kind, maxDepth, restrictions, Constraints.NONE, null);
	}

	/** A policy that searches, without restrictions. */
	public Policy(String name, PolicyKind kind, int maxDepth) {
		this(name, kind, maxDepth, Set.of());
	}

	/** A policy that evaluates a mapping as it stands, under restrictions if there are any. */
	public static Policy fixed(String name, FixedMapping mapping, Set<Restriction> restrictions) {
		return new Policy(name, PolicyKind.FIXED, PolicyKind.FIXED.defaultDepth(), restrictions, Constraints.NONE, mapping);
	}

	/** A built-in policy under its own name; any kind but {@link PolicyKind#FIXED}. */
	public static Policy of(PolicyKind kind) {
		return new Policy(kind.keyword(), kind, kind.defaultDepth());
	}

	/**
	 * A fixed policy that evaluates to the same numbers as a run of this one: its mapping under the same restrictions.
	 *
	 * @param full whether to state tile, share and split of each operator
	 */
	public Policy fixed(String name, RunResult run, boolean full) {
		Set<Restriction> same = EnumSet.noneOf(Restriction.class);
		same.addAll(restrictions);
		if (channelsOnly()) {
			same.add(Restriction.CHANNEL_SPLIT);
		}
		if (pairs()) {
			same.add(Restriction.PAIRED);
		}
		return fixed(name, FixedMapping.of(run, full), same);
	}

	/** Whether the PEs of an operator share its work along channels only. */
	boolean channelsOnly() {
		return kind == PolicyKind.SIMBA || restrictions.contains(Restriction.CHANNEL_SPLIT);
	}

	/** Whether no operator is alone that could be with the next. */
	boolean pairs() {
		return kind == PolicyKind.TANGRAM_PAIRED || restrictions.contains(Restriction.PAIRED);
	}

	/** Whether it is kept from its best choices, so that a comparison with it must say so. */
	public boolean restricted() {
		return pairs() || kind == PolicyKind.SIMBA || !restrictions.isEmpty() || constraints.restrict();
	}
}
