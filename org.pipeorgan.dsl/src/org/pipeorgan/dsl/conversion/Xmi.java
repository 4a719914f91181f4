package org.pipeorgan.dsl.conversion;

import com.google.inject.Inject;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

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

/**
 * Models as XMI, EMF's own format. References to the built-in library are written as {@code pipeorgan:/library/...}, those to
 * other files relative to the file, so that the bytes do not depend on the machine.
 */
public final class Xmi {
	/** File extension. */
	public static final String EXTENSION = "xmi";

	@Inject
	private IEObjectDocumentationProvider documentation;

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
	 * @throws IOException if it is no XMI of this metamodel; the message says where
	 */
	public Resource read(byte[] bytes, URI file, ResourceSet resources) throws IOException {
		XMIResourceImpl resource = new XMIResourceImpl(file);
		resources.getResources().add(resource);
		try {
			resource.load(new ByteArrayInputStream(bytes), options());
		} catch (IOException | RuntimeException e) {
			throw new IOException(reason(resource, e), e);
		}
		if (!resource.getErrors().isEmpty()) {
			throw new IOException(reason(resource, null));
		}
		if (resource.getContents().size() != 1 || !(resource.getContents().get(0) instanceof Model)) {
			throw new IOException("line 1: its only root must be a Model of " + PipeorganPackage.eNS_URI);
		}
		return resource;
	}

	private static String reason(Resource resource, Exception e) {
		if (!resource.getErrors().isEmpty()) {
			Resource.Diagnostic first = resource.getErrors().get(0);
			return "line " + Math.max(1, first.getLine()) + ": " + first.getMessage();
		}
		Throwable cause = e.getCause() == null ? e : e.getCause();
		return "line 1: " + (cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage());
	}

	private static Map<Object, Object> options() {
		Map<Object, Object> options = new HashMap<>();
		options.put(XMLResource.OPTION_ENCODING, "UTF-8");
		options.put(XMLResource.OPTION_LINE_WIDTH, 160);
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
