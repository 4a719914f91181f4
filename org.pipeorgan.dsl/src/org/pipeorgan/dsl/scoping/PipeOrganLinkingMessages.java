package org.pipeorgan.dsl.scoping;

import com.google.inject.Inject;
import com.google.inject.Provider;

import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.StreamSupport;

import org.eclipse.emf.ecore.EClass;
import org.eclipse.xtext.diagnostics.DiagnosticMessage;
import org.eclipse.xtext.diagnostics.Severity;
import org.eclipse.xtext.linking.impl.LinkingDiagnosticMessageProvider;
import org.eclipse.xtext.scoping.IScopeProvider;
import org.pipeorgan.dsl.pipeorgan.PipeorganPackage;
import org.pipeorgan.dsl.units.Units;
import org.pipeorgan.dsl.validation.IssueCode;

/** Unresolved names, with the most similar visible one. */
public class PipeOrganLinkingMessages extends LinkingDiagnosticMessageProvider {
	private static final int MOST_COMPARED = 2000;
	@Inject
	private Provider<IScopeProvider> scopes;

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
		int most = Math.max(1, written.length() / 3);
		return StreamSupport.stream(scopes.get().getScope(context.getContext(), context.getReference()).getAllElements().spliterator(), false)
				.limit(MOST_COMPARED).map(description -> description.getName().toString()).filter(name -> Math.abs(name.length() - written.length()) <= most)
				.filter(name -> distance(name, written) <= most).min(Comparator.<String>comparingInt(name -> distance(name, written)).thenComparing(name -> name));
	}

	/** Edit distance, case ignored. */
	private static int distance(String a, String b) {
		String left = a.toLowerCase(Locale.ROOT);
		String right = b.toLowerCase(Locale.ROOT);
		int[] last = new int[right.length() + 1];
		for (int j = 0; j < last.length; j++) {
			last[j] = j;
		}
		for (int i = 1; i <= left.length(); i++) {
			int[] next = new int[right.length() + 1];
			next[0] = i;
			for (int j = 1; j <= right.length(); j++) {
				int change = left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1;
				next[j] = Math.min(Math.min(next[j - 1], last[j]) + 1, last[j - 1] + change);
			}
			last = next;
		}
		return last[right.length()];
	}
}
