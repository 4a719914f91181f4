package org.pipeorgan.tests.language;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.eclipse.xtext.naming.IQualifiedNameProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pipeorgan.dsl.pipeorgan.Declaration;
import org.pipeorgan.dsl.pipeorgan.Model;

class LibraryTest {
	private static final Path FOLDER = Pog.root().resolve("org.pipeorgan.dsl/library");

	static List<Path> files() throws IOException {
		try (Stream<Path> files = Files.walk(FOLDER)) {
			return files.filter(file -> file.toString().endsWith(".pog")).sorted().toList();
		}
	}

	/** The index must list every declaration; what this test expects is what belongs into the file. */
	@Test
	void indexIsTrue() throws IOException {
		List<String> expected = new ArrayList<>();
		for (Path file : files()) {
			Model model = Pog.model(Pog.load(file));
			for (Declaration declaration : model.getDeclarations()) {
				expected.add(declaration.eClass().getName() + " " + Pog.service(IQualifiedNameProvider.class).getFullyQualifiedName(declaration) + " "
						+ FOLDER.relativize(file).toString().replace('\\', '/') + " " + declaration.eResource().getURIFragment(declaration));
			}
		}
		expected.sort(java.util.Comparator.comparing(line -> line.split(" ")[1]));
		assertEquals(String.join("\n", expected) + "\n", Files.readString(FOLDER.resolve("library/index.txt")));
	}

	@ParameterizedTest
	@MethodSource("files")
	void everyFileIsValid(Path file) {
		assertEquals(List.of(), Pog.validate(Pog.load(file)));
	}

	@ParameterizedTest
	@MethodSource("files")
	void everyFileIsFormatted(Path file) throws IOException {
		assertEquals(Files.readString(file), Pog.format(Pog.load(file)));
	}
}
