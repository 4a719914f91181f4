package org.pipeorgan.dsl.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A file {@code .pipeorgan}, which holds for the files in its folder and below. Its lines are {@code severity.CODE = LEVEL},
 * comments behind {@code #}, or empty.
 *
 * @param path       the file; {@code null} if there is none
 * @param severities the severities that it chooses
 * @param problems   lines that mean nothing, each with its number and what would mend it
 */
public record SettingsFile(Path path, Severities severities, List<String> problems) {
	/** Name of the file. */
	public static final String NAME = ".pipeorgan";
	/** No settings. */
	public static final SettingsFile NONE = new SettingsFile(null, Severities.NONE, List.of());
	private static final String SEVERITY = "severity.";

	/** The nearest settings file in a folder or above; {@link #NONE} if there is none. */
	public static SettingsFile above(Path folder) {
		for (Path each = folder; each != null; each = each.getParent()) {
			Path file = each.resolve(NAME);
			if (Files.isRegularFile(file)) {
				return read(file);
			}
		}
		return NONE;
	}

	private static SettingsFile read(Path file) {
		Severities severities = Severities.NONE;
		List<String> problems = new ArrayList<>();
		try {
			List<String> lines = Files.readAllLines(file);
			for (int i = 0; i < lines.size(); i++) {
				String line = lines.get(i).replaceFirst("#.*", "").strip();
				int equals = line.indexOf('=');
				if (line.isEmpty()) {
					continue;
				}
				try {
					if (equals < 0 || !line.startsWith(SEVERITY)) {
						throw new IllegalArgumentException("'" + line + "' is no setting; write, for example, 'severity.unused-parameter = ignore'");
					}
					severities = severities.with(line.substring(SEVERITY.length(), equals).strip(), line.substring(equals + 1).strip());
				} catch (IllegalArgumentException e) {
					problems.add("line " + (i + 1) + ": " + e.getMessage());
				}
			}
		} catch (IOException e) {
			problems.add("it cannot be read as UTF-8 text; check its permissions and its encoding");
		}
		return new SettingsFile(file, severities, problems);
	}
}
