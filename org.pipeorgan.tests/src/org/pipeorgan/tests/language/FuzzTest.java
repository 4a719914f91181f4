package org.pipeorgan.tests.language;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

import org.eclipse.xtext.diagnostics.Severity;
import org.eclipse.xtext.resource.XtextResource;
import org.eclipse.xtext.util.TextRegion;
import org.eclipse.xtext.validation.Issue;
import org.junit.jupiter.api.Test;
import org.pipeorgan.dsl.conversion.Xmi;
import org.pipeorgan.dsl.ide.Facts;
import org.pipeorgan.dsl.ide.Fixes;
import org.pipeorgan.dsl.ide.InlayHints;
import org.pipeorgan.dsl.ide.Signatures;
import org.pipeorgan.dsl.pipeorgan.Model;
import org.pipeorgan.tests.Fuzzing;

/** Mutated texts go through parser, linker, validator, formatter and editor services. */
class FuzzTest {
	private static final int COUNT = Fuzzing.count(400);
	private static final List<String> WORDS = List.of("{", "}", "(", ")", "[", "]", ",", "=", "..", "/", "*", "-", "\"", "/*", "//", "0", "-1", "9223372036854775807",
			"99999999999999999999999999999999999999999999", "0.000000000000000000000000001", "1e9", "K", "x", "param", "workload", "block", "segment", "repeat 99999", "refines", "import", "input",
			"output", "GB/s", "MiB", "\u0000", "\uFEFF", "\u202E", "\uD83D\uDE00", "\uD800", "\t", "\r", "\n", "((((((((((", "import \"test.pog\"", "pad same", "precision 0 bit", "clock 0 GHz");

	private static final List<String> NESTS = List.of("(", "[", "{", "-", "1 + ", "1 * (", "workload x { ", "repeat 2 ", "y = relu(", "import \"test.pog\" ", "param p = p * ");

	static List<String> sources() throws IOException {
		List<String> sources = new ArrayList<>(ValidationTest.cases().map(ValidationTest.Case::source).toList());
		sources.addAll(ProblemsTest.sections().flatMap(section -> section.examples().stream()).toList());
		sources.add(Files.readString(Pog.root().resolve("org.pipeorgan.dsl.ui/examples/xr/eye-segmentation.pog")));
		sources.add(FormatterTest.FORMATTED);
		return sources;
	}

	static String mutate(List<String> sources, Random random) {
		StringBuilder text = new StringBuilder(sources.get(random.nextInt(sources.size())));
		if (random.nextInt(4) == 0) {
			text.append('\n').append(sources.get(random.nextInt(sources.size())));
		}
		for (int i = random.nextInt(6); i >= 0 && !text.isEmpty(); i--) {
			int at = random.nextInt(text.length());
			int end = Math.min(text.length(), at + 1 + random.nextInt(random.nextInt(8) == 0 ? 60 : 6));
			switch (random.nextInt(7)) {
			case 0 -> text.delete(at, end);
			case 1 -> text.insert(at, WORDS.get(random.nextInt(WORDS.size())));
			case 2 -> text.replace(at, end, ' ' + WORDS.get(random.nextInt(WORDS.size())) + ' ');
			case 3 -> text.insert(at, text.substring(at, end).repeat(1 + random.nextInt(3)));
			case 4 -> text.setLength(end);
			case 5 -> text.insert(at, NESTS.get(random.nextInt(NESTS.size())).repeat(random.nextInt(8) == 0 ? 1 + random.nextInt(3000) : 1));
			default -> {
				List<String> words = Arrays.asList(text.toString().split("(?<=\\s)"));
				Collections.swap(words, random.nextInt(words.size()), random.nextInt(words.size()));
				text = new StringBuilder(words.stream().collect(Collectors.joining()));
			}
			}
		}
		return text.toString();
	}

	@Test
	void mutatedTextsBringNothingDown() throws IOException {
		List<String> sources = sources();
		for (int seed = Fuzzing.SEED; seed < Fuzzing.SEED + COUNT; seed++) {
			String text = mutate(sources, new Random(seed));
			int number = seed;
			assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
				try {
					exercise(text, new Random(number));
				} catch (RuntimeException | Error e) {
					throw new AssertionError("seed " + number + ": " + e + "\n" + text, e);
				}
			}, () -> "seed " + number + " takes too long:\n" + text);
		}
	}

	private static void exercise(String text, Random random) {
		XtextResource resource = Pog.parse(text);
		List<Issue> issues = Pog.validate(resource);
		boolean sound = issues.stream().noneMatch(issue -> issue.getSeverity() == Severity.ERROR);
		assertTrue(resource.getErrors().isEmpty() || !sound, "an error is not reported");
		int offset = random.nextInt(text.length() + 1);
		Pog.service(InlayHints.class).in(resource, new TextRegion(0, text.length()));
		Pog.service(Signatures.class).at(resource, offset);
		// an editor asks at one place
		for (Issue issue : issues.subList(0, Math.min(100, issues.size()))) {
			Pog.service(Fixes.class).of(resource, issue.getCode(), issue.getOffset(), issue.getLength(), issue.getData() == null ? List.of() : Arrays.asList(issue.getData()));
		}
		if (!resource.getContents().isEmpty()) {
			resource.getAllContents().forEachRemaining(element -> Pog.service(Facts.class).of(element));
		}
		if (!resource.getParseResult().hasSyntaxErrors()) {
			String once = Pog.format(resource);
			assertEquals(once, Pog.format(once), "formatting is not idempotent");
			String read = resource.getParseResult().getRootNode().getText();
			assertEquals(read.replaceAll("\\s", ""), once.replaceAll("\\s", ""), "formatting changes words");
		}
		if (resource.getErrors().isEmpty() && !resource.getContents().isEmpty() && sound) {
			Pog.service(Xmi.class).write((Model) resource.getContents().get(0), resource.getURI().appendFileExtension("xmi"));
		}
	}
}
