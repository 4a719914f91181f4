package org.pipeorgan.dsl.ui.editor;

import java.util.List;
import java.util.Optional;
import org.eclipse.jface.text.DocumentEvent;
import org.eclipse.jface.text.IDocument;
import org.eclipse.jface.text.IRegion;
import org.eclipse.jface.text.ITypedRegion;
import org.eclipse.jface.text.Region;
import org.eclipse.jface.text.TextPresentation;
import org.eclipse.jface.text.presentation.IPresentationDamager;
import org.eclipse.jface.text.presentation.IPresentationRepairer;
import org.eclipse.swt.custom.StyleRange;
import org.pipeorgan.dsl.ui.PipeOrganUi;
import org.pipeorgan.dsl.ui.language.LanguageServices;
import org.pipeorgan.dsl.ui.language.LexicalToken;

/**
 * Colours the tokens of the language's own lexer. After a change the text is lexed again and only the tokens that
 * differ from before are painted. Until the language is loaded the text is plain; the first analysis has it painted.
 */
final class LexicalColoring implements IPresentationDamager, IPresentationRepairer {
	private IDocument document;
	private List<LexicalToken> tokens = List.of();
	/** Whether the tokens are those of the text: not before the language is loaded. */
	private boolean lexed;

	@Override
	public void setDocument(IDocument document) {
		if (this.document != document) {
			this.document = document;
			tokens = document == null ? List.of() : lex(document.get());
		}
	}

	@Override
	public IRegion getDamageRegion(ITypedRegion partition, DocumentEvent event, boolean documentPartitioningChanged) {
		List<LexicalToken> before = tokens;
		String text = event.getDocument().get();
		tokens = lex(text);
		int inserted = event.getText() == null ? 0 : event.getText().length();
		int shift = inserted - event.getLength();

		int common = Math.min(before.size(), tokens.size());
		int head = 0;
		while (head < common && before.get(head).equals(tokens.get(head))) {
			head++;
		}
		int tail = 0;
		while (tail < common - head
				&& before.get(before.size() - 1 - tail).equalsShifted(tokens.get(tokens.size() - 1 - tail), shift)) {
			tail++;
		}
		int start = head == 0 ? 0 : tokens.get(head - 1).end();
		int end = tail == 0 ? text.length() : tokens.get(tokens.size() - tail).offset();
		start = Math.min(start, event.getOffset());
		end = Math.min(text.length(), Math.max(end, event.getOffset() + inserted));
		return new Region(start, Math.max(0, end - start));
	}

	@Override
	public void createPresentation(TextPresentation presentation, ITypedRegion region) {
		if (!lexed && document != null) {
			tokens = lex(document.get());
		}
		int start = region.getOffset();
		int end = start + region.getLength();
		int painted = start;
		for (int i = firstTokenEndingAfter(start); i < tokens.size() && tokens.get(i).offset() < end; i++) {
			LexicalToken token = tokens.get(i);
			int from = Math.max(start, token.offset());
			int to = Math.min(end, token.end());
			if (painted == start) {
				addPlain(presentation, start, from);
			}
			presentation.addStyleRange(Styles.range(token.style(), from, to - from));
			painted = to;
		}
		addPlain(presentation, painted, end);
	}

	private List<LexicalToken> lex(String text) {
		Optional<LanguageServices> language = PipeOrganUi.languageIfLoaded();
		lexed = language.isPresent();
		return language.map(services -> services.tokens(text)).orElse(List.of());
	}

	/** At the ends of what is painted; what no token covers in between becomes plain by itself. */
	private static void addPlain(TextPresentation presentation, int from, int to) {
		if (from < to) {
			presentation.addStyleRange(new StyleRange(from, to - from, null, null));
		}
	}

	private int firstTokenEndingAfter(int offset) {
		int low = 0;
		int high = tokens.size();
		while (low < high) {
			int middle = (low + high) >>> 1;
			if (tokens.get(middle).end() <= offset) {
				low = middle + 1;
			} else {
				high = middle;
			}
		}
		return low;
	}
}
