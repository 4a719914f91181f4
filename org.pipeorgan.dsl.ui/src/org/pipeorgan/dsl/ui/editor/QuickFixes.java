package org.pipeorgan.dsl.ui.editor;

import java.util.ArrayList;
import java.util.List;
import org.eclipse.jface.text.BadLocationException;
import org.eclipse.jface.text.IDocument;
import org.eclipse.jface.text.IDocumentExtension4;
import org.eclipse.jface.text.Position;
import org.eclipse.jface.text.contentassist.ICompletionProposal;
import org.eclipse.jface.text.contentassist.IContextInformation;
import org.eclipse.jface.text.quickassist.IQuickAssistInvocationContext;
import org.eclipse.jface.text.quickassist.IQuickAssistProcessor;
import org.eclipse.jface.text.source.Annotation;
import org.eclipse.jface.text.source.IAnnotationModel;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.graphics.Point;
import org.pipeorgan.dsl.ide.Fixes;
import org.pipeorgan.dsl.ui.Icons;

/** Offers the language's fixes of the problems in the line of the caret (Ctrl+1). */
final class QuickFixes implements IQuickAssistProcessor {
	private final PogEditor editor;

	QuickFixes(PogEditor editor) {
		this.editor = editor;
	}

	@Override
	public boolean canFix(Annotation annotation) {
		return annotation instanceof ProblemAnnotation problem && problem.isQuickFixable();
	}

	@Override
	public boolean canAssist(IQuickAssistInvocationContext context) {
		return false;
	}

	@Override
	public ICompletionProposal[] computeQuickAssistProposals(IQuickAssistInvocationContext context) {
		IDocument document = editor.document();
		IAnnotationModel model = context.getSourceViewer().getAnnotationModel();
		List<ICompletionProposal> proposals = new ArrayList<>();
		if (document != null && model != null && editor.isEditable()) {
			model.getAnnotationIterator().forEachRemaining(annotation -> {
				if (annotation instanceof ProblemAnnotation problem && isInLine(model.getPosition(problem), document, context.getOffset())) {
					problem.fixes(((IDocumentExtension4) document).getModificationStamp()).forEach(fix -> proposals.add(new Proposal(editor, fix, problem.getText())));
				}
			});
		}
		return proposals.toArray(ICompletionProposal[]::new);
	}

	@Override
	public String getErrorMessage() {
		return null;
	}

	private static boolean isInLine(Position position, IDocument document, int offset) {
		try {
			return position != null && document.getLineOfOffset(position.getOffset()) <= document.getLineOfOffset(offset)
					&& document.getLineOfOffset(position.getOffset() + position.getLength()) >= document.getLineOfOffset(offset);
		} catch (BadLocationException e) {
			return false;
		}
	}

	/** One way to mend a problem. */
	private record Proposal(PogEditor editor, Fixes.Fix fix, String problem) implements ICompletionProposal {
		@Override
		public void apply(IDocument document) {
			if (editor.prepareChange()) {
				editor.change(fix.edits());
			}
		}

		@Override
		public Point getSelection(IDocument document) {
			return null;
		}

		@Override
		public String getAdditionalProposalInfo() {
			return problem;
		}

		@Override
		public String getDisplayString() {
			return fix.label();
		}

		@Override
		public Image getImage() {
			return Icons.image("fix");
		}

		@Override
		public IContextInformation getContextInformation() {
			return null;
		}
	}
}
