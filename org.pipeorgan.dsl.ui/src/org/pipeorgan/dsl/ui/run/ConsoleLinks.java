package org.pipeorgan.dsl.ui.run;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.core.resources.IFile;
import org.eclipse.core.resources.ResourcesPlugin;
import org.eclipse.core.runtime.IPath;
import org.eclipse.jface.text.BadLocationException;
import org.eclipse.jface.text.IDocument;
import org.eclipse.ui.IEditorPart;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.console.IHyperlink;
import org.eclipse.ui.console.IPatternMatchListenerDelegate;
import org.eclipse.ui.console.PatternMatchEvent;
import org.eclipse.ui.console.TextConsole;
import org.eclipse.ui.ide.IDE;
import org.eclipse.ui.texteditor.ITextEditor;
import org.pipeorgan.dsl.ui.PipeOrganUi;

/** Links the positions and files that a run names in its console. */
public final class ConsoleLinks implements IPatternMatchListenerDelegate {
	/** A file of the workspace by its full path, and a place in it. The pattern of plugin.xml finds the lines. */
	private static final Pattern PLACE = Pattern.compile("\\s*(/.+?\\.\\w+)(?::(\\d+):(\\d+): .*)?");
	private TextConsole console;

	@Override
	public void connect(TextConsole connected) {
		console = connected;
	}

	@Override
	public void disconnect() {
		console = null;
	}

	@Override
	public void matchFound(PatternMatchEvent event) {
		TextConsole shown = console;
		if (shown == null) {
			return;
		}
		try {
			Matcher matcher = PLACE.matcher(shown.getDocument().get(event.getOffset(), event.getLength()));
			if (matcher.matches()) {
				int line = matcher.group(2) == null ? 0 : Integer.parseInt(matcher.group(2));
				int column = matcher.group(3) == null ? 0 : Integer.parseInt(matcher.group(3));
				int end = matcher.group(3) == null ? matcher.end(1) : matcher.end(3);
				shown.addHyperlink(new Link(IPath.fromPortableString(matcher.group(1)), line, column), event.getOffset() + matcher.start(1), end - matcher.start(1));
			}
		} catch (BadLocationException | NumberFormatException e) {
			// The console was cleared, or it is no place.
		}
	}

	/** Opens the file and goes to the place. */
	private record Link(IPath path, int line, int column) implements IHyperlink {
		@Override
		public void linkActivated() {
			IWorkbenchWindow window = PlatformUI.getWorkbench().getActiveWorkbenchWindow();
			IWorkbenchPage page = window == null ? null : window.getActivePage();
			IFile file = path.segmentCount() < 2 ? null : ResourcesPlugin.getWorkspace().getRoot().getFile(path);
			if (page == null || file == null || !file.exists()) {
				return;
			}
			try {
				IEditorPart editor = IDE.openEditor(page, file);
				if (line > 0 && editor instanceof ITextEditor text) {
					IDocument document = text.getDocumentProvider().getDocument(text.getEditorInput());
					text.selectAndReveal(document.getLineOffset(line - 1) + column - 1, 0);
				}
			} catch (PartInitException e) {
				PipeOrganUi.log("The file could not be opened", e);
			} catch (BadLocationException e) {
				// The file has become shorter.
			}
		}

		@Override
		public void linkEntered() {
			// Nothing to show.
		}

		@Override
		public void linkExited() {
			// Nothing was shown.
		}
	}
}
