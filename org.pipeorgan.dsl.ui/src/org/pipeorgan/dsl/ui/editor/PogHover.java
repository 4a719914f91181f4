package org.pipeorgan.dsl.ui.editor;

import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.jface.text.DefaultInformationControl;
import org.eclipse.jface.text.DefaultTextHover;
import org.eclipse.jface.text.IInformationControlCreator;
import org.eclipse.jface.text.IRegion;
import org.eclipse.jface.text.ITextHover;
import org.eclipse.jface.text.ITextHoverExtension;
import org.eclipse.jface.text.ITextViewer;
import org.eclipse.jface.text.Region;
import org.eclipse.jface.text.source.Annotation;
import org.eclipse.jface.text.source.ISourceViewer;
import org.eclipse.ui.editors.text.EditorsUI;
import org.eclipse.ui.texteditor.MarkerAnnotation;
import org.pipeorgan.dsl.ui.language.Description;
import org.pipeorgan.dsl.ui.language.LanguageServices;

/** Tells the problem at the mouse or, where there is none, what the name there stands for. */
final class PogHover implements ITextHover, ITextHoverExtension {
	private final Supplier<LanguageServices> language;
	private final PogEditor editor;
	private final DefaultTextHover problems;

	PogHover(Supplier<LanguageServices> language, PogEditor editor, ISourceViewer viewer) {
		this.language = language;
		this.editor = editor;
		problems = new DefaultTextHover(viewer) {
			@Override
			protected boolean isIncluded(Annotation annotation) {
				return annotation instanceof ProblemAnnotation || annotation instanceof MarkerAnnotation;
			}
		};
	}

	@Override
	@SuppressWarnings("deprecation") // the text must be computed in the background, as the hover manager does with this method
	public String getHoverInfo(ITextViewer viewer, IRegion region) {
		String problem = problems.getHoverInfo(viewer, region);
		if (problem != null) {
			return escape(problem);
		}
		DocumentState state = editor.state(viewer.getDocument());
		return Optional.ofNullable(state).flatMap(s -> s.read(resource -> language.get().describe(resource, region.getOffset())))
				.map(PogHover::format).orElse(null);
	}

	@Override
	public IRegion getHoverRegion(ITextViewer viewer, int offset) {
		return new Region(offset, 0);
	}

	@Override
	public IInformationControlCreator getHoverControlCreator() {
		return shell -> new DefaultInformationControl(shell, EditorsUI.getTooltipAffordanceString());
	}

	private static String format(Description description) {
		StringBuilder text = new StringBuilder("<b>" + escape(description.title()) + "</b>");
		if (!description.documentation().isEmpty()) {
			text.append("<br><br>").append(escape(description.documentation()).replace("\n", "<br>"));
		}
		if (!description.facts().isEmpty()) {
			text.append("<br>");
			description.facts().forEach(fact -> text.append("<br>").append(escape(fact)));
		}
		return text.toString();
	}

	private static String escape(String text) {
		return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
	}
}
