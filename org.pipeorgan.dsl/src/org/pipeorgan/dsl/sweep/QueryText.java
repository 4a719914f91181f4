package org.pipeorgan.dsl.sweep;

import com.google.inject.Injector;

import java.io.StringReader;
import java.util.List;

import org.eclipse.emf.ecore.EObject;
import org.eclipse.xtext.nodemodel.INode;
import org.eclipse.xtext.parser.IParseResult;
import org.eclipse.xtext.parser.IParser;
import org.pipeorgan.dsl.PipeOrganStandaloneSetup;
import org.pipeorgan.dsl.pipeorgan.Condition;
import org.pipeorgan.dsl.pipeorgan.Direction;
import org.pipeorgan.dsl.pipeorgan.Goals;
import org.pipeorgan.dsl.pipeorgan.Model;
import org.pipeorgan.dsl.pipeorgan.Study;

/** Conditions and goals as the language writes them, outside of a study. */
public final class QueryText {
	private QueryText() {
	}

	/** A condition, as behind {@code where}; several if that stands between them. @throws IllegalArgumentException if it is none */
	public static List<Condition> conditions(String text) {
		return parse("where " + text, text, Condition.class, "a condition", "latency < 200000 cycle and buffer.size <= 1 MiB").getConditions();
	}

	/** Goals, as behind {@code minimize} or {@code maximize}. @throws IllegalArgumentException if they are none */
	public static List<Goal> goals(String text) {
		String section = text.strip().matches("(?s)(minimize|maximize)\\s.*") ? text : "minimize " + text;
		return parse(section, text, Goals.class, "goals", "latency, array.pes").getGoals().stream()
				.flatMap(each -> each.getValues().stream().map(value -> Goal.of(value, each.getDirection() == Direction.MAXIMIZE))).toList();
	}

	/** A study that has nothing but a section; the text must not end the section and begin another one. */
	private static Study parse(String section, String text, Class<? extends EObject> type, String what, String example) {
		Injector injector = new PipeOrganStandaloneSetup().createInjectorAndDoEMFRegistration();
		String before = "study query {\n";
		IParseResult result = injector.getInstance(IParser.class).parse(new StringReader(before + section + "\n}"));
		for (INode error : result.getSyntaxErrors()) {
			int at = error.getOffset() - before.length();
			throw fault(text, at < section.length() ? "it stops making sense at '" + section.substring(at).lines().findFirst().orElse("") + "'" : "something is missing at its end", what, example);
		}
		Model model = (Model) result.getRootASTElement();
		Study study = (Study) model.getDeclarations().get(0);
		if (model.getDeclarations().size() > 1 || !study.eContents().stream().allMatch(type::isInstance)) {
			throw fault(text, "there is more in it", what, example);
		}
		return study;
	}

	private static IllegalArgumentException fault(String text, String why, String what, String example) {
		return new IllegalArgumentException("'" + text + "' cannot be read as " + what + ": " + why + "; write, for example, '" + example + "'");
	}
}
