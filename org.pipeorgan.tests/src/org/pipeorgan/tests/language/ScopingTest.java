package org.pipeorgan.tests.language;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.eclipse.emf.ecore.resource.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pipeorgan.dsl.pipeorgan.Study;

class ScopingTest {
	private static final String ACCELERATOR = "accelerator A { clock 1 GHz array 8 x 8 { registers 64 B } buffer 1 MiB at 8 B/cycle memory 1 GB/s }\n";

	@Test
	void libraryNamesResolveAndLoadOnlyTheirFiles() {
		var resource = Pog.parse("import library.xrbench.*\n" + ACCELERATOR + "study s { map structured.KD_res8_narrow on A with mesh, amp policies tangram }");
		assertEquals(List.of(), Pog.validate(resource));
		Study study = (Study) Pog.model(resource).getDeclarations().get(1);
		assertEquals("KD_res8_narrow", study.getMappings().get(0).getWorkloads().get(0).getName());
		List<Resource> loaded = resource.getResourceSet().getResources();
		assertEquals(5, loaded.size(), () -> "this file, the workload, mesh, amp and tangram, not " + loaded);
	}

	@Test
	void oneNameCanBeImported() {
		assertEquals(List.of(), Pog.validate("import library.xrbench.structured.ES_RITNet\n" + ACCELERATOR + "study s { map ES_RITNet on A with mesh policies tangram }"));
	}

	@Test
	void ownDeclarationsHideBuiltInOnes() {
		var resource = Pog.parse(ACCELERATOR + "workload T { input i [C 1] y = relu(i) }\ninterconnect amp { link 4 B/cycle }\nstudy s { map T on A with amp policies tangram }");
		assertEquals(List.of(), Pog.validate(resource));
		Study study = (Study) Pog.model(resource).getDeclarations().get(3);
		assertEquals(resource, study.getMappings().get(0).getInterconnects().get(0).eResource());
	}

	@Test
	void filesAreImportedByPath(@TempDir Path folder) throws IOException {
		Files.createDirectories(folder.resolve("parts here"));
		Files.writeString(folder.resolve("parts here/edge.pog"), "package parts\n" + ACCELERATOR);
		Files.writeString(folder.resolve("main.pog"),
				"package mine\nimport \"parts here/edge.pog\"\nimport parts.*\nworkload T { input i [C 1] y = relu(i) }\nstudy s { map T on A with mesh policies tangram }");
		assertEquals(List.of(), Pog.validate(Pog.load(folder.resolve("main.pog"))));
	}

	@Test
	void importsMayGoInACircle(@TempDir Path folder) throws IOException {
		Files.writeString(folder.resolve("a.pog"), "package p\nimport \"b.pog\"\npolicy a refines b { }");
		Files.writeString(folder.resolve("b.pog"), "package p\nimport \"a.pog\"\npolicy b refines tangram { }");
		assertEquals(List.of(), Pog.validate(Pog.load(folder.resolve("a.pog"))));
	}

	@Test
	void valuesOfOtherWorkloadsAreNotVisible() {
		var issues = Pog.validate("workload A { input i [C 1] y = relu(i) } workload B { input j [C 1] z = relu(y) }");
		assertEquals(1, issues.size());
		assertTrue(issues.get(0).getMessage().contains("no value 'y'"), issues::toString);
	}
}
