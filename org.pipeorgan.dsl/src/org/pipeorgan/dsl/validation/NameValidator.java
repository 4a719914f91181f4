package org.pipeorgan.dsl.validation;

import static org.pipeorgan.dsl.pipeorgan.PipeorganPackage.Literals.NAMED_ELEMENT__NAME;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.eclipse.emf.ecore.EObject;
import org.eclipse.xtext.nodemodel.ICompositeNode;
import org.eclipse.xtext.nodemodel.util.NodeModelUtils;
import org.eclipse.xtext.validation.Check;
import org.eclipse.xtext.validation.CheckType;
import org.pipeorgan.dsl.pipeorgan.Model;
import org.pipeorgan.dsl.pipeorgan.NamedElement;
import org.pipeorgan.dsl.pipeorgan.Workload;

/** Names are unique: declarations of one kind in a file, values in a workload. */
public class NameValidator extends AreaValidator {
	/** Declarations of one kind in a file. */
	@Check(CheckType.FAST)
	public void checkDeclarationNamesAreUnique(Model model) {
		Map<String, NamedElement> seen = new HashMap<>();
		model.getDeclarations().forEach(declaration -> {
			String kind = declaration.eClass().getName().toLowerCase(java.util.Locale.ROOT);
			checkUnique(declaration, kind, kind + " " + declaration.getName(), seen);
		});
	}

	/** Values of a workload. */
	@Check(CheckType.FAST)
	public void checkValueNamesAreUnique(Workload workload) {
		Map<String, NamedElement> seen = new HashMap<>();
		List<? extends EObject> members = workload.getMembers();
		for (EObject member : members) {
			if (member instanceof NamedElement value) {
				checkUnique(value, "value", value.getName(), seen);
			}
		}
	}

	private void checkUnique(NamedElement element, String what, String key, Map<String, NamedElement> seen) {
		if (element.getName() == null) {
			return;
		}
		NamedElement first = seen.putIfAbsent(key, element);
		if (first != null) {
			ICompositeNode node = NodeModelUtils.getNode(first);
			String where = node == null ? "" : " in line " + node.getStartLine();
			report(IssueCode.DUPLICATE_NAME, "there is already a " + what + " '" + element.getName() + "'" + where + "; choose another name", element,
					NAMED_ELEMENT__NAME, element.getName());
		}
	}
}
