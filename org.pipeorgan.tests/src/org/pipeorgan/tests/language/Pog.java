package org.pipeorgan.tests.language;

import com.google.inject.Injector;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.eclipse.emf.common.util.URI;
import org.eclipse.emf.ecore.util.EcoreUtil;
import org.eclipse.xtext.diagnostics.Severity;
import org.eclipse.xtext.resource.IResourceFactory;
import org.eclipse.xtext.resource.XtextResource;
import org.eclipse.xtext.resource.XtextResourceSet;
import org.eclipse.xtext.util.CancelIndicator;
import org.eclipse.xtext.validation.CheckMode;
import org.eclipse.xtext.validation.IResourceValidator;
import org.eclipse.xtext.validation.Issue;
import org.pipeorgan.dsl.PipeOrganStandaloneSetup;
import org.pipeorgan.dsl.formatting2.Layout;
import org.pipeorgan.dsl.pipeorgan.Model;

/** The language, as tests use it. */
final class Pog {
	private static final Injector INJECTOR = new PipeOrganStandaloneSetup().createInjectorAndDoEMFRegistration();

	private Pog() {
	}

	static <T> T service(Class<T> type) {
		return INJECTOR.getInstance(type);
	}

	/** The checkout in which the tests run. */
	static Path root() {
		return Path.of(System.getProperty("pipeorgan.root")).toAbsolutePath().normalize();
	}

	static XtextResource parse(String text) {
		return parse(text, URI.createURI("memory:/test.pog"));
	}

	static XtextResource parse(String text, URI uri) {
		return parse(text, uri, INJECTOR);
	}

	/** With another injector: its parser knows only its own grammar. */
	static XtextResource parse(String text, URI uri, Injector injector) {
		try {
			XtextResource resource = (XtextResource) injector.getInstance(IResourceFactory.class).createResource(uri);
			injector.getInstance(XtextResourceSet.class).getResources().add(resource);
			resource.load(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), Map.of());
			return resource;
		} catch (IOException e) {
			throw new IllegalStateException(e);
		}
	}

	static XtextResource load(Path file) {
		return (XtextResource) service(XtextResourceSet.class).getResource(URI.createFileURI(file.toString()), true);
	}

	static Model model(XtextResource resource) {
		EcoreUtil.resolveAll(resource);
		return (Model) resource.getContents().get(0);
	}

	static List<Issue> validate(XtextResource resource) {
		return service(IResourceValidator.class).validate(resource, CheckMode.ALL, CancelIndicator.NullImpl);
	}

	/** Errors and warnings. */
	static List<Issue> problems(XtextResource resource) {
		return validate(resource).stream().filter(issue -> issue.getSeverity() != Severity.INFO).toList();
	}

	static List<Issue> validate(String text) {
		return validate(parse(text));
	}

	static String format(XtextResource resource) {
		return service(Layout.class).format(resource);
	}

	static String format(String text) {
		return format(parse(text));
	}
}
