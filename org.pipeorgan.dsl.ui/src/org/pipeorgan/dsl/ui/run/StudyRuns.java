package org.pipeorgan.dsl.ui.run;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.core.resources.IFile;
import org.eclipse.core.resources.IResource;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.core.runtime.jobs.JobGroup;
import org.eclipse.debug.core.ILaunch;
import org.eclipse.debug.core.ILaunchManager;
import org.eclipse.debug.ui.DebugUITools;
import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.swt.widgets.Display;
import org.eclipse.ui.IPageLayout;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.ide.IDE;
import org.eclipse.ui.part.FileEditorInput;
import org.eclipse.ui.part.ISetSelectionTarget;
import org.pipeorgan.dsl.ui.PipeOrganUi;
import org.pipeorgan.dsl.ui.report.ReportEditor;

/** Starts runs of studies, and shows what they wrote. */
public final class StudyRuns {
	/** Studies that run because their file was saved: one after the other, as each takes all processors. */
	private static final JobGroup ONE_AT_A_TIME = new JobGroup("Studies of saved files", 1, 0) {
		@Override
		protected boolean shouldCancel(IStatus last, int failed, int cancelled) {
			return false;
		}
	};
	private static final Map<IFile, StudyRunJob> SAVED = new ConcurrentHashMap<>();

	private StudyRuns() {
	}

	/** Launches the studies of {@code file}. UI thread. */
	static void launch(IFile file) {
		Job job = Job.createSystem("Preparing the launch of " + file.getName(), monitor -> {
			var configuration = StudyLaunch.configuration(file);
			Display.getDefault().asyncExec(() -> DebugUITools.launch(configuration, ILaunchManager.RUN_MODE));
		});
		job.schedule();
	}

	/** Runs studies as part of {@code launch}, after asking to save the file if it is open and changed. Any thread. */
	static void start(ILaunch launch, StudyRun run) {
		StudyProcess process = new StudyProcess(launch, run);
		Display.getDefault().asyncExec(() -> {
			if (IDE.saveAllEditors(new IResource[] { run.file() }, false)) {
				// An older run of the file that its saving began has nothing to tell any more.
				cancelSaved(run.file());
				process.start();
			} else {
				process.abandon();
			}
		});
	}

	/** {@code file} was saved, or one that it reads, and it has studies and no errors: they are run in the background, anew if they run already. Any thread. */
	public static void saved(IFile file) {
		StudyRunJob job = new StudyRunJob(StudyRun.of(file, false), new StudyRunJob.Listener() {
			@Override
			public void line(String text, boolean error) {
				// Problems are marked; the results are in the views.
			}

			@Override
			public void written(List<IFile> files) {
				// They are shown where they are open.
			}
		});
		job.setJobGroup(ONE_AT_A_TIME);
		StudyRunJob before = SAVED.put(file, job);
		if (before != null) {
			before.cancel();
		}
		job.schedule();
	}

	/** Shows results: selects them in the explorer if it is open, and opens the first report if wanted. Any thread. */
	static void show(List<IFile> files, boolean openReport) {
		Display.getDefault().asyncExec(() -> {
			IWorkbenchWindow window = PlatformUI.getWorkbench().getActiveWorkbenchWindow();
			IWorkbenchPage page = window == null ? null : window.getActivePage();
			if (page == null) {
				return;
			}
			if (page.findView(IPageLayout.ID_PROJECT_EXPLORER) instanceof ISetSelectionTarget explorer) {
				explorer.selectReveal(new StructuredSelection(files));
			}
			files.stream().filter(file -> openReport && file.exists() && ReportEditor.isReport(file)).findFirst().ifPresent(report -> {
				try {
					page.openEditor(new FileEditorInput(report), ReportEditor.ID);
				} catch (PartInitException e) {
					PipeOrganUi.log("The report could not be opened", e);
				}
			});
		});
	}

	private static void cancelSaved(IFile file) {
		StudyRunJob job = SAVED.remove(file);
		if (job != null) {
			job.cancel();
		}
	}
}
