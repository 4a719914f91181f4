package org.pipeorgan.dsl.conversion;

import com.google.inject.Inject;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import org.eclipse.emf.common.util.URI;
import org.eclipse.emf.ecore.EObject;
import org.eclipse.emf.ecore.resource.ResourceSet;
import org.eclipse.emf.ecore.util.EcoreUtil;
import org.eclipse.xtext.nodemodel.ILeafNode;
import org.eclipse.xtext.nodemodel.util.NodeModelUtils;
import org.eclipse.xtext.resource.IResourceFactory;
import org.eclipse.xtext.resource.SaveOptions;
import org.eclipse.xtext.resource.XtextResource;
import org.eclipse.xtext.serializer.ISerializer;
import org.eclipse.xtext.util.StringInputStream;
import org.pipeorgan.dsl.formatting2.Layout;
import org.pipeorgan.dsl.pipeorgan.Function;
import org.pipeorgan.dsl.pipeorgan.Model;
import org.pipeorgan.dsl.pipeorgan.NamedElement;

/** Models as text of the language, formatted. */
public final class PogText {
	@Inject
	private ISerializer serializer;
	@Inject
	private IResourceFactory resources;
	@Inject
	private Layout layout;
	@Inject
	private FileImports imports;

	/**
	 * The text of a model that was not read from text.
	 *
	 * @param file where the text will be: imports of files are made relative to it
	 * @param set  where what the model refers to is
	 * @throws IllegalArgumentException if the model is incomplete, so that the language has no words for it; validate it before
	 */
	public String of(Model model, URI file, ResourceSet set) {
		Model copy = EcoreUtil.copy(model);
		XtextResource resource = (XtextResource) resources.createResource(file);
		set.getResources().add(resource);
		try {
			resource.getContents().add(copy);
			imports.move(model, copy, file);
			// comments are not in the grammar
			copy.eAllContents().forEachRemaining(element -> {
				if (element instanceof NamedElement named) {
					named.setDocumentation(null);
				}
			});
			String text = withoutNeedlessBrackets(parse(serializer.serialize(copy, SaveOptions.newBuilder().getOptions()), file));
			return layout.format(parse(documented(model, parse(text, file)), file));
		} catch (RuntimeException e) {
			throw new IllegalArgumentException("the model cannot be written as text: " + e.getMessage(), e);
		} finally {
			set.getResources().remove(resource);
		}
	}

	/** The serializer writes a count in brackets, which may stand everywhere; a plain number needs none but behind a function. */
	private static String withoutNeedlessBrackets(XtextResource parsed) {
		List<ILeafNode> words = StreamSupport.stream(parsed.getParseResult().getRootNode().getLeafNodes().spliterator(), false).filter(leaf -> !leaf.isHidden()).toList();
		StringBuilder text = new StringBuilder(parsed.getParseResult().getRootNode().getText());
		for (int i = 1; i + 2 < words.size(); i++) {
			boolean number = words.get(i).getText().equals("(") && words.get(i + 1).getText().matches("\\d+") && words.get(i + 2).getText().equals(")");
			if (number && Function.getByName(words.get(i - 1).getText().toUpperCase(Locale.ROOT)) == null) {
				text.setCharAt(words.get(i).getOffset(), ' ');
				text.setCharAt(words.get(i + 2).getOffset(), ' ');
			}
		}
		return text.toString();
	}

	private XtextResource parse(String text, URI file) {
		XtextResource resource = (XtextResource) resources.createResource(file);
		try {
			resource.load(new StringInputStream(text, "UTF-8"), Map.of(XtextResource.OPTION_ENCODING, "UTF-8"));
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
		if (resource.getParseResult().hasSyntaxErrors()) {
			throw new IllegalArgumentException(resource.getErrors().get(0).getMessage());
		}
		return resource;
	}

	/** The text with a comment before each documented element; the parsed model has the same elements in the same order. */
	private static String documented(Model model, XtextResource parsed) {
		StringBuilder text = new StringBuilder();
		String plain = parsed.getParseResult().getRootNode().getText();
		int done = 0;
		var originals = model.eAllContents();
		for (var elements = parsed.getContents().get(0).eAllContents(); elements.hasNext();) {
			EObject element = elements.next();
			if (originals.next() instanceof NamedElement original && original.getDocumentation() != null && !original.getDocumentation().isBlank()) {
				int offset = NodeModelUtils.findActualNodeFor(element).getOffset();
				text.append(plain, done, offset).append(comment(original.getDocumentation()));
				done = offset;
			}
		}
		return text.append(plain.substring(done)).toString().stripLeading();
	}

	private static String comment(String documentation) {
		String safe = documentation.strip().replace("*/", "* /");
		return safe.lines().count() == 1 ? "\n/** " + safe + " */\n" : "\n/**\n" + safe.lines().map(line -> (" * " + line).stripTrailing() + "\n").collect(Collectors.joining()) + " */\n";
	}
}
