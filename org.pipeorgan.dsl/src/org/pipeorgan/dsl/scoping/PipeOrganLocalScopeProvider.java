package org.pipeorgan.dsl.scoping;

import com.google.inject.Inject;

import java.util.ArrayList;
import java.util.List;

import org.eclipse.emf.ecore.EObject;
import org.eclipse.xtext.naming.IQualifiedNameConverter;
import org.eclipse.xtext.naming.QualifiedName;
import org.eclipse.xtext.scoping.impl.ImportNormalizer;
import org.eclipse.xtext.scoping.impl.ImportedNamespaceAwareLocalScopeProvider;
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

	@Override
	protected List<ImportNormalizer> getImplicitImports(boolean ignoreCase) {
		return List.of(new ImportNormalizer(QualifiedName.create("library", "interconnects"), true, ignoreCase),
				new ImportNormalizer(QualifiedName.create("library", "policies"), true, ignoreCase));
	}
}
