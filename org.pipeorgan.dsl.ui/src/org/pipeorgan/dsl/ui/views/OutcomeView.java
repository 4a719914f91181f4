package org.pipeorgan.dsl.ui.views;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.eclipse.core.resources.IFile;
import org.eclipse.core.runtime.Adapters;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.viewers.ISelection;
import org.eclipse.jface.viewers.IStructuredSelection;
import org.eclipse.swt.SWT;
import org.eclipse.swt.events.SelectionListener;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Label;
import org.eclipse.ui.ISelectionListener;
import org.eclipse.ui.part.ViewPart;
import org.pipeorgan.dsl.ui.results.Outcomes;
import org.pipeorgan.dsl.ui.results.StudyOutcome;
import org.pipeorgan.engine.report.JsonReport;
import org.pipeorgan.engine.report.ResultReader;

/**
 * A view of what a study came to: the last run of this session, or another one that is chosen, or a stored
 * {@code result.json} that is selected elsewhere.
 */
abstract class OutcomeView extends ViewPart {
	private final Runnable outcomesChanged = () -> Display.getDefault().asyncExec(this::refresh);
	private final ISelectionListener selectionChanged = (part, selection) -> stored(selection).ifPresent(this::load);
	private Combo choice;
	private List<StudyOutcome> outcomes = List.of();
	private StudyOutcome outcome;

	/** Makes the box to choose an outcome in, in two columns of {@code parent}. */
	final void createChoice(Composite parent) {
		new Label(parent, SWT.NONE).setText("Study:");
		choice = new Combo(parent, SWT.READ_ONLY);
		GridDataFactory.fillDefaults().hint(300, SWT.DEFAULT).applyTo(choice);
		choice.addSelectionListener(SelectionListener.widgetSelectedAdapter(event -> choose(outcomes.get(choice.getSelectionIndex()))));
		Outcomes.get().addListener(outcomesChanged);
		getSite().getPage().addSelectionListener(selectionChanged);
	}

	/** Shows the newest outcome. To be called when all widgets are there. */
	final void refresh() {
		if (choice.isDisposed()) {
			return;
		}
		List<StudyOutcome> before = outcomes;
		outcomes = Outcomes.get().all();
		choice.setItems(outcomes.stream().map(StudyOutcome::label).toArray(String[]::new));
		boolean fresh = !outcomes.isEmpty() && !before.contains(outcomes.get(0));
		choose(outcomes.isEmpty() ? null : fresh || outcome == null || !outcomes.contains(outcome) ? outcomes.get(0) : outcome);
	}

	/** What is shown; {@code null} for nothing. */
	public final StudyOutcome outcome() {
		return outcome;
	}

	/** Shows an outcome. UI thread. */
	public final void choose(StudyOutcome chosen) {
		outcome = chosen;
		choice.select(chosen == null ? -1 : outcomes.indexOf(chosen));
		show(chosen);
	}

	/** Shows an outcome; {@code null} for none. */
	abstract void show(StudyOutcome shown);

	@Override
	public void dispose() {
		Outcomes.get().removeListener(outcomesChanged);
		getSite().getPage().removeSelectionListener(selectionChanged);
		super.dispose();
	}

	@Override
	public void setFocus() {
		choice.setFocus();
	}

	private static Optional<IFile> stored(ISelection selection) {
		Object first = selection instanceof IStructuredSelection structured && structured.size() == 1 ? structured.getFirstElement() : null;
		IFile file = first == null ? null : Adapters.adapt(first, IFile.class);
		return Optional.ofNullable(file).filter(each -> each.exists() && each.getName().equals("result.json"));
	}

	/** A result that the session knows is shown as it knows it: with the file of its study. */
	private void load(IFile file) {
		Job job = Job.createSystem("Reading " + file.getName(), monitor -> {
			try {
				String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
				Optional<StudyOutcome> known = Outcomes.get().all().stream().filter(each -> JsonReport.write(each.result()).equals(text)).findFirst();
				if (known.isEmpty()) {
					Outcomes.get().add(new StudyOutcome(file, ResultReader.read(text)));
				} else {
					Display.getDefault().asyncExec(() -> chooseAgain(known.get()));
				}
			} catch (CoreException | IllegalArgumentException e) {
				// It is no result of a study, or no longer there: the view stays as it is.
			}
		});
		job.schedule();
	}

	private void chooseAgain(StudyOutcome known) {
		if (!choice.isDisposed() && outcomes.contains(known)) {
			choose(known);
		}
	}
}
