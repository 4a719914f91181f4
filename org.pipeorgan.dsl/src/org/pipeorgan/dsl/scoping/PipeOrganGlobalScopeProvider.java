package org.pipeorgan.dsl.scoping;

import com.google.common.base.Predicate;
import com.google.inject.Inject;
import com.google.inject.Singleton;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

import org.eclipse.emf.common.util.URI;
import org.eclipse.emf.ecore.EClass;
import org.eclipse.emf.ecore.resource.Resource;
import org.eclipse.xtext.EcoreUtil2;
import org.eclipse.xtext.naming.IQualifiedNameConverter;
import org.eclipse.xtext.naming.QualifiedName;
import org.eclipse.xtext.resource.IEObjectDescription;
import org.eclipse.xtext.resource.IResourceDescriptions;
import org.eclipse.xtext.scoping.IScope;
import org.eclipse.xtext.scoping.impl.ImportUriGlobalScopeProvider;
import org.eclipse.xtext.util.IResourceScopeCache;
import org.pipeorgan.dsl.library.Library;
import org.pipeorgan.dsl.pipeorgan.FileImport;
import org.pipeorgan.dsl.pipeorgan.Model;
import org.pipeorgan.dsl.pipeorgan.PipeorganPackage;

/** What a file sees from outside: the declarations of the files that it imports, and behind them the built-in library. */
@Singleton
public class PipeOrganGlobalScopeProvider extends ImportUriGlobalScopeProvider {
	@Inject
	private IResourceScopeCache cache;
	@Inject
	private Library library;
	@Inject
	private IQualifiedNameConverter names;

	@Override
	protected IScope getScope(Resource resource, boolean ignoreCase, EClass type, Predicate<IEObjectDescription> filter) {
		IScope scope = library.scope(type, filter);
		List<URI> imported = new ArrayList<>(getImportedUris(resource));
		if (imported.isEmpty()) {
			return scope;
		}
		IResourceDescriptions descriptions = getResourceDescriptions(resource, imported);
		for (URI uri : imported.reversed()) {
			scope = createLazyResourceScope(scope, uri, descriptions, type, filter, ignoreCase);
		}
		return scope;
	}

	@Override
	protected LinkedHashSet<URI> getImportedUris(Resource resource) {
		return cache.get("imported files", resource, () -> {
			LinkedHashSet<URI> uris = new LinkedHashSet<>();
			if (!resource.getContents().isEmpty() && resource.getContents().get(0) instanceof Model model) {
				model.getImports().forEach(imported -> {
					if (imported instanceof FileImport file && file.getImportURI() != null) {
						URI uri = resolve(file.getImportURI(), resource);
						if (uri != null && !uri.equals(resource.getURI()) && EcoreUtil2.isValidUri(resource, uri)) {
							uris.add(uri);
						}
					}
				});
			}
			return uris;
		});
	}

	/** The file that an import names, relative to the importing one; {@code null} if it is not a usable path. */
	public URI resolve(String written, Resource importing) {
		try {
			URI uri = URI.createURI(written, true);
			URI base = importing.getURI();
			return uri.isRelative() && base != null && base.isHierarchical() && !base.isRelative() ? uri.resolve(base) : uri;
		} catch (IllegalArgumentException e) {
			return null;
		}
	}

	/**
	 * Whether an import finds something.
	 *
	 * @param written the qualified name of a declaration, or a package with {@code .*} for everything below it
	 */
	public boolean exists(Resource resource, String written) {
		boolean wildcard = written.endsWith(".*");
		QualifiedName name = names.toQualifiedName(wildcard ? written.substring(0, written.length() - 2) : written);
		IScope scope = getScope(resource, false, PipeorganPackage.Literals.DECLARATION, null);
		if (!wildcard) {
			return scope.getSingleElement(name) != null;
		}
		for (IEObjectDescription description : scope.getAllElements()) {
			if (description.getName().getSegmentCount() > name.getSegmentCount() && description.getName().startsWith(name)) {
				return true;
			}
		}
		return false;
	}
}
