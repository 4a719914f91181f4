package org.pipeorgan.dsl.validation;

import java.util.Optional;

import org.eclipse.xtext.validation.Check;
import org.eclipse.xtext.validation.CheckType;
import org.eclipse.xtext.validation.ValidationMessageAcceptor;
import org.pipeorgan.dsl.pipeorgan.PipeorganPackage.Literals;
import org.pipeorgan.dsl.pipeorgan.Policy;
import org.pipeorgan.dsl.translation.FixedMappings;
import org.pipeorgan.dsl.translation.PolicyConstraints;
import org.pipeorgan.dsl.translation.PolicyTranslator;
import org.pipeorgan.engine.search.PolicyKind;

/** Policies have a strategy, of their own or from a base. */
public class PolicyValidator extends AreaValidator {
	/** Each section once. */
	@Check(CheckType.FAST)
	public void checkSectionsOnce(Policy policy) {
		checkOnce(policy, Literals.POLICY__STRATEGY, "strategy");
		checkOnce(policy, Literals.POLICY__DEPTH, "depth");
		checkOnce(policy, Literals.POLICY__LEAST_CHUNKS, "chunks");
	}

	/** A strategy or a base, not both. */
	@Check(CheckType.FAST)
	public void checkOrigin(Policy policy) {
		boolean base = policy.eIsSet(Literals.POLICY__BASE);
		boolean strategy = policy.eIsSet(Literals.POLICY__STRATEGY);
		if (!base && !strategy) {
			report(IssueCode.MISSING_OPTION, "policy '" + policy.getName() + "' refines nothing; write, for example, 'policy " + policy.getName() + " refines pipeorgan'", policy,
					Literals.NAMED_ELEMENT__NAME, "refines pipeorgan");
		} else if (base && strategy) {
			report(IssueCode.CONFLICTING_OPTIONS, "a policy takes its strategy from what it refines; remove 'strategy' or 'refines'", policy,
					Literals.POLICY__STRATEGY);
		}
	}

	/** A fixed policy has segments, and only segments say how deep they are; others have none. */
	@Check(CheckType.NORMAL)
	public void checkMapping(Policy policy) {
		Optional<PolicyKind> kind = PolicyTranslator.kind(policy);
		if (kind.isEmpty()) {
			return;
		}
		boolean fixed = kind.get() == PolicyKind.FIXED;
		if (fixed && FixedMappings.segments(policy).isEmpty()) {
			checkPresent(null, policy, Literals.NAMED_ELEMENT__NAME, "the mapping of a fixed policy", "segment { operators conv1 .. conv3 chunks 16 }");
		}
		if (fixed && policy.eIsSet(Literals.POLICY__DEPTH)) {
			report(IssueCode.UNEXPECTED_OPTION, "a fixed policy is as deep as its segments are; remove 'depth'", policy, Literals.POLICY__DEPTH);
		}
		if (fixed) {
			PolicyConstraints.sections(policy).forEach(section -> report(IssueCode.UNEXPECTED_OPTION,
					"a fixed policy is not searched, so its segments say this; write it in a segment, or refine a policy that searches", policy, section, section.isMany() ? 0
							: ValidationMessageAcceptor.INSIGNIFICANT_INDEX));
		}
		if (!fixed && !policy.getSegments().isEmpty()) {
			report(IssueCode.UNEXPECTED_OPTION, "segments belong to a fixed policy, but '" + kind.get().keyword() + "' searches its own; write 'strategy fixed', or remove them",
					policy, Literals.POLICY__SEGMENTS, 0);
		}
	}

	/** The engine accepts it. */
	@Check(CheckType.NORMAL)
	public void checkPossible(Policy policy) {
		if (policy.getName() != null) {
			PolicyTranslator.translate(policy, this::report);
		}
	}
}
