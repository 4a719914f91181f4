package org.pipeorgan.dsl.scoping;

import com.google.inject.Inject;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.eclipse.emf.ecore.EObject;
import org.eclipse.emf.ecore.EReference;
import org.eclipse.xtext.EcoreUtil2;
import org.eclipse.xtext.naming.QualifiedName;
import org.eclipse.xtext.resource.EObjectDescription;
import org.eclipse.xtext.resource.IEObjectDescription;
import org.eclipse.xtext.resource.ISelectable;
import org.eclipse.xtext.scoping.IScope;
import org.eclipse.xtext.scoping.impl.MultimapBasedScope;
import org.eclipse.xtext.scoping.impl.MultimapBasedSelectable;
import org.eclipse.xtext.scoping.impl.SelectableBasedScope;
import org.eclipse.xtext.util.IResourceScopeCache;
import org.eclipse.xtext.util.Tuples;
import org.pipeorgan.dsl.expressions.Refinement;
import org.pipeorgan.dsl.pipeorgan.Accelerator;
import org.pipeorgan.dsl.pipeorgan.BlockUse;
import org.pipeorgan.dsl.pipeorgan.Graph;
import org.pipeorgan.dsl.pipeorgan.Interconnect;
import org.pipeorgan.dsl.pipeorgan.Mapping;
import org.pipeorgan.dsl.pipeorgan.NamedElement;
import org.pipeorgan.dsl.pipeorgan.Parameter;
import org.pipeorgan.dsl.pipeorgan.PipeorganPackage.Literals;
import org.pipeorgan.dsl.pipeorgan.Study;
import org.pipeorgan.dsl.translation.Graphs;

/**
 * Operators see the values of their own workload or block, arguments the parameters of the block that is used, and
 * expressions the parameters around them; everything else is found by imports.
 */
public class PipeOrganScopeProvider extends AbstractPipeOrganScopeProvider {
	@Inject
	private IResourceScopeCache cache;

	@Override
	public IScope getScope(EObject context, EReference reference) {
		if (reference.getEReferenceType() == Literals.VALUE) {
			Graph graph = EcoreUtil2.getContainerOfType(context, Graph.class);
			return graph == null ? IScope.NULLSCOPE : scope(IScope.NULLSCOPE, "values", graph, () -> Graphs.values(graph));
		}
		if (reference == Literals.ARGUMENT__PARAMETER) {
			BlockUse use = EcoreUtil2.getContainerOfType(context, BlockUse.class);
			boolean resolved = use != null && use.getBlock() != null && !use.getBlock().eIsProxy();
			return resolved ? scope(IScope.NULLSCOPE, "parameters", use.getBlock(), () -> Graphs.parameters(use.getBlock())) : IScope.NULLSCOPE;
		}
		if (reference == Literals.VARIATION__PARAMETER) {
			Study study = EcoreUtil2.getContainerOfType(context, Study.class);
			return study == null ? IScope.NULLSCOPE : varied(study, super.getScope(context, reference));
		}
		if (reference == Literals.PARAMETER_REFERENCE__PARAMETER) {
			return parameters(context, super.getScope(context, reference));
		}
		return super.getScope(context, reference);
	}

	/** Parameters of the graph, or of the accelerator or interconnect and those that it refines, before those of files. */
	private IScope parameters(EObject context, IScope outer) {
		for (EObject object = context; object != null; object = object.eContainer()) {
			switch (object) {
			case Graph graph -> {
				return scope(outer, "parameters", graph, () -> Graphs.parameters(graph));
			}
			case Accelerator accelerator -> {
				return scope(outer, "parameters", accelerator, () -> Refinement.lineage(accelerator).stream().flatMap(each -> each.getParameters().stream()));
			}
			case Interconnect interconnect -> {
				return scope(outer, "parameters", interconnect, () -> Refinement.lineage(interconnect).stream().flatMap(each -> each.getParameters().stream()));
			}
			default -> {
				// look further out
			}
			}
		}
		return outer;
	}

	/** Parameters of what a study maps, behind its name, before those of files. */
	private static IScope varied(Study study, IScope outer) {
		Map<QualifiedName, IEObjectDescription> descriptions = new LinkedHashMap<>();
		for (Mapping mapping : study.getMappings()) {
			mapping.getAccelerators().forEach(each -> Refinement.lineage(each).forEach(base -> describe(each, base.getParameters().stream(), descriptions)));
			mapping.getInterconnects().forEach(each -> Refinement.lineage(each).forEach(base -> describe(each, base.getParameters().stream(), descriptions)));
			mapping.getWorkloads().forEach(each -> describe(each, Graphs.parameters(each), descriptions));
		}
		return descriptions.isEmpty() ? outer : MultimapBasedScope.createScope(outer, descriptions.values(), false);
	}

	private static void describe(NamedElement owner, Stream<Parameter> parameters, Map<QualifiedName, IEObjectDescription> descriptions) {
		parameters.filter(parameter -> owner.getName() != null && parameter.getName() != null).forEach(parameter -> {
			QualifiedName name = QualifiedName.create(owner.getName(), parameter.getName());
			descriptions.putIfAbsent(name, EObjectDescription.create(name, parameter));
		});
	}

	/** The nearest of equal names is found first. What an element declares is collected once. */
	private IScope scope(IScope outer, String what, EObject owner, Supplier<Stream<? extends NamedElement>> elements) {
		ISelectable declared = cache.get(Tuples.pair(what, owner), owner.eResource(), () -> {
			Map<String, IEObjectDescription> descriptions = new LinkedHashMap<>();
			elements.get().filter(element -> element.getName() != null)
					.forEach(element -> descriptions.putIfAbsent(element.getName(), EObjectDescription.create(QualifiedName.create(element.getName()), element)));
			return new MultimapBasedSelectable(descriptions.values());
		});
		return declared.isEmpty() ? outer : SelectableBasedScope.createScope(outer, declared, Literals.NAMED_ELEMENT, false);
	}
}
