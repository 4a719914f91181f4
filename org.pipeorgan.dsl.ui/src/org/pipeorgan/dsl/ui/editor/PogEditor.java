package org.pipeorgan.dsl.ui.editor;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.emf.common.util.URI;
import org.eclipse.jface.preference.IPreferenceStore;
import org.eclipse.jface.text.BadLocationException;
import org.eclipse.jface.text.IDocument;
import org.eclipse.jface.text.ITextHover;
import org.eclipse.jface.text.ITextSelection;
import org.eclipse.jface.text.codemining.ICodeMining;
import org.eclipse.jface.text.contentassist.ICompletionProposal;
import org.eclipse.jface.text.contentassist.IContextInformation;
import org.eclipse.jface.text.quickassist.IQuickAssistProcessor;
import org.eclipse.jface.text.source.ISourceViewer;
import org.eclipse.jface.text.source.IVerticalRuler;
import org.eclipse.jface.text.source.projection.ProjectionSupport;
import org.eclipse.jface.text.source.projection.ProjectionViewer;
import org.eclipse.jface.util.IPropertyChangeListener;
import org.eclipse.jface.viewers.IPostSelectionProvider;
import org.eclipse.jface.viewers.ISelectionChangedListener;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Display;
import org.eclipse.text.edits.MalformedTreeException;
import org.eclipse.ui.IEditorInput;
import org.eclipse.ui.IFileEditorInput;
import org.eclipse.ui.IURIEditorInput;
import org.eclipse.ui.editors.text.EditorsUI;
import org.eclipse.ui.editors.text.TextEditor;
import org.eclipse.ui.texteditor.ChainedPreferenceStore;
import org.eclipse.ui.texteditor.SourceViewerDecorationSupport;
import org.eclipse.ui.views.contentoutline.IContentOutlinePage;
import org.eclipse.ui.views.properties.IPropertySheetPage;
import org.eclipse.xtext.resource.XtextResource;
import org.pipeorgan.dsl.ide.Fixes;
import org.pipeorgan.dsl.ui.PipeOrganUi;
import org.pipeorgan.dsl.ui.project.TextChanges;
import org.pipeorgan.dsl.ui.views.ElementProperties;

/**
 * The editor of PipeOrgan files. It only puts the features together ({@link PogEditorConfiguration}) and holds what they
 * share: the {@linkplain DocumentState parsed state}, the viewer and the outline.
 */
public final class PogEditor extends TextEditor {
	/** Key binding scope of the editor. */
	static final String SCOPE = "org.pipeorgan.dsl.ui.editorScope";

	private final PogOutlinePage outline = new PogOutlinePage(PipeOrganUi::language, this);
	private final Occurrences occurrences = new Occurrences(this);
	private final ISelectionChangedListener caretMoved = event -> {
		outline.follow(caretOffset());
		occurrences.caretMoved();
	};
	private final IPropertyChangeListener colorsChanged = event -> {
		if (event.getProperty().startsWith(Styles.COLOR_PREFIX) && viewer() != null) {
			viewer().invalidateTextPresentation();
		}
	};
	private final IPropertyChangeListener preferencesChanged = event -> {
		if (EditorPreferences.MARK_OCCURRENCES.equals(event.getProperty())) {
			occurrences.caretMoved();
		} else if (EditorPreferences.CODE_MININGS.equals(event.getProperty())) {
			DocumentStates.get().outdateAll();
		}
	};
	private DocumentState state;
	private boolean disposed;

	@Override
	protected void initializeEditor() {
		super.initializeEditor();
		setHelpContextId(PipeOrganUi.ID + ".editor");
		IPreferenceStore preferences = new ChainedPreferenceStore(
				new IPreferenceStore[] { PipeOrganUi.get().getPreferenceStore(), EditorsUI.getPreferenceStore() });
		setPreferenceStore(preferences);
		setSourceViewerConfiguration(new PogEditorConfiguration(this, preferences));
	}

