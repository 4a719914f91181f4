package org.pipeorgan.dsl.ui.search;

import java.util.Optional;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.OperationCanceledException;
import org.eclipse.core.runtime.Status;
import org.eclipse.emf.common.util.URI;
import org.eclipse.search.ui.ISearchQuery;
import org.eclipse.xtext.service.OperationCanceledError;
import org.pipeorgan.dsl.ui.PipeOrganUi;
import org.pipeorgan.dsl.ui.editor.DocumentStates;
import org.pipeorgan.dsl.ui.language.Usage;
import org.pipeorgan.dsl.ui.project.WorkspaceFiles;

/** Looks for the places in the workspace that name what is named at a place of a file, as editors show the files. */
public final class ReferenceQuery implements ISearchQuery {
	private final URI file;
	private final int offset;
	private final ReferenceResult result = new ReferenceResult(this);
	private volatile String name = "...";

	/** Makes the query. */
	public ReferenceQuery(URI file, int offset) {
		this.file = file;
		this.offset = offset;
	}

	/** The usage of what is named at {@code offset} of {@code file}, in the whole workspace; empty if nothing is named there. */
	public static Optional<Usage> usage(URI file, int offset, IProgressMonitor monitor) throws CoreException {
		return PipeOrganUi.language().usage(file, offset, WorkspaceFiles.all(), DocumentStates.get(), monitor::isCanceled);
	}

	@Override
	public IStatus run(IProgressMonitor monitor) {
		result.removeAll();
		try {
			Optional<Usage> found = usage(file, offset, monitor);
			name = found.map(Usage::name).orElse("nothing named here");
			found.ifPresent(usage -> usage.places().stream().filter(place -> !place.declaration())
					.forEach(place -> result.addMatch(new ReferenceMatch(new ReferenceLine(place.file(), place.line(), place.text()), place))));
			return monitor.isCanceled() ? Status.CANCEL_STATUS : Status.OK_STATUS;
		} catch (OperationCanceledException | OperationCanceledError e) {
			return Status.CANCEL_STATUS;
		} catch (CoreException e) {
			return e.getStatus();
		}
	}

	/** The name that is looked for. */
	String name() {
		return name;
	}

	@Override
	public String getLabel() {
		return "References to '" + name + "'";
	}

	@Override
	public boolean canRerun() {
		return true;
	}

	@Override
	public boolean canRunInBackground() {
		return true;
	}

	@Override
	public ReferenceResult getSearchResult() {
		return result;
	}
}
