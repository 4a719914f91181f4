package org.pipeorgan.dsl.validation;

import com.google.inject.Inject;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import org.eclipse.emf.common.util.URI;
import org.eclipse.emf.ecore.EObject;
import org.eclipse.xtext.EcoreUtil2;
import org.eclipse.xtext.naming.IQualifiedNameConverter;
import org.eclipse.xtext.naming.IQualifiedNameProvider;
import org.eclipse.xtext.naming.QualifiedName;
import org.eclipse.xtext.util.IResourceScopeCache;
import org.eclipse.xtext.validation.Check;
import org.eclipse.xtext.validation.CheckType;
import org.pipeorgan.dsl.expressions.Refinement;
import org.pipeorgan.dsl.pipeorgan.Accelerator;
import org.pipeorgan.dsl.pipeorgan.Block;
import org.pipeorgan.dsl.pipeorgan.BlockInput;
import org.pipeorgan.dsl.pipeorgan.Declaration;
import org.pipeorgan.dsl.pipeorgan.FileImport;
import org.pipeorgan.dsl.pipeorgan.Graph;
import org.pipeorgan.dsl.pipeorgan.Input;
import org.pipeorgan.dsl.pipeorgan.Interconnect;
import org.pipeorgan.dsl.pipeorgan.Model;
import org.pipeorgan.dsl.pipeorgan.NamedElement;
import org.pipeorgan.dsl.pipeorgan.NamespaceImport;
import org.pipeorgan.dsl.pipeorgan.Parameter;
import org.pipeorgan.dsl.pipeorgan.PipeorganPackage.Literals;
import org.pipeorgan.dsl.pipeorgan.Study;
import org.pipeorgan.dsl.pipeorgan.Workload;
import org.pipeorgan.dsl.scoping.PipeOrganGlobalScopeProvider;
import org.pipeorgan.dsl.translation.Graphs;

/** Whatever is written is of use to something. */
public class UsageValidator extends AreaValidator {
	@Inject
	private IResourceScopeCache cache;
	@Inject
	private PipeOrganGlobalScopeProvider globalScope;
	@Inject
	private IQualifiedNameProvider names;
	@Inject
	private IQualifiedNameConverter nameConverter;

	/** What a file refers to, in this file and others; empty if a word could not be read or a name is not resolved: it could stand for anything. */
	private Optional<Set<EObject>> references(Model model) {
		if (!model.eResource().getErrors().isEmpty()) {
			return Optional.empty();
		}
		return cache.get("references", model.eResource(), () -> {
			Set<EObject> elements = new HashSet<>();
			for (var contents = model.eAllContents(); contents.hasNext();) {
				elements.addAll(contents.next().eCrossReferences());
			}
			return elements.stream().anyMatch(EObject::eIsProxy) ? Optional.empty() : Optional.of(elements);
		});
	}

	/** Every import is used. */
	@Check(CheckType.NORMAL)
	public void checkImportsAreUsed(Model model) {
		references(model).ifPresent(used -> model.getImports().forEach(each -> {
			if (each instanceof NamespaceImport written && written.getImportedNamespace() != null && finds(written) && !uses(used, written.getImportedNamespace())) {
				report(IssueCode.UNUSED_IMPORT, "nothing of '" + written.getImportedNamespace() + "' is used in this file; remove the import", each,
						Literals.NAMESPACE_IMPORT__IMPORTED_NAMESPACE);
			} else if (each instanceof FileImport file && file.getImportURI() != null && finds(file) && !usesFile(used, globalScope.resolve(file.getImportURI(), model.eResource()))) {
				report(IssueCode.UNUSED_IMPORT, "nothing of \"" + file.getImportURI() + "\" is used in this file; remove the import", each, Literals.FILE_IMPORT__IMPORT_URI);
			}
		}));
	}

	private boolean finds(NamespaceImport written) {
		return globalScope.exists(written.eResource(), written.getImportedNamespace());
	}

	private boolean finds(FileImport file) {
		URI uri = globalScope.resolve(file.getImportURI(), file.eResource());
		return uri != null && EcoreUtil2.isValidUri(file, uri);
	}

