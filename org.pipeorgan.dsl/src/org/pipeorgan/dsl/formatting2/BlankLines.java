package org.pipeorgan.dsl.formatting2;

import org.eclipse.xtext.formatting2.IHiddenRegionFormatting;
import org.eclipse.xtext.formatting2.ITextReplacerContext;
import org.eclipse.xtext.formatting2.internal.WhitespaceReplacer;
import org.eclipse.xtext.formatting2.regionaccess.IComment;
import org.eclipse.xtext.formatting2.regionaccess.IHiddenRegionPart;
import org.eclipse.xtext.formatting2.regionaccess.ITextSegment;

/** White space of which one blank line stays if it parts two comments: it shows where one thought ends. */
final class BlankLines extends WhitespaceReplacer {
	BlankLines(ITextSegment hiddens, IHiddenRegionFormatting formatting) {
		super(hiddens, formatting);
	}

	@Override
	protected int computeNewLineCount(ITextReplacerContext context) {
		int count = super.computeNewLineCount(context);
		if (!(getRegion() instanceof IHiddenRegionPart part) || !(part.getPreviousHiddenPart() instanceof IComment before) || !(part.getNextHiddenPart() instanceof IComment)) {
			return count;
		}
		// a line comment takes its own line end with it, which counts
		long written = part.getText().chars().filter(c -> c == '\n').count() + (before.getText().endsWith("\n") ? 1 : 0);
		return written >= 2 ? Math.max(count, 2) : count;
	}
}
