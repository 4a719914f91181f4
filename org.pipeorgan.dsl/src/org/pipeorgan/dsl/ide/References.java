package org.pipeorgan.dsl.ide;

import com.google.inject.Inject;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.emf.common.util.URI;
import org.eclipse.emf.ecore.EObject;
import org.eclipse.emf.ecore.EReference;
import org.eclipse.emf.ecore.resource.Resource;
import org.eclipse.emf.ecore.util.EcoreUtil;
import org.eclipse.xtext.findReferences.IReferenceFinder;
import org.eclipse.xtext.naming.IQualifiedNameConverter;
import org.eclipse.xtext.naming.IQualifiedNameProvider;
import org.eclipse.xtext.naming.QualifiedName;
import org.eclipse.xtext.nodemodel.INode;
import org.eclipse.xtext.nodemodel.util.NodeModelUtils;
import org.eclipse.xtext.resource.EObjectAtOffsetHelper;
import org.eclipse.xtext.resource.IReferenceDescription;
import org.eclipse.xtext.resource.XtextResource;
import org.eclipse.xtext.util.TextRegion;
import org.pipeorgan.dsl.pipeorgan.Model;
import org.pipeorgan.dsl.pipeorgan.NamespaceImport;
import org.pipeorgan.dsl.pipeorgan.PipeorganPackage.Literals;

/** Where an element is declared, referred to and imported by name. */
public final class References {
	@Inject
	private IReferenceFinder finder;
	@Inject
	private EObjectAtOffsetHelper elements;
	@Inject
	private IQualifiedNameProvider names;
	@Inject
	private IQualifiedNameConverter converter;

	/**
	 * A place where an element is named.
	 *
	 * @param file        the file
	 * @param offset      where its simple name begins, behind what qualifies it
	 * @param length      length of the simple name
	 * @param line        line, from 1
	 * @param text        the whole line, without blanks at its ends
	 * @param declaration whether it is the declaration
	 */
	public record Reference(URI file, int offset, int length, int line, String text, boolean declaration) {
	}

	/** The element that is declared or referred to at an offset. */
	public Optional<EObject> elementAt(XtextResource resource, int offset) {
		if (resource.getParseResult() == null) {
			return Optional.empty();
		}
		INode source = elements.getCrossReferenceNode(resource, new TextRegion(offset, 0));
		EObject element = source == null ? elements.getElementWithNameAt(resource, offset) : elements.getCrossReferencedElement(source);
		return element == null || element.eIsProxy() || element.eResource() == null ? Optional.empty() : Optional.of(element);
	}

	/** The places in some resources that name an element, by file and offset. */
	public List<Reference> to(EObject element, Collection<? extends Resource> resources, IProgressMonitor monitor) {
		URI uri = EcoreUtil.getURI(element);
		List<Reference> found = new ArrayList<>();
		declaration(element).filter(place -> resources.contains(element.eResource())).ifPresent(found::add);
		for (Resource resource : resources) {
			if (monitor.isCanceled()) {
				return found;
			}
			finder.findReferences(uri::equals, resource, new IReferenceFinder.Acceptor() {
				@Override
				public void accept(EObject source, URI sourceUri, EReference reference, int index, EObject target, URI targetUri) {
					List<INode> nodes = NodeModelUtils.findNodesForFeature(source, reference);
					if (!nodes.isEmpty()) {
						found.add(place(nodes.get(Math.clamp(index, 0, nodes.size() - 1)), resource, false));
					}
				}

				@Override
				public void accept(IReferenceDescription description) {
					// given for resources that are not loaded
				}
			}, monitor);
			imports(names.getFullyQualifiedName(element), resource, found);
		}
		found.sort(Comparator.comparing((Reference place) -> place.file().toString()).thenComparingInt(Reference::offset));
		return found.stream().distinct().toList();
	}

	private static Optional<Reference> declaration(EObject element) {
		return NodeModelUtils.findNodesForFeature(element, Literals.NAMED_ELEMENT__NAME).stream().findFirst().map(node -> place(node, element.eResource(), true));
	}

	private void imports(QualifiedName name, Resource resource, List<Reference> found) {
		if (name != null && !resource.getContents().isEmpty() && resource.getContents().get(0) instanceof Model model) {
			model.getImports().stream().filter(NamespaceImport.class::isInstance).map(NamespaceImport.class::cast)
					.filter(imported -> converter.toString(name).equals(imported.getImportedNamespace()))
					.flatMap(imported -> NodeModelUtils.findNodesForFeature(imported, Literals.NAMESPACE_IMPORT__IMPORTED_NAMESPACE).stream())
					.forEach(node -> found.add(place(node, resource, false)));
		}
	}

	/** Only the last part of a qualified name names the element. */
	private static Reference place(INode node, Resource resource, boolean declaration) {
		String text = NodeModelUtils.getTokenText(node);
		int last = text.lastIndexOf('.') + 1;
		int offset = node.getEndOffset() - text.length() + last;
		String whole = node.getRootNode().getText();
		int end = whole.indexOf('\n', offset);
		String line = whole.substring(whole.lastIndexOf('\n', Math.max(0, offset - 1)) + 1, end < 0 ? whole.length() : end);
		return new Reference(resource.getURI(), offset, text.length() - last, node.getEndLine(), line.strip(), declaration);
	}
}
