package org.pipeorgan.dsl.ui.language;

import com.google.inject.Inject;
import com.google.inject.Provider;
import com.google.inject.Singleton;
import com.google.inject.name.Named;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import org.antlr.runtime.ANTLRStringStream;
import org.antlr.runtime.Token;
import org.eclipse.emf.common.util.URI;
import org.eclipse.emf.ecore.EObject;
import org.eclipse.emf.ecore.util.EcoreUtil;
import org.eclipse.lsp4j.DocumentSymbol;
import org.eclipse.xtext.documentation.IEObjectDocumentationProvider;
import org.eclipse.xtext.formatting2.FormatterPreferenceKeys;
import org.eclipse.xtext.formatting2.FormatterRequest;
import org.eclipse.xtext.formatting2.IFormatter2;
import org.eclipse.xtext.formatting2.regionaccess.ITextReplacement;
import org.eclipse.xtext.formatting2.regionaccess.TextRegionAccessBuilder;
import org.eclipse.xtext.ide.LexerIdeBindings;
import org.eclipse.xtext.ide.editor.bracketmatching.BracePair;
import org.eclipse.xtext.ide.editor.bracketmatching.IBracePairProvider;
import org.eclipse.xtext.ide.editor.contentassist.ContentAssistEntry;
import org.eclipse.xtext.ide.editor.contentassist.IdeContentProposalAcceptor;
import org.eclipse.xtext.ide.editor.contentassist.IdeContentProposalProvider;
import org.eclipse.xtext.ide.editor.contentassist.antlr.ContentAssistContextFactory;
import org.eclipse.xtext.ide.editor.folding.FoldingRange;
import org.eclipse.xtext.ide.editor.folding.IFoldingRangeProvider;
import org.eclipse.xtext.ide.editor.syntaxcoloring.DefaultAntlrTokenToAttributeIdMapper;
import org.eclipse.xtext.ide.editor.syntaxcoloring.IHighlightedPositionAcceptor;
import org.eclipse.xtext.ide.editor.syntaxcoloring.ISemanticHighlightingCalculator;
import org.eclipse.xtext.ide.server.symbol.HierarchicalDocumentSymbolService;
import org.eclipse.xtext.naming.IQualifiedNameConverter;
import org.eclipse.xtext.naming.IQualifiedNameProvider;
import org.eclipse.xtext.naming.QualifiedName;
import org.eclipse.xtext.nodemodel.INode;
import org.eclipse.xtext.parser.antlr.Lexer;
import org.eclipse.xtext.preferences.MapBasedPreferenceValues;
import org.eclipse.xtext.resource.EObjectAtOffsetHelper;
import org.eclipse.xtext.resource.ILocationInFileProvider;
import org.eclipse.xtext.resource.IResourceFactory;
import org.eclipse.xtext.resource.XtextResource;
import org.eclipse.xtext.resource.XtextResourceSet;
import org.eclipse.xtext.util.CancelIndicator;
import org.eclipse.xtext.util.ITextRegion;
import org.eclipse.xtext.util.StringInputStream;
import org.eclipse.xtext.util.TextRegion;
import org.eclipse.xtext.validation.CheckMode;
import org.eclipse.xtext.validation.IResourceValidator;
import org.eclipse.xtext.validation.Issue;

/**
 * The editor services of the language as the workbench needs them: the only class of this bundle that knows how the
 * language is wired. It holds no state; who calls with a resource sees to it that no other thread uses the resource
 * at the same time.
 */
@Singleton
public final class LanguageServices {
	private static final String ENCODING = "UTF-8";

	@Inject
	private Provider<XtextResourceSet> resourceSets;
	@Inject
	private IResourceFactory resourceFactory;
	@Inject
	private IResourceValidator validator;
	@Inject
	@Named(LexerIdeBindings.HIGHLIGHTING)
	private Provider<Lexer> lexers;
	@Inject
	private DefaultAntlrTokenToAttributeIdMapper tokenStyles;
	@Inject
	private ISemanticHighlightingCalculator semanticHighlighting;
	@Inject
	private Provider<ContentAssistContextFactory> contextFactories;
	@Inject
	private Provider<IdeContentProposalAcceptor> proposalAcceptors;
	@Inject
	private IdeContentProposalProvider proposalProvider;
	@Inject
	private ExecutorService executor;
	@Inject
	private HierarchicalDocumentSymbolService symbolService;
	@Inject
	private EObjectAtOffsetHelper elementsAtOffset;
	@Inject
	private ILocationInFileProvider locations;
	@Inject
	private IEObjectDocumentationProvider documentation;
	@Inject
	private IQualifiedNameProvider names;
	@Inject
	private IQualifiedNameConverter nameConverter;
	@Inject
	private Provider<IFormatter2> formatters;
	@Inject
	private Provider<TextRegionAccessBuilder> regionAccess;
	@Inject
	private IFoldingRangeProvider foldingRanges;
	@Inject
	private IBracePairProvider braces;

	/** A new empty set of resources. */
	public XtextResourceSet createResourceSet() {
		return resourceSets.get();
	}

