package org.pipeorgan.tests.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

/** A library has one version, in the parent POM and in the target files. */
class PinnedVersionsTest {
	private static final Path ROOT = Path.of(System.getProperty("pipeorgan.root")).toAbsolutePath().normalize();
	private static final Map<String, String> PROPERTIES = Map.ofEntries(Map.entry("org.eclipse.xtext", "xtext.version"),
			Map.entry("org.eclipse.emf.common", "emf-common.version"), Map.entry("org.eclipse.emf.ecore", "emf-ecore.version"),
			Map.entry("org.eclipse.emf.ecore.xmi", "emf-xmi.version"), Map.entry("org.eclipse.emf.ecore.change", "emf-change.version"),
			Map.entry("gson", "gson.version"), Map.entry("commons-csv", "commons-csv.version"), Map.entry("picocli", "picocli.version"),
			Map.entry("progressbar", "progressbar.version"), Map.entry("tribuo-util-onnx", "tribuo.version"), Map.entry("protobuf-java", "protobuf.version"),
			Map.entry("junit-jupiter-api", "junit.version"), Map.entry("junit-platform-launcher", "junit-platform.version"));

	@Test
	void targetsAndPomAgree() throws IOException {
		Map<String, String> target = new TreeMap<>();
		for (String file : new String[] { "org.pipeorgan.target.target", "workbench.target" }) {
			var matcher = Pattern.compile("<artifactId>([^<]+)</artifactId><version>([^<]+)</version>")
					.matcher(Files.readString(ROOT.resolve("releng/org.pipeorgan.target/" + file)));
			while (matcher.find()) {
				assertEquals(null, target.put(matcher.group(1), matcher.group(2)), matcher.group(1) + " is pinned twice");
			}
		}
		String pom = Files.readString(ROOT.resolve("pom.xml"));
		PROPERTIES.forEach((artifact, property) -> {
			var matcher = Pattern.compile("<" + Pattern.quote(property) + ">([^<]+)<").matcher(pom);
			assertTrue(matcher.find(), property);
			assertEquals(target.get(artifact), matcher.group(1), artifact);
		});
	}
}
