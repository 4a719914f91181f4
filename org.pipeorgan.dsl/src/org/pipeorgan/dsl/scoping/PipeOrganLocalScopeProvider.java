package org.pipeorgan.dsl.scoping;

import com.google.inject.Inject;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.eclipse.emf.ecore.EClass;
import org.eclipse.emf.ecore.EObject;
import org.eclipse.emf.ecore.resource.Resource;
import org.eclipse.emf.ecore.util.EcoreUtil;
import org.eclipse.xtext.naming.IQualifiedNameConverter;
import org.eclipse.xtext.naming.QualifiedName;
import org.eclipse.xtext.resource.EObjectDescription;
import org.eclipse.xtext.resource.IEObjectDescription;
import org.eclipse.xtext.resource.ISelectable;
import org.eclipse.xtext.scoping.impl.ImportNormalizer;
import org.eclipse.xtext.scoping.impl.ImportedNamespaceAwareLocalScopeProvider;
import org.eclipse.xtext.scoping.impl.MultimapBasedSelectable;
import org.eclipse.xtext.util.Pair;
import org.eclipse.xtext.util.Tuples;
import org.pipeorgan.dsl.pipeorgan.Declaration;
import org.pipeorgan.dsl.pipeorgan.Model;

/** Resolves names through the imports of a file; built-in interconnects and policies need none. */
public class PipeOrganLocalScopeProvider extends ImportedNamespaceAwareLocalScopeProvider {
	@Inject
	private IQualifiedNameConverter names;

	/** Files of one package see each other's declarations by their names alone, once they are imported. */
	@Override
	protected List<ImportNormalizer> internalGetImportedNamespaceResolvers(EObject context, boolean ignoreCase) {
		List<ImportNormalizer> resolvers = new ArrayList<>(super.internalGetImportedNamespaceResolvers(context, ignoreCase));
		if (context instanceof Model model && model.getPackageName() != null) {
			resolvers.add(new ImportNormalizer(names.toQualifiedName(model.getPackageName()), true, ignoreCase));
		}
		return resolvers;
	}

	/** Declarations, the first of each kind and name: values are found by their graph, and of a thousand equal names one is meant. */
	@Override
	protected ISelectable internalGetAllDescriptions(Resource resource) {
		Map<Pair<EClass, QualifiedName>, IEObjectDescription> first = new LinkedHashMap<>();
		EcoreUtil.<EObject>getAllContents(resource, false).forEachRemaining(element -> {
			QualifiedName name = element instanceof Declaration ? getQualifiedNameProvider().getFullyQualifiedName(element) : null;
			if (name != null) {
				first.putIfAbsent(Tuples.pair(element.eClass(), name), EObjectDescription.create(name, element));
			}
		});
		return new MultimapBasedSelectable(first.values());
	}

	@Override
	protected List<ImportNormalizer> getImplicitImports(boolean ignoreCase) {
		return List.of(new ImportNormalizer(QualifiedName.create("library", "interconnects"), true, ignoreCase),
				new ImportNormalizer(QualifiedName.create("library", "policies"), true, ignoreCase));
	}
}
