package org.pipeorgan.dsl.settings;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import org.eclipse.xtext.diagnostics.Severity;
import org.pipeorgan.dsl.validation.IssueCode;

/**
 * Severities that a user has chosen.
 *
 * @param byCode those that differ from the language's own
 */
public record Severities(Map<IssueCode, Severity> byCode) {
	/** The language's own. */
	public static final Severities NONE = new Severities(Map.of());

	/** @param byCode copied */
	public Severities {
		byCode = Map.copyOf(byCode);
	}

	/**
	 * One choice, as users write it.
	 *
	 * @throws IllegalArgumentException if there is no such code or severity, or the code is always an error; the message says which there are
	 */
	public Severities with(String code, String severity) {
		IssueCode known = IssueCode.of(code).orElseThrow(() -> new IllegalArgumentException("there is no issue code '" + code + "'; those that can be set are "
				+ Arrays.stream(IssueCode.values()).filter(IssueCode::isConfigurable).map(IssueCode::id).collect(Collectors.joining(", "))));
		if (!known.isConfigurable()) {
			throw new IllegalArgumentException("'" + code + "' is always an error: nothing can be computed from a file that has it");
		}
		Severity chosen = switch (severity.toLowerCase(Locale.ROOT)) {
		case "error" -> Severity.ERROR;
		case "warning" -> Severity.WARNING;
		case "info" -> Severity.INFO;
		case "ignore" -> Severity.IGNORE;
		default -> throw new IllegalArgumentException("there is no severity '" + severity + "'; write error, warning, info or ignore");
		};
		Map<IssueCode, Severity> all = new EnumMap<>(IssueCode.class);
		all.putAll(byCode);
		all.put(known, chosen);
		return new Severities(all);
	}

	/** The severity that is chosen for a code. */
	public Optional<Severity> of(String code) {
		return IssueCode.of(code).map(byCode::get);
	}
}
