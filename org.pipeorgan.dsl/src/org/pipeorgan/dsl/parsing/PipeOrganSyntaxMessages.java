package org.pipeorgan.dsl.parsing;

import com.google.inject.Inject;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.antlr.runtime.EarlyExitException;
import org.antlr.runtime.MismatchedTokenException;
import org.antlr.runtime.NoViableAltException;
import org.antlr.runtime.RecognitionException;
import org.antlr.runtime.Token;
import org.antlr.runtime.TokenStream;
import org.eclipse.emf.ecore.EObject;
import org.eclipse.xtext.AbstractElement;
import org.eclipse.xtext.Assignment;
import org.eclipse.xtext.CrossReference;
import org.eclipse.xtext.EcoreUtil2;
import org.eclipse.xtext.EnumLiteralDeclaration;
import org.eclipse.xtext.EnumRule;
import org.eclipse.xtext.GrammarUtil;
import org.eclipse.xtext.Group;
import org.eclipse.xtext.Keyword;
import org.eclipse.xtext.ParserRule;
import org.eclipse.xtext.RuleCall;
import org.eclipse.xtext.nodemodel.SyntaxErrorMessage;
import org.eclipse.xtext.parser.antlr.SyntaxErrorMessageProvider;
import org.pipeorgan.dsl.expressions.Spelling;
import org.pipeorgan.dsl.parser.antlr.internal.InternalPipeOrganLexer;
import org.pipeorgan.dsl.pipeorgan.Accelerator;
import org.pipeorgan.dsl.pipeorgan.Block;
import org.pipeorgan.dsl.pipeorgan.Energies;
import org.pipeorgan.dsl.pipeorgan.Graph;
import org.pipeorgan.dsl.pipeorgan.Interconnect;
import org.pipeorgan.dsl.pipeorgan.Operator;
import org.pipeorgan.dsl.pipeorgan.OperatorMapping;
import org.pipeorgan.dsl.pipeorgan.PeArray;
import org.pipeorgan.dsl.pipeorgan.Policy;
import org.pipeorgan.dsl.pipeorgan.Segment;
import org.pipeorgan.dsl.pipeorgan.Study;
import org.pipeorgan.dsl.pipeorgan.Workload;
import org.pipeorgan.dsl.services.PipeOrganGrammarAccess;
import org.pipeorgan.dsl.validation.IssueCode;

/** Syntax errors in the words of the language: what stands there, and what may stand there. */
public class PipeOrganSyntaxMessages extends SyntaxErrorMessageProvider {
	private static final List<String> OPTIONS = List.of("K", "R", "S", "C", "stride", "pad", "dilation", "groups", "precision", "transposed", "scale", "to", "over");

	/** Rules of the grammar that are names. */
	private static final Set<String> NAMES = Set.of("ValidID", "BlockID", "QualifiedName");
	/** How terminals are called. */
	private static final Map<String, String> TERMINALS = Map.of("RULE_ID", "a name", "RULE_STRING", "a text in quotes", "RULE_INT", "a whole number");
	/** Messages of the parser generator, and what stands for them. */
	private static final Map<Pattern, String> MISMATCHES = Map.of(Pattern.compile("mismatched input (?<found>.*) expecting (?<expected>.*)"), "unexpected %s; here must stand %s",
			Pattern.compile("missing (?<expected>.*) at (?<found>.*)"), "%2$s is missing before %1$s", Pattern.compile("extraneous input (?<found>.*) expecting (?<expected>.*)"), "unexpected %s before %s; remove it");

	@Inject
	private PipeOrganGrammarAccess grammar;
	private Map<String, List<String>> words;
	private Map<String, String> behind;

