package org.pipeorgan.dsl.validation;

import java.util.Locale;

import org.eclipse.emf.ecore.EStructuralFeature;
import org.eclipse.xtext.validation.Check;
import org.eclipse.xtext.validation.CheckType;
import org.pipeorgan.dsl.expressions.Refinement;
import org.pipeorgan.dsl.pipeorgan.Accelerator;
import org.pipeorgan.dsl.pipeorgan.Declaration;
import org.pipeorgan.dsl.pipeorgan.Interconnect;
import org.pipeorgan.dsl.pipeorgan.PipeorganPackage.Literals;
import org.pipeorgan.dsl.pipeorgan.Policy;

/** No declaration refines itself, or an endless chain. */
public class RefinementValidator extends AreaValidator {
	/** Accelerators. */
	@Check(CheckType.NORMAL)
	public void checkNoCycle(Accelerator accelerator) {
		checkNoCycle(accelerator, Literals.ACCELERATOR__BASE, "describe one of the chain in full");
	}

	/** Interconnects. */
	@Check(CheckType.NORMAL)
	public void checkNoCycle(Interconnect interconnect) {
		checkNoCycle(interconnect, Literals.INTERCONNECT__BASE, "describe one of the chain in full");
	}

	/** Policies. */
	@Check(CheckType.NORMAL)
	public void checkNoCycle(Policy policy) {
		checkNoCycle(policy, Literals.POLICY__BASE, "let one of the chain refine a built-in policy");
	}

	private void checkNoCycle(Declaration declaration, EStructuralFeature base, String mending) {
		String what = declaration.eClass().getName().toLowerCase(Locale.ROOT) + " '" + declaration.getName() + "'";
		if (Refinement.isCyclic(declaration)) {
			report(IssueCode.REFINEMENT_CYCLE, what + " ends up refining itself; " + mending, declaration, base);
		} else if (Refinement.isTooLong(declaration)) {
			report(IssueCode.VALUE_OUT_OF_RANGE, what + " refines more than " + Refinement.LONGEST + " others, one through the other; " + mending, declaration, base);
		}
	}
}
