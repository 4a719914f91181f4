package org.pipeorgan.dsl.ui.editor;

import java.util.function.Supplier;
import org.eclipse.jface.text.IRegion;
import org.eclipse.jface.text.ITextViewer;
import org.eclipse.jface.text.Region;
import org.eclipse.jface.text.hyperlink.IHyperlink;
import org.eclipse.jface.text.hyperlink.IHyperlinkDetector;
import org.pipeorgan.dsl.ui.language.LanguageServices;
import org.pipeorgan.dsl.ui.language.Target;

/** Links each name to its declaration (F3 and Ctrl-click). */
final class DeclarationHyperlinks implements IHyperlinkDetector {
	/** A link to one declaration. */
	private record DeclarationHyperlink(PogEditor editor, Target target) implements IHyperlink {
		@Override
		public IRegion getHyperlinkRegion() {
			return new Region(target.source().getOffset(), target.source().getLength());
		}

		@Override
		public String getTypeLabel() {
			return "Declaration";
		}

		@Override
		public String getHyperlinkText() {
			return "Open declaration of " + target.label();
		}

		@Override
		public void open() {
			EditorOpener.open(editor.getSite().getPage(), target.file(), target.region());
		}
	}

	private final Supplier<LanguageServices> language;
	private final PogEditor editor;

	DeclarationHyperlinks(Supplier<LanguageServices> language, PogEditor editor) {
		this.language = language;
		this.editor = editor;
	}

	@Override
	public IHyperlink[] detectHyperlinks(ITextViewer viewer, IRegion region, boolean canShowMultipleHyperlinks) {
		DocumentState state = editor.state(viewer.getDocument());
		return state == null ? null : state.tryRead(resource -> language.get().target(resource, region.getOffset()).orElse(null))
				.map(target -> new IHyperlink[] { new DeclarationHyperlink(editor, target) }).orElse(null);
	}
}
