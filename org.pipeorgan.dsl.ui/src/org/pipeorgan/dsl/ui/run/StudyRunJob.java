package org.pipeorgan.dsl.ui.run;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.eclipse.core.resources.IFile;
import org.eclipse.core.resources.IFolder;
import org.eclipse.core.resources.IProject;
import org.eclipse.core.resources.IResource;
import org.eclipse.core.resources.IWorkspaceRunnable;
import org.eclipse.core.resources.ResourcesPlugin;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.IPath;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.OperationCanceledException;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.SubMonitor;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.emf.common.util.URI;
import org.eclipse.xtext.diagnostics.Severity;
import org.eclipse.xtext.resource.XtextResource;
import org.eclipse.xtext.service.OperationCanceledError;
import org.eclipse.xtext.validation.Issue;
import org.pipeorgan.dsl.cli.Message;
import org.pipeorgan.dsl.cli.ResultTable;
import org.pipeorgan.dsl.generator.StudyOutput;
import org.pipeorgan.dsl.pipeorgan.Study;
import org.pipeorgan.dsl.translation.FixedMappings;
import org.pipeorgan.dsl.translation.Problem;
import org.pipeorgan.dsl.translation.StudyTranslator;
import org.pipeorgan.dsl.ui.PipeOrganUi;
import org.pipeorgan.dsl.ui.language.LanguageServices;
import org.pipeorgan.dsl.ui.language.UnsavedTexts;
import org.pipeorgan.dsl.ui.project.ProjectSettings;
import org.pipeorgan.dsl.ui.project.WorkspaceFiles;
import org.pipeorgan.dsl.ui.results.Outcomes;
import org.pipeorgan.dsl.ui.results.StudyOutcome;
import org.pipeorgan.dsl.validation.IssueCode;
import org.pipeorgan.engine.result.InfeasibleRun;
import org.pipeorgan.engine.result.StudyResult;
import org.pipeorgan.engine.search.Progress;
import org.pipeorgan.engine.search.StudyRunner;

/**
 * Runs studies of a file, in the background, as the command line does, and writes what they ask for into a folder of the
 * file's project. Nothing is written unless all studies could be computed.
 */
public final class StudyRunJob extends Job {
	/** Jobs of this kind belong to this family. */
	public static final Object FAMILY = StudyRunJob.class;

	/** Told of what happens, on any thread. */
	public interface Listener {
		/** A line for the user, as the command line prints it. @param error whether it tells of a problem */
		void line(String text, boolean error);

		/** The results are written. */
		void written(List<IFile> files);
	}

	/** The file has problems, which the listener was told. */
	private static final class Refused extends Exception {
		private static final long serialVersionUID = 1L;
	}

	/** What a study came to, and its files by path. */
	private record Computed(StudyOutcome outcome, Map<String, String> files) {
	}

	private final StudyRun run;
	private final Listener listener;

	/** Prepares the job. */
	public StudyRunJob(StudyRun run, Listener listener) {
		super("Running the studies of " + run.file().getName());
		this.run = run;
		this.listener = listener;
	}

	/** What is run. */
	StudyRun what() {
		return run;
	}

	@Override
	public boolean belongsTo(Object family) {
		return family == FAMILY;
	}

	@Override
	protected IStatus run(IProgressMonitor monitor) {
		try {
			List<Computed> computed = compute(SubMonitor.convert(monitor, 100));
			List<IFile> files = write(computed, monitor);
			computed.forEach(each -> Outcomes.get().add(each.outcome));
			listener.written(files);
			return Status.OK_STATUS;
		} catch (Refused e) {
			return Status.OK_STATUS;
		} catch (OperationCanceledException | OperationCanceledError | CancellationException e) {
			listener.line("stopped; nothing was written", true);
			return Status.CANCEL_STATUS;
		} catch (CoreException e) {
			if (!run.file().getProject().isAccessible()) {
				// It was deleted or closed meanwhile: there is nothing to tell.
				return Status.CANCEL_STATUS;
			}
			listener.line(e.getStatus().getMessage(), true);
			return Status.OK_STATUS;
		}
	}

