package org.pipeorgan.tests.language;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

/** The language reference is true. */
class ReferenceTest {
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
