package org.pipeorgan.dsl.formatting2;

import com.google.inject.Inject;
import com.google.inject.Provider;

import java.util.List;

import org.eclipse.emf.ecore.EObject;
import org.eclipse.emf.ecore.util.EcoreUtil;
import org.eclipse.xtext.formatting2.FormatterRequest;
import org.eclipse.xtext.formatting2.IFormatter2;
import org.eclipse.xtext.formatting2.regionaccess.ITextRegionAccess;
import org.eclipse.xtext.formatting2.regionaccess.ITextReplacement;
import org.eclipse.xtext.formatting2.regionaccess.TextRegionAccessBuilder;
import org.eclipse.xtext.nodemodel.INode;
import org.eclipse.xtext.resource.XtextResource;
import org.eclipse.xtext.util.ITextRegion;
import org.eclipse.xtext.util.TextRegion;

/** Brings text into the language's layout. */
public final class Layout {
	@Inject
	private Provider<IFormatter2> formatters;
	@Inject
	private Provider<TextRegionAccessBuilder> regionAccess;

	/** Whether the text can be laid out: there is no syntax error, and no section twice, of which the model would have only one. */
	public static boolean isPossible(XtextResource resource) {
		if (resource.getParseResult() == null || resource.getParseResult().hasSyntaxErrors()) {
			return false;
		}
		EObject root = resource.getParseResult().getRootASTElement();
		for (INode node : resource.getParseResult().getRootNode().getAsTreeIterable()) {
			if (node.hasDirectSemanticElement() && EcoreUtil.getRootContainer(node.getSemanticElement()) != root) {
				return false;
			}
		}
		return true;
	}

	/** The whole text of a resource, laid out; as it is if that is not possible. */
	public String format(XtextResource resource) {
		if (!isPossible(resource)) {
			return resource.getParseResult().getRootNode().getText();
		}
		ITextRegionAccess access = regionAccess.get().forNodeModel(resource).create();
		return access.getRewriter().renderToString(formatters.get().format(request(access)));
	}

	/** The changes that lay out the lines of which a part is given; none if that is not possible. */
	public List<ITextReplacement> format(XtextResource resource, ITextRegion region) {
		if (!isPossible(resource)) {
			return List.of();
		}
		FormatterRequest request = request(regionAccess.get().forNodeModel(resource).create());
		request.addRegion(lines(resource.getParseResult().getRootNode().getText(), region));
		return formatters.get().format(request);
	}

	/** Whole lines, with the blanks before them that indent the first one. */
	private static ITextRegion lines(String text, ITextRegion region) {
		int start = Math.clamp(region.getOffset(), 0, text.length());
		int end = Math.clamp(region.getOffset() + region.getLength(), start, text.length());
		start = text.lastIndexOf('\n', start - 1) + 1;
		while (start > 0 && Character.isWhitespace(text.charAt(start - 1))) {
			start--;
		}
		return new TextRegion(start, end - start);
	}

	private static FormatterRequest request(ITextRegionAccess access) {
		FormatterRequest request = new FormatterRequest();
		request.setAllowIdentityEdits(false);
		request.setFormatUndefinedHiddenRegionsOnly(false);
		request.setTextRegionAccess(access);
		return request;
	}
}
