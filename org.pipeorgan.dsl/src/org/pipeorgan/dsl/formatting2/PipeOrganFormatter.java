package org.pipeorgan.dsl.formatting2;

import static org.pipeorgan.dsl.pipeorgan.PipeorganPackage.Literals.DECLARATION;
import static org.pipeorgan.dsl.pipeorgan.PipeorganPackage.Literals.INTERCONNECT__DELIVERY;
import static org.pipeorgan.dsl.pipeorgan.PipeorganPackage.Literals.MODEL__PACKAGE_NAME;
import static org.pipeorgan.dsl.pipeorgan.PipeorganPackage.Literals.NAMED_ELEMENT__NAME;

import com.google.inject.Inject;

import java.util.List;
import java.util.Map;

import org.eclipse.emf.ecore.EObject;
import org.eclipse.xtext.GrammarUtil;
import org.eclipse.xtext.ParserRule;
import org.eclipse.xtext.formatting2.AbstractJavaFormatter;
import org.eclipse.xtext.formatting2.FormatterPreferenceKeys;
import org.eclipse.xtext.formatting2.FormatterRequest;
import org.eclipse.xtext.formatting2.IFormattableDocument;
import org.eclipse.xtext.formatting2.IHiddenRegionFormatter;
import org.eclipse.xtext.formatting2.IHiddenRegionFormatting;
import org.eclipse.xtext.formatting2.ITextReplacer;
import org.eclipse.xtext.formatting2.regionaccess.IComment;
import org.eclipse.xtext.formatting2.regionaccess.IEObjectRegion;
import org.eclipse.xtext.formatting2.regionaccess.ISemanticRegion;
import org.eclipse.xtext.formatting2.regionaccess.ITextSegment;
import org.eclipse.xtext.preferences.MapBasedPreferenceValues;
import org.eclipse.xtext.preferences.TypedPreferenceValues;
import org.pipeorgan.dsl.pipeorgan.Accelerator;
import org.pipeorgan.dsl.pipeorgan.Block;
import org.pipeorgan.dsl.pipeorgan.Declaration;
import org.pipeorgan.dsl.pipeorgan.Energies;
import org.pipeorgan.dsl.pipeorgan.Graph;
import org.pipeorgan.dsl.pipeorgan.Import;
import org.pipeorgan.dsl.pipeorgan.Interconnect;
import org.pipeorgan.dsl.pipeorgan.Model;
import org.pipeorgan.dsl.pipeorgan.OperatorMapping;
import org.pipeorgan.dsl.pipeorgan.Parameter;
import org.pipeorgan.dsl.pipeorgan.PeArray;
import org.pipeorgan.dsl.pipeorgan.Policy;
import org.pipeorgan.dsl.pipeorgan.Segment;
import org.pipeorgan.dsl.pipeorgan.Study;
import org.pipeorgan.dsl.pipeorgan.Workload;
import org.pipeorgan.dsl.pipeorgan.WorkloadMember;
import org.pipeorgan.dsl.services.PipeOrganGrammarAccess;

/**
 * Lays a file out: a declaration's parts on lines of their own, indented; one space between words; at most one blank
 * line kept between lines. Numbers, units, names and comments stay as written. Linear in the size of the file.
 */
public class PipeOrganFormatter extends AbstractJavaFormatter {
	@Inject
	private PipeOrganGrammarAccess grammar;

	private static final Map<String, String> STYLE = Map.of(FormatterPreferenceKeys.indentation.getId(), "  ", FormatterPreferenceKeys.lineSeparator.getId(), "\n");

	/** The language has one style: two blanks and LF, whatever an editor is set to. */
	@Override
	protected void initialize(FormatterRequest request) {
		request.setPreferences(TypedPreferenceValues.castOrWrap(new MapBasedPreferenceValues(request.getPreferences(), STYLE)));
		super.initialize(request);
	}

	@Override
	public ITextReplacer createWhitespaceReplacer(ITextSegment hiddens, IHiddenRegionFormatting formatting) {
		return new BlankLines(hiddens, formatting);
	}

	@Override
	public ITextReplacer createCommentReplacer(IComment comment) {
		return CommentLayout.of(comment);
	}

