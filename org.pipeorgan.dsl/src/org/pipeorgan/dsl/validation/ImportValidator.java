package org.pipeorgan.dsl.validation;

import com.google.inject.Inject;

import org.eclipse.emf.common.util.URI;
import org.eclipse.xtext.EcoreUtil2;
import org.eclipse.xtext.naming.IQualifiedNameConverter;
import org.eclipse.xtext.naming.QualifiedName;
import org.eclipse.xtext.validation.Check;
import org.eclipse.xtext.validation.CheckType;
import org.pipeorgan.dsl.pipeorgan.FileImport;
import org.pipeorgan.dsl.pipeorgan.NamespaceImport;
import org.pipeorgan.dsl.pipeorgan.PipeorganPackage.Literals;
import org.pipeorgan.dsl.scoping.PipeOrganGlobalScopeProvider;

/** Imports find something. */
public class ImportValidator extends AreaValidator {
	@Inject
	private PipeOrganGlobalScopeProvider globalScope;
	@Inject
	private IQualifiedNameConverter names;

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
		boolean wildcard = written.endsWith(".*");
		QualifiedName name = names.toQualifiedName(wildcard ? written.substring(0, written.length() - 2) : written);
		if (!globalScope.exists(namespaceImport.eResource(), name, wildcard)) {
			report(IssueCode.UNRESOLVED_IMPORT,
					(wildcard ? "nothing below '" + name + "'" : "'" + name + "'")
							+ " is in the library or in an imported file; import the file that declares it, or mend the name",
					namespaceImport, Literals.NAMESPACE_IMPORT__IMPORTED_NAMESPACE, written);
		}
	}
}
