package org.pipeorgan.dsl.validation;

import com.google.inject.Inject;

import org.eclipse.emf.common.util.URI;
import org.eclipse.xtext.EcoreUtil2;
import org.eclipse.xtext.validation.Check;
import org.eclipse.xtext.validation.CheckType;
import org.pipeorgan.dsl.pipeorgan.FileImport;
import org.pipeorgan.dsl.pipeorgan.Model;
import org.pipeorgan.dsl.pipeorgan.NamespaceImport;
import org.pipeorgan.dsl.pipeorgan.PipeorganPackage.Literals;
import org.pipeorgan.dsl.scoping.PipeOrganGlobalScopeProvider;
import org.pipeorgan.dsl.settings.SettingsFile;
import org.pipeorgan.dsl.settings.SettingsProvider;

/** Imports find something, and the settings file for this one is right. */
public class ImportValidator extends AreaValidator {
	@Inject
	private PipeOrganGlobalScopeProvider globalScope;
	@Inject
	private SettingsProvider settings;

	/** Every line of the settings file means something. */
	@Check(CheckType.NORMAL)
	public void checkSettings(Model model) {
		SettingsFile file = settings.file(model.eResource());
		for (String problem : file.problems()) {
			report(IssueCode.INVALID_SETTINGS, "in " + file.path().getFileName() + ", " + problem, model, null);
		}
	}

	/** An imported file exists. */
	@Check(CheckType.NORMAL)
	public void checkImportedFileExists(FileImport fileImport) {
		String written = fileImport.getImportURI();
		if (written == null) {
			return;
		}
		URI uri = globalScope.resolve(written, fileImport.eResource());
		if (uri == null || !EcoreUtil2.isValidUri(fileImport, uri)) {
			report(IssueCode.UNRESOLVED_IMPORT,
					"file \"" + written + "\" is not found beside this one; paths are relative to the importing file", fileImport,
					Literals.FILE_IMPORT__IMPORT_URI, written);
		} else if (uri.equals(fileImport.eResource().getURI())) {
			report(IssueCode.UNRESOLVED_IMPORT, "a file cannot import itself; remove the import", fileImport, Literals.FILE_IMPORT__IMPORT_URI, written);
		}
	}

	/** An imported name or package exists. */
	@Check(CheckType.NORMAL)
	public void checkImportedNamespaceExists(NamespaceImport namespaceImport) {
		String written = namespaceImport.getImportedNamespace();
		if (written == null) {
			return;
		}
		if (!globalScope.exists(namespaceImport.eResource(), written)) {
			report(IssueCode.UNRESOLVED_IMPORT,
					(written.endsWith(".*") ? "nothing below '" + written.substring(0, written.length() - 2) + "'" : "nothing called '" + written + "'")
							+ " is in the library or in an imported file; "
							+ (written.endsWith(".pog") ? "write the name of a file in quotes: import \"" + written + "\"" : "import the file that declares it, or mend the name"),
					namespaceImport, Literals.NAMESPACE_IMPORT__IMPORTED_NAMESPACE, written);
		}
	}
}
