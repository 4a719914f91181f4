package org.pipeorgan.dsl.ide;

import org.eclipse.emf.ecore.EObject;
import org.eclipse.xtext.ide.server.symbol.DocumentSymbolMapper.DocumentSymbolNameProvider;
import org.pipeorgan.dsl.pipeorgan.Declaration;
import org.pipeorgan.dsl.pipeorgan.Value;

/** Outlines show declarations and values, under the names that are written. */
public class PipeOrganSymbolNameProvider extends DocumentSymbolNameProvider {
	@Override
	public String getName(EObject object) {
		return switch (object) {
		case Declaration declaration -> declaration.getName();
		case Value value -> value.getName();
		default -> null;
		};
	}
}
