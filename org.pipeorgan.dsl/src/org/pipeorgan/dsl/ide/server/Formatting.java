package org.pipeorgan.dsl.ide.server;

import com.google.inject.Inject;

import java.util.List;

import org.eclipse.lsp4j.FormattingOptions;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.TextEdit;
import org.eclipse.xtext.formatting2.regionaccess.ITextReplacement;
import org.eclipse.xtext.ide.server.Document;
import org.eclipse.xtext.ide.server.formatting.FormattingService;
import org.eclipse.xtext.resource.XtextResource;
import org.eclipse.xtext.util.TextRegion;
import org.pipeorgan.dsl.formatting2.Layout;

/** The layout of the language; it has no options. */
public class Formatting extends FormattingService {
	@Inject
	private Layout layout;

	@Override
	public List<TextEdit> format(XtextResource resource, Document document, int offset, int length, FormattingOptions options) {
		return layout.format(resource, new TextRegion(offset, length)).stream().map(replacement -> edit(replacement, document)).toList();
	}

	private static TextEdit edit(ITextReplacement replacement, Document document) {
		return new TextEdit(new Range(document.getPosition(replacement.getOffset()), document.getPosition(replacement.getEndOffset())), replacement.getReplacementText());
	}
}
