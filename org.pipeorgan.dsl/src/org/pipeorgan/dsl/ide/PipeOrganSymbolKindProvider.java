package org.pipeorgan.dsl.ide;

import java.util.Map;
import org.eclipse.emf.ecore.EClass;
import org.eclipse.lsp4j.SymbolKind;
import org.eclipse.xtext.ide.server.symbol.DocumentSymbolMapper.DocumentSymbolKindProvider;
import org.pipeorgan.dsl.pipeorgan.PipeorganPackage.Literals;

/**
 * The kind under which an editor shows an element. The protocol has no kinds of this field, so each kind of element has
 * one of its own that suits best; all operators share one.
 */
public class PipeOrganSymbolKindProvider extends DocumentSymbolKindProvider {
	private static final Map<EClass, SymbolKind> KINDS = Map.of(
			Literals.WORKLOAD, SymbolKind.Class,
			Literals.ACCELERATOR, SymbolKind.Struct,
			Literals.INTERCONNECT, SymbolKind.Interface,
			Literals.POLICY, SymbolKind.Enum,
			Literals.STUDY, SymbolKind.Event,
			Literals.OPERATOR, SymbolKind.Function,
			Literals.INPUT, SymbolKind.Variable);

	@Override
	protected SymbolKind getSymbolKind(EClass type) {
		SymbolKind kind = KINDS.get(type);
		if (kind != null) {
			return kind;
		}
		return type.getEAllSuperTypes().stream().filter(KINDS::containsKey).findFirst().map(KINDS::get)
				.orElse(SymbolKind.Property);
	}
}
