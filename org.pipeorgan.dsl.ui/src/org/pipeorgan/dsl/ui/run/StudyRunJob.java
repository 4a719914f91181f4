package org.pipeorgan.dsl.ui.run;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.eclipse.core.resources.IFile;
import org.eclipse.core.resources.IFolder;
import org.eclipse.core.resources.IResource;
import org.eclipse.core.resources.WorkspaceJob;
import org.eclipse.core.runtime.CoreException;
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
import org.pipeorgan.dsl.generator.StudyOutput;
import org.pipeorgan.dsl.pipeorgan.Model;
import org.pipeorgan.dsl.pipeorgan.Study;
import org.pipeorgan.dsl.translation.Problem;
import org.pipeorgan.dsl.translation.StudyTranslator;
import org.pipeorgan.dsl.ui.PipeOrganUi;
import org.pipeorgan.dsl.ui.language.LanguageServices;
import org.pipeorgan.engine.result.StudyResult;
import org.pipeorgan.engine.search.Progress;
import org.pipeorgan.engine.search.StudyRunner;

/**
 * Runs all studies of a file, in the background, as the command line does, and writes what they ask for into
 * {@code pipeorgan-out/STUDY} of the file's project. Nothing is written unless all studies could be computed.
 */
public final class StudyRunJob extends Job {
	/** Jobs of this kind belong to this family. */
	public static final Object FAMILY = StudyRunJob.class;
	/** Folder of the results in the project. */
	public static final String OUTPUT = "pipeorgan-out";

	/** Why a study could not be run, for the user. */
	private static final class Refused extends Exception {
		private static final long serialVersionUID = 1L;

		private Refused(String message) {
			super(message);
		}
	}

	private final IFile file;
	private final Consumer<String> refused;
	private final Consumer<List<IFile>> written;

	/**
	 * Prepares the job.
	 *
	 * @param file the saved file
	 * @param refused told why nothing was run, on any thread
	 * @param written told the files that were written, on any thread
	 */
	public StudyRunJob(IFile file, Consumer<String> refused, Consumer<List<IFile>> written) {
		super("Running the studies of " + file.getName());
		this.file = file;
		this.refused = refused;
		this.written = written;
		setUser(true);
	}

	@Override
	public boolean belongsTo(Object family) {
		return family == FAMILY;
	}

	@Override
	protected IStatus run(IProgressMonitor monitor) {
		try {
			write(results(SubMonitor.convert(monitor, 100)));
			return Status.OK_STATUS;
		} catch (Refused e) {
			refused.accept(e.getMessage());
			return Status.OK_STATUS;
		} catch (OperationCanceledException | OperationCanceledError | CancellationException e) {
			return Status.CANCEL_STATUS;
		} catch (CoreException e) {
			return e.getStatus();
		}
	}

	private Map<String, Map<String, String>> results(SubMonitor progress) throws Refused, CoreException {
		LanguageServices language = PipeOrganUi.language();
		URI uri = URI.createPlatformResourceURI(file.getFullPath().toString(), true);
		XtextResource resource = language.parse(uri, new String(file.readAllBytes(), StandardCharsets.UTF_8));
		List<Issue> errors = language.validate(resource, progress::isCanceled).stream()
				.filter(issue -> issue.getSeverity() == Severity.ERROR).toList();
		progress.checkCanceled();
		if (!errors.isEmpty()) {
			Issue first = errors.get(0);
			throw new Refused(file.getName() + " has " + (errors.size() == 1 ? "an error" : errors.size() + " errors") + "; line "
					+ first.getLineNumber() + ": " + first.getMessage());
		}
		List<Study> studies = resource.getContents().isEmpty() || !(resource.getContents().get(0) instanceof Model model) ? List.of()
				: model.getDeclarations().stream().filter(Study.class::isInstance).map(Study.class::cast).toList();
		if (studies.isEmpty()) {
			throw new Refused(file.getName() + " declares no study");
		}
		progress.setWorkRemaining(studies.size());
		Map<String, Map<String, String>> files = new LinkedHashMap<>();
		for (Study study : studies) {
			files.put(study.getName(), compute(study, progress.split(1)));
		}
		return files;
	}

	private static Map<String, String> compute(Study study, SubMonitor progress) throws Refused {
		List<Problem> problems = new ArrayList<>();
		Optional<org.pipeorgan.engine.search.Study> translated = StudyTranslator.translate(study, problems::add);
		if (translated.isEmpty()) {
			throw new Refused(problems.isEmpty() ? "The study " + study.getName() + " cannot be run" : problems.get(0).message());
		}
		StudyResult result = StudyRunner.run(translated.get(), Runtime.getRuntime().availableProcessors(), new MonitorProgress(progress));
		if (result.runs().isEmpty()) {
			throw new Refused(result.infeasible().get(0).reason());
		}
		return StudyOutput.files(study, translated.get(), result);
	}

	private void write(Map<String, Map<String, String>> results) {
		WorkspaceJob job = new WorkspaceJob("Writing the results of " + file.getName()) {
			@Override
			public IStatus runInWorkspace(IProgressMonitor monitor) throws CoreException {
				List<IFile> files = new ArrayList<>();
				IFolder output = folder(file.getProject().getFolder(OUTPUT));
				for (Map.Entry<String, Map<String, String>> study : results.entrySet()) {
					IFolder folder = folder(output.getFolder(study.getKey()));
					for (Map.Entry<String, String> result : study.getValue().entrySet()) {
						IFile target = file(folder, result.getKey());
						target.write(result.getValue().getBytes(StandardCharsets.UTF_8), true, true, false, monitor);
						files.add(target);
					}
				}
				written.accept(files);
				return Status.OK_STATUS;
			}

			@Override
			public boolean belongsTo(Object family) {
				return family == FAMILY;
			}
		};
		job.setRule(file.getProject());
		job.schedule();
	}

	/** A file in a folder or in folders of it, which are made. */
	private static IFile file(IFolder folder, String path) throws CoreException {
		IFolder inside = folder;
		String[] names = path.split("/");
		for (int i = 0; i < names.length - 1; i++) {
			inside = folder(inside.getFolder(names[i]));
		}
		return inside.getFile(names[names.length - 1]);
	}

	private static IFolder folder(IFolder folder) throws CoreException {
		if (!folder.exists()) {
			folder.create(IResource.FORCE | IResource.DERIVED, true, null);
		}
		return folder;
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
