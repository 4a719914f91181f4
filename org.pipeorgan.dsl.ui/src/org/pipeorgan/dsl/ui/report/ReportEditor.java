package org.pipeorgan.dsl.ui.report;

import java.nio.charset.StandardCharsets;
import org.eclipse.core.resources.IFile;
import org.eclipse.core.resources.IResourceChangeEvent;
import org.eclipse.core.resources.IResourceChangeListener;
import org.eclipse.core.resources.IResourceDelta;
import org.eclipse.core.resources.ResourcesPlugin;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.IPath;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.swt.SWT;
import org.eclipse.swt.SWTError;
import org.eclipse.swt.browser.Browser;
import org.eclipse.swt.custom.StyledText;
import org.eclipse.swt.events.SelectionListener;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Link;
import org.eclipse.ui.IEditorInput;
import org.eclipse.ui.IEditorSite;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.ide.ResourceUtil;
import org.eclipse.ui.part.EditorPart;
import org.pipeorgan.engine.report.ResultReader;

/**
 * Shows a report: in the platform's browser or, where it has none, as plain text made from the stored result beside it,
 * with a link to the browser outside. It shows the new report when the file changes.
 */
public final class ReportEditor extends EditorPart {
	/** Id of the editor. */
	public static final String ID = "org.pipeorgan.dsl.ui.report";
	private static final String RESULT = "result.json";
	/** System property that asks for plain text even where there is a browser. */
	private static final String PLAIN = "pipeorgan.report.plain";

	private final IResourceChangeListener changes = this::changed;
	private Composite area;
	private Browser browser;
	private StyledText text;

	/** Whether {@code file} is a report. */
	public static boolean isReport(IFile file) {
		return file.getName().equals("report.html");
	}

	@Override
	public void init(IEditorSite site, IEditorInput input) throws PartInitException {
		if (ResourceUtil.getFile(input) == null) {
			throw new PartInitException("A report is a file of the workspace");
		}
		setSite(site);
		setInput(input);
		IPath path = file().getFullPath();
		setPartName("Report " + (path.segmentCount() > 2 ? path.segment(path.segmentCount() - 2) : path.segment(0)));
		setTitleToolTip(path.toString());
	}

	@Override
	public void createPartControl(Composite parent) {
		area = parent;
		// A browser takes its time to start; the workbench handles other events before.
		parent.getDisplay().asyncExec(() -> {
			if (!parent.isDisposed()) {
				createContent();
			}
		});
	}

	private void createContent() {
		try {
			browser = Boolean.getBoolean(PLAIN) ? null : new Browser(area, SWT.NONE);
		} catch (SWTError e) {
			// The platform has no browser.
			browser = null;
		}
		if (browser == null) {
			createPlain();
		}
		area.layout();
		refresh();
		ResourcesPlugin.getWorkspace().addResourceChangeListener(changes, IResourceChangeEvent.POST_CHANGE);
		if (getSite().getPage().getActivePart() == this) {
			setFocus();
		}
	}

	@Override
	public void dispose() {
		ResourcesPlugin.getWorkspace().removeResourceChangeListener(changes);
		super.dispose();
	}

	/** The plain text; empty where there is a browser. UI thread. */
	public String plainText() {
		return text == null ? "" : text.getText();
	}

	/** Whether the platform's browser shows the report. */
	public boolean hasBrowser() {
		return browser != null;
	}

	/** Whether the browser has drawn the charts of the report. UI thread. */
	public boolean isShown() {
		return browser != null && Boolean.TRUE.equals(browser.evaluate("return document.readyState === 'complete' && document.querySelector('canvas, svg') !== null;"));
	}

	@Override
	public void setFocus() {
		Control shown = browser != null ? browser : text != null ? text : area;
		shown.setFocus();
	}

	@Override
	public void doSave(IProgressMonitor monitor) {
		// Nothing can be changed.
	}

	@Override
	public void doSaveAs() {
		// Nothing can be changed.
	}

	@Override
	public boolean isDirty() {
		return false;
	}

	@Override
	public boolean isSaveAsAllowed() {
		return false;
	}

	private void createPlain() {
		Composite page = new Composite(area, SWT.NONE);
		GridLayoutFactory.swtDefaults().spacing(5, 2).applyTo(page);
		Label missing = new Label(page, SWT.WRAP);
		missing.setText("This platform has no browser inside the workbench: the report as plain text.");
		Link outside = new Link(page, SWT.NONE);
		outside.setText("<a>Open the report with its charts in the browser outside</a>");
		outside.addSelectionListener(SelectionListener.widgetSelectedAdapter(event -> openOutside()));
		text = new StyledText(page, SWT.READ_ONLY | SWT.MULTI | SWT.H_SCROLL | SWT.V_SCROLL | SWT.BORDER);
		text.setFont(JFaceResources.getTextFont());
		text.setMargins(6, 4, 6, 4);
		GridDataFactory.fillDefaults().grab(true, true).applyTo(text);
	}

	private void openOutside() {
		try {
			PlatformUI.getWorkbench().getBrowserSupport().getExternalBrowser().openURL(file().getLocationURI().toURL());
		} catch (PartInitException | java.net.MalformedURLException e) {
			text.setText("The browser outside could not be started: " + e.getMessage() + "\nThe report is " + file().getLocation());
		}
	}

	private void refresh() {
		if (browser != null) {
			browser.setUrl(file().getLocationURI().toString());
			return;
		}
		IFile result = file().getParent().getFile(IPath.fromPortableString(RESULT));
		Job job = Job.createSystem("Reading " + result.getName(), monitor -> {
			String plain = plain(result);
			Display.getDefault().asyncExec(() -> {
				if (!text.isDisposed()) {
					int top = text.getTopIndex();
					text.setText(plain);
					text.setTopIndex(top);
				}
			});
		});
		job.schedule();
	}

	private static String plain(IFile result) {
		if (!result.exists()) {
			return "There is no " + RESULT + " beside the report to show; add 'json' to what the study writes.";
		}
		try {
			return PlainReport.of(ResultReader.read(new String(result.readAllBytes(), StandardCharsets.UTF_8)));
		} catch (CoreException | IllegalArgumentException e) {
			return RESULT + " cannot be shown: " + e.getMessage();
		}
	}

	private void changed(IResourceChangeEvent event) {
		IResourceDelta delta = event.getDelta().findMember(file().getFullPath());
		if (delta == null) {
			return;
		}
		Display.getDefault().asyncExec(() -> {
			if (getSite().getPage() == null || browser != null && browser.isDisposed() || text != null && text.isDisposed()) {
				return;
			}
			if (delta.getKind() == IResourceDelta.REMOVED) {
				getSite().getPage().closeEditor(this, false);
			} else if ((delta.getFlags() & IResourceDelta.CONTENT) != 0) {
				refresh();
			}
		});
	}

	private IFile file() {
		return ResourceUtil.getFile(getEditorInput());
	}
}
