package org.pipeorgan.dsl.translation;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

import org.pipeorgan.dsl.expressions.ExpressionException;
import org.pipeorgan.dsl.expressions.Numbers;
import org.pipeorgan.dsl.expressions.Refinement;
import org.pipeorgan.dsl.pipeorgan.PipeorganPackage.Literals;
import org.pipeorgan.dsl.pipeorgan.Policy;
import org.pipeorgan.dsl.pipeorgan.Strategy;
import org.pipeorgan.dsl.validation.IssueCode;
import org.pipeorgan.engine.search.Constraints;
import org.pipeorgan.engine.search.PolicyKind;
import org.pipeorgan.engine.search.Restriction;

/** Translates policies: what a policy does not state, its base does. */
public final class PolicyTranslator {
	private PolicyTranslator() {
	}

	/** The engine's policy; empty if a problem was found or no strategy, or no usable mapping of a fixed one, is stated (fast checks tell). */
	public static Optional<org.pipeorgan.engine.search.Policy> translate(Policy policy, Consumer<Problem> problems) {
		Optional<PolicyKind> kind = kind(policy);
		if (kind.isEmpty()) {
			return Optional.empty();
		}
		if (kind.get() == PolicyKind.FIXED) {
			return FixedMappings.translate(policy).map(mapping -> org.pipeorgan.engine.search.Policy.fixed(policy.getName(), mapping, restrictions(policy)));
		}
		try {
			int depth = Refinement.nearest(Refinement.lineage(policy), Policy::getDepth).map(Numbers.of(policy)::smallCount).orElse(kind.get().defaultDepth());
			Optional<Constraints> written = constraints(policy, problems);
			if (written.isEmpty()) {
				return Optional.empty();
			}
			Constraints constraints = written.get();
			Set<Restriction> restrictions = restrictions(policy);
			List<Constraints.Fault> conflicts = constraints.conflicts(kind.get(), depth, restrictions);
			conflicts.forEach(conflict -> problems.accept(PolicyConstraints.problem(policy, conflict, policy, Literals.NAMED_ELEMENT__NAME)));
			return conflicts.isEmpty() ? Optional.of(new org.pipeorgan.engine.search.Policy(policy.getName(), kind.get(), depth, restrictions, constraints)) : Optional.empty();
		} catch (ExpressionException e) {
			Problem.of(e, policy).ifPresent(problems);
			return Optional.empty();
		} catch (IllegalArgumentException e) {
			boolean own = policy.eIsSet(Literals.POLICY__DEPTH);
			problems.accept(Problem.at(policy, own ? Literals.POLICY__DEPTH : Literals.NAMED_ELEMENT__NAME, IssueCode.VALUE_OUT_OF_RANGE, e.getMessage()));
			return Optional.empty();
		}
	}

	private static Optional<Constraints> constraints(Policy policy, Consumer<Problem> problems) {
		try {
			return Optional.of(PolicyConstraints.of(policy));
		} catch (IllegalArgumentException e) {
			boolean own = policy.eIsSet(Literals.POLICY__MOST_CHUNKS);
			problems.accept(Problem.at(policy, own ? Literals.POLICY__MOST_CHUNKS : Literals.NAMED_ELEMENT__NAME, IssueCode.VALUE_OUT_OF_RANGE, e.getMessage()));
			return Optional.empty();
		}
	}

	/** The strategy that a policy has, of its own or from its base. */
	public static Optional<PolicyKind> kind(Policy policy) {
		return Refinement.lineage(policy).stream().filter(p -> p.eIsSet(Literals.POLICY__STRATEGY)).findFirst().map(p -> kind(p.getStrategy()));
	}

	/** What the policy and those that it refines do without, up to one that writes {@code none}. */
	public static Set<Restriction> restrictions(Policy policy) {
		Set<Restriction> restrictions = EnumSet.noneOf(Restriction.class);
		for (Policy ancestor : Refinement.lineage(policy)) {
			ancestor.getRestrictions().stream().map(PolicyTranslator::restriction).flatMap(Optional::stream).forEach(restrictions::add);
			if (ancestor.getRestrictions().contains(org.pipeorgan.dsl.pipeorgan.Restriction.NONE)) {
				break;
			}
		}
		return restrictions;
	}

	private static Optional<Restriction> restriction(org.pipeorgan.dsl.pipeorgan.Restriction restriction) {
		return switch (restriction) {
		case CHANNEL_SPLIT -> Optional.of(Restriction.CHANNEL_SPLIT);
		case UNICAST -> Optional.of(Restriction.UNICAST);
		case NO_RESIDENCE -> Optional.of(Restriction.NO_RESIDENCE);
		case PAIRED -> Optional.of(Restriction.PAIRED);
		case NONE -> Optional.empty();
		};
	}

	private static PolicyKind kind(Strategy strategy) {
		return switch (strategy) {
		case PIPEORGAN -> PolicyKind.PIPEORGAN;
		case TANGRAM -> PolicyKind.TANGRAM;
		case LAYER_BY_LAYER -> PolicyKind.LAYER_BY_LAYER;
		case OPTIMAL -> PolicyKind.OPTIMAL;
		case TANGRAM_PAIRED -> PolicyKind.TANGRAM_PAIRED;
		case SIMBA -> PolicyKind.SIMBA;
		case FIXED -> PolicyKind.FIXED;
		};
	}
}
