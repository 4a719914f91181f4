package org.pipeorgan.tests.language;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.eclipse.xtext.GrammarUtil;
import org.junit.jupiter.api.Test;
import org.pipeorgan.dsl.services.PipeOrganGrammarAccess;

/** The language reference is true. */
class ReferenceTest {
	@Test
	void everyWordOfTheGrammarIsThere() throws IOException {
		Set<String> words = Pattern.compile("[A-Za-z_][A-Za-z_0-9-]*").matcher(Files.readString(Pog.root().resolve("org.pipeorgan.dsl/docs/language-reference.md"))).results().map(match -> match.group())
				.collect(Collectors.toSet());
		List<String> missing = GrammarUtil.getAllKeywords(Pog.service(PipeOrganGrammarAccess.class).getGrammar()).stream().filter(keyword -> keyword.matches("[A-Za-z_].*") && !words.contains(keyword))
				.sorted().toList();
		assertEquals(List.of(), missing);
	}

	@Test
	void everyExampleIsValidAndFormatted() throws IOException {
		var matcher = Pattern.compile("```pog\\n(.*?)```", Pattern.DOTALL)
				.matcher(Files.readString(Pog.root().resolve("org.pipeorgan.dsl/docs/language-reference.md")));
		List<String> examples = new ArrayList<>();
		while (matcher.find()) {
			examples.add(matcher.group(1));
		}
		assertTrue(examples.size() >= 2);
		for (String example : examples) {
			assertEquals(List.of(), Pog.validate(example));
			assertEquals(example, Pog.format(example));
		}
	}
}
