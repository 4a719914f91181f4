package org.pipeorgan.dsl.translation;

import java.util.function.Consumer;

import org.eclipse.emf.ecore.EObject;
import org.eclipse.emf.ecore.EStructuralFeature;
import org.eclipse.xtext.validation.ValidationMessageAcceptor;
import org.pipeorgan.dsl.validation.IssueCode;

/**
 * Something in a model that the engine refuses, with its place.
 *
 * @param object  the element at fault
 * @param feature the feature at fault, or {@code null} for the whole element
 * @param index   position in a feature of many values, or {@link ValidationMessageAcceptor#INSIGNIFICANT_INDEX}
 * @param code    what kind of problem
 * @param message what is wrong and what would mend it
 */
public record Problem(EObject object, EStructuralFeature feature, int index, IssueCode code, String message) {

	/** A problem of a single-valued feature or of a whole element. */
	public static Problem at(EObject object, EStructuralFeature feature, IssueCode code, String message) {
		return new Problem(object, feature, ValidationMessageAcceptor.INSIGNIFICANT_INDEX, code, message);
	}

	/** Listens to nothing: for callers that have validated before. */
	public static final Consumer<Problem> IGNORE = problem -> {
	};
}
