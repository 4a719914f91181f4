package org.pipeorgan.dsl.ide.server;

import org.eclipse.xtext.ide.editor.syntaxcoloring.HighlightingStyles;
import org.eclipse.xtext.ide.server.semantictokens.SemanticTokensService;

/** Colours by meaning: the styles of the language, called as in its editors. */
public class SemanticTokens extends SemanticTokensService {
	@Override
	protected void addTokenTypes() {
		super.addTokenTypes();
		if (!getTokenTypes().contains(HighlightingStyles.DEFINITION_ID)) {
			getTokenTypes().add(HighlightingStyles.DEFINITION_ID);
		}
	}
}
