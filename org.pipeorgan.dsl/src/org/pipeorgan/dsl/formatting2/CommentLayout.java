package org.pipeorgan.dsl.formatting2;

import java.util.List;

import org.eclipse.xtext.formatting2.ITextReplacer;
import org.eclipse.xtext.formatting2.ITextReplacerContext;
import org.eclipse.xtext.formatting2.internal.MultilineCommentReplacer;
import org.eclipse.xtext.formatting2.internal.SinglelineDocCommentReplacer;
import org.eclipse.xtext.formatting2.regionaccess.IComment;
import org.eclipse.xtext.formatting2.regionaccess.ILineRegion;

/** Indents comments like the text that follows; their words stay as written. */
final class CommentLayout {
	private CommentLayout() {
	}

	static ITextReplacer of(IComment comment) {
		return comment.getText().startsWith("/*") ? new Block(comment) : new Line(comment);
	}

	private static final class Block extends MultilineCommentReplacer {
		Block(IComment comment) {
			super(comment, '*');
		}

		@Override
		public ITextReplacerContext createReplacements(ITextReplacerContext context) {
			List<ILineRegion> lines = getComment().getLineRegions();
			int end = getComment().getOffset() + getComment().getLength();
			for (ILineRegion line : lines.subList(1, lines.size())) {
				String text = line.getText();
				String words = text.stripLeading();
				int blanks = text.length() - words.length();
				String indentation = context.getIndentationString() + " ";
				if (words.startsWith("*") && line.getOffset() + blanks <= end && !text.startsWith(indentation + "*")) {
					context.addReplacement(getComment().getTextRegionAccess().regionForOffset(line.getOffset(), blanks).replaceWith(indentation));
				}
			}
			return context;
		}
	}

	private static final class Line extends SinglelineDocCommentReplacer {
		Line(IComment comment) {
			super(comment, "//");
		}

		@Override
		public ITextReplacerContext createReplacements(ITextReplacerContext context) {
			return context;
		}
	}
}
