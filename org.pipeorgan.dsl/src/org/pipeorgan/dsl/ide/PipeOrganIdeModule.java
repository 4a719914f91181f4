package org.pipeorgan.dsl.ide;

import com.google.inject.Binder;
import com.google.inject.name.Names;

import org.eclipse.emf.ecore.resource.Resource;
import org.eclipse.xtext.generator.IShouldGenerate;
import org.eclipse.xtext.ide.LexerIdeBindings;
import org.eclipse.xtext.ide.editor.bracketmatching.DefaultBracePairProvider;
import org.eclipse.xtext.ide.editor.bracketmatching.IBracePairProvider;
import org.eclipse.xtext.ide.editor.contentassist.IdeContentProposalProvider;
import org.eclipse.xtext.ide.editor.syntaxcoloring.ISemanticHighlightingCalculator;
import org.eclipse.xtext.ide.server.codeActions.ICodeActionService2;
import org.eclipse.xtext.ide.server.formatting.FormattingService;
import org.eclipse.xtext.ide.server.hover.IHoverService;
import org.eclipse.xtext.ide.server.signatureHelp.ISignatureHelpService;
import org.eclipse.xtext.ide.server.symbol.DocumentSymbolMapper.DocumentSymbolKindProvider;
import org.eclipse.xtext.ide.server.symbol.DocumentSymbolMapper.DocumentSymbolNameProvider;
import org.eclipse.xtext.parser.antlr.AntlrTokenDefProvider;
import org.eclipse.xtext.parser.antlr.ITokenDefProvider;
import org.eclipse.xtext.parser.antlr.Lexer;
import org.eclipse.xtext.util.CancelIndicator;
import org.pipeorgan.dsl.ide.server.CodeActions;
import org.pipeorgan.dsl.ide.server.Formatting;
import org.pipeorgan.dsl.ide.server.HoverText;
import org.pipeorgan.dsl.ide.server.SignatureHelpText;
import org.pipeorgan.dsl.parser.antlr.internal.InternalPipeOrganLexer;

/** Binds the editor services that the workbench and the language server share. */
public class PipeOrganIdeModule extends AbstractPipeOrganIdeModule {
	/** The parser's own lexer also serves the lexical colouring. */
	public void configureHighlightingLexer(Binder binder) {
		binder.bind(Lexer.class).annotatedWith(Names.named(LexerIdeBindings.HIGHLIGHTING)).to(InternalPipeOrganLexer.class);
	}

	/** The names of that lexer's tokens. */
	public void configureHighlightingTokens(Binder binder) {
		binder.bind(ITokenDefProvider.class).annotatedWith(Names.named(LexerIdeBindings.HIGHLIGHTING)).to(AntlrTokenDefProvider.class);
	}

	/** Brackets that belong together. */
	public Class<? extends IBracePairProvider> bindIBracePairProvider() {
		return DefaultBracePairProvider.class;
	}

	/** Colours by meaning. */
	public Class<? extends ISemanticHighlightingCalculator> bindISemanticHighlightingCalculator() {
		return PipeOrganSemanticHighlightingCalculator.class;
	}

	/** What may stand at a place. */
	public Class<? extends IdeContentProposalProvider> bindIdeContentProposalProvider() {
		return PipeOrganContentProposals.class;
	}

	/** What is said of an element, for language clients. */
	public Class<? extends IHoverService> bindIHoverService() {
		return HoverText.class;
	}

	/** Quick fixes, for language clients. */
	public Class<? extends ICodeActionService2> bindICodeActionService2() {
		return CodeActions.class;
	}

	/** Layout, for language clients. */
	public Class<? extends FormattingService> bindFormattingService() {
		return Formatting.class;
	}

	/** Signatures, for language clients. */
	public Class<? extends ISignatureHelpService> bindISignatureHelpService() {
		return SignatureHelpText.class;
	}

	/** Kinds of the elements in outlines. */
	public Class<? extends DocumentSymbolKindProvider> bindDocumentSymbolKindProvider() {
		return PipeOrganSymbolKindProvider.class;
	}

	/** Names of the elements in outlines. */
	public Class<? extends DocumentSymbolNameProvider> bindDocumentSymbolNameProvider() {
		return PipeOrganSymbolNameProvider.class;
	}

	/** A study runs when it is told to, never because its file was built while editing. */
	public Class<? extends IShouldGenerate> bindIShouldGenerate() {
		return NeverGenerate.class;
	}

	private static final class NeverGenerate implements IShouldGenerate {
		@Override
		public boolean shouldGenerate(Resource resource, CancelIndicator cancelIndicator) {
			return false;
		}
	}
}
