package org.pipeorgan.dsl.sweep;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

import org.eclipse.emf.ecore.EAttribute;
import org.eclipse.emf.ecore.EObject;
import org.eclipse.emf.ecore.EReference;
import org.eclipse.emf.ecore.EStructuralFeature;
import org.eclipse.emf.ecore.util.EcoreUtil;
import org.pipeorgan.dsl.pipeorgan.PipeorganPackage.Literals;
import org.pipeorgan.dsl.pipeorgan.Study;
import org.pipeorgan.engine.exploration.DesignSpace;

/**
 * Everything that the results of a study's points depend on, in the study and in all that it names: neither layout, comments and documentation, nor
 * what is written, what the front is made of, and how many points are sampled. So equal texts give equal results.
 */
final class StudyText {
	private final Map<EObject, Integer> declarations = new LinkedHashMap<>();
	private final StringBuilder text = new StringBuilder();

	private StudyText() {
	}

	/** A hash of the text, and of a space of the study. */
	static String hash(Study study, DesignSpace space) {
		StudyText all = new StudyText();
		all.number(study);
		for (int i = 0; i < all.declarations.size(); i++) {
			EObject next = all.declarations.keySet().stream().skip(i).findFirst().orElseThrow();
			all.text.append('\n').append(i).append(' ');
			all.write(next);
		}
		space.axes().forEach(axis -> all.text.append('\n').append(axis.name()).append(axis.choices()));
		try {
			return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(all.text.toString().getBytes(StandardCharsets.UTF_8)));
		} catch (NoSuchAlgorithmException e) {
			throw new IllegalStateException(e);
		}
	}

	private int number(EObject declaration) {
		return declarations.computeIfAbsent(declaration, key -> declarations.size());
	}

	private void write(EObject object) {
		text.append(object.eClass().getName()).append('{');
		for (EStructuralFeature feature : object.eClass().getEAllStructuralFeatures()) {
			if (!object.eIsSet(feature) || isIrrelevant(feature)) {
				continue;
			}
			text.append(feature.getName()).append('=');
			if (feature instanceof EAttribute attribute) {
				text.append(attribute.isMany() ? object.eGet(attribute) : String.valueOf(object.eGet(attribute)));
			} else if (feature.isMany()) {
				((java.util.List<?>) object.eGet(feature)).forEach(each -> reference((EReference) feature, (EObject) each));
			} else {
				reference((EReference) feature, (EObject) object.eGet(feature));
			}
			text.append(';');
		}
		text.append('}');
	}

	private void reference(EReference reference, EObject target) {
		if (reference.isContainment()) {
			write(target);
			return;
		}
		EObject declaration = target;
		while (declaration.eContainer() != null && declaration.eContainer().eContainer() != null) {
			declaration = declaration.eContainer();
		}
		text.append('#').append(number(declaration)).append('/').append(EcoreUtil.getRelativeURIFragmentPath(declaration, target)).append(' ');
	}

	private static boolean isIrrelevant(EStructuralFeature feature) {
		return feature == Literals.NAMED_ELEMENT__DOCUMENTATION || feature == Literals.STUDY__FORMATS || feature == Literals.STUDY__GOALS || feature == Literals.SAMPLING__COUNT;
	}
}