	@Override
	protected void initializeKeyBindingScopes() {
		setKeyBindingScopes(new String[] { SCOPE });
	}

	@Override
	protected ISourceViewer createSourceViewer(Composite parent, IVerticalRuler ruler, int styles) {
		fAnnotationAccess = getAnnotationAccess();
		fOverviewRuler = createOverviewRuler(getSharedColors());
		ISourceViewer viewer = new ProjectionViewer(parent, ruler, getOverviewRuler(), isOverviewRulerVisible(), styles);
		getSourceViewerDecorationSupport(viewer);
		return viewer;
	}

	@Override
	protected void configureSourceViewerDecorationSupport(SourceViewerDecorationSupport support) {
		super.configureSourceViewerDecorationSupport(support);
		support.setCharacterPairMatcher(new BracketMatcher());
		support.setMatchingCharacterPainterPreferenceKeys(EditorPreferences.MATCH_BRACKETS, EditorPreferences.MATCHING_BRACKETS_COLOR);
	}

	@Override
	public void createPartControl(Composite parent) {
		super.createPartControl(parent);
		ProjectionSupport projection = new ProjectionSupport(viewer(), getAnnotationAccess(), getSharedColors());
		projection.addSummarizableAnnotationType(ProblemAnnotation.ERROR);
		projection.addSummarizableAnnotationType(ProblemAnnotation.WARNING);
		projection.install();
		viewer().doOperation(ProjectionViewer.TOGGLE);
		((IPostSelectionProvider) getSelectionProvider()).addPostSelectionChangedListener(caretMoved);
		Styles.addListener(colorsChanged);
		PipeOrganUi.get().getPreferenceStore().addPropertyChangeListener(preferencesChanged);
		((PogEditorConfiguration) getSourceViewerConfiguration()).installMinings(viewer());
	}

	@Override
	public <T> T getAdapter(Class<T> adapter) {
		return adapter == IContentOutlinePage.class ? adapter.cast(outline)
				: adapter == IPropertySheetPage.class ? adapter.cast(new ElementProperties(this)) : super.getAdapter(adapter);
	}

	@Override
	protected void doSetInput(IEditorInput input) throws CoreException {
		super.doSetInput(input);
		if (input == null) {
			releaseState();
		}
	}

	@Override
	public void dispose() {
		Styles.removeListener(colorsChanged);
		PipeOrganUi.get().getPreferenceStore().removePropertyChangeListener(preferencesChanged);
		occurrences.dispose();
		super.dispose();
		synchronized (this) {
			disposed = true;
			releaseState();
		}
	}

	/** The text viewer; {@code null} before it is created and after it is disposed. UI thread. */
	public ProjectionViewer viewer() {
		return (ProjectionViewer) getSourceViewer();
	}

	/** The file that is edited, as the language calls it. */
	public URI file() {
		return file(getEditorInput());
	}

	/** The outline of this editor. */
	public PogOutlinePage outline() {
		return outline;
	}

	/** The edited text, {@code null} when the editor is closed. UI thread. */
	public IDocument document() {
		return viewer() == null ? null : viewer().getDocument();
	}

	/** What tells about the place under the mouse. UI thread. */
	public ITextHover hover() {
		return getSourceViewerConfiguration().getTextHover(viewer(), IDocument.DEFAULT_CONTENT_TYPE);
	}

	/** What may stand at {@code offset} of the text. Not for the UI thread in the long run: it waits for the parser. */
	public List<ICompletionProposal> proposals(int offset) {
		return List.of(new PogContentAssist(PipeOrganUi::language, this).computeCompletionProposals(viewer(), offset));
	}

	/** What is taken by the operator or block at {@code offset}; {@code null} where there is none. UI thread. */
	public IContextInformation[] signatures(int offset) {
		return new PogContentAssist(PipeOrganUi::language, this).computeContextInformation(viewer(), offset);
	}

