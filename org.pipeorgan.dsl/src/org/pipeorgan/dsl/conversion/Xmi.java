package org.pipeorgan.dsl.conversion;

import com.google.inject.Inject;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

import org.eclipse.emf.common.util.URI;
import org.eclipse.emf.ecore.EObject;
import org.eclipse.emf.ecore.resource.Resource;
import org.eclipse.emf.ecore.resource.ResourceSet;
import org.eclipse.emf.ecore.util.EcoreUtil;
import org.eclipse.emf.ecore.xmi.XMLResource;
import org.eclipse.emf.ecore.xmi.impl.URIHandlerImpl;
import org.eclipse.emf.ecore.xmi.impl.XMIResourceImpl;
import org.eclipse.xtext.documentation.IEObjectDocumentationProvider;
import org.pipeorgan.dsl.library.Library;
import org.pipeorgan.dsl.pipeorgan.Model;
import org.pipeorgan.dsl.pipeorgan.NamedElement;
import org.pipeorgan.dsl.pipeorgan.PipeorganPackage;
import org.xml.sax.SAXException;

/**
 * Models as XMI, EMF's own format. References to the built-in library are written as {@code pipeorgan:/library/...}, those to
 * other files relative to the file, so that the bytes do not depend on the machine.
 */
public final class Xmi {
	/** File extension. */
	public static final String EXTENSION = "xmi";
	/** EMF's way of telling a place. */
	private static final Pattern PLACE = Pattern.compile(" \\([^()]*, -?\\d+, -?\\d+\\)$");
	/** Elements in elements: more than an expression of as many operators as a text may have, and few enough for the stack. */
	private static final int DEEPEST = 500;

	@Inject
	private IEObjectDocumentationProvider documentation;
	@Inject
	private FileImports imports;

	/**
	 * The bytes of a file {@code file} that holds a copy of a model; documentation comments become attributes.
	 *
	 * @throws IllegalArgumentException if a reference of the model is not resolved
	 */
	public byte[] write(Model model, URI file) {
		EcoreUtil.Copier copier = new EcoreUtil.Copier();
		Model copy = (Model) copier.copy(model);
		copier.copyReferences();
		copier.forEach((original, duplicate) -> document(original, duplicate));
		imports.move(model, copy, file);
		XMIResourceImpl resource = new XMIResourceImpl(file);
		resource.getContents().add(copy);
		try {
			ByteArrayOutputStream bytes = new ByteArrayOutputStream();
			resource.save(bytes, options());
			return bytes.toByteArray();
		} catch (IOException e) {
			throw new IllegalArgumentException("the model cannot be written as XMI: " + e.getMessage(), e);
		}
	}

	private void document(EObject original, EObject duplicate) {
		if (original instanceof NamedElement element && element.getDocumentation() == null) {
			String text = documentation.getDocumentation(original);
			// XML has no form for control characters
			((NamedElement) duplicate).setDocumentation(text == null ? null : text.replaceAll("[^\\t\\n\\r\\x20-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]", "\uFFFD"));
		}
	}

	/**
	 * Reads a file into a resource set. References to text files are resolved by loading those.
	 *
	 * @throws Fault if it is no XMI of this metamodel
	 */
	public Resource read(byte[] bytes, URI file, ResourceSet resources) throws Fault {
		XMIResourceImpl resource = new XMIResourceImpl(file);
		resources.getResources().add(resource);
		try {
			resource.load(new ByteArrayInputStream(bytes), options());
		} catch (IOException | RuntimeException e) {
			throw fault(resource, e);
		}
		if (!resource.getErrors().isEmpty()) {
			throw fault(resource, null);
		}
		if (resource.getContents().size() != 1 || !(resource.getContents().get(0) instanceof Model)) {
			throw new Fault(1, 1, "its only root must be a Model of " + PipeorganPackage.eNS_URI);
		}
		return resource;
	}

	/** Why a file is no model, and where. */
	@SuppressWarnings("serial") // never leaves the process
	public static final class Fault extends IOException {
		private final int line;
		private final int column;

		Fault(int line, int column, String message) {
			super(message);
			this.line = Math.max(1, line);
			this.column = Math.max(1, column);
		}

		/** From 1. */
		public int line() {
			return line;
		}

		/** From 1. */
		public int column() {
			return column;
		}
	}

	private static Fault fault(Resource resource, Exception thrown) {
		if (!resource.getErrors().isEmpty()) {
			Resource.Diagnostic first = resource.getErrors().get(0);
			return new Fault(first.getLine(), first.getColumn(), first instanceof Exception e && e.getCause() instanceof SAXException parser ? parser.getMessage()
					: PLACE.matcher(String.valueOf(first.getMessage())).replaceFirst(""));
		}
		Throwable cause = thrown.getCause() == null ? thrown : thrown.getCause();
		return new Fault(1, 1, cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage());
	}

	private static Map<Object, Object> options() {
		Map<Object, Object> options = new HashMap<>();
		options.put(XMLResource.OPTION_ENCODING, "UTF-8");
		options.put(XMLResource.OPTION_LINE_WIDTH, 160);
		// the virtual machines differ
		options.put(XMLResource.OPTION_PARSER_PROPERTIES, Map.of("http://www.oracle.com/xml/jaxp/properties/maxElementDepth", Integer.toString(DEEPEST)));
		options.put(XMLResource.OPTION_URI_HANDLER, new LibraryReferences());
		return options;
	}

	/** Keeps the place of the library on this machine out of files. */
	private static final class LibraryReferences extends URIHandlerImpl {
		@Override
		public URI deresolve(URI uri) {
			return Library.portable(uri).orElseGet(() -> super.deresolve(uri));
		}

		@Override
		public URI resolve(URI uri) {
			return Library.local(uri).orElseGet(() -> super.resolve(uri));
		}
	}
}
