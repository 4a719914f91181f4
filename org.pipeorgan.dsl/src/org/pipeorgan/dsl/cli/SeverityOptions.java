package org.pipeorgan.dsl.cli;

import java.util.Map;

import org.pipeorgan.dsl.settings.Severities;
import picocli.CommandLine.Option;

/** The options that set severities, for every command that validates. */
final class SeverityOptions {
	@Option(names = "--severity", paramLabel = "CODE=LEVEL", description = "How bad a kind of problem is: error, warning, info or ignore; may be given more than once. "
			+ "Goes before the file .pipeorgan.")
	private Map<String, String> chosen = Map.of();

	/** @throws UsageException if there is no such code or severity */
	Severities severities() {
		Severities severities = Severities.NONE;
		for (Map.Entry<String, String> entry : chosen.entrySet()) {
			try {
				severities = severities.with(entry.getKey(), entry.getValue());
			} catch (IllegalArgumentException e) {
				throw new UsageException(e.getMessage());
			}
		}
		return severities;
	}
}
