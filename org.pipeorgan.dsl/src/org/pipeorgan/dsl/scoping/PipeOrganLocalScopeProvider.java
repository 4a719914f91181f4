package org.pipeorgan.dsl.scoping;

import java.util.List;

import org.eclipse.xtext.naming.QualifiedName;
import org.eclipse.xtext.scoping.impl.ImportNormalizer;
import org.eclipse.xtext.scoping.impl.ImportedNamespaceAwareLocalScopeProvider;

/** Resolves names through the imports of a file; built-in interconnects and policies need none. */
public class PipeOrganLocalScopeProvider extends ImportedNamespaceAwareLocalScopeProvider {
	@Override
	protected List<ImportNormalizer> getImplicitImports(boolean ignoreCase) {
		return List.of(new ImportNormalizer(QualifiedName.create("library", "interconnects"), true, ignoreCase),
				new ImportNormalizer(QualifiedName.create("library", "policies"), true, ignoreCase));
	}
}
