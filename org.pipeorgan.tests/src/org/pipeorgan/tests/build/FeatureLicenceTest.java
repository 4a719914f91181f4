package org.pipeorgan.tests.build;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

import org.junit.jupiter.api.Test;

/** What the installer shows is the licence. */
class FeatureLicenceTest {
	@Test
	void theFeatureBearsTheLicence() throws IOException {
		Path root = Path.of(System.getProperty("pipeorgan.root"));
		Properties feature = new Properties();
		try (Reader reader = Files.newBufferedReader(root.resolve("releng/org.pipeorgan.feature/feature.properties"))) {
			feature.load(reader);
		}
		assertEquals(Files.readString(root.resolve("LICENSE")).strip(), feature.getProperty("license").strip());
	}
}