	@Override
	public SyntaxErrorMessage getSyntaxErrorMessage(IParserErrorContext context) {
		RecognitionException exception = context.getRecognitionException();
		if (exception != null && exception.token != null && exception.token.getText() != null && exception.token.getText().matches("x\\d+")) {
			return new SyntaxErrorMessage("unexpected '" + exception.token.getText() + "'; write the extents with blanks between, such as '32 x "
					+ exception.token.getText().substring(1) + "'", IssueCode.SYNTAX_ERROR.id());
		}
		if (exception != null && exception.token != null && exception.token.getText() != null && exception.token.getText().matches("\\w+/\\w+")) {
			return new SyntaxErrorMessage("unexpected '" + exception.token.getText() + "'; put blanks around a '/' that divides: '"
					+ exception.token.getText().replace("/", " / ") + "'", IssueCode.SYNTAX_ERROR.id());
		}
		if (exception != null && exception.token != null && exception.token.getType() == InternalPipeOrganLexer.RULE_ANY_OTHER && exception.token.getText() != null
				&& exception.token.getText().matches("[-+*/%(\\[{)}\\]]")) {
			return new SyntaxErrorMessage("unexpected '" + exception.token.getText() + "': brackets are at most " + PipeOrganGuardedParser.DEEPEST + " deep, and an expression has at most "
					+ PipeOrganGuardedParser.MOST_OPERATORS + " operators; give a part of it a name with 'param'", IssueCode.SYNTAX_ERROR.id());
		}
		if (exception != null && exception.token != null && exception.token.getText() != null && exception.token.getText().startsWith("\uFEFF")) {
			return new SyntaxErrorMessage("there is a byte order mark here, which only the begin of a file may have; remove it", IssueCode.SYNTAX_ERROR.id());
		}
		if (exception != null && exception.token != null && exception.token.getText() != null && exception.token.getText().contains("\uFFFD")) {
			return new SyntaxErrorMessage("there are bytes here that are no UTF-8; save the file as UTF-8", IssueCode.SYNTAX_ERROR.id());
		}
		Optional<String> clause = clauseOf(exception);
		if (clause.isPresent()) {
			List<String> words = words().get(clause.get());
			return new SyntaxErrorMessage("unexpected " + found(exception) + " behind '" + clause.get() + "'; " + Spelling.similar(String.valueOf(exception.token.getText()), words.stream())
					.map(word -> "did you mean '" + word + "'?").orElse("there are " + String.join(", ", words)), IssueCode.SYNTAX_ERROR.id());
		}
		if (context.getCurrentContext() instanceof Graph && exception instanceof NoViableAltException && exception.token != null && exception.token.getText() != null
				&& exception.token.getText().matches("\\d+")) {
			Optional<String> word = wordBefore(exception);
			if (word.isPresent()) {
				String hint = OPTIONS.contains(word.get()) ? "; options stand behind an operator, as in 'y = conv(x) K 8 R 3 S 3 pad 1'"
						: ", which is no option of an operator; " + Spelling.similar(word.get(), OPTIONS.stream()).map(option -> "did you mean '" + option + "'?").orElse("there are " + String.join(", ", OPTIONS));
				return new SyntaxErrorMessage("unexpected '" + exception.token.getText() + "' behind '" + word.get() + "'" + hint, IssueCode.SYNTAX_ERROR.id());
			}
		}
		if (exception instanceof NoViableAltException || exception instanceof EarlyExitException
				|| exception instanceof MismatchedTokenException && (context.getDefaultMessage().contains("EOF") || context.getDefaultMessage().contains("expecting '}'"))) {
			Optional<String> word = wordBefore(exception);
			Optional<String> needed = word.map(each -> context.getCurrentContext() instanceof Operator && OPTIONS.contains(each) ? "a number" : behind().get(each));
			if (needed.isPresent()) {
				return new SyntaxErrorMessage("unexpected " + found(exception) + " behind '" + word.get() + "'; here must stand " + needed.get(), IssueCode.SYNTAX_ERROR.id());
			}
			String expected = expected(context.getCurrentContext());
			return new SyntaxErrorMessage("unexpected " + found(exception) + (expected == null ? "" : "; here may stand " + expected), IssueCode.SYNTAX_ERROR.id());
		}
		return new SyntaxErrorMessage(inWords(context.getDefaultMessage().strip().replaceAll("\\s*\\R\\s*", " ")), IssueCode.SYNTAX_ERROR.id());
	}

	/** A message of the parser generator in the words of the others. */
	private static String inWords(String message) {
		for (Map.Entry<Pattern, String> each : MISMATCHES.entrySet()) {
			Matcher matcher = each.getKey().matcher(message);
			if (matcher.matches()) {
				String expected = matcher.group("expected");
				return each.getValue().formatted(matcher.group("found").replace("<EOF>", "the end of the file"), TERMINALS.getOrDefault(expected, expected));
			}
		}
		return message;
	}

	private static String found(RecognitionException exception) {
		return exception.token == null || exception.token.getType() == Token.EOF ? "the end of the file" : "'" + exception.token.getText() + "'";
	}

	/** The word before what was not expected. */
	private static Optional<String> wordBefore(RecognitionException exception) {
		if (exception == null || exception.token == null || !(exception.input instanceof TokenStream tokens)) {
			return Optional.empty();
		}
		int before = before(tokens, place(exception, tokens));
		return Optional.ofNullable(before < 0 ? null : tokens.get(before).getText()).filter(text -> text.matches("[A-Za-z_]\\w*"));
	}

	/** Index of the token that was not expected. */
	private static int place(RecognitionException exception, TokenStream tokens) {
		return exception.token.getType() == Token.EOF ? tokens.size() : exception.token.getTokenIndex();
	}

	/** Index of the last token before a place that is neither blank nor comment; -1 if there is none. */
	private static int before(TokenStream tokens, int place) {
		int before = place - 1;
		while (before >= 0 && tokens.get(before).getChannel() != Token.DEFAULT_CHANNEL) {
			before--;
		}
		return before;
	}

