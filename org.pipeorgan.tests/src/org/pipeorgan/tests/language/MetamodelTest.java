package org.pipeorgan.tests.language;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import org.eclipse.emf.common.util.URI;
import org.eclipse.emf.ecore.EClass;
import org.eclipse.emf.ecore.EEnumLiteral;
import org.eclipse.emf.ecore.EModelElement;
import org.eclipse.emf.ecore.ENamedElement;
import org.eclipse.emf.ecore.EPackage;
import org.eclipse.emf.ecore.EReference;
import org.eclipse.emf.ecore.resource.impl.ResourceSetImpl;
import org.eclipse.emf.ecore.util.EcoreUtil;
import org.junit.jupiter.api.Test;
import org.pipeorgan.dsl.expressions.NumberRole;
import org.pipeorgan.dsl.pipeorgan.PipeorganPackage;
import org.pipeorgan.dsl.pipeorgan.PipeorganPackage.Literals;

class MetamodelTest {
	private static EPackage metamodel() {
		Pog.service(ResourceSetImpl.class);
		return (EPackage) new ResourceSetImpl().getResource(URI.createFileURI(Pog.root().resolve("org.pipeorgan.dsl/model/pipeorgan.ecore").toString()), true).getContents().get(0);
	}

	@Test
	void everyClassAndFeatureIsDocumented() {
		List<String> undocumented = new ArrayList<>();
		metamodel().eAllContents().forEachRemaining(element -> {
			boolean literal = element instanceof EEnumLiteral;
			if (element instanceof ENamedElement named && !literal && (EcoreUtil.getDocumentation((EModelElement) element) == null || EcoreUtil.getDocumentation((EModelElement) element).isBlank())) {
				undocumented.add(EcoreUtil.getURI(named).fragment());
			}
		});
		assertEquals(List.of(), undocumented);
	}

	/** A number without a role would not be checked. */
	@Test
	void everyNumberHasARole() {
		Set<String> free = Set.of("Parameter/value", "Argument/value", "BinaryExpression/left", "BinaryExpression/right", "Negation/operand", "Call/arguments", "VariedValues/first", "VariedValues/columns",
				"VariedValues/last", "VariedValues/step", "VariedValues/factor", "Comparison/left", "Comparison/right", "Goals/values");
		Set<String> missing = new TreeSet<>();
		PipeorganPackage.eINSTANCE.getEClassifiers().stream().filter(EClass.class::isInstance).map(EClass.class::cast).forEach(type -> {
			for (EReference reference : type.getEReferences()) {
				if (reference.isContainment() && reference.getEReferenceType() == Literals.EXPRESSION && NumberRole.of(reference).isEmpty()) {
					missing.add(type.getName() + "/" + reference.getName());
				}
			}
		});
		assertEquals(new TreeSet<>(free), missing);
	}
}
