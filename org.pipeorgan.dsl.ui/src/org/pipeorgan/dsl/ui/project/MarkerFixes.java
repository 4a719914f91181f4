package org.pipeorgan.dsl.ui.project;

import java.util.ArrayList;
import java.util.List;
import org.eclipse.core.filebuffers.FileBuffers;
import org.eclipse.core.filebuffers.ITextFileBuffer;
import org.eclipse.core.filebuffers.ITextFileBufferManager;
import org.eclipse.core.filebuffers.LocationKind;
import org.eclipse.core.resources.IFile;
import org.eclipse.core.resources.IMarker;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.jface.text.BadLocationException;
import org.eclipse.swt.graphics.Image;
import org.eclipse.text.edits.MalformedTreeException;
import org.eclipse.ui.IMarkerResolution;
import org.eclipse.ui.IMarkerResolution2;
import org.eclipse.ui.IMarkerResolutionGenerator2;
import org.pipeorgan.dsl.ide.Fixes;
import org.pipeorgan.dsl.ui.Icons;
import org.pipeorgan.dsl.ui.PipeOrganUi;

/** Offers in the Problems view the fixes that the builder has stored with a marker. */
public final class MarkerFixes implements IMarkerResolutionGenerator2 {
	private static final String FIX = "\u001e";
	private static final String FIELD = "\u001f";

	@Override
	public boolean hasResolutions(IMarker marker) {
		return !marker.getAttribute(ProblemMarkers.FIXES, "").isEmpty();
	}

	@Override
	public IMarkerResolution[] getResolutions(IMarker marker) {
		return read(marker.getAttribute(ProblemMarkers.FIXES, "")).stream().map(fix -> new Resolution(fix)).toArray(IMarkerResolution[]::new);
	}

	/** The fixes as the text of an attribute. */
	static String write(List<Fixes.Fix> fixes) {
		List<String> texts = new ArrayList<>();
		for (Fixes.Fix fix : fixes) {
			List<String> fields = new ArrayList<>(List.of(fix.label()));
			fix.edits().forEach(edit -> fields.addAll(List.of(String.valueOf(edit.offset()), String.valueOf(edit.length()), edit.text())));
			texts.add(String.join(FIELD, fields));
		}
		return String.join(FIX, texts);
	}

	/** What {@link #write} wrote. */
	static List<Fixes.Fix> read(String text) {
		List<Fixes.Fix> fixes = new ArrayList<>();
		for (String each : text.isEmpty() ? new String[0] : text.split(FIX)) {
			String[] fields = each.split(FIELD, -1);
			List<Fixes.Edit> edits = new ArrayList<>();
			for (int i = 1; i + 2 < fields.length; i += 3) {
				edits.add(new Fixes.Edit(Integer.parseInt(fields[i]), Integer.parseInt(fields[i + 1]), fields[i + 2]));
			}
			fixes.add(new Fixes.Fix(fields[0], edits));
		}
		return fixes;
	}

	/** One way to mend a problem; only while the file is the one that was built. */
	private record Resolution(Fixes.Fix fix) implements IMarkerResolution2 {
		@Override
		public String getLabel() {
			return fix.label();
		}

		@Override
		public String getDescription() {
			return null;
		}

		@Override
		public Image getImage() {
			return Icons.image("fix");
		}

		@Override
		public void run(IMarker marker) {
			ITextFileBufferManager buffers = FileBuffers.getTextFileBufferManager();
			IFile file = (IFile) marker.getResource();
			try {
				buffers.connect(file.getFullPath(), LocationKind.IFILE, null);
				try {
					ITextFileBuffer buffer = buffers.getTextFileBuffer(file.getFullPath(), LocationKind.IFILE);
					// A file that is being edited has changed since: its editor offers the fix.
					if (marker.exists() && !buffer.isDirty() && marker.getAttribute(ProblemMarkers.STAMP, "").equals(String.valueOf(file.getModificationStamp()))) {
						TextChanges.edit(fix.edits()).apply(buffer.getDocument());
						buffer.commit(null, true);
					}
				} finally {
					buffers.disconnect(file.getFullPath(), LocationKind.IFILE, null);
				}
			} catch (CoreException | BadLocationException | MalformedTreeException e) {
				PipeOrganUi.log("The problem in " + file.getFullPath() + " could not be mended", e);
			}
		}
	}
}
