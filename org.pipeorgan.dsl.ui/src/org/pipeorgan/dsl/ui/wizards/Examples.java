package org.pipeorgan.dsl.ui.wizards;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.Platform;
import org.eclipse.core.runtime.Status;
import org.pipeorgan.dsl.ui.PipeOrganUi;

/** The examples of the bundle. */
public final class Examples {
	private static final String FOLDER = "/examples/";
	/** The one to begin with: it is small. */
	private static final String FIRST = "keyword-detection.pog";

	/**
	 * An example.
	 *
	 * @param folder folder of the examples that it belongs to
	 * @param file name of its file
	 * @param text content of its file
	 */
	public record Example(String folder, String file, String text) {
		/** What it is about: the comment at the beginning. */
		public String about() {
			int start = text.indexOf("/*");
			int end = text.indexOf("*/");
			return start < 0 || end < 0 ? "" : text.substring(start + 2, end).lines().map(line -> line.strip().replaceFirst("^\\*\\s?", ""))
					.reduce("", (a, b) -> b.isEmpty() ? a + (a.isEmpty() ? "" : "\n\n") : a + (a.isEmpty() || a.endsWith("\n") ? "" : " ") + b).strip();
		}
	}

	private Examples() {
	}

	/** All examples, the one to begin with first. */
	public static List<Example> all() throws CoreException {
		List<Example> examples = new ArrayList<>();
		for (URL url : Collections.list(Platform.getBundle(PipeOrganUi.ID).findEntries(FOLDER, "*." + PipeOrganUi.FILE_EXTENSION, true))) {
			String[] path = url.getPath().substring(FOLDER.length()).split("/");
			try (InputStream stream = url.openStream()) {
				examples.add(new Example(path[0], path[path.length - 1], new String(stream.readAllBytes(), StandardCharsets.UTF_8)));
			} catch (IOException e) {
				throw new CoreException(Status.error("The example " + url + " could not be read", e));
			}
		}
		examples.sort(Comparator.comparing((Example example) -> !example.file.equals(FIRST)).thenComparing(Example::file));
		return examples;
	}

	/** The texts of all examples of a folder, which read each other, by file. */
	public static Map<String, String> files(String folder) throws CoreException {
		Map<String, String> files = new LinkedHashMap<>();
		all().stream().filter(example -> example.folder.equals(folder)).forEach(example -> files.put(example.file, example.text));
		return files;
	}
}
