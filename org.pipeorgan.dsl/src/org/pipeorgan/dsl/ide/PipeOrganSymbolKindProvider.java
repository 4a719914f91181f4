package org.pipeorgan.dsl.ide;

import java.util.Map;
import org.eclipse.emf.ecore.EClass;
import org.eclipse.lsp4j.SymbolKind;
import org.eclipse.xtext.ide.server.symbol.DocumentSymbolMapper.DocumentSymbolKindProvider;

/**
 * The kind under which an editor shows an element. The protocol has no kinds of this field, so each kind of element has
 * one of its own that suits best; all operators share one.
 */
public class PipeOrganSymbolKindProvider extends DocumentSymbolKindProvider {
	private static final Map<String, SymbolKind> KINDS = Map.of(
			"Workload", SymbolKind.Class,
			"Accelerator", SymbolKind.Struct,
			"Interconnect", SymbolKind.Interface,
			"Policy", SymbolKind.Enum,
			"Study", SymbolKind.Event,
			"Operator", SymbolKind.Function,
			"Input", SymbolKind.Variable);

	@Override
	protected SymbolKind getSymbolKind(EClass type) {
		SymbolKind kind = KINDS.get(type.getName());
		if (kind != null) {
			return kind;
		}
		return type.getEAllSuperTypes().stream().map(EClass::getName).filter(KINDS::containsKey).findFirst().map(KINDS::get)
				.orElse(SymbolKind.Property);
	}
}
