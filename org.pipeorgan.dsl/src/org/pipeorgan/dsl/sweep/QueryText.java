package org.pipeorgan.dsl.sweep;

import com.google.inject.Injector;

import java.io.StringReader;
import java.util.List;

import org.eclipse.xtext.nodemodel.INode;
import org.eclipse.xtext.parser.IParseResult;
import org.eclipse.xtext.parser.IParser;
import org.pipeorgan.dsl.PipeOrganStandaloneSetup;
import org.pipeorgan.dsl.pipeorgan.Condition;
import org.pipeorgan.dsl.pipeorgan.Direction;
import org.pipeorgan.dsl.pipeorgan.Model;
import org.pipeorgan.dsl.pipeorgan.Study;

/** Conditions and goals as the language writes them, outside of a study. */
public final class QueryText {
	private QueryText() {
	}

	/** A condition, as behind {@code where}. @throws IllegalArgumentException if it is none */
	public static Condition condition(String text) {
		return parse("where " + text, text).getConditions().get(0);
	}

	/** Goals, as behind {@code minimize} or {@code maximize}. @throws IllegalArgumentException if they are none */
	public static List<Goal> goals(String text) {
		String section = text.strip().matches("(?s)(minimize|maximize)\\s.*") ? text : "minimize " + text;
		return parse(section, text).getGoals().stream()
				.flatMap(each -> each.getValues().stream().map(value -> Goal.of(value, each.getDirection() == Direction.MAXIMIZE))).toList();
	}

	private static Study parse(String section, String text) {
		Injector injector = new PipeOrganStandaloneSetup().createInjectorAndDoEMFRegistration();
		IParseResult result = injector.getInstance(IParser.class).parse(new StringReader("study query {\n" + section + "\n}"));
		for (INode error : result.getSyntaxErrors()) {
			throw new IllegalArgumentException("'" + text + "' cannot be read: " + error.getSyntaxErrorMessage().getMessage());
		}
		return (Study) ((Model) result.getRootASTElement()).getDeclarations().get(0);
	}
}
