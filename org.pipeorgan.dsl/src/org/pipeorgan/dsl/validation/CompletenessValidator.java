package org.pipeorgan.dsl.validation;

import java.util.Collection;
import java.util.List;
import java.util.Locale;

import org.eclipse.emf.common.util.URI;
import org.eclipse.emf.ecore.EObject;
import org.eclipse.emf.ecore.EReference;
import org.eclipse.emf.ecore.EStructuralFeature;
import org.eclipse.emf.ecore.util.EcoreUtil;
import org.eclipse.xtext.nodemodel.util.NodeModelUtils;
import org.eclipse.xtext.validation.Check;
import org.eclipse.xtext.validation.CheckType;
import org.pipeorgan.dsl.library.Library;
import org.pipeorgan.dsl.pipeorgan.Express;
import org.pipeorgan.dsl.pipeorgan.PadOption;
import org.pipeorgan.dsl.pipeorgan.VariedValues;
import org.pipeorgan.dsl.pipeorgan.Variation;

/** What was not read from text is as complete as a text is: of texts, parser and linker see to it. */
public class CompletenessValidator extends AreaValidator {
	/** What the metamodel requires is there. */
	@Check(CheckType.FAST)
	public void checkRequired(EObject object) {
		if (isMade(object)) {
			object.eClass().getEAllStructuralFeatures().stream().filter(EStructuralFeature::isRequired).filter(feature -> isEmpty(object.eGet(feature, false)))
					.forEach(feature -> missing(object, "'" + feature.getName() + "'"));
		}
	}

	/** Of parts that stand for each other one is there. */
	@Check(CheckType.FAST)
	public void checkAlternatives(EObject object) {
		switch (isMade(object) ? object : null) {
		case PadOption pad when !pad.isSame() && pad.getTop() == null -> missing(pad, "'same' or 'top'");
		case Express links when !links.isAutomatic() && !links.isNone() && links.getLength() == null -> missing(links, "'automatic', 'none' or 'length'");
		case Variation variation when variation.getProperty() == null && variation.getParameter() == null -> missing(variation, "'property' or 'parameter'");
		case VariedValues values when values.getLast() == null && (values.getStep() != null || values.getFactor() != null) -> missing(values, "'last', which 'step' and 'factor' lead to");
		case null, default -> {
			// whole
		}
		}
	}

	/** References find something. */
	@Check(CheckType.NORMAL)
	public void checkReferences(EObject object) {
		if (!isMade(object) || object.eResource() == null) {
			return;
		}
		for (EReference reference : object.eClass().getEAllReferences()) {
			Object value = reference.isContainment() || reference.isContainer() ? null : object.eGet(reference);
			List<?> targets = value instanceof List<?> many ? many : value == null ? List.of() : List.of(value);
			targets.stream().map(EObject.class::cast).filter(target -> target.eIsProxy() || target.eResource() == null).forEach(target -> report(IssueCode.UNRESOLVED_NAME,
					"there is no " + label(reference.getEReferenceType().getName()) + (target.eIsProxy() ? " at '" + shown(EcoreUtil.getURI(target), object) + "'" : " behind '" + reference.getName() + "'")
							+ "; mend the reference", object, null));
		}
	}

	private static boolean isMade(EObject object) {
		return NodeModelUtils.getNode(object) == null;
	}

	private static boolean isEmpty(Object value) {
		return value == null || value instanceof Collection<?> many && many.isEmpty();
	}

	private void missing(EObject object, String what) {
		report(IssueCode.MISSING_OPTION, label(object.eClass().getName()) + " without " + what + "; the metamodel requires it", object, null);
	}

	/** As words: 'global buffer'. */
	private static String label(String type) {
		return type.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
	}

	/** Without what is only this machine's. */
	private static URI shown(URI uri, EObject object) {
		return Library.portable(uri).orElseGet(() -> object.eResource() == null || !uri.isHierarchical() ? uri : uri.deresolve(object.eResource().getURI()));
	}
}
