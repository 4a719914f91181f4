package org.pipeorgan.dsl.ui.search;

import java.util.Arrays;
import java.util.stream.Stream;
import org.eclipse.core.resources.IFile;
import org.eclipse.jface.resource.ImageDescriptor;
import org.eclipse.search.ui.ISearchQuery;
import org.eclipse.search.ui.text.AbstractTextSearchResult;
import org.eclipse.search.ui.text.IEditorMatchAdapter;
import org.eclipse.search.ui.text.IFileMatchAdapter;
import org.eclipse.search.ui.text.Match;
import org.eclipse.ui.IEditorPart;
import org.eclipse.ui.ide.ResourceUtil;
import org.pipeorgan.dsl.ui.PipeOrganUi;
import org.pipeorgan.dsl.ui.project.WorkspaceFiles;

/** What a {@link ReferenceQuery} found. */
final class ReferenceResult extends AbstractTextSearchResult implements IEditorMatchAdapter, IFileMatchAdapter {
	private final ReferenceQuery query;

	ReferenceResult(ReferenceQuery query) {
		this.query = query;
	}

	@Override
	public String getLabel() {
		int matches = getMatchCount();
		return "'" + query.name() + "' - " + matches + (matches == 1 ? " place" : " places") + " in the workspace";
	}

	@Override
	public String getTooltip() {
		return getLabel();
	}

	@Override
	public ImageDescriptor getImageDescriptor() {
		return PipeOrganUi.get().image("file");
	}

	@Override
	public ISearchQuery getQuery() {
		return query;
	}

	@Override
	public IEditorMatchAdapter getEditorMatchAdapter() {
		return this;
	}

	@Override
	public IFileMatchAdapter getFileMatchAdapter() {
		return this;
	}

	@Override
	public boolean isShownInEditor(Match match, IEditorPart editor) {
		IFile file = getFile(match.getElement());
		return file != null && file.equals(ResourceUtil.getFile(editor.getEditorInput()));
	}

	@Override
	public Match[] computeContainedMatches(AbstractTextSearchResult result, IEditorPart editor) {
		IFile file = ResourceUtil.getFile(editor.getEditorInput());
		return file == null ? new Match[0] : computeContainedMatches(result, file);
	}

	@Override
	public Match[] computeContainedMatches(AbstractTextSearchResult result, IFile file) {
		return matches(file).toArray(Match[]::new);
	}

	@Override
	public IFile getFile(Object element) {
		return element instanceof ReferenceLine line ? WorkspaceFiles.file(line.file()) : null;
	}

	private Stream<Match> matches(IFile file) {
		return Arrays.stream(getElements()).filter(element -> file.equals(getFile(element))).flatMap(element -> Arrays.stream(getMatches(element)));
	}
}
