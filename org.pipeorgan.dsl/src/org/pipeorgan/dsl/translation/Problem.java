package org.pipeorgan.dsl.translation;

import java.util.Optional;
import java.util.function.Consumer;

import org.eclipse.emf.ecore.EObject;
import org.eclipse.emf.ecore.EStructuralFeature;
import org.eclipse.emf.ecore.util.EcoreUtil;
import org.eclipse.xtext.validation.ValidationMessageAcceptor;
import org.pipeorgan.dsl.expressions.ExpressionException;
import org.pipeorgan.dsl.expressions.NumberRole;
import org.pipeorgan.dsl.expressions.Numbers;
import org.pipeorgan.dsl.pipeorgan.Expression;
import org.pipeorgan.dsl.pipeorgan.PipeorganPackage.Literals;
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

	/**
	 * What a number's fault means for the element in whose environment it was computed: nothing if the fast checks tell it where
	 * it is written, else a problem at the number, or at the element where the number comes from elsewhere.
	 */
	static Optional<Problem> of(ExpressionException e, EObject user) {
		if (e.code() == null || isTold(e.place())) {
			return Optional.empty();
		}
		if (EcoreUtil.isAncestor(user, e.place())) {
			return Optional.of(new Problem(e.place(), null, ValidationMessageAcceptor.INSIGNIFICANT_INDEX, e.code(), e.getMessage()));
		}
		return Optional.of(at(user, Literals.NAMED_ELEMENT__NAME, e.code(), e.getMessage()));
	}

	/** Whether the fast checks report the whole expression around this one. */
	static boolean isTold(Expression place) {
		Expression outermost = NumberRole.outermost(place);
		return Numbers.of(outermost).problem(outermost).filter(problem -> problem.code() != null).isPresent();
	}

	/** Listens to nothing: for callers that have validated before. */
	public static final Consumer<Problem> IGNORE = problem -> {
	};
}
