package org.pipeorgan.dsl.library;

import com.google.common.base.Predicate;
import com.google.inject.Inject;
import com.google.inject.Singleton;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.eclipse.emf.common.util.URI;
import org.eclipse.emf.ecore.EClass;
import org.eclipse.emf.ecore.EObject;
import org.eclipse.emf.ecore.InternalEObject;
import org.eclipse.emf.ecore.util.EcoreUtil;
import org.eclipse.xtext.naming.IQualifiedNameConverter;
import org.eclipse.xtext.naming.QualifiedName;
import org.eclipse.xtext.resource.IEObjectDescription;
import org.eclipse.xtext.scoping.IScope;
import org.eclipse.xtext.scoping.impl.MultimapBasedScope;
import org.pipeorgan.dsl.pipeorgan.PipeorganPackage;

/**
 * The built-in library: `.pog` files on the class path, listed in {@code library/index.txt} (a test keeps the list
 * true). A file is loaded only when something in it is referenced: until then its declarations are proxies.
 */
@Singleton
public final class Library {
	/** The list of all declarations: one a line, class, qualified name, resource and fragment, apart by blanks. */
	public static final String INDEX = "library/index.txt";

	/**
	 * A declaration of the library.
	 *
	 * @param type     class of the metamodel
	 * @param name     qualified name
	 * @param resource class-path resource
	 * @param fragment URI fragment of the declaration in its file
	 */
	public record Entry(EClass type, QualifiedName name, String resource, String fragment) {
		/** Where the declaration is, in a form that EMF can open. */
		public URI uri() {
			URL url = Library.class.getClassLoader().getResource(resource);
			if (url == null) {
				throw new IllegalStateException("the library lists " + resource + ", which is missing");
			}
			return URI.createURI(url.toString()).appendFragment(fragment);
		}
	}

	/** How files of the library are called where the place of the library on a machine must not show. */
	private static final URI PORTABLE = URI.createURI("pipeorgan:/library/");
	private static final String FOLDER = "library/";

	private final List<Entry> entries;

	/** Reads the index. */
	@Inject
	public Library(IQualifiedNameConverter names) {
		List<Entry> read = new ArrayList<>();
		try (InputStream stream = Library.class.getClassLoader().getResourceAsStream(INDEX)) {
			if (stream == null) {
				throw new IllegalStateException(INDEX + " is missing");
			}
			BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
			for (String line = reader.readLine(); line != null; line = reader.readLine()) {
				String[] part = line.split(" ");
				EClass type = (EClass) PipeorganPackage.eINSTANCE.getEClassifier(part[0]);
				read.add(new Entry(type, names.toQualifiedName(part[1]), part[2], part[3]));
			}
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
		entries = List.copyOf(read);
	}

	/** The name of a file of the library, or of an element in it, that does not depend on the machine; empty for other files. */
	public static Optional<URI> portable(URI local) {
		String base = base().toString();
		String uri = local.toString();
		return uri.startsWith(base) ? Optional.of(URI.createURI(PORTABLE + uri.substring(base.length()))) : Optional.empty();
	}

	/** The place on this machine of what {@link #portable} names; empty for other URIs. */
	public static Optional<URI> local(URI portable) {
		String uri = portable.toString();
		return uri.startsWith(PORTABLE.toString()) ? Optional.of(URI.createURI(base() + uri.substring(PORTABLE.toString().length()))) : Optional.empty();
	}

	private static URI base() {
		URL index = Library.class.getClassLoader().getResource(INDEX);
		if (index == null) {
			throw new IllegalStateException(INDEX + " is missing");
		}
		String uri = index.toString();
		return URI.createURI(uri.substring(0, uri.length() - INDEX.length() + FOLDER.length()));
	}

	/** Every declaration, sorted by name. */
	public List<Entry> entries() {
		return entries;
	}

	/** The declarations of a class, as proxies. */
	public IScope scope(EClass type, Predicate<IEObjectDescription> filter) {
		List<IEObjectDescription> descriptions = new ArrayList<>();
		for (Entry entry : entries) {
			if (type == null || type.isSuperTypeOf(entry.type())) {
				IEObjectDescription description = new Description(entry);
				if (filter == null || filter.apply(description)) {
					descriptions.add(description);
				}
			}
		}
		return MultimapBasedScope.createScope(IScope.NULLSCOPE, descriptions, false);
	}

	/** An entry as scopes see it; holds no model element. */
	private record Description(Entry entry) implements IEObjectDescription {
		private static final String[] NO_KEYS = {};

		@Override
		public QualifiedName getName() {
			return entry.name();
		}

		@Override
		public QualifiedName getQualifiedName() {
			return entry.name();
		}

		@Override
		public EObject getEObjectOrProxy() {
			EObject proxy = EcoreUtil.create(entry.type());
			((InternalEObject) proxy).eSetProxyURI(entry.uri());
			return proxy;
		}

		@Override
		public URI getEObjectURI() {
			return entry.uri();
		}

		@Override
		public EClass getEClass() {
			return entry.type();
		}

		@Override
		public String getUserData(String key) {
			return null;
		}

		@Override
		public String[] getUserDataKeys() {
			return NO_KEYS;
		}
	}
}
