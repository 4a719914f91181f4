package org.pipeorgan.dsl.ui.editor;

import org.eclipse.core.filebuffers.FileBuffers;
import org.eclipse.core.filebuffers.IAnnotationModelFactory;
import org.eclipse.core.resources.IFile;
import org.eclipse.core.resources.IMarker;
import org.eclipse.core.resources.IResource;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.IPath;
import org.eclipse.jface.text.source.AnnotationModel;
import org.eclipse.jface.text.source.IAnnotationModel;
import org.eclipse.ui.texteditor.ResourceMarkerAnnotationModel;
import org.pipeorgan.dsl.ui.project.ProblemMarkers;

/**
 * Makes the annotation models of PipeOrgan files. They leave the builder's markers out: an editor shows the problems of
 * its present text, which {@link ProblemAnnotations} finds.
 */
public final class PogAnnotationModelFactory implements IAnnotationModelFactory {
	/** The markers of a file without those of the builder. */
	private static final class Model extends ResourceMarkerAnnotationModel {
		private Model(IResource resource) {
			super(resource);
		}

		@Override
		protected boolean isAcceptable(IMarker marker) {
			try {
				return super.isAcceptable(marker) && !marker.isSubtypeOf(ProblemMarkers.TYPE);
			} catch (CoreException e) {
				return false;
			}
		}
	}

	@Override
	public IAnnotationModel createAnnotationModel(IPath location) {
		IFile file = FileBuffers.getWorkspaceFileAtLocation(location);
		return file == null ? new AnnotationModel() : new Model(file);
	}
}
