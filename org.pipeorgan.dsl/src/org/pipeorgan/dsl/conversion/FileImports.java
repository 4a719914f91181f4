package org.pipeorgan.dsl.conversion;

import com.google.inject.Inject;

import org.eclipse.emf.common.util.URI;
import org.eclipse.emf.ecore.resource.Resource;
import org.pipeorgan.dsl.pipeorgan.FileImport;
import org.pipeorgan.dsl.pipeorgan.Model;
import org.pipeorgan.dsl.scoping.PipeOrganGlobalScopeProvider;

/** Imports of files by paths that are relative to the file that imports them. */
final class FileImports {
	@Inject
	private PipeOrganGlobalScopeProvider files;

	/**
	 * Has a copy of a model import the files that the model does.
	 *
	 * @param file where the copy will be
	 */
	void move(Model model, Model copy, URI file) {
		Resource from = model.eResource();
		if (from == null || from.getURI().trimSegments(1).equals(file.trimSegments(1))) {
			return;
		}
		for (int i = 0; i < model.getImports().size(); i++) {
			if (model.getImports().get(i) instanceof FileImport written && written.getImportURI() != null && copy.getImports().get(i) instanceof FileImport moved) {
				URI uri = files.resolve(written.getImportURI(), from);
				if (uri != null && !written.getImportURI().equals(uri.toString())) {
					moved.setImportURI(URI.decode(uri.deresolve(file, true, true, true).toString()));
				}
			}
		}
	}
}
