package org.pipeorgan.dsl.ui.editor;

import java.util.Locale;
import org.eclipse.jface.text.BadLocationException;
import org.eclipse.jface.text.DocumentEvent;
import org.eclipse.jface.text.IDocument;
import org.eclipse.jface.text.ITextViewer;
import org.eclipse.jface.text.contentassist.ICompletionProposal;
import org.eclipse.jface.text.contentassist.ICompletionProposalExtension2;
import org.eclipse.jface.text.contentassist.ICompletionProposalExtension6;
import org.eclipse.jface.text.contentassist.IContextInformation;
import org.eclipse.jface.viewers.StyledString;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.graphics.Point;
import org.eclipse.xtext.ide.editor.contentassist.ContentAssistEntry;
import org.eclipse.xtext.resource.IEObjectDescription;

/** A proposal of the language in the completion popup. */
final class PogProposal implements ICompletionProposal, ICompletionProposalExtension2, ICompletionProposalExtension6 {
	private final ContentAssistEntry entry;
	private final int start;
	private final int end;
	private int caret;

	/** Makes the proposal for {@code entry}, computed for the caret at {@code offset}. */
	PogProposal(ContentAssistEntry entry, int offset) {
		this.entry = entry;
		start = offset - (entry.getPrefix() == null ? 0 : entry.getPrefix().length());
		end = offset;
	}

	@Override
	public String getDisplayString() {
		return entry.getLabel() == null ? entry.getProposal() : entry.getLabel();
	}

	@Override
	public StyledString getStyledDisplayString() {
		StyledString text = new StyledString(getDisplayString());
		if (entry.getDescription() != null && !entry.getDescription().isBlank()) {
			text.append(" - " + entry.getDescription(), StyledString.QUALIFIER_STYLER);
		}
		return text;
	}

	@Override
	public Image getImage() {
		String kind = entry.getSource() instanceof IEObjectDescription element ? element.getEClass().getName() : "keyword";
		return Images.ofKind(kind.toLowerCase(Locale.ROOT));
	}

	@Override
	public String getAdditionalProposalInfo() {
		return entry.getDocumentation();
	}

	@Override
	public void apply(IDocument document) {
		replace(document, end);
	}

	@Override
	public void apply(ITextViewer viewer, char trigger, int stateMask, int offset) {
		replace(viewer.getDocument(), offset);
	}

	@Override
	public Point getSelection(IDocument document) {
		return new Point(caret, 0);
	}

	@Override
	public boolean validate(IDocument document, int offset, DocumentEvent event) {
		try {
			if (offset < start) {
				return false;
			}
			String typed = document.get(start, offset - start).toLowerCase(Locale.ROOT);
			String proposal = entry.getProposal().toLowerCase(Locale.ROOT);
			return proposal.startsWith(typed) || proposal.substring(proposal.lastIndexOf('.') + 1).startsWith(typed);
		} catch (BadLocationException e) {
			return false;
		}
	}

	@Override
	public IContextInformation getContextInformation() {
		return null;
	}

	@Override
	public void selected(ITextViewer viewer, boolean smartToggle) {
		// Nothing to preview.
	}

	@Override
	public void unselected(ITextViewer viewer) {
		// Nothing to preview.
	}

	private void replace(IDocument document, int until) {
		try {
			document.replace(start, Math.max(0, until - start), entry.getProposal());
			caret = entry.getEscapePosition() == null ? start + entry.getProposal().length() : entry.getEscapePosition();
		} catch (BadLocationException e) {
			caret = Math.min(start, document.getLength());
		}
	}
}