	/** What mends the problems at a place. UI thread. */
	public IQuickAssistProcessor quickFixes() {
		return new QuickFixes(this);
	}

	/** What is shown between the text. UI thread. */
	public List<? extends ICodeMining> minings() {
		return ((PogEditorConfiguration) getSourceViewerConfiguration()).minings(viewer());
	}

	/** Where the caret is in the text. UI thread. */
	public int caretOffset() {
		return getSelectionProvider() != null && getSelectionProvider().getSelection() instanceof ITextSelection selection
				? selection.getOffset() : 0;
	}

	/**
	 * The parsed state of {@code document}, which this editor shows. From any thread.
	 *
	 * @return {@code null} once the editor is disposed or if {@code document} is {@code null}
	 */
	public synchronized DocumentState state(IDocument document) {
		if (disposed || document == null) {
			return null;
		}
		if (state == null || state.document() != document) {
			releaseState();
			state = DocumentStates.get().acquire(document, file(getEditorInput()));
		}
		return state;
	}

	/** The edited text, {@code null} when the editor is closed or has not been analysed. From any thread. */
	synchronized IDocument shownDocument() {
		return state == null ? null : state.document();
	}

	/** Opens the declaration of the name at the caret, when the text is analysed. UI thread. */
	void openDeclaration() {
		int caret = caretOffset();
		inBackground("Opening the declaration", resource -> PipeOrganUi.language().target(resource, caret), target -> target.ifPresentOrElse(
				found -> EditorOpener.open(getSite().getPage(), found.file(), found.region()), () -> say("There is no name with a declaration at the cursor")));
	}

	/** Opens the outline as a popup. UI thread. */
	public QuickOutline openQuickOutline() {
		QuickOutline popup = new QuickOutline(this);
		popup.open();
		return popup;
	}

	/** Shows {@code message} in the status line. UI thread. */
	void say(String message) {
		getEditorSite().getActionBars().getStatusLineManager().setErrorMessage(message);
	}

	/** Computes something from the parsed text in a job, and then hands it over in the UI thread, unless the editor is closed. UI thread. */
	public <T> void inBackground(String what, Function<XtextResource, T> work, Consumer<T> then) {
		DocumentState present = state(document());
		if (present == null) {
			return;
		}
		Job job = Job.create(what, monitor -> {
			T result = present.read(work);
			Display.getDefault().asyncExec(() -> {
				if (viewer() != null && document() == present.document()) {
					then.accept(result);
				}
			});
		});
		job.setSystem(true);
		job.schedule();
	}

	/** Makes {@code edits}, which are apart, as one change that can be undone at once. UI thread. */
	void change(List<Fixes.Edit> edits) {
		viewer().getRewriteTarget().beginCompoundChange();
		try {
			TextChanges.edit(edits).apply(document());
		} catch (BadLocationException | MalformedTreeException e) {
			PipeOrganUi.log("The text could not be changed", e);
		} finally {
			viewer().getRewriteTarget().endCompoundChange();
		}
	}

	/** Whether the text may be changed. */
	boolean prepareChange() {
		return validateEditorInputState() && isEditable();
	}

	private synchronized void releaseState() {
		if (state != null) {
			DocumentStates.get().release(state);
			state = null;
		}
	}

	private static URI file(IEditorInput input) {
		if (input instanceof IFileEditorInput file) {
			return URI.createPlatformResourceURI(file.getFile().getFullPath().toString(), true);
		}
		if (input instanceof LibraryEditorInput library) {
			return library.file();
		}
		if (input instanceof IURIEditorInput uri) {
			return "file".equals(uri.getURI().getScheme()) ? URI.createFileURI(uri.getURI().getPath()) : URI.createURI(uri.getURI().toString());
		}
		return URI.createURI("memory:/" + URI.encodeSegment(input == null ? "untitled" : input.getName(), false));
	}
}