	private List<Computed> compute(SubMonitor progress) throws Refused, CoreException {
		LanguageServices language = PipeOrganUi.language();
		URI uri = WorkspaceFiles.uri(run.file());
		XtextResource resource = language.parse(uri, new String(run.file().readAllBytes(), StandardCharsets.UTF_8), UnsavedTexts.NONE, ProjectSettings.severities(uri));
		List<Issue> issues = language.validate(resource, progress::isCanceled);
		progress.checkCanceled();
		issues.forEach(issue -> say(issue.getLineNumber(), issue.getColumn(), issue.getSeverity(), issue.getMessage(), issue.getCode()));
		if (issues.stream().anyMatch(issue -> issue.getSeverity() == Severity.ERROR)) {
			throw new Refused();
		}
		List<Study> studies = language.studies(resource).stream().filter(study -> run.studies().isEmpty() || run.studies().contains(study.getName())).toList();
		if (studies.isEmpty()) {
			listener.line(place() + (run.studies().isEmpty() ? " declares no study" : " declares none of the studies " + String.join(", ", run.studies())), true);
			throw new Refused();
		}
		studies = studies.stream().filter(study -> study.getVariations().isEmpty()).toList();
		if (studies.isEmpty()) {
			listener.line(place() + " has only studies that vary parameters; explore them with the command line: pipeorgan sweep " + run.file().getName(), true);
			throw new Refused();
		}
		progress.setWorkRemaining(studies.size());
		List<Computed> computed = new ArrayList<>();
		for (Study study : studies) {
			computed.add(compute(study, progress.split(1)));
		}
		return computed;
	}

	private Computed compute(Study study, SubMonitor progress) throws Refused {
		List<Problem> problems = new ArrayList<>();
		Optional<org.pipeorgan.engine.search.Study> translated = StudyTranslator.translate(study, problems::add);
		if (translated.isEmpty()) {
			problems.stream().distinct().forEach(problem -> say(problem.object(), problem.message(), problem.code()));
			throw new Refused();
		}
		StudyResult result = StudyRunner.run(translated.get(), run.threads(), new MonitorProgress(progress));
		for (InfeasibleRun infeasible : result.infeasible()) {
			say(FixedMappings.place(study, infeasible), infeasible.reason(), IssueCode.INFEASIBLE_MAPPING);
		}
		ResultTable.of(result).lines().forEach(line -> listener.line(line, false));
		return new Computed(new StudyOutcome(run.file(), result), StudyOutput.files(study, translated.get(), result));
	}

	private void say(org.eclipse.emf.ecore.EObject element, String text, IssueCode code) {
		LanguageServices.Place place = PipeOrganUi.language().place(element);
		IFile file = WorkspaceFiles.file(place.file());
		listener.line(new Message(file == null ? place.file().lastSegment() : file.getFullPath().toString(), place.line(), place.column(), Severity.ERROR, text, code.id()).toString(), true);
	}

	private void say(Integer line, Integer column, Severity severity, String text, String code) {
		listener.line(new Message(place(), line == null ? 1 : Math.max(1, line), column == null ? 1 : Math.max(1, column), severity, text, code).toString(), true);
	}

	private String place() {
		return run.file().getFullPath().toString();
	}

	/** The results of all studies at once: other jobs see all files or none. */
	private List<IFile> write(List<Computed> computed, IProgressMonitor monitor) throws CoreException {
		List<IFile> files = new ArrayList<>();
		IProject project = run.file().getProject();
		IWorkspaceRunnable writing = inside -> {
			for (Computed each : computed) {
				IPath folder = IPath.fromPortableString(run.output()).append(each.outcome.result().study());
				for (Map.Entry<String, String> file : each.files.entrySet()) {
					IFile target = project.getFile(folder.append(file.getKey()));
					provide(target);
					target.write(file.getValue().getBytes(StandardCharsets.UTF_8), true, true, false, null);
					files.add(target);
				}
				listener.line("written to " + project.getFolder(folder).getFullPath(), false);
				each.files.keySet().stream().filter(name -> !name.contains("/")).forEach(name -> listener.line("  " + project.getFile(folder.append(name)).getFullPath(), false));
			}
		};
		// The results are small; once they are being written they are all written.
		ResourcesPlugin.getWorkspace().run(writing, project, IResource.NONE, null);
		return files;
	}

	/** Makes the folders that a file is in. */
	private static void provide(IFile file) throws CoreException {
		List<IFolder> missing = new ArrayList<>();
		for (IResource parent = file.getParent(); parent instanceof IFolder folder && !folder.exists(); parent = folder.getParent()) {
			missing.add(0, folder);
		}
		for (IFolder folder : missing) {
			folder.create(IResource.FORCE | IResource.DERIVED, true, null);
		}
	}

	/** Shows the engine's progress in a monitor; told by several threads, one after the other. */
	private static final class MonitorProgress implements Progress {
		private static final int FINENESS = 1000;
		private final SubMonitor monitor;
		private int shown;

		private MonitorProgress(SubMonitor monitor) {
			this.monitor = monitor;
			monitor.setWorkRemaining(FINENESS);
		}

		@Override
		public void advance(String finished, int done, int total) {
			step(finished + " (" + done + " of " + total + ")", (double) done / total);
		}

		@Override
		public void step(String doing, double part) {
			monitor.subTask(doing);
			int now = (int) (part * FINENESS);
			if (now > shown) {
				monitor.worked(now - shown);
				shown = now;
			}
		}

		@Override
		public boolean isCancelled() {
			return monitor.isCanceled();
		}
	}
}
