package org.pipeorgan.dsl.formatting2;

import com.google.inject.Inject;
import com.google.inject.Provider;

import java.util.List;

import org.eclipse.xtext.formatting2.FormatterRequest;
import org.eclipse.xtext.formatting2.IFormatter2;
import org.eclipse.xtext.formatting2.regionaccess.ITextRegionAccess;
import org.eclipse.xtext.formatting2.regionaccess.ITextReplacement;
import org.eclipse.xtext.formatting2.regionaccess.TextRegionAccessBuilder;
import org.eclipse.xtext.resource.XtextResource;
import org.eclipse.xtext.util.ITextRegion;

/** Brings text into the language's layout. */
public final class Layout {
	@Inject
	private Provider<IFormatter2> formatters;
	@Inject
	private Provider<TextRegionAccessBuilder> regionAccess;

	/** The whole text of a resource, laid out; as it is if there are syntax errors. */
	public String format(XtextResource resource) {
		if (resource.getParseResult().hasSyntaxErrors()) {
			return resource.getParseResult().getRootNode().getText();
		}
		ITextRegionAccess access = regionAccess.get().forNodeModel(resource).create();
		return access.getRewriter().renderToString(formatters.get().format(request(access)));
	}

	/** The changes that lay out a part of a resource; none if there are syntax errors. */
	public List<ITextReplacement> format(XtextResource resource, ITextRegion region) {
		if (resource.getParseResult() == null || resource.getParseResult().hasSyntaxErrors()) {
			return List.of();
		}
		FormatterRequest request = request(regionAccess.get().forNodeModel(resource).create());
		request.addRegion(region);
		return formatters.get().format(request);
	}

	private static FormatterRequest request(ITextRegionAccess access) {
		FormatterRequest request = new FormatterRequest();
		request.setAllowIdentityEdits(false);
		request.setFormatUndefinedHiddenRegionsOnly(false);
		request.setTextRegionAccess(access);
		return request;
	}
}