	/** The clause, such as {@code organization}, in whose list of words something unexpected stands. */
	private Optional<String> clauseOf(RecognitionException exception) {
		if (exception == null || exception.token == null || !(exception.input instanceof TokenStream tokens)) {
			return Optional.empty();
		}
		int before = before(tokens, place(exception, tokens));
		while (before >= 0 && ",".equals(tokens.get(before).getText())) {
			before = before(tokens, before(tokens, before));
		}
		return Optional.ofNullable(before < 0 ? null : tokens.get(before).getText()).filter(words()::containsKey);
	}

	/** The words that may stand behind a keyword of the grammar, for each behind which only certain ones may. */
	private Map<String, List<String>> words() {
		if (words == null) {
			words = new HashMap<>();
			for (Keyword keyword : EcoreUtil2.eAllOfType(grammar.getGrammar(), Keyword.class)) {
				if (keyword.eContainer() instanceof Group group && group.getElements().indexOf(keyword) + 1 < group.getElements().size()
						&& group.getElements().get(group.getElements().indexOf(keyword) + 1) instanceof Assignment assignment && assignment.getTerminal() instanceof RuleCall call
						&& call.getRule() instanceof EnumRule choices) {
					words.put(keyword.getValue(), EcoreUtil2.eAllOfType(choices, EnumLiteralDeclaration.class).stream().map(choice -> choice.getLiteral().getValue()).toList());
				}
			}
		}
		return words;
	}

	/** What must stand behind a keyword of the grammar, for each behind which it is always the same: a name, say. */
	private Map<String, String> behind() {
		if (behind == null) {
			Map<String, Set<String>> found = new HashMap<>();
			for (Keyword keyword : keywordsOfRules()) {
				if (keyword.getValue().matches("\\w{2,}")) {
					found.computeIfAbsent(keyword.getValue(), value -> new HashSet<>()).add(next(keyword).map(PipeOrganSyntaxMessages::named).orElse(""));
				}
			}
			behind = new HashMap<>();
			found.forEach((keyword, names) -> names.stream().filter(name -> names.size() == 1 && !name.isEmpty()).forEach(name -> behind.put(keyword, name)));
		}
		return behind;
	}

	/** Keywords where they are no names. */
	private List<Keyword> keywordsOfRules() {
		return grammar.getGrammar().getRules().stream().filter(rule -> rule instanceof ParserRule parsed && !GrammarUtil.isDatatypeRule(parsed))
				.flatMap(rule -> EcoreUtil2.eAllOfType(rule, Keyword.class).stream()).toList();
	}

	private static Optional<AbstractElement> next(Keyword keyword) {
		if (!(keyword.eContainer() instanceof Group group)) {
			return Optional.empty();
		}
		int next = group.getElements().indexOf(keyword) + 1;
		return next < group.getElements().size() && group.getElements().get(next).getCardinality() == null ? Optional.of(group.getElements().get(next)) : Optional.empty();
	}

	/** How what begins an element of the grammar is called; empty if that is not one thing. */
	private static String named(AbstractElement element) {
		return switch (element) {
		case Assignment assignment -> named(assignment.getTerminal());
		case CrossReference reference -> "the name of " + article(reference.getType().getClassifier().getName().toLowerCase(Locale.ROOT));
		case Group group -> named(group.getElements().get(0));
		case RuleCall call when NAMES.contains(call.getRule().getName()) -> "a name";
		case RuleCall call when call.getRule() instanceof ParserRule rule && !GrammarUtil.isDatatypeRule(rule) -> named(rule.getAlternatives());
		default -> "";
		};
	}

	private static String article(String word) {
		return ("aeiou".indexOf(word.charAt(0)) < 0 ? "a " : "an ") + word;
	}

	@Override
	public SyntaxErrorMessage getSyntaxErrorMessage(IValueConverterErrorContext context) {
		return new SyntaxErrorMessage(context.getDefaultMessage(), IssueCode.NUMBER_OUT_OF_RANGE.id());
	}

	private static String expected(EObject context) {
		return switch (context) {
		case null -> "package, import, param, workload, block, accelerator, interconnect, policy or study";
		case Workload workload -> "'input NAME [C 3, H 224, W 224]', 'NAME = OPERATOR(...)', 'NAME = BLOCK(...)', 'param NAME = 8' or 'output NAME'";
		case Block block -> "'NAME = OPERATOR(...)', 'NAME = BLOCK(...)', 'param NAME = 8' or 'output NAME'";
		case Operator operator -> "an option, such as 'K 8', 'R 3' or 'pad 1', or what follows the operator";
		case Accelerator accelerator -> "param, clock, array, buffer, memory, interconnect or energy";
		case PeArray array -> "macs, registers, precision or partial sums";
		case Energies energies -> "mac, registers, link, buffer or memory";
		case Interconnect interconnect -> "param, topology, express, link, local, hop, routing, multicast, unicast or shared distribution";
		case Policy policy -> "strategy, depth, restrict, organization, order, granularity, chunks, weights, cut after, together, keep, spill, operator or segment";
		case Segment segment -> "operators, order, chunks, organization, weights, keep or operator";
		case OperatorMapping operator -> "tile, share or split";
		case Study study -> "map, policies, objective or write";
		default -> null;
		};
	}
}