	/**
	 * Parses {@code text} as the content of {@code file} in a resource set of its own; names are linked on demand.
	 *
	 * @throws IllegalStateException if the text cannot be read at all (not for errors in the text)
	 */
	public XtextResource parse(URI file, String text) {
		XtextResource resource = (XtextResource) resourceFactory.createResource(file);
		createResourceSet().getResources().add(resource);
		try {
			resource.load(new StringInputStream(text, ENCODING), Map.of(XtextResource.OPTION_ENCODING, ENCODING));
		} catch (IOException e) {
			throw new IllegalStateException(e);
		}
		return resource;
	}

	/** All problems of {@code resource}, as the command line and the language server report them. */
	public List<Issue> validate(XtextResource resource, CancelIndicator cancel) {
		return validator.validate(resource, CheckMode.ALL, cancel);
	}

	/** The tokens of {@code text} without white space, by offset. */
	public List<LexicalToken> tokens(String text) {
		Lexer lexer = lexers.get();
		lexer.setCharStream(new ANTLRStringStream(text));
		List<LexicalToken> tokens = new ArrayList<>();
		int offset = 0;
		for (Token token = lexer.nextToken(); token.getType() != Token.EOF; token = lexer.nextToken()) {
			int length = token.getText().length();
			if (length > 0 && !Character.isWhitespace(text.charAt(offset))) {
				tokens.add(new LexicalToken(offset, length, tokenStyles.getId(token.getType())));
			}
			offset += length;
		}
		return tokens;
	}

	/** Reports the places whose colour depends on their meaning to {@code acceptor}. */
	public void highlight(XtextResource resource, IHighlightedPositionAcceptor acceptor, CancelIndicator cancel) {
		semanticHighlighting.provideHighlightingFor(resource, acceptor, cancel);
	}

	/** What may stand at {@code offset} of {@code resource}, whose text is {@code text}; best first. */
	public List<ContentAssistEntry> proposals(XtextResource resource, String text, int offset) {
		ContentAssistContextFactory contexts = contextFactories.get();
		contexts.setPool(executor);
		IdeContentProposalAcceptor acceptor = proposalAcceptors.get();
		proposalProvider.createProposals(List.of(contexts.create(text, new TextRegion(offset, 0), offset, resource)), acceptor);
		List<ContentAssistEntry> entries = new ArrayList<>();
		acceptor.getEntries().forEach(entries::add);
		return entries;
	}

	/** The elements of {@code resource} as a tree. */
	public List<DocumentSymbol> symbols(XtextResource resource, CancelIndicator cancel) {
		return symbolService.getSymbols(resource, cancel);
	}

	/** The declaration that the name at {@code offset} stands for. */
	public Optional<Target> target(XtextResource resource, int offset) {
		INode source = elementsAtOffset.getCrossReferenceNode(resource, new TextRegion(offset, 0));
		EObject element = source == null ? null : elementsAtOffset.getCrossReferencedElement(source);
		if (element == null || element.eIsProxy() || element.eResource() == null) {
			return Optional.empty();
		}
		ITextRegion region = locations.getSignificantTextRegion(element);
		URI file = element.eResource().getURI();
		return Optional.of(new Target(source.getTextRegion(), file, region, name(element)));
	}

	/** What there is to say about the element that is named at {@code offset}. */
	public Optional<Description> describe(XtextResource resource, int offset) {
		INode source = elementsAtOffset.getCrossReferenceNode(resource, new TextRegion(offset, 0));
		EObject element = source == null ? elementsAtOffset.getElementWithNameAt(resource, offset)
				: elementsAtOffset.getCrossReferencedElement(source);
		if (element == null || element.eIsProxy()) {
			return Optional.empty();
		}
		ITextRegion region = source == null ? locations.getSignificantTextRegion(element) : source.getTextRegion();
		String comment = documentation.getDocumentation(element);
		return Optional.of(new Description(region, kind(element) + " " + name(element), comment == null ? "" : comment.strip()));
	}

	/** The changes that bring {@code region} of {@code resource} into the language's layout; none if it does not parse. */
	public List<ITextReplacement> format(XtextResource resource, ITextRegion region, String indentation, String lineSeparator) {
		if (resource.getParseResult() == null || resource.getParseResult().hasSyntaxErrors()) {
			return List.of();
		}
		FormatterRequest request = new FormatterRequest();
		request.setAllowIdentityEdits(false);
		request.setFormatUndefinedHiddenRegionsOnly(false);
		request.addRegion(region);
		MapBasedPreferenceValues preferences = new MapBasedPreferenceValues(new HashMap<>());
		preferences.put(FormatterPreferenceKeys.indentation, indentation);
		preferences.put(FormatterPreferenceKeys.lineSeparator, lineSeparator);
		request.setPreferences(preferences);
		request.setTextRegionAccess(regionAccess.get().forNodeModel(resource).create());
		return formatters.get().format(request);
	}

	/** The parts of {@code resource} that can be folded. */
	public Collection<FoldingRange> foldingRanges(XtextResource resource, CancelIndicator cancel) {
		return foldingRanges.getFoldingRanges(resource, cancel);
	}

	/** The pairs of brackets of the language. */
	public Collection<BracePair> bracePairs() {
		return braces.getPairs();
	}

	private String name(EObject element) {
		QualifiedName name = names.getFullyQualifiedName(element);
		return name == null ? EcoreUtil.getURI(element).fragment() : nameConverter.toString(name);
	}

	private static String kind(EObject element) {
		return element.eClass().getName().toLowerCase(Locale.ROOT);
	}
}
