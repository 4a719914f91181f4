package org.pipeorgan.dsl.ui.rename;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eclipse.core.resources.IFile;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.OperationCanceledException;
import org.eclipse.emf.common.util.URI;
import org.eclipse.ltk.core.refactoring.Change;
import org.eclipse.ltk.core.refactoring.CompositeChange;
import org.eclipse.ltk.core.refactoring.Refactoring;
import org.eclipse.ltk.core.refactoring.RefactoringStatus;
import org.eclipse.ltk.core.refactoring.TextFileChange;
import org.eclipse.xtext.diagnostics.Severity;
import org.eclipse.xtext.service.OperationCanceledError;
import org.eclipse.xtext.validation.Issue;
import org.pipeorgan.dsl.ide.Fixes;
import org.pipeorgan.dsl.ide.References.Reference;
import org.pipeorgan.dsl.ui.PipeOrganUi;
import org.pipeorgan.dsl.ui.editor.DocumentStates;
import org.pipeorgan.dsl.ui.language.LanguageServices;
import org.pipeorgan.dsl.ui.language.UnsavedTexts;
import org.pipeorgan.dsl.ui.language.Usage;
import org.pipeorgan.dsl.ui.project.ProjectSettings;
import org.pipeorgan.dsl.ui.project.TextChanges;
import org.pipeorgan.dsl.ui.project.WorkspaceFiles;
import org.pipeorgan.dsl.ui.search.ReferenceQuery;

/**
 * Renames an element in all files of the workspace. Whether the new name will do is not decided here: the changed texts are
 * validated, and errors that were not there before are shown.
 */
public final class Renaming extends Refactoring {
	private final URI file;
	private final int offset;
	private Usage usage;
	private String newName = "";

	/** Prepares to rename what is named at {@code offset} of {@code file}. */
	public Renaming(URI file, int offset) {
		this.file = file;
		this.offset = offset;
	}

	@Override
	public String getName() {
		return "Rename";
	}

	/** What is renamed: kind and name. Known after the initial conditions were checked. */
	String subject() {
		return usage.kind() + " " + usage.name();
	}

	/** The present name. Known after the initial conditions were checked. */
	String oldName() {
		return usage.simpleName();
	}

	/** Sets the new name. */
	public void setNewName(String name) {
		newName = name;
	}

	@Override
	public RefactoringStatus checkInitialConditions(IProgressMonitor monitor) throws CoreException {
		try {
			Optional<Usage> found = ReferenceQuery.usage(file, offset, monitor);
			if (monitor.isCanceled()) {
				throw new OperationCanceledException();
			}
			if (found.isEmpty()) {
				return RefactoringStatus.createFatalErrorStatus("There is no name of an element at the cursor");
			}
			usage = found.get();
			return usage.changeable() ? new RefactoringStatus()
					: RefactoringStatus.createFatalErrorStatus(subject() + " is declared in the built-in library, which cannot be changed");
		} catch (OperationCanceledError e) {
			throw new OperationCanceledException();
		}
	}

	@Override
	public RefactoringStatus checkFinalConditions(IProgressMonitor monitor) throws CoreException {
		Map<URI, String> texts = new LinkedHashMap<>();
		for (Map.Entry<URI, List<Fixes.Edit>> each : edits().entrySet()) {
			texts.put(each.getKey(), changed(text(each.getKey()), each.getValue()));
		}
		UnsavedTexts changed = other -> Optional.ofNullable(texts.get(other)).or(() -> DocumentStates.get().of(other));
		RefactoringStatus status = new RefactoringStatus();
		for (URI each : texts.keySet()) {
			List<String> before = errors(each, text(each), DocumentStates.get(), monitor);
			errors(each, texts.get(each), changed, monitor).stream().filter(error -> !before.contains(error))
					.forEach(error -> status.addError("In " + each.lastSegment() + ": " + error));
		}
		return status;
	}

	@Override
	public Change createChange(IProgressMonitor monitor) {
		CompositeChange all = new CompositeChange("Rename " + subject() + " to " + newName);
		edits().forEach((each, edits) -> {
			TextFileChange change = new TextFileChange(each.lastSegment(), WorkspaceFiles.file(each));
			change.setTextType(PipeOrganUi.FILE_EXTENSION);
			change.setEdit(TextChanges.edit(edits));
			all.add(change);
		});
		all.markAsSynthetic();
		return all;
	}

	private Map<URI, List<Fixes.Edit>> edits() {
		return usage.places().stream().collect(Collectors.groupingBy(Reference::file, LinkedHashMap::new,
				Collectors.mapping(place -> new Fixes.Edit(place.offset(), place.length(), newName), Collectors.toList())));
	}

	private static List<String> errors(URI file, String text, UnsavedTexts unsaved, IProgressMonitor monitor) {
		LanguageServices language = PipeOrganUi.language();
		try {
			List<Issue> issues = language.validate(language.parse(file, text, unsaved, ProjectSettings.severities(file)), monitor::isCanceled);
			return issues.stream().filter(issue -> issue.getSeverity() == Severity.ERROR).map(Issue::getMessage).toList();
		} catch (OperationCanceledError e) {
			throw new OperationCanceledException();
		}
	}

	private static String text(URI file) throws CoreException {
		Optional<String> open = DocumentStates.get().of(file);
		IFile saved = WorkspaceFiles.file(file);
		return open.isPresent() ? open.get() : new String(saved.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
	}

	private static String changed(String text, List<Fixes.Edit> edits) {
		StringBuilder changed = new StringBuilder(text);
		List<Fixes.Edit> backwards = new ArrayList<>(edits);
		backwards.sort((one, other) -> Integer.compare(other.offset(), one.offset()));
		backwards.forEach(edit -> changed.replace(edit.offset(), edit.offset() + edit.length(), edit.text()));
		return changed.toString();
	}
}
