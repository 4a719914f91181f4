package org.pipeorgan.dsl.parsing;

import org.antlr.runtime.CharStream;
import org.antlr.runtime.Token;
import org.antlr.runtime.TokenSource;
import org.pipeorgan.dsl.parser.antlr.PipeOrganParser;
import org.pipeorgan.dsl.parser.antlr.internal.InternalPipeOrganLexer;

/**
 * The parser, which descends into brackets and operators by recursion: beyond a depth that no person writes, it takes them for
 * words that may not stand there, so that such a file has a syntax error instead of exhausting the stack.
 */
public class PipeOrganGuardedParser extends PipeOrganParser {
	/** Deepest nesting of brackets. */
	public static final int DEEPEST = 100;
	/** Most operators of one expression. */
	public static final int MOST_OPERATORS = 250;

	@Override
	protected TokenSource createLexer(CharStream stream) {
		return new Guard(super.createLexer(stream));
	}

	/** Counts brackets and operators as they pass. */
	private static final class Guard implements TokenSource {
		private final TokenSource lexer;
		private int depth;
		private int operators;
		private boolean wildcard;

		private Guard(TokenSource lexer) {
			this.lexer = lexer;
		}

		@Override
		public Token nextToken() {
			Token token = lexer.nextToken();
			// the star of an import is no operator
			boolean star = wildcard;
			wildcard = ".".equals(token.getText());
			if (token.getType() == Token.EOF || token.getText() == null || token.getText().length() != 1 || star) {
				return token;
			}
			switch (token.getText().charAt(0)) {
			case '(', '[', '{' -> depth++;
			case ')', ']', '}' -> depth = Math.max(0, depth - 1);
			case '+', '-', '*', '/', '%' -> operators++;
			case '=', ',' -> operators = 0;
			default -> {
				return token;
			}
			}
			if (depth > DEEPEST || operators > MOST_OPERATORS) {
				token.setType(InternalPipeOrganLexer.RULE_ANY_OTHER);
			}
			return token;
		}

		@Override
		public String getSourceName() {
			return lexer.getSourceName();
		}
	}
}
