package org.pipeorgan.tests.language;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.eclipse.xtext.diagnostics.Severity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pipeorgan.dsl.validation.IssueCode;

/** The documentation of problems is complete and true. */
class ProblemsTest {
	private static final Pattern SECTION = Pattern.compile("(?ms)^## ([a-z-]+)\\n(Error|Warning|Info)\\. (.*?)(?=^## |\\z)");
	private static final Pattern EXAMPLE = Pattern.compile("(?s)```pog\\n(.*?)```");

	/** A documented code, with a text that has the problem and one that has not. */
	record Section(String code, String severity, List<String> examples) {
	}

	static Stream<Section> sections() throws IOException {
		String document = Files.readString(Pog.root().resolve("org.pipeorgan.dsl/docs/problems.md"));
		return SECTION.matcher(document).results()
				.map(match -> new Section(match.group(1), match.group(2), EXAMPLE.matcher(match.group(3)).results().map(example -> example.group(1)).toList()));
	}

	@Test
	void everyCodeIsDocumentedOnce() throws IOException {
		assertEquals(Arrays.stream(IssueCode.values()).map(IssueCode::id).sorted().toList(), sections().map(Section::code).sorted().toList());
	}

	@ParameterizedTest
	@MethodSource("sections")
	void theFirstExampleHasTheProblemAndTheSecondHasNot(Section section) {
		IssueCode code = IssueCode.of(section.code()).orElseThrow();
		assertEquals(code.severity().name(), section.severity().toUpperCase(Locale.ROOT));
		if (code == IssueCode.INVALID_SETTINGS) {
			return; // its examples are settings files: SettingsTest
		}
		assertEquals(2, section.examples().size());
		Set<String> wrong = Pog.validate(section.examples().get(0)).stream().filter(issue -> issue.getSeverity() != Severity.INFO || issue.getCode().equals(section.code()))
				.map(issue -> issue.getCode()).collect(Collectors.toCollection(TreeSet::new));
		assertEquals(Set.of(section.code()), wrong);
		var right = Pog.parse(section.examples().get(1));
		assertEquals(List.of(), Pog.validate(right));
		assertEquals(section.examples().get(1), Pog.format(right));
	}
}
