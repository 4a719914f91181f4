package org.pipeorgan.tests.language;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pipeorgan.dsl.settings.SettingsProvider;
import org.pipeorgan.dsl.settings.Severities;
import org.pipeorgan.dsl.validation.IssueCode;

class SettingsTest {
	@TempDir
	private Path folder;
	private Path file;

	@BeforeEach
	void write() throws IOException {
		file = Files.createDirectories(folder.resolve("a/b")).resolve("f.pog");
		Files.writeString(file, "workload T { param k = 1 input i [C 1] y = relu(i) }");
	}

	private List<String> issues() {
		return Pog.validate(Pog.load(file)).stream().map(issue -> issue.getSeverity() + " " + issue.getCode()).sorted().toList();
	}

	@Test
	void theNearestFileCounts() throws IOException {
		assertEquals(List.of("WARNING unused-parameter"), issues());
		Files.writeString(folder.resolve(".pipeorgan"), "# ours\n\nseverity.unused-parameter = error # no excuses\n");
		assertEquals(List.of("ERROR unused-parameter"), issues());
		Files.writeString(folder.resolve("a/.pipeorgan"), "severity.unused-parameter=ignore");
		assertEquals(List.of(), issues());
	}

	@Test
	void whatIsSetForACommandGoesFirst() throws IOException {
		Files.writeString(folder.resolve(".pipeorgan"), "severity.unused-parameter = error");
		var resource = Pog.load(file);
		SettingsProvider.set(resource.getResourceSet(), Severities.NONE.with("unused-parameter", "Info"));
		assertEquals("INFO", Pog.validate(resource).get(0).getSeverity().name());
	}

	@Test
	void linesThatMeanNothingAreReported() throws IOException {
		Files.writeString(folder.resolve(".pipeorgan"), "severity.unused-paramter = ignore\nseverity.unused-parameter = none\ntabs = 4\nseverity.syntax-error = warning\n");
		var messages = Pog.validate(Pog.load(file)).stream().filter(issue -> issue.getCode().equals(IssueCode.INVALID_SETTINGS.id())).map(issue -> issue.getMessage()).toList();
		assertEquals(4, messages.size());
		assertTrue(messages.get(0).startsWith("in .pipeorgan, line 1: there is no issue code 'unused-paramter'; those that can be set are"), messages::toString);
		assertTrue(messages.get(1).contains("line 2: there is no severity 'none'; write error, warning, info or ignore"), messages::toString);
		assertTrue(messages.get(2).contains("line 3: 'tabs = 4' is no setting"), messages::toString);
		assertTrue(messages.get(3).contains("line 4: 'syntax-error' is always an error"), messages::toString);
	}

	@Test
	void whatLeavesNothingToComputeStaysAnError() {
		assertThrows(IllegalArgumentException.class, () -> Severities.NONE.with("missing-unit", "warning"));
	}
}
