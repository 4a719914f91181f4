package org.pipeorgan.dsl.scoping;

import com.google.inject.Inject;

import java.util.ArrayList;
import java.util.List;

import org.eclipse.emf.ecore.EObject;
import org.eclipse.emf.ecore.EReference;
import org.eclipse.xtext.EcoreUtil2;
import org.eclipse.xtext.naming.QualifiedName;
import org.eclipse.xtext.resource.EObjectDescription;
import org.eclipse.xtext.resource.IEObjectDescription;
import org.eclipse.xtext.scoping.IScope;
import org.eclipse.xtext.scoping.impl.MultimapBasedScope;
import org.eclipse.xtext.util.IResourceScopeCache;
import org.eclipse.xtext.util.Tuples;
import org.pipeorgan.dsl.pipeorgan.PipeorganPackage;
import org.pipeorgan.dsl.pipeorgan.Value;
import org.pipeorgan.dsl.pipeorgan.Workload;

/** Operators see the values of their own workload; everything else is found by imports. */
public class PipeOrganScopeProvider extends AbstractPipeOrganScopeProvider {
	@Inject
	private IResourceScopeCache cache;

	@Override
	public IScope getScope(EObject context, EReference reference) {
		if (reference.getEReferenceType() == PipeorganPackage.Literals.VALUE) {
			Workload workload = EcoreUtil2.getContainerOfType(context, Workload.class);
			return workload == null ? IScope.NULLSCOPE : values(workload);
		}
		return super.getScope(context, reference);
	}

	private IScope values(Workload workload) {
		return cache.get(Tuples.pair("values", workload), workload.eResource(), () -> {
			List<IEObjectDescription> descriptions = new ArrayList<>();
			workload.getMembers().forEach(member -> {
				if (member instanceof Value value && value.getName() != null) {
					descriptions.add(EObjectDescription.create(QualifiedName.create(value.getName()), value));
				}
			});
			return MultimapBasedScope.createScope(IScope.NULLSCOPE, descriptions, false);
		});
	}
}
