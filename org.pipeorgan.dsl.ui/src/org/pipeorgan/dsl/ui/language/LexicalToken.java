package org.pipeorgan.dsl.ui.language;

/**
 * One token of a text as the language's lexer sees it.
 *
 * @param offset first character, from 0
 * @param length number of characters, at least 1
 * @param style one of {@link org.eclipse.xtext.ide.editor.syntaxcoloring.HighlightingStyles}
 */
public record LexicalToken(int offset, int length, String style) {
	/** The offset behind the last character. */
	public int end() {
		return offset + length;
	}

	/** Whether this token, moved by {@code shift} characters, equals {@code other}. */
	public boolean equalsShifted(LexicalToken other, int shift) {
		return offset + shift == other.offset && length == other.length && style.equals(other.style);
	}
}
