package org.pipeorgan.dsl.ui.language;

import com.google.inject.Inject;
import com.google.inject.Provider;
import com.google.inject.Singleton;
import com.google.inject.name.Named;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import org.antlr.runtime.ANTLRStringStream;
import org.antlr.runtime.Token;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.NullProgressMonitor;
import org.eclipse.emf.common.util.URI;
import org.eclipse.emf.ecore.EObject;
import org.eclipse.emf.ecore.resource.Resource;
import org.eclipse.emf.ecore.util.EcoreUtil;
import org.eclipse.lsp4j.DocumentSymbol;
import org.eclipse.xtext.EcoreUtil2;
import org.eclipse.xtext.documentation.IEObjectDocumentationProvider;
import org.eclipse.xtext.formatting2.regionaccess.ITextReplacement;
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
import org.eclipse.xtext.nodemodel.util.NodeModelUtils;
import org.eclipse.xtext.parser.antlr.Lexer;
import org.eclipse.xtext.resource.EObjectAtOffsetHelper;
import org.eclipse.xtext.resource.ILocationInFileProvider;
import org.eclipse.xtext.resource.IResourceFactory;
import org.eclipse.xtext.resource.XtextResource;
import org.eclipse.xtext.resource.XtextResourceSet;
import org.eclipse.xtext.util.CancelIndicator;
import org.eclipse.xtext.util.ITextRegion;
import org.eclipse.xtext.util.LineAndColumn;
import org.eclipse.xtext.util.StringInputStream;
import org.eclipse.xtext.util.TextRegion;
import org.eclipse.xtext.validation.CheckMode;
import org.eclipse.xtext.validation.IResourceValidator;
import org.eclipse.xtext.validation.Issue;
import org.pipeorgan.dsl.formatting2.Layout;
import org.pipeorgan.dsl.ide.Facts;
import org.pipeorgan.dsl.ide.Fixes;
import org.pipeorgan.dsl.ide.InlayHints;
import org.pipeorgan.dsl.ide.References;
import org.pipeorgan.dsl.ide.Signatures;
import org.pipeorgan.dsl.pipeorgan.BlockUse;
import org.pipeorgan.dsl.pipeorgan.FileImport;
import org.pipeorgan.dsl.pipeorgan.Graph;
import org.pipeorgan.dsl.pipeorgan.Model;
import org.pipeorgan.dsl.pipeorgan.NamedElement;
import org.pipeorgan.dsl.pipeorgan.Operator;
import org.pipeorgan.dsl.pipeorgan.Study;
import org.pipeorgan.dsl.pipeorgan.Workload;
import org.pipeorgan.dsl.pipeorgan.WorkloadMember;
import org.pipeorgan.dsl.scoping.PipeOrganGlobalScopeProvider;
import org.pipeorgan.dsl.settings.SettingsProvider;
import org.pipeorgan.dsl.settings.Severities;

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
	private Layout layout;
	@Inject
	private Fixes fixes;
	@Inject
	private InlayHints hints;
	@Inject
	private Signatures signatures;
	@Inject
	private Facts facts;
	@Inject
	private References references;
	@Inject
	private PipeOrganGlobalScopeProvider scopes;
	@Inject
	private IFoldingRangeProvider foldingRanges;
	@Inject
	private IBracePairProvider braces;

	/**
	 * Where an element stands.
	 *
	 * @param file its file
	 * @param line from 1
	 * @param column from 1
	 */
	public record Place(URI file, int line, int column) {
	}

	/** Where {@code element} stands. */
	public Place place(EObject element) {
		INode node = NodeModelUtils.findActualNodeFor(element);
		LineAndColumn begin = node == null ? LineAndColumn.from(1, 1) : NodeModelUtils.getLineAndColumn(node, node.getOffset());
		return new Place(element.eResource().getURI(), begin.getLine(), begin.getColumn());
	}

	/** A new empty set of resources. */
	public XtextResourceSet createResourceSet() {
		return createResourceSet(UnsavedTexts.NONE);
	}

	private XtextResourceSet createResourceSet(UnsavedTexts unsaved) {
		XtextResourceSet resources = resourceSets.get();
		if (unsaved != UnsavedTexts.NONE) {
			resources.getURIConverter().getURIHandlers().add(0, new UnsavedTextHandler(unsaved));
		}
		return resources;
	}

	/** As {@link #parse(URI, String, UnsavedTexts, Severities)}, with other files as they are saved and the language's own severities. */
	public XtextResource parse(URI file, String text) {
		return parse(file, text, UnsavedTexts.NONE, Severities.NONE);
	}

	/**
	 * Parses {@code text} as the content of {@code file} in a resource set of its own; names are linked on demand.
	 *
	 * @param unsaved the texts of other files that are not to be read as they are saved
	 * @param severities those that differ from the language's own
	 * @throws IllegalStateException if the text cannot be read at all (not for errors in the text)
	 */
	public XtextResource parse(URI file, String text, UnsavedTexts unsaved, Severities severities) {
		XtextResource resource = (XtextResource) resourceFactory.createResource(file);
		XtextResourceSet resources = createResourceSet(unsaved);
		SettingsProvider.set(resources, severities);
		resources.getResources().add(resource);
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
		return source == null ? Optional.empty() : references.elementAt(resource, offset).map(
				element -> new Target(source.getTextRegion(), element.eResource().getURI(), locations.getSignificantTextRegion(element), name(element)));
	}

	/** What there is to say about the element that is named at {@code offset}. */
	public Optional<Description> describe(XtextResource resource, int offset) {
		return references.elementAt(resource, offset).map(element -> {
			INode source = elementsAtOffset.getCrossReferenceNode(resource, new TextRegion(offset, 0));
			return describe(element, source == null ? locations.getSignificantTextRegion(element) : source.getTextRegion());
		});
	}

	/** What there is to say about the innermost named element around {@code offset}. */
	public Optional<Description> describeAround(XtextResource resource, int offset) {
		Optional<Description> named = describe(resource, offset);
		if (named.isPresent()) {
			return named;
		}
		for (EObject element = elementsAtOffset.resolveContainedElementAt(resource, offset); element != null; element = element.eContainer()) {
			if (element instanceof NamedElement) {
				return Optional.of(describe(element, locations.getSignificantTextRegion(element)));
			}
		}
		return Optional.empty();
	}

	private Description describe(EObject element, ITextRegion region) {
		String comment = documentation.getDocumentation(element);
		return new Description(region, kind(element), name(element), comment == null ? "" : comment.strip(), facts.of(element));
	}

	/** The changes that bring the lines of {@code region} into the language's layout; none if they cannot be laid out. */
	public List<ITextReplacement> format(XtextResource resource, ITextRegion region) {
		return layout.format(resource, region);
	}

	/** The whole of {@code text} in the language's layout; as it is if it cannot be laid out. */
	public String format(URI file, String text) {
		return layout.format(parse(file, text));
	}

	/** The ways to mend {@code issue}, which was found in {@code resource}; best first. */
	public List<Fixes.Fix> fixes(XtextResource resource, Issue issue) {
		return issue.getCode() == null || issue.getOffset() == null || issue.getLength() == null ? List.of()
				: fixes.of(resource, issue.getCode(), issue.getOffset(), issue.getLength(), issue.getData() == null ? List.of() : Arrays.asList(issue.getData()));
	}

	/** Shapes behind the names of values. */
	public List<InlayHints.Hint> shapes(XtextResource resource) {
		return hints.in(resource, new TextRegion(0, Integer.MAX_VALUE));
	}

	/** What operators compute, behind each. */
	public List<InlayHints.Hint> work(XtextResource resource) {
		return hints.work(resource);
	}

	/** What is taken by the operator or block that is typed at {@code offset}. */
	public Optional<Signatures.Signature> signature(XtextResource resource, int offset) {
		return signatures.at(resource, offset);
	}

	/** The places of {@code resource} that name what is named at {@code offset}. */
	public List<References.Reference> occurrences(XtextResource resource, int offset, CancelIndicator cancel) {
		return references.elementAt(resource, offset).map(element -> references.to(element, List.of(resource), monitor(cancel))).orElse(List.of());
	}

	/**
	 * The places in {@code files} that name what is named at {@code offset} of {@code file}.
	 *
	 * @param file one of {@code files}, or a file of the library
	 * @return empty if nothing is named there
	 */
	public Optional<Usage> usage(URI file, int offset, Collection<URI> files, UnsavedTexts unsaved, CancelIndicator cancel) {
		XtextResourceSet resources = createResourceSet(unsaved);
		List<Resource> loaded = new ArrayList<>();
		for (URI each : files) {
			if (cancel.isCanceled()) {
				return Optional.empty();
			}
			if (resources.getURIConverter().exists(each, Map.of())) {
				loaded.add(resources.getResource(each, true));
			}
		}
		return references.elementAt((XtextResource) resources.getResource(file, true), offset).map(element -> new Usage(kind(element), simpleName(element), name(element),
				element.eResource().getURI(), files.contains(element.eResource().getURI()), references.to(element, loaded, monitor(cancel))));
	}

	/**
	 * An operator, or the use of a block, as a text names it.
	 *
	 * @param workload name of its workload; empty if it is in a block
	 * @param name its name there
	 */
	public record Member(String workload, String name) {
		/** Whether {@code operator} of {@code of}, as results name them, stands here. */
		public boolean covers(String of, String operator) {
			return workload.isEmpty() ? operator.endsWith("." + name) : workload.equals(of) && (operator.equals(name) || operator.startsWith(name + "."));
		}
	}

	/** The operator or the use of a block around {@code offset}. */
	public Optional<Member> memberAround(XtextResource resource, int offset) {
		EObject inside = elementsAtOffset.resolveContainedElementAt(resource, offset);
		WorkloadMember member = inside == null ? null : EcoreUtil2.getContainerOfType(inside, WorkloadMember.class);
		String name = member instanceof BlockUse use && !use.getResults().isEmpty() ? use.getResults().get(0).getName() : member instanceof Operator operator ? operator.getName() : null;
		return name == null ? Optional.empty() : Optional.of(new Member(member.eContainer() instanceof Workload workload ? workload.getName() : "", name));
	}

	/**
	 * Where an operator that a result names is declared.
	 *
	 * @param source the file of the study, with {@code text}
	 * @param workload label of the workload
	 * @param operator name of the operator; inside blocks with the names of their uses before it
	 */
	public Optional<Target> operator(URI source, String text, UnsavedTexts unsaved, String workload, String operator) {
		XtextResource resource = parse(source, text, unsaved, Severities.NONE);
		String[] path = operator.split("\\.");
		return studies(resource).stream().flatMap(study -> study.getMappings().stream()).flatMap(mapping -> mapping.getWorkloads().stream())
				.filter(each -> !each.eIsProxy() && ("." + name(each)).endsWith("." + workload)).findFirst().flatMap(each -> member(each, path[0]))
				.map(member -> path.length > 1 && member instanceof BlockUse use && use.getBlock() != null ? member(use.getBlock(), path[path.length - 1]).orElse(member) : member)
				.map(member -> member instanceof BlockUse use ? use.getResults().get(0) : member)
				.map(element -> new Target(TextRegion.EMPTY_REGION, element.eResource().getURI(), locations.getSignificantTextRegion(element), operator));
	}

	private static Optional<WorkloadMember> member(Graph graph, String name) {
		return graph.getMembers().stream().filter(member -> member instanceof BlockUse use ? use.getResults().stream().anyMatch(result -> name.equals(result.getName()))
				: member instanceof Operator operator && name.equals(operator.getName())).findFirst();
	}

	/** The studies that {@code resource} declares, in order. */
	public List<Study> studies(XtextResource resource) {
		return resource.getContents().isEmpty() || !(resource.getContents().get(0) instanceof Model model) ? List.of()
				: model.getDeclarations().stream().filter(Study.class::isInstance).map(Study.class::cast).toList();
	}

	/** The other files that {@code resource} was read with: those that it imports, also where they are missing, and what these read. */
	public Set<URI> read(XtextResource resource) {
		Set<URI> read = new HashSet<>();
		for (Resource each : List.copyOf(resource.getResourceSet().getResources())) {
			read.add(each.getURI());
			if (!each.getContents().isEmpty() && each.getContents().get(0) instanceof Model model) {
				model.getImports().stream().filter(FileImport.class::isInstance).map(FileImport.class::cast).filter(imported -> imported.getImportURI() != null)
						.map(imported -> scopes.resolve(imported.getImportURI(), each)).filter(Objects::nonNull).forEach(read::add);
			}
		}
		read.remove(resource.getURI());
		return read;
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

	private static String simpleName(EObject element) {
		return element instanceof NamedElement named && named.getName() != null ? named.getName() : "";
	}

	private static IProgressMonitor monitor(CancelIndicator cancel) {
		return new NullProgressMonitor() {
			@Override
			public boolean isCanceled() {
				return cancel.isCanceled();
			}
		};
	}

	private static String kind(EObject element) {
		return element.eClass().getName().toLowerCase(Locale.ROOT);
	}
}
