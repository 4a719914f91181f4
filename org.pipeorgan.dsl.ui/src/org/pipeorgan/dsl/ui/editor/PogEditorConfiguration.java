package org.pipeorgan.dsl.ui.editor;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.eclipse.core.runtime.NullProgressMonitor;
import org.eclipse.jface.preference.IPreferenceStore;
import org.eclipse.jface.text.DefaultInformationControl;
import org.eclipse.jface.text.IDocument;
import org.eclipse.jface.text.IInformationControlCreator;
import org.eclipse.jface.text.ITextHover;
import org.eclipse.jface.text.codemining.ICodeMining;
import org.eclipse.jface.text.codemining.ICodeMiningProvider;
import org.eclipse.jface.text.contentassist.ContentAssistant;
import org.eclipse.jface.text.contentassist.IContentAssistant;
import org.eclipse.jface.text.hyperlink.IHyperlinkDetector;
import org.eclipse.jface.text.presentation.IPresentationReconciler;
import org.eclipse.jface.text.presentation.PresentationReconciler;
import org.eclipse.jface.text.quickassist.IQuickAssistAssistant;
import org.eclipse.jface.text.quickassist.QuickAssistAssistant;
import org.eclipse.jface.text.reconciler.IReconciler;
import org.eclipse.jface.text.source.ISourceViewer;
import org.eclipse.jface.text.source.projection.ProjectionViewer;
import org.eclipse.ui.editors.text.TextSourceViewerConfiguration;
import org.pipeorgan.dsl.ui.PipeOrganUi;
import org.pipeorgan.dsl.ui.language.LanguageServices;

/** Puts the editor's features together. */
final class PogEditorConfiguration extends TextSourceViewerConfiguration {
	private final PogEditor editor;
	private final Supplier<LanguageServices> language = PipeOrganUi::language;
	private CodeMinings minings;

	PogEditorConfiguration(PogEditor editor, IPreferenceStore preferences) {
		super(preferences);
		this.editor = editor;
	}

	@Override
	public IPresentationReconciler getPresentationReconciler(ISourceViewer viewer) {
		PresentationReconciler reconciler = new PresentationReconciler();
		reconciler.setDocumentPartitioning(getConfiguredDocumentPartitioning(viewer));
		LexicalColoring coloring = new LexicalColoring();
		reconciler.setDamager(coloring, IDocument.DEFAULT_CONTENT_TYPE);
		reconciler.setRepairer(coloring, IDocument.DEFAULT_CONTENT_TYPE);
		return reconciler;
	}

	@Override
	public IReconciler getReconciler(ISourceViewer viewer) {
		ProjectionViewer text = (ProjectionViewer) viewer;
		minings = new CodeMinings(language, text);
		return new PogReconciler(editor, List.of(new SemanticColoring(language, text), editor.outline(),
				new Folding(language, text), new ProblemAnnotations(language, viewer::getAnnotationModel), minings));
	}

	/** Has {@code viewer} show shapes and numbers of MACs. */
	void installMinings(ProjectionViewer viewer) {
		viewer.setCodeMiningProviders(new ICodeMiningProvider[] { minings });
	}

	/** What {@code viewer} is given to show between the text. */
	List<? extends ICodeMining> minings(ProjectionViewer viewer) {
		return minings.provideCodeMinings(viewer, new NullProgressMonitor()).join();
	}

	@Override
	public IQuickAssistAssistant getQuickAssistAssistant(ISourceViewer viewer) {
		QuickAssistAssistant assistant = new QuickAssistAssistant();
		assistant.setQuickAssistProcessor(new QuickFixes(editor));
		assistant.setInformationControlCreator(getQuickAssistAssistantInformationControlCreator());
		return assistant;
	}

	private IInformationControlCreator getQuickAssistAssistantInformationControlCreator() {
		return parent -> new DefaultInformationControl(parent, true);
	}

	@Override
	public IContentAssistant getContentAssistant(ISourceViewer viewer) {
		ContentAssistant assistant = new ContentAssistant(true);
		assistant.setDocumentPartitioning(getConfiguredDocumentPartitioning(viewer));
		assistant.addContentAssistProcessor(new PogContentAssist(language, editor), IDocument.DEFAULT_CONTENT_TYPE);
		assistant.setInformationControlCreator(getInformationControlCreator(viewer));
		assistant.enableAutoActivation(true);
		assistant.enableColoredLabels(true);
		assistant.setStatusLineVisible(false);
		return assistant;
	}

	@Override
	public ITextHover getTextHover(ISourceViewer viewer, String contentType) {
		return new PogHover(language, editor, viewer);
	}

	@Override
	public IHyperlinkDetector[] getHyperlinkDetectors(ISourceViewer viewer) {
		List<IHyperlinkDetector> detectors = new ArrayList<>();
		detectors.add(new DeclarationHyperlinks(language, editor));
		IHyperlinkDetector[] general = super.getHyperlinkDetectors(viewer);
		if (general != null) {
			detectors.addAll(List.of(general));
		}
		return detectors.toArray(IHyperlinkDetector[]::new);
	}

	@Override
	public String[] getDefaultPrefixes(ISourceViewer viewer, String contentType) {
		return new String[] { ToggleCommentHandler.PREFIX, "" };
	}
}
