package org.pipeorgan.tests.language;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.inject.Injector;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.eclipse.emf.common.util.URI;
import org.eclipse.xtext.resource.XtextResource;
import org.eclipse.xtext.resource.XtextResourceSet;
import org.junit.jupiter.api.Test;
import org.pipeorgan.dsl.PipeOrganStandaloneSetup;
import org.pipeorgan.dsl.pipeorgan.Model;

class ParseTest {
	@Test
	void parsesAWorkload() throws Exception {
		Injector injector = new PipeOrganStandaloneSetup().createInjectorAndDoEMFRegistration();
		XtextResource resource = (XtextResource) injector.getInstance(XtextResourceSet.class).createResource(URI.createURI("memory:/a.pog"));
		resource.load(new ByteArrayInputStream("workload Tiny { }".getBytes(StandardCharsets.UTF_8)), Map.of());
		assertTrue(resource.getErrors().isEmpty());
		assertEquals("Tiny", ((Model) resource.getContents().get(0)).getWorkloads().get(0).getName());
	}
}
