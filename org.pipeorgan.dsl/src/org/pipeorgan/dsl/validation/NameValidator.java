package org.pipeorgan.dsl.validation;

import static org.pipeorgan.dsl.pipeorgan.PipeorganPackage.Literals.NAMED_ELEMENT__NAME;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

import org.eclipse.xtext.nodemodel.ICompositeNode;
import org.eclipse.xtext.nodemodel.util.NodeModelUtils;
import org.eclipse.xtext.validation.Check;
import org.eclipse.xtext.validation.CheckType;
import org.pipeorgan.dsl.pipeorgan.Accelerator;
import org.pipeorgan.dsl.pipeorgan.Graph;
import org.pipeorgan.dsl.pipeorgan.Interconnect;
import org.pipeorgan.dsl.pipeorgan.Model;
import org.pipeorgan.dsl.pipeorgan.NamedElement;
import org.pipeorgan.dsl.translation.Graphs;

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

	/** Values, and parameters, of a workload or block. */
	@Check(CheckType.FAST)
	public void checkGraphNamesAreUnique(Graph graph) {
		checkUnique("value", Graphs.values(graph));
		checkUnique("parameter", Graphs.parameters(graph));
	}

	/** Parameters of an accelerator. */
	@Check(CheckType.FAST)
	public void checkParameterNamesAreUnique(Accelerator accelerator) {
		checkUnique("parameter", accelerator.getParameters().stream());
	}

	/** Parameters of an interconnect. */
	@Check(CheckType.FAST)
	public void checkParameterNamesAreUnique(Interconnect interconnect) {
		checkUnique("parameter", interconnect.getParameters().stream());
	}

	private void checkUnique(String what, Stream<? extends NamedElement> elements) {
		Map<String, NamedElement> seen = new HashMap<>();
		elements.forEach(element -> checkUnique(element, what, element.getName(), seen));
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
