package org.pipeorgan.dsl.ui.editor;

import java.util.List;
import java.util.function.Supplier;
import org.eclipse.jface.text.ITextViewer;
import org.eclipse.jface.text.contentassist.ContextInformation;
import org.eclipse.jface.text.contentassist.ContextInformationValidator;
import org.eclipse.jface.text.contentassist.ICompletionProposal;
import org.eclipse.jface.text.contentassist.IContentAssistProcessor;
import org.eclipse.jface.text.contentassist.IContextInformation;
import org.eclipse.jface.text.contentassist.IContextInformationValidator;
import org.eclipse.xtext.ide.editor.contentassist.ContentAssistEntry;
import org.eclipse.xtext.util.Strings;
import org.pipeorgan.dsl.ui.language.LanguageServices;

/** Asks the language what may stand at the caret. The content assistant calls it in the background. */
final class PogContentAssist implements IContentAssistProcessor {
	private static final ICompletionProposal[] NONE = {};
	private final Supplier<LanguageServices> language;
	private final PogEditor editor;

	PogContentAssist(Supplier<LanguageServices> language, PogEditor editor) {
		this.language = language;
		this.editor = editor;
	}

	@Override
	public ICompletionProposal[] computeCompletionProposals(ITextViewer viewer, int offset) {
		DocumentState state = editor.state(viewer.getDocument());
		if (state == null) {
			return NONE;
		}
		return state.read(resource -> {
			String text = resource.getParseResult().getRootNode().getText();
			List<ContentAssistEntry> entries = offset > text.length() ? List.of() : language.get().proposals(resource, text, offset);
			return entries.stream().filter(entry -> !Strings.isEmpty(entry.getProposal()))
					.map(entry -> new PogProposal(entry, offset)).toArray(ICompletionProposal[]::new);
		});
	}

	/** What the operator or block at the caret takes (Ctrl+Shift+Space); at once, as it is asked for in the UI thread. */
	@Override
	public IContextInformation[] computeContextInformation(ITextViewer viewer, int offset) {
		DocumentState state = editor.state(viewer.getDocument());
		return state == null ? null : state.tryRead(resource -> language.get().signature(resource, offset).orElse(null))
				.map(signature -> new IContextInformation[] { new ContextInformation(signature.label(), signature.label()) }).orElse(null);
	}

	@Override
	public char[] getCompletionProposalAutoActivationCharacters() {
		return new char[] { '.' };
	}

	@Override
	public char[] getContextInformationAutoActivationCharacters() {
		return null;
	}

	@Override
	public String getErrorMessage() {
		return null;
	}

	@Override
	public IContextInformationValidator getContextInformationValidator() {
		return new ContextInformationValidator(this);
	}
}
