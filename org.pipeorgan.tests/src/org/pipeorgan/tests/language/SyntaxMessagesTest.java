package org.pipeorgan.tests.language;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.eclipse.xtext.validation.Issue;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said where the text cannot be read: what stands there, and what must. */
class SyntaxMessagesTest {
	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '~', value = { "workload { }|unexpected '{' behind 'workload'; here must stand a name", "package 1odd|unexpected '1' behind 'package'; here must stand a name",
			"study s { policies }|unexpected '}' behind 'policies'; here must stand the name of a policy",
			"policy p { strategy }|unexpected '}' behind 'strategy'; there are pipeorgan, tangram, layer_by_layer, optimal, tangram_paired, simba, fixed",
			"workload W { input x: [C 1] }|unexpected ':' before '['; remove it", "workload W { input x [C 1] y = conv(x) K ! }|unexpected '!' behind 'K'; here must stand a number",
			"workload W { input x C 1] }|'[' is missing before 'C'",
			"accelerator A { array 8 { macs 1 per cycle } }|unexpected '{'; here must stand 'x'",
			"workload W { input x [C 1] y = conv(x) { K 1 } }|unexpected '{'; here may stand an option, such as 'K 8', 'R 3' or 'pad 1', or what follows the operator",
			"import headline.pog|nothing called 'headline.pog' is in the library or in an imported file; write the name of a file in quotes: import \"headline.pog\"" })
	void saysWhatMustStandThere(String text, String message) {
		assertEquals(message, Pog.validate(text).stream().map(Issue::getMessage).filter(each -> each.contains("unexpected") || each.contains("missing before") || each.contains("nothing called")).findFirst().orElse("no such message"));
	}
}