	/** A file. */
	protected void format(Model model, IFormattableDocument document) {
		ISemanticRegion packageName = regionFor(model).feature(MODEL__PACKAGE_NAME);
		boolean first = packageName == null;
		document.surround(packageName, IHiddenRegionFormatter::oneSpace);
		if (packageName != null) {
			document.prepend(regionFor(model).keyword("package"), this::startOfFile);
		}
		for (Import imported : model.getImports()) {
			boolean start = first;
			int lines = imported == model.getImports().get(0) ? 2 : 1;
			document.prepend(imported, region -> {
				if (start) {
					startOfFile(region);
				} else {
					newLines(region, lines, 2);
				}
			});
			first = false;
			spaceOut(imported, document);
		}
		Declaration before = null;
		for (Declaration declaration : model.getDeclarations()) {
			boolean start = first;
			int least = before instanceof Parameter && declaration instanceof Parameter ? 1 : 2;
			document.prepend(declaration, region -> {
				if (start) {
					startOfFile(region);
				} else {
					newLines(region, least, 2);
				}
			});
			first = false;
			before = declaration;
			document.format(declaration);
		}
		if (!model.getDeclarations().isEmpty()) {
			document.append(model.getDeclarations().get(model.getDeclarations().size() - 1), region -> newLines(region, 1, 1));
		}
	}

	/** A workload: a line for each member. */
	protected void format(Workload workload, IFormattableDocument document) {
		block(workload, document);
		spaceOut(workload, document);
		if (workload.getPrecision() != null) {
			spaceOutAll(workload.getPrecision(), document);
		}
		formatMembers(workload, document);
	}

	private void formatMembers(Graph graph, IFormattableDocument document) {
		for (WorkloadMember member : graph.getMembers()) {
			if (!isBehind(member, "{")) {
				document.prepend(member, region -> newLines(region, 1, 2));
			}
			spaceOutAll(member, document);
		}
	}

	/** A block: a line for each member. */
	protected void format(Block block, IFormattableDocument document) {
		block(block, document);
		spaceOut(block, document);
		block.getInputs().forEach(input -> spaceOutAll(input, document));
		formatMembers(block, document);
	}

	/** A parameter of a file: one line. */
	protected void format(Parameter parameter, IFormattableDocument document) {
		spaceOutAll(parameter, document);
	}

	/** An accelerator: a line for each section. */
	protected void format(Accelerator accelerator, IFormattableDocument document) {
		spaceOutAll(accelerator, document);
		block(accelerator, document);
		lines(accelerator, document, "clock", "array", "buffer", "memory", "interconnect", "energy");
		lines(accelerator.getParameters(), document);
		if (accelerator.getArray() != null) {
			PeArray array = accelerator.getArray();
			block(array, document);
			lines(array, document, "macs", "registers", "precision", "partial");
		}
		if (accelerator.getEnergy() != null) {
			Energies energies = accelerator.getEnergy();
			block(energies, document);
			lines(energies, document, "mac", "registers", "link", "buffer", "memory");
		}
	}

	/** An interconnect: a line for each section. */
	protected void format(Interconnect interconnect, IFormattableDocument document) {
		spaceOutAll(interconnect, document);
		block(interconnect, document);
		lines(interconnect, document, "topology", "express", "link", "local", "hop", "routing", "shared");
		lines(interconnect.getParameters(), document);
		for (ISemanticRegion delivery : regionFor(interconnect).features(INTERCONNECT__DELIVERY)) {
			if (!"{".equals(delivery.getPreviousSemanticRegion().getText())) {
				document.prepend(delivery, region -> newLines(region, 1, 2));
			}
		}
	}

	/** A policy: a line for each section, and for each section of a segment. */
	protected void format(Policy policy, IFormattableDocument document) {
		spaceOutAll(policy, document);
		block(policy, document);
		lines(policy, document, "strategy", "depth", "restrict", "organization", "order", "granularity", "chunks", "weights", "cut", "together", "keep", "spill", "operator", "segment");
		operators(policy.getOperators(), document);
		for (Segment segment : policy.getSegments()) {
			block(segment, document);
			lines(segment, document, "operators", "order", "chunks", "organization", "weights", "keep", "operator");
			operators(segment.getOperators(), document);
		}
	}

	private void operators(List<OperatorMapping> operators, IFormattableDocument document) {
		for (OperatorMapping operator : operators) {
			block(operator, document);
			lines(operator, document, "tile", "share", "split");
		}
	}

	/** A study: a line for each section. */
	protected void format(Study study, IFormattableDocument document) {
		spaceOutAll(study, document);
		block(study, document);
		lines(study, document, "map", "policies", "objective", "simulate", "vary", "where", "sample", "write");
		lines(study.getGoals(), document);
	}

	/** Indents what stands between the braces of an element and puts the closing brace on a line of its own. */
	private void block(EObject element, IFormattableDocument document) {
		ISemanticRegion open = regionFor(element).keyword("{");
		ISemanticRegion close = regionFor(element).keyword("}");
		if (open == null || close == null) {
			return;
		}
		document.prepend(open, region -> {
			region.oneSpace();
			region.highPriority();
		});
		document.interior(open, close, IHiddenRegionFormatter::indent);
		if (open.getNextSemanticRegion() == close) {
			document.append(open, region -> newLines(region, 1, 1));
		} else {
			document.append(open, region -> newLines(region, 1, 1));
			document.prepend(close, region -> newLines(region, 1, 1));
		}
	}

