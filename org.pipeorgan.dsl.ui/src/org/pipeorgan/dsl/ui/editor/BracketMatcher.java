package org.pipeorgan.dsl.ui.editor;

import java.util.Optional;
import org.eclipse.jface.text.IDocument;
import org.eclipse.jface.text.IRegion;
import org.eclipse.jface.text.source.DefaultCharacterPairMatcher;
import org.eclipse.jface.text.source.ICharacterPairMatcher;
import org.eclipse.xtext.ide.editor.bracketmatching.BracePair;
import org.pipeorgan.dsl.ui.PipeOrganUi;
import org.pipeorgan.dsl.ui.language.LanguageServices;

/** Finds the brackets that belong together in the language; none until it is loaded. UI thread. */
final class BracketMatcher implements ICharacterPairMatcher {
	private DefaultCharacterPairMatcher matcher;

	@Override
	public IRegion match(IDocument document, int offset) {
		if (matcher == null) {
			PipeOrganUi.languageIfLoaded().ifPresent(language -> matcher = matcher(language));
		}
		return matcher == null ? null : matcher.match(document, offset);
	}

	@Override
	public int getAnchor() {
		return Optional.ofNullable(matcher).map(DefaultCharacterPairMatcher::getAnchor).orElse(-1);
	}

	@Override
	public void clear() {
		if (matcher != null) {
			matcher.clear();
		}
	}

	@Override
	public void dispose() {
		if (matcher != null) {
			matcher.dispose();
		}
	}

	private static DefaultCharacterPairMatcher matcher(LanguageServices language) {
		StringBuilder brackets = new StringBuilder();
		for (BracePair pair : language.bracePairs()) {
			brackets.append(pair.getLeftBrace()).append(pair.getRightBrace());
		}
		return new DefaultCharacterPairMatcher(brackets.toString().toCharArray());
	}
}
