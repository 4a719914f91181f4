package org.pipeorgan.tests.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import javax.xml.parsers.DocumentBuilderFactory;

import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

class ArchitectureTest {
	private static final Path ROOT = Path.of(System.getProperty("pipeorgan.root")).toAbsolutePath().normalize();

	private static List<Path> sources(String bundle, String suffix) throws IOException {
		try (Stream<Path> files = Files.walk(ROOT.resolve(bundle).resolve("src"))) {
			return files.filter(file -> file.toString().endsWith(suffix)).sorted().toList();
		}
	}

	@Test
	void engineIsPlainJava() throws IOException {
		Pattern foreign = Pattern.compile("\\b(org\\.eclipse|org\\.osgi|com\\.google\\.inject|org\\.pipeorgan\\.dsl)\\.");
		List<Path> sources = sources("org.pipeorgan.engine", ".java");
		assertTrue(sources.size() > 10);
		for (Path source : sources) {
			assertTrue(!foreign.matcher(Files.readString(source)).find(), source::toString);
		}
		String manifest = Files.readString(ROOT.resolve("org.pipeorgan.engine/META-INF/MANIFEST.MF"));
		assertTrue(!manifest.contains("org.eclipse"), manifest);
	}

	@Test
	void validatorsStaySmall() throws IOException {
		for (Path source : sources("org.pipeorgan.dsl", "Validator.java")) {
			assertTrue(Files.readAllLines(source).size() <= 500, source::toString);
		}
	}

	/** Every class, feature and enumeration of the metamodel says what it is. */
	@Test
	void metamodelIsDocumented() throws Exception {
		var document = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(ROOT.resolve("org.pipeorgan.dsl/model/pipeorgan.ecore").toFile());
		List<String> silent = new ArrayList<>();
		for (String tag : new String[] { "eClassifiers", "eStructuralFeatures" }) {
			NodeList elements = document.getElementsByTagName(tag);
			assertTrue(elements.getLength() > 20);
			for (int i = 0; i < elements.getLength(); i++) {
				boolean documented = false;
				for (Node child = elements.item(i).getFirstChild(); child != null; child = child.getNextSibling()) {
					documented |= child instanceof Element element && element.getTagName().equals("eAnnotations");
				}
				if (!documented) {
					silent.add(((Element) elements.item(i)).getAttribute("name"));
				}
			}
		}
		assertEquals(List.of(), silent);
	}
}
