package org.pipeorgan.dsl.cli;

import com.google.inject.Injector;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.eclipse.emf.common.util.URI;
import org.eclipse.emf.ecore.EObject;
import org.eclipse.emf.ecore.resource.Resource;
import org.eclipse.emf.ecore.util.EcoreUtil;
import org.eclipse.xtext.diagnostics.Severity;
import org.eclipse.xtext.naming.IQualifiedNameProvider;
import org.eclipse.xtext.nodemodel.util.NodeModelUtils;
import org.eclipse.xtext.resource.XtextResource;
import org.eclipse.xtext.resource.XtextResourceSet;
import org.eclipse.xtext.util.CancelIndicator;
import org.eclipse.xtext.util.LineAndColumn;
import org.eclipse.xtext.validation.CheckMode;
import org.eclipse.xtext.validation.IResourceValidator;
import org.eclipse.xtext.validation.Issue;
import org.pipeorgan.dsl.PipeOrganStandaloneSetup;
import org.pipeorgan.dsl.conversion.Xmi;
import org.pipeorgan.dsl.pipeorgan.Model;
import org.pipeorgan.dsl.settings.SettingsProvider;
import org.pipeorgan.dsl.settings.Severities;
import org.pipeorgan.dsl.validation.IssueCode;

/** The language as the command line uses it: loads files, validates them and those that they import. */
final class Language {
	private final Injector injector = new PipeOrganStandaloneSetup().createInjectorAndDoEMFRegistration();
	private final Severities severities;
	private final Map<URI, String> given = new HashMap<>();

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

	/** Has problems in files that the user named be told under these names, whichever file imports them. */
	void call(List<Path> files) {
		files.forEach(file -> given.put(uri(file), file.toString()));
	}

	/**
	 * Loads and validates a file.
	 *
	 * @throws UsageException if there is no such file
	 */
	LoadedFile load(Path path) {
		Resource resource;
		try {
			resource = isXmi(path) ? readXmi(path) : parse(path);
		} catch (Xmi.Fault e) {
			return new LoadedFile(null, List.of(new Message(path.toString(), e.line(), e.column(), Severity.ERROR, e.getMessage(), IssueCode.SYNTAX_ERROR.id())));
		} catch (IOException e) {
			throw new UsageException("file " + path + " cannot be read: " + e.getMessage());
		}
		EcoreUtil.resolveAll(resource);
		List<Message> messages = new ArrayList<>();
		Set<Resource> seen = new HashSet<>();
		boolean more = true;
		while (more) {
			more = false;
			for (Resource each : List.copyOf(resource.getResourceSet().getResources())) {
				// what is not a file of the user's is the library, which the tests validate
				if (seen.add(each) && (each == resource || each instanceof XtextResource && each.getURI().isFile() && isOutsideLibrary(each))) {
					validate(each, given.getOrDefault(each.getURI(), each == resource ? path.toString() : shown(each.getURI())), messages);
					more = true;
				}
			}
		}
		messages.sort(null);
		Model model = !resource.getContents().isEmpty() && resource.getContents().get(0) instanceof Model m ? m : null;
		return new LoadedFile(model, messages);
	}

	static boolean isXmi(Path path) {
		return path.toString().endsWith("." + Xmi.EXTENSION);
	}

	static boolean isText(Path path) {
		return path.toString().endsWith(".pog");
	}

	private Resource readXmi(Path path) throws IOException {
		checkReadable(path);
		XtextResourceSet resources = resourceSet();
		return service(Xmi.class).read(Files.readAllBytes(path), uri(path), resources);
	}

	private static URI uri(Path path) {
		return URI.createFileURI(path.toAbsolutePath().normalize().toString());
	}

	private XtextResourceSet resourceSet() {
		XtextResourceSet resources = injector.getInstance(XtextResourceSet.class);
		SettingsProvider.set(resources, severities);
		return resources;
	}

	/** Parses a text file without looking at what it means. */
	XtextResource parse(Path path) {
		checkReadable(path);
		if (!isText(path)) {
			throw new UsageException("file " + path + " is no .pog file");
		}
		return (XtextResource) resourceSet().getResource(uri(path), true);
	}

	private static void checkReadable(Path path) {
		if (!Files.isRegularFile(path)) {
			throw new UsageException("there is no file " + path);
		}
		if (!Files.isReadable(path)) {
			throw new UsageException("file " + path + " cannot be read");
		}
	}

	/** A problem at an element, for faults that show only when a study runs. */
	static Message at(EObject element, String file, String text, String code) {
		var node = NodeModelUtils.findActualNodeFor(element);
		LineAndColumn place = node == null ? LineAndColumn.from(1, 1) : NodeModelUtils.getLineAndColumn(node, node.getOffset());
		return new Message(file, place.getLine(), place.getColumn(), Severity.ERROR, text, code);
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

	private void validate(Resource resource, String file, List<Message> messages) {
		for (Issue issue : injector.getInstance(IResourceValidator.class).validate(resource, CheckMode.ALL, CancelIndicator.NullImpl)) {
			messages.add(new Message(file, number(issue.getLineNumber()), number(issue.getColumn()), issue.getSeverity(), where(issue, resource) + issue.getMessage(), issue.getCode()));
		}
	}

	/** Name of the element at fault, where a line cannot show it: in a model that was not read from text. */
	private String where(Issue issue, Resource resource) {
		EObject element = resource instanceof XtextResource || issue.getUriToProblem() == null ? null : resource.getEObject(issue.getUriToProblem().fragment());
		IQualifiedNameProvider names = service(IQualifiedNameProvider.class);
		for (; element != null; element = element.eContainer()) {
			if (names.getFullyQualifiedName(element) != null) {
				return "in " + names.getFullyQualifiedName(element) + ": ";
			}
		}
		return "";
	}

	private static int number(Integer value) {
		return value == null ? 1 : Math.max(1, value);
	}

	/** Relative to the current folder where the file is below it. */
	private static String shown(URI uri) {
		Path path = Path.of(uri.toFileString());
		Path here = Path.of("").toAbsolutePath();
		return path.startsWith(here) ? here.relativize(path).toString() : path.toString();
	}
}
