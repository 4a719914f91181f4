package org.pipeorgan.dsl.ui.preferences;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.viewers.ArrayContentProvider;
import org.eclipse.jface.viewers.CellEditor;
import org.eclipse.jface.viewers.ColumnLabelProvider;
import org.eclipse.jface.viewers.ComboBoxCellEditor;
import org.eclipse.jface.viewers.EditingSupport;
import org.eclipse.jface.viewers.TableViewer;
import org.eclipse.jface.viewers.TableViewerColumn;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.xtext.diagnostics.Severity;
import org.pipeorgan.dsl.settings.Severities;
import org.pipeorgan.dsl.validation.IssueCode;

/** A table of the problems whose severity may be chosen. */
public final class SeverityTable {
	private static final List<Severity> LEVELS = List.of(Severity.ERROR, Severity.WARNING, Severity.INFO, Severity.IGNORE);

	private final TableViewer table;
	private final Severities inherited;
	private final Map<IssueCode, Severity> chosen = new EnumMap<>(IssueCode.class);

	/**
	 * Makes the table.
	 *
	 * @param inherited what holds where nothing is chosen, besides the language's own
	 */
	SeverityTable(Composite parent, Severities inherited) {
		this.inherited = inherited;
		table = new TableViewer(parent, SWT.BORDER | SWT.FULL_SELECTION | SWT.V_SCROLL);
		table.getTable().setHeaderVisible(true);
		table.getTable().setLinesVisible(true);
		table.setContentProvider(ArrayContentProvider.getInstance());
		GridDataFactory.fillDefaults().grab(true, true).hint(420, 220).applyTo(table.getTable());
		TableViewerColumn problem = new TableViewerColumn(table, SWT.NONE);
		problem.getColumn().setText("Problem");
		problem.getColumn().setWidth(230);
		problem.setLabelProvider(ColumnLabelProvider.createTextProvider(code -> ((IssueCode) code).id().replace('-', ' ')));
		TableViewerColumn level = new TableViewerColumn(table, SWT.NONE);
		level.getColumn().setText("Severity");
		level.getColumn().setWidth(200);
		level.setLabelProvider(ColumnLabelProvider.createTextProvider(code -> label((IssueCode) code)));
		level.setEditingSupport(new Editing());
		table.setInput(Arrays.stream(IssueCode.values()).filter(IssueCode::isConfigurable).toList());
	}

	/** What was chosen. */
	public Severities chosen() {
		return new Severities(chosen);
	}

	/** Shows other choices. */
	void show(Severities severities) {
		chosen.clear();
		chosen.putAll(severities.byCode());
		table.refresh();
	}

	/** Chooses as a user would; {@code null} for what is inherited. */
	public void choose(IssueCode code, Severity severity) {
		if (severity == null) {
			chosen.remove(code);
		} else {
			chosen.put(code, severity);
		}
		table.update(code, null);
	}

	private Severity inherited(IssueCode code) {
		return inherited.of(code.id()).orElse(code.severity());
	}

	private String label(IssueCode code) {
		Severity severity = chosen.get(code);
		return severity == null ? text(inherited(code)) + " (default)" : text(severity);
	}

	private static String text(Severity severity) {
		return severity.name().toLowerCase(Locale.ROOT);
	}

	/** Chooses in a drop-down list, whose first entry is what is inherited. */
	private final class Editing extends EditingSupport {
		private Editing() {
			super(table);
		}

		@Override
		protected CellEditor getCellEditor(Object code) {
			String[] items = new String[LEVELS.size() + 1];
			items[0] = "default: " + text(inherited((IssueCode) code));
			for (int i = 0; i < LEVELS.size(); i++) {
				items[i + 1] = text(LEVELS.get(i));
			}
			return new ComboBoxCellEditor(table.getTable(), items, SWT.READ_ONLY);
		}

		@Override
		protected boolean canEdit(Object code) {
			return true;
		}

		@Override
		protected Object getValue(Object code) {
			return chosen.containsKey(code) ? LEVELS.indexOf(chosen.get(code)) + 1 : 0;
		}

		@Override
		protected void setValue(Object code, Object value) {
			int index = (Integer) value;
			choose((IssueCode) code, index <= 0 ? null : LEVELS.get(index - 1));
		}
	}
}