	private boolean uses(Set<EObject> references, String namespace) {
		boolean wildcard = namespace.endsWith(".*");
		QualifiedName name = nameConverter.toQualifiedName(wildcard ? namespace.substring(0, namespace.length() - 2) : namespace);
		return references.stream().map(names::getFullyQualifiedName).anyMatch(used -> used != null && (wildcard ? used.startsWith(name) : used.equals(name)));
	}

	private static boolean usesFile(Set<EObject> references, URI file) {
		return references.stream().anyMatch(used -> used.eResource() != null && used.eResource().getURI().equals(file));
	}

	/** Every parameter of a graph, an accelerator or an interconnect enters a number. */
	@Check(CheckType.NORMAL)
	public void checkParametersAreUsed(Model model) {
		references(model).ifPresent(used -> model.getDeclarations()
				.forEach(declaration -> parameters(declaration).filter(parameter -> !used.contains(parameter) && !replaces(parameter, declaration))
						.forEach(parameter -> report(IssueCode.UNUSED_PARAMETER, "nothing is computed from parameter '" + parameter.getName() + "'; use it or remove it", parameter,
								Literals.NAMED_ELEMENT__NAME))));
	}

	private static Stream<Parameter> parameters(Declaration declaration) {
		return switch (declaration) {
		case Graph graph -> Graphs.parameters(graph);
		case Accelerator accelerator -> accelerator.getParameters().stream();
		case Interconnect interconnect -> interconnect.getParameters().stream();
		default -> Stream.empty();
		};
	}

	/** Whether a parameter takes the place of one of a base. */
	private static boolean replaces(Parameter parameter, Declaration declaration) {
		return Stream.iterate(Refinement.base(declaration), base -> base != null && base != declaration, Refinement::base).limit(1000)
				.flatMap(base -> parameters((Declaration) base)).anyMatch(other -> other.getName() != null && other.getName().equals(parameter.getName()));
	}

	/** Every input is read, and every value of a block is read or a result. */
	@Check(CheckType.NORMAL)
	public void checkValuesAreUsed(Graph graph) {
		boolean computes = Graphs.values(graph).anyMatch(value -> !(value instanceof Input) && !(value instanceof BlockInput));
		if (computes && graph.eContainer() instanceof Model model) {
			references(model).ifPresent(used -> checkValuesAreUsed(graph, used));
		}
	}

	private void checkValuesAreUsed(Graph graph, Set<EObject> used) {
		Graphs.values(graph).filter(value -> !used.contains(value) && value.getName() != null).forEach(value -> {
			if (value instanceof Input) {
				report(IssueCode.UNUSED_VALUE, "no operator reads input '" + value.getName() + "'; use it or remove it", value, Literals.NAMED_ELEMENT__NAME);
			} else if (graph instanceof Block block && !Graphs.results(block).contains(value)) {
				report(IssueCode.UNUSED_VALUE, "'" + value.getName() + "' is neither read nor a result of the block; write 'output " + value.getName() + "', use it or remove it",
						value, Literals.NAMED_ELEMENT__NAME);
			}
		});
	}

	/** In a file that has studies, every declaration is needed by one, and in a file that has workloads every block: its shapes are checked where it is used. Other files are there to be imported. */
	@Check(CheckType.NORMAL)
	public void checkDeclarationsAreUsed(Model model) {
		boolean studies = model.getDeclarations().stream().anyMatch(Study.class::isInstance);
		boolean workloads = model.getDeclarations().stream().anyMatch(Workload.class::isInstance);
		references(model).ifPresent(used -> model.getDeclarations().stream()
				.filter(declaration -> !(declaration instanceof Study) && (studies || workloads && declaration instanceof Block) && !used.contains(declaration) && declaration.getName() != null)
				.forEach(declaration -> report(IssueCode.UNUSED_DECLARATION, "nothing in this file uses " + kind(declaration) + " '" + declaration.getName() + "'"
						+ (declaration instanceof Block ? "; its shapes are not checked until a workload does" : ""), declaration, Literals.NAMED_ELEMENT__NAME)));
	}

	private static String kind(NamedElement element) {
		return element.eClass().getName().toLowerCase(java.util.Locale.ROOT);
	}
}
