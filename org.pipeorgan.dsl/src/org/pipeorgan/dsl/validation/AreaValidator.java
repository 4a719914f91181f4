package org.pipeorgan.dsl.validation;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import org.eclipse.emf.ecore.EObject;
import org.eclipse.emf.ecore.EStructuralFeature;
import org.eclipse.xtext.nodemodel.INode;
import org.eclipse.xtext.nodemodel.util.NodeModelUtils;
import org.eclipse.xtext.validation.EValidatorRegistrar;
import org.eclipse.xtext.validation.ValidationMessageAcceptor;
import org.pipeorgan.dsl.translation.Problem;

/** Base of the validators, one for each area of the language; {@link PipeOrganValidator} composes them. */
abstract class AreaValidator extends AbstractPipeOrganValidator {
	/** What may only be missing because the text around it could not be read. */
	private static final Set<IssueCode> FOLLOW_UPS = EnumSet.of(IssueCode.MISSING_OPTION, IssueCode.EMPTY_WORKLOAD, IssueCode.OPERAND_COUNT);

	@Override
	public boolean isLanguageSpecific() {
		return false;
	}

	@Override
	public void register(EValidatorRegistrar registrar) {
		// registered once, by the composing validator
	}

	/** Reports a problem at a feature, or at the whole element where the feature is {@code null}. */
	protected void report(IssueCode code, String message, EObject object, EStructuralFeature feature, String... data) {
		report(code, message, object, feature, ValidationMessageAcceptor.INSIGNIFICANT_INDEX, data);
	}

	/** Reports a problem at one value of a feature. */
	protected void report(IssueCode code, String message, EObject object, EStructuralFeature feature, int index, String... data) {
		if (FOLLOW_UPS.contains(code) && HalfTyped.isHalfTyped(object)) {
			return;
		}
		addIssue(message, object, feature, index, code.id(), data);
	}

	/** Reports what the translation found. */
	protected void report(Problem problem) {
		report(problem.code(), problem.message(), problem.object(), problem.feature(), problem.index());
	}

	/**
	 * Reports sections that are written twice. The model keeps the last one; the text knows them all.
	 *
	 * @param label how the section is called in the language
	 */
	protected void checkOnce(EObject object, EStructuralFeature feature, String label) {
		List<INode> nodes = NodeModelUtils.findNodesForFeature(object, feature);
		if (nodes.size() > 1) {
			report(IssueCode.DUPLICATE_OPTION, "'" + label + "' is written " + nodes.size() + " times; keep one of them", object, feature, label);
		}
	}

	/** Reports a part that has to be there. */
	protected void checkPresent(Object part, EObject object, EStructuralFeature feature, String what, String example) {
		if (part == null) {
			report(IssueCode.MISSING_OPTION, what + " is missing; add, for example, '" + example + "'", object, feature, example);
		}
	}
}