	private boolean isBehind(EObject element, String text) {
		IEObjectRegion region = getTextRegionAccess().regionForEObject(element);
		ISemanticRegion first = region == null ? null : firstOf(region);
		return first != null && first.getPreviousSemanticRegion() != null && text.equals(first.getPreviousSemanticRegion().getText());
	}

	private void lines(List<? extends EObject> elements, IFormattableDocument document) {
		for (EObject element : elements) {
			if (!isBehind(element, "{")) {
				document.prepend(element, region -> newLines(region, 1, 2));
			}
		}
	}

	private void lines(EObject element, IFormattableDocument document, String... keywords) {
		boolean named = element.eClass().getEAllSuperTypes().contains(DECLARATION);
		ISemanticRegion name = named ? regionFor(element).feature(NAMED_ELEMENT__NAME) : null;
		for (String keyword : keywords) {
			for (ISemanticRegion region : regionFor(element).keywords(keyword)) {
				boolean header = name != null && region.getOffset() < name.getOffset();
				ISemanticRegion before = region.getPreviousSemanticRegion();
				if (!header && before != null && "{".equals(before.getText())) {
					continue;
				}
				if (!header) {
					document.prepend(region, formatter -> newLines(formatter, 1, 2));
				}
			}
		}
	}

	private static void newLines(IHiddenRegionFormatter region, int least, int most) {
		region.setNewLines(least, least, most);
		region.highPriority();
	}

	private void startOfFile(IHiddenRegionFormatter region) {
		region.setNewLines(0, 0, 1);
		region.noSpace();
		region.highPriority();
	}

	private void spaceOutAll(EObject element, IFormattableDocument document) {
		spaceOut(element, document);
		for (EObject child : element.eContents()) {
			spaceOutAll(child, document);
		}
	}

	/** One space before each word of an element itself; none around what sticks to its neighbour. */
	private void spaceOut(EObject element, IFormattableDocument document) {
		IEObjectRegion whole = getTextRegionAccess().regionForEObject(element);
		if (whole == null) {
			return;
		}
		for (ISemanticRegion region : whole.getSemanticRegions()) {
			ISemanticRegion before = region.getPreviousSemanticRegion();
			if (before == null || region == firstOf(whole) || region.getSemanticElement() != element) {
				continue;
			}
			boolean close = isClose(before, region);
			document.prepend(region, formatter -> {
				if (close) {
					formatter.noSpace();
				} else {
					formatter.oneSpace();
				}
				formatter.lowPriority();
			});
		}
		// what an element contains begins with a space too, except behind a bracket
		for (EObject child : element.eContents()) {
			IEObjectRegion childRegion = getTextRegionAccess().regionForEObject(child);
			if (childRegion == null || firstOf(childRegion) == null || firstOf(childRegion).getPreviousSemanticRegion() == null) {
				continue;
			}
			boolean close = isClose(firstOf(childRegion).getPreviousSemanticRegion(), firstOf(childRegion));
			document.prepend(firstOf(childRegion), formatter -> {
				if (close) {
					formatter.noSpace();
				} else {
					formatter.oneSpace();
				}
				formatter.lowPriority();
			});
		}
	}

	/** Whether no blank stands between two words: inside brackets, before a comma, and behind a sign. */
	private boolean isClose(ISemanticRegion before, ISemanticRegion region) {
		return switch (region.getText()) {
		case ",", ")", "]" -> true;
		case "(" -> "(".equals(before.getText()) || isSign(before) || !isInExpression(region);
		default -> "(".equals(before.getText()) || "[".equals(before.getText()) || isSign(before);
		};
	}

	private boolean isSign(ISemanticRegion region) {
		ParserRule rule = GrammarUtil.containingParserRule(region.getGrammarElement());
		return rule == grammar.getNegationRule() || rule == grammar.getCountNegationRule() || rule == grammar.getTermNegationRule();
	}

	private boolean isInExpression(ISemanticRegion region) {
		ParserRule rule = GrammarUtil.containingParserRule(region.getGrammarElement());
		return rule == grammar.getOperandRule() || rule == grammar.getCountOperandRule() || rule == grammar.getTermOperandRule() || rule == grammar.getSecondPadRule();
	}

	private static ISemanticRegion firstOf(IEObjectRegion region) {
		for (ISemanticRegion semantic : region.getAllSemanticRegions()) {
			return semantic;
		}
		return null;
	}
}
