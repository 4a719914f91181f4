package org.pipeorgan.dsl.cli;

import com.google.inject.Injector;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.eclipse.emf.common.util.URI;
import org.eclipse.emf.ecore.EObject;
import org.eclipse.emf.ecore.resource.Resource;
import org.eclipse.emf.ecore.util.EcoreUtil;
import org.eclipse.xtext.nodemodel.util.NodeModelUtils;
import org.eclipse.xtext.resource.XtextResource;
import org.eclipse.xtext.resource.XtextResourceSet;
import org.eclipse.xtext.util.CancelIndicator;
import org.eclipse.xtext.util.LineAndColumn;
import org.eclipse.xtext.validation.CheckMode;
import org.eclipse.xtext.validation.IResourceValidator;
import org.eclipse.xtext.validation.Issue;
import org.pipeorgan.dsl.PipeOrganStandaloneSetup;
import org.pipeorgan.dsl.pipeorgan.Model;
import org.pipeorgan.dsl.settings.SettingsProvider;
import org.pipeorgan.dsl.settings.Severities;

/** The language as the command line uses it: loads files, validates them and those that they import. */
final class Language {
	private final Injector injector = new PipeOrganStandaloneSetup().createInjectorAndDoEMFRegistration();
	private final Severities severities;

	Language() {
		this(Severities.NONE);
	}

	/** @param severities the severities that the command was given */
	Language(Severities severities) {
		this.severities = severities;
	}

	/** A service of the language. */
	<T> T service(Class<T> type) {
		return injector.getInstance(type);
	}

	/**
	 * Loads and validates a file.
	 *
	 * @throws UsageException if there is no such file
	 */
	LoadedFile load(Path path) {
		XtextResource resource = parse(path);
		EcoreUtil.resolveAll(resource);
		List<Message> messages = new ArrayList<>();
		Set<Resource> seen = new HashSet<>();
		boolean more = true;
		while (more) {
			more = false;
			for (Resource each : List.copyOf(resource.getResourceSet().getResources())) {
				// what is not a file of the user's is the library, which the tests validate
				if (seen.add(each) && each instanceof XtextResource file && (each == resource || each.getURI().isFile() && isOutsideLibrary(each))) {
					validate(file, each == resource ? path.toString() : shown(each.getURI()), messages);
					more = true;
				}
			}
		}
		messages.sort(null);
		Model model = !resource.getContents().isEmpty() && resource.getContents().get(0) instanceof Model m ? m : null;
		return new LoadedFile(model, messages);
	}

	/** Parses a file without looking at what it means. */
	XtextResource parse(Path path) {
		if (!Files.isRegularFile(path)) {
			throw new UsageException("there is no file " + path);
		}
		if (!Files.isReadable(path)) {
			throw new UsageException("file " + path + " cannot be read");
		}
		if (!path.toString().endsWith(".pog")) {
			throw new UsageException("file " + path + " is no .pog file");
		}
		URI uri = URI.createFileURI(path.toAbsolutePath().normalize().toString());
		XtextResourceSet resources = injector.getInstance(XtextResourceSet.class);
		SettingsProvider.set(resources, severities);
		return (XtextResource) resources.getResource(uri, true);
	}

	/** A problem at an element, for faults that show only when a study runs. */
	static Message at(EObject element, String file, String text, String code) {
		var node = NodeModelUtils.findActualNodeFor(element);
		LineAndColumn place = node == null ? LineAndColumn.from(1, 1) : NodeModelUtils.getLineAndColumn(node, node.getOffset());
		return new Message(file, place.getLine(), place.getColumn(), org.eclipse.xtext.diagnostics.Severity.ERROR, text, code);
	}

	/** A problem at an element, which may be in another file than the one that was loaded. */
	static Message at(EObject element, EObject loaded, String file, String text, String code) {
		Resource resource = element.eResource();
		return at(element, resource == loaded.eResource() || resource == null || !resource.getURI().isFile() ? file : shown(resource.getURI()), text, code);
	}

	private static boolean isOutsideLibrary(Resource resource) {
		return !resource.getContents().isEmpty() && !(resource.getContents().get(0) instanceof Model model && model.getPackageName() != null
				&& model.getPackageName().startsWith("library."));
	}

	private void validate(XtextResource resource, String file, List<Message> messages) {
		for (Issue issue : injector.getInstance(IResourceValidator.class).validate(resource, CheckMode.ALL, CancelIndicator.NullImpl)) {
			messages.add(new Message(file, number(issue.getLineNumber()), number(issue.getColumn()), issue.getSeverity(), issue.getMessage(), issue.getCode()));
		}
	}

	private static int number(Integer value) {
		return value == null ? 1 : value;
	}

	/** Relative to the current folder where the file is below it. */
	private static String shown(URI uri) {
		Path path = Path.of(uri.toFileString());
		Path here = Path.of("").toAbsolutePath();
		return path.startsWith(here) ? here.relativize(path).toString() : path.toString();
	}
}
