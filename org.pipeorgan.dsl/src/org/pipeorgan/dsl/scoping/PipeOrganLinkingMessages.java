package org.pipeorgan.dsl.scoping;

import com.google.inject.Inject;
import com.google.inject.Provider;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import org.eclipse.emf.ecore.EClass;
import org.eclipse.emf.ecore.EObject;
import org.eclipse.emf.ecore.resource.Resource;
import org.eclipse.xtext.EcoreUtil2;
import org.eclipse.xtext.Keyword;
import org.eclipse.xtext.diagnostics.DiagnosticMessage;
import org.eclipse.xtext.diagnostics.Severity;
import org.eclipse.xtext.linking.impl.LinkingDiagnosticMessageProvider;
import org.eclipse.xtext.scoping.IScopeProvider;
import org.eclipse.xtext.util.IResourceScopeCache;
import org.eclipse.xtext.util.Tuples;
import org.pipeorgan.dsl.expressions.Spelling;
import org.pipeorgan.dsl.pipeorgan.Model;
import org.pipeorgan.dsl.pipeorgan.Parameter;
import org.pipeorgan.dsl.pipeorgan.PipeorganPackage;
import org.pipeorgan.dsl.services.PipeOrganGrammarAccess;
import org.pipeorgan.dsl.units.Units;
import org.pipeorgan.dsl.validation.IssueCode;

/** Unresolved names, with the most similar visible one. */
public class PipeOrganLinkingMessages extends LinkingDiagnosticMessageProvider {
	private static final int MOST_COMPARED = 2000;

	/** The names that a declaration sees, and what they are like: a word may be unknown a thousand times. */
	private record Visible(List<String> names, Map<String, Optional<String>> similar) {
	}

	@Inject
	private Provider<IScopeProvider> scopes;
	@Inject
	private IResourceScopeCache cache;
	@Inject
	private PipeOrganGrammarAccess grammar;

	@Override
	public DiagnosticMessage getUnresolvedProxyMessage(ILinkingDiagnosticContext context) {
		EClass type = context.getReference().getEReferenceType();
		String what = type == PipeorganPackage.Literals.VALUE ? "value" : type.getName().toLowerCase(Locale.ROOT);
		String written = context.getLinkText();
		if (type == PipeorganPackage.Literals.PARAMETER && Units.find(written).isPresent()) {
			return new DiagnosticMessage("there is no parameter '" + written + "' here; a unit is written without blanks, such as 'GB/s'", Severity.ERROR,
					IssueCode.UNRESOLVED_NAME.id());
		}
		Optional<String> similar = similar(context, written);
		String hint = similar.map(name -> "did you mean '" + name + "'?")
				.orElse(type == PipeorganPackage.Literals.VALUE ? "values are inputs, operators and results of the same workload or block" : "declare it, or import the file or package that does");
		return new DiagnosticMessage("there is no " + what + " '" + written + "' here; " + hint, Severity.ERROR, IssueCode.UNRESOLVED_NAME.id(),
				similar.map(name -> new String[] { name }).orElse(new String[0]));
	}

	private Optional<String> similar(ILinkingDiagnosticContext context, String written) {
		EObject around = around(context.getContext());
		Visible visible = cache.get(Tuples.create("visible names", context.getReference(), around), context.getContext().eResource(), () -> new Visible(names(context), new ConcurrentHashMap<>()));
		return visible.similar().computeIfAbsent(written, word -> visible.names().stream().filter(name -> name.endsWith("." + word)).findFirst()
				.or(() -> Spelling.similar(word, visible.names().stream())));
	}

	/** The declaration of the file that an element is in; {@code null} in the value of a parameter of the file, which sees what the file does. */
	private static EObject around(EObject element) {
		EObject around = element;
		while (around != null && !(around.eContainer() instanceof Model)) {
			around = around.eContainer();
		}
		return around instanceof Parameter ? null : around;
	}

	/** Where a block is named, an operator may be meant. */
	private List<String> names(ILinkingDiagnosticContext context) {
		Stream<String> operators = context.getReference() == PipeorganPackage.Literals.BLOCK_USE__BLOCK ? EcoreUtil2.getAllContentsOfType(grammar.getValidIDRule(), Keyword.class).stream().map(Keyword::getValue) : Stream.empty();
		return Stream.concat(operators, StreamSupport.stream(scopes.get().getScope(context.getContext(), context.getReference()).getAllElements().spliterator(), false)
				.limit(MOST_COMPARED).map(description -> description.getName().toString())).toList();
	}
}
