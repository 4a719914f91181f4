package org.pipeorgan.dsl.ui.views;

import java.util.ArrayList;
import java.util.List;
import org.eclipse.jface.text.ITextSelection;
import org.eclipse.jface.viewers.ISelection;
import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.ui.IWorkbenchPart;
import org.eclipse.ui.views.properties.IPropertyDescriptor;
import org.eclipse.ui.views.properties.IPropertySource;
import org.eclipse.ui.views.properties.PropertyDescriptor;
import org.eclipse.ui.views.properties.PropertySheetPage;
import org.pipeorgan.dsl.ui.PipeOrganUi;
import org.pipeorgan.dsl.ui.editor.PogEditor;
import org.pipeorgan.dsl.ui.language.Description;

/** What the Properties view shows for the editor: the innermost element around the cursor, and what the engine computes about it. */
public final class ElementProperties extends PropertySheetPage {
	private final PogEditor editor;
	private Description shown;

	/** Makes the page of {@code editor}. */
	public ElementProperties(PogEditor editor) {
		this.editor = editor;
		setPropertySourceProvider(element -> element instanceof Description description ? new Source(description) : null);
	}

	/** What is shown; {@code null} for nothing. UI thread. */
	public Description shown() {
		return shown;
	}

	@Override
	public void selectionChanged(IWorkbenchPart part, ISelection selection) {
		if (selection instanceof ITextSelection || part != editor) {
			int caret = editor.caretOffset();
			editor.inBackground("Describing the element", resource -> PipeOrganUi.language().describeAround(resource, caret), found -> {
				if (getControl() != null && !getControl().isDisposed()) {
					shown = found.orElse(null);
					super.selectionChanged(editor, found.<ISelection>map(StructuredSelection::new).orElse(StructuredSelection.EMPTY));
				}
			});
		}
	}

	/** The lines of an element: its kind, its name, its documentation, and its facts. */
	private record Source(Description description) implements IPropertySource {
		@Override
		public Object getEditableValue() {
			return null;
		}

		@Override
		public IPropertyDescriptor[] getPropertyDescriptors() {
			List<IPropertyDescriptor> lines = new ArrayList<>();
			lines.add(line("kind", "Kind", "Element"));
			lines.add(line("name", "Name", "Element"));
			if (!description.documentation().isEmpty()) {
				lines.add(line("documentation", "Documentation", "Element"));
			}
			for (int i = 0; i < description.facts().size(); i++) {
				lines.add(line(String.valueOf(i), "Computed", "Computed"));
			}
			return lines.toArray(IPropertyDescriptor[]::new);
		}

		@Override
		public Object getPropertyValue(Object id) {
			return switch ((String) id) {
			case "kind" -> description.kind();
			case "name" -> description.name();
			case "documentation" -> description.documentation().replaceAll("\\s+", " ");
			default -> description.facts().get(Integer.parseInt((String) id));
			};
		}

		@Override
		public boolean isPropertySet(Object id) {
			return false;
		}

		@Override
		public void resetPropertyValue(Object id) {
			// Nothing can be set.
		}

		@Override
		public void setPropertyValue(Object id, Object value) {
			// Nothing can be set.
		}

		private static PropertyDescriptor line(String id, String label, String category) {
			PropertyDescriptor line = new PropertyDescriptor(id, label);
			line.setCategory(category);
			line.setAlwaysIncompatible(true);
			return line;
		}
	}
}
