package org.pipeorgan.dsl.validation;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.eclipse.xtext.validation.Check;
import org.eclipse.xtext.validation.CheckType;
import org.pipeorgan.dsl.expressions.ExpressionException;
import org.pipeorgan.dsl.expressions.Spelling;
import org.pipeorgan.dsl.expressions.Terms;
import org.pipeorgan.dsl.pipeorgan.Condition;
import org.pipeorgan.dsl.pipeorgan.Expression;
import org.pipeorgan.dsl.pipeorgan.Format;
import org.pipeorgan.dsl.pipeorgan.Goals;
import org.pipeorgan.dsl.pipeorgan.PipeorganPackage.Literals;
import org.pipeorgan.dsl.pipeorgan.PolicyUse;
import org.pipeorgan.dsl.pipeorgan.Sampling;
import org.pipeorgan.dsl.pipeorgan.SamplingMethod;
import org.pipeorgan.dsl.pipeorgan.Study;
import org.pipeorgan.dsl.pipeorgan.Variation;
import org.pipeorgan.dsl.sweep.PointNames;
import org.pipeorgan.dsl.sweep.Property;
import org.pipeorgan.dsl.sweep.Sweep;
import org.pipeorgan.dsl.translation.PolicyTranslator;
import org.pipeorgan.engine.search.PolicyKind;

/** Studies that vary span a space that can be explored. */
public class SweepValidator extends AreaValidator {
	private static final Set<Format> FORMATS = EnumSet.of(Format.HTML, Format.JSON, Format.CSV);
	/** Most points that are evaluated without being asked for by number. */
	private static final long MOST_POINTS = 100_000_000;

	/** One sample; and nothing about a space where there is none. */
	@Check(CheckType.FAST)
	public void checkSections(Study study) {
		checkOnce(study, Literals.STUDY__SAMPLING, "sample");
		if (study.getVariations().isEmpty()) {
			String mending = ", but nothing varies; add, for example, 'vary buffer.size in 256 KiB .. 4 MiB times 2'";
			if (!study.getConditions().isEmpty()) {
				report(IssueCode.MISSING_OPTION, "'where' chooses among points" + mending, study, Literals.STUDY__CONDITIONS, 0);
			}
			if (study.getSampling() != null) {
				report(IssueCode.MISSING_OPTION, "'sample' chooses among points" + mending, study, Literals.STUDY__SAMPLING);
			}
			if (!study.getGoals().isEmpty()) {
				report(IssueCode.MISSING_OPTION, "goals rank points" + mending, study, Literals.STUDY__GOALS, 0);
			}
		}
	}

	/** A sweep has one set of workloads, and no baseline, simulation or files of simulators. */
	@Check(CheckType.FAST)
	public void checkSweep(Study study) {
		if (study.getVariations().isEmpty()) {
			return;
		}
		if (study.getMappings().size() > 1) {
			report(IssueCode.CONFLICTING_OPTIONS, "a study that varies has one 'map': each point runs all its workloads; write them in one line, or another study", study,
					Literals.STUDY__MAPPINGS, 1);
		}
		if (study.isSimulated()) {
			report(IssueCode.CONFLICTING_OPTIONS, "the points of a sweep are not simulated; remove 'simulate', and simulate single points in a study of their own", study,
					Literals.STUDY__SIMULATED);
		}
		for (int i = 0; i < study.getFormats().size(); i++) {
			if (!FORMATS.contains(study.getFormats().get(i))) {
				report(IssueCode.CONFLICTING_OPTIONS, "a sweep writes html, json and csv, but not " + study.getFormats().get(i).getLiteral() + "; remove it", study,
						Literals.STUDY__FORMATS, i);
			}
		}
		for (PolicyUse use : study.getPolicies()) {
			if (use.isBaseline()) {
				report(IssueCode.INVALID_BASELINE, "the points of a sweep are compared by their front, not with a baseline; remove 'as baseline'", use, Literals.POLICY_USE__BASELINE);
			}
		}
	}

	/** Properties exist, can vary, and do so once. */
	@Check(CheckType.NORMAL)
	public void checkVariations(Study study) {
		Map<Object, Variation> seen = new HashMap<>();
		for (Variation variation : study.getVariations()) {
			if (variation.getParameter() != null) {
				if (seen.putIfAbsent(variation.getParameter(), variation) != null) {
					report(IssueCode.DUPLICATE_OPTION, "'" + variation.getParameter().getName() + "' varies already; put all values into one line", variation, Literals.VARIATION__PARAMETER);
				}
			} else if (variation.getProperty() != null) {
				checkProperty(study, variation, seen);
			}
		}
	}

	private void checkProperty(Study study, Variation variation, Map<Object, Variation> seen) {
		Property property = Property.of(variation.getProperty()).orElse(null);
		if (property == null) {
			report(IssueCode.UNRESOLVED_NAME, "there is no property '" + variation.getProperty() + "'; " + Spelling.similar(variation.getProperty(), variable())
					.map(name -> "did you mean '" + name + "'?").orElseGet(() -> "there are " + variable().collect(Collectors.joining(", ")) + ", and declared parameters: 'vary param lanes in ...'"),
					variation, Literals.VARIATION__PROPERTY);
			return;
		}
		if (!property.isVariable()) {
			report(IssueCode.INVALID_VARIATION, property == Property.ARRAY_PES ? "'array.pes' follows from 'array.rows' and 'array.columns'; vary these, or 'array'"
					: "'" + property.path() + "' varies by itself where the study names several; write them behind " + (property == Property.POLICY ? "'policies'"
							: property == Property.ACCELERATOR ? "'on'" : "'with'"), variation, Literals.VARIATION__PROPERTY);
		} else if (seen.putIfAbsent(property, variation) != null) {
			report(IssueCode.DUPLICATE_OPTION, "'" + property.path() + "' varies already; put all values into one line", variation, Literals.VARIATION__PROPERTY);
		} else if (property == Property.ARRAY && (seen.containsKey(Property.ARRAY_ROWS) || seen.containsKey(Property.ARRAY_COLUMNS))
				|| (property == Property.ARRAY_ROWS || property == Property.ARRAY_COLUMNS) && seen.containsKey(Property.ARRAY)) {
			report(IssueCode.CONFLICTING_OPTIONS, "'array' varies rows and columns together, '" + property.path() + "' too; remove one of them", variation, Literals.VARIATION__PROPERTY);
		} else if (property == Property.BUFFER_BANDWIDTH && (seen.containsKey(Property.BUFFER_READS) || seen.containsKey(Property.BUFFER_WRITES))
				|| (property == Property.BUFFER_READS || property == Property.BUFFER_WRITES) && seen.containsKey(Property.BUFFER_BANDWIDTH)) {
			report(IssueCode.CONFLICTING_OPTIONS, "reads and writes of the buffer share 'buffer.bandwidth', or have 'buffer.reads' and 'buffer.writes'; vary the one or the others",
					variation, Literals.VARIATION__PROPERTY);
		} else if (property == Property.POLICY_DEPTH && study.getPolicies().stream().map(PolicyUse::getPolicy)
				.anyMatch(policy -> policy != null && !policy.eIsProxy() && PolicyTranslator.kind(policy).filter(PolicyKind.FIXED::equals).isPresent())) {
			report(IssueCode.UNEXPECTED_OPTION, "a fixed policy is as deep as its segments are; do not vary 'policy.depth' with one", variation, Literals.VARIATION__PROPERTY);
		}
	}

	private static Stream<String> variable() {
		return Arrays.stream(Property.values()).filter(Property::isVariable).map(Property::path);
	}

	/** Values can be listed, and are of the dimension of what varies. */
	@Check(CheckType.NORMAL)
	public void checkValues(Variation variation) {
		boolean known = variation.getParameter() != null ? !variation.getParameter().eIsProxy() : Property.of(String.valueOf(variation.getProperty())).filter(Property::isVariable).isPresent();
		if (known) {
			try {
				Sweep.checkValues(variation);
			} catch (ExpressionException e) {
				report(e);
			}
		}
	}

	/** A sample has points. */
	@Check(CheckType.FAST)
	public void checkSampling(Sampling sampling) {
		boolean grid = sampling.getMethod() == SamplingMethod.GRID;
		if (grid && (sampling.getCount() != null || sampling.getSeed() != null)) {
			report(IssueCode.INVALID_SAMPLING, "a grid has all points; remove the number and the seed, or write 'sample random 1000 seed 1'", sampling, Literals.SAMPLING__METHOD);
		} else if (!grid && sampling.getCount() == null) {
			String method = sampling.getMethod().getLiteral();
			report(IssueCode.INVALID_SAMPLING, "how many points '" + method + "' takes is missing; write, for example, 'sample " + method + " 1000 seed 1'", sampling,
					Literals.SAMPLING__METHOD, "1000");
		}
	}

	/** Conditions and goals mean something in the space, and the space is not too large. */
	@Check(CheckType.NORMAL)
	public void checkSpace(Study study) {
		if (!Sweep.isWhole(study)) {
			return;
		}
		try {
			Sweep sweep = new Sweep(study);
			if (study.getSampling() == null && sweep.space().size() > MOST_POINTS || study.getSampling() != null && study.getSampling().getMethod() == SamplingMethod.GRID
					&& sweep.space().size() > MOST_POINTS) {
				report(IssueCode.INVALID_SAMPLING, String.format(Locale.ROOT, "the space has %,d points, more than %,d; write, for example, 'sample random 10000 seed 1'",
						sweep.space().size(), MOST_POINTS), study, Literals.NAMED_ELEMENT__NAME);
			}
			Terms properties = new Terms(sweep.names(false));
			for (Condition condition : study.getConditions()) {
				check(() -> properties.check(condition));
			}
			Terms all = new Terms(sweep.names(true));
			for (Goals goals : study.getGoals()) {
				for (Expression goal : goals.getValues()) {
					check(() -> all.number(goal));
				}
			}
		} catch (ExpressionException e) {
			// the values are reported where they are written
		} catch (IllegalArgumentException e) {
			report(IssueCode.INVALID_SAMPLING, e.getMessage(), study, Literals.NAMED_ELEMENT__NAME);
		}
	}

	private void check(Runnable meaning) {
		try {
			meaning.run();
		} catch (ExpressionException e) {
			report(e);
		}
	}

	private void report(ExpressionException e) {
		if (e.code() != null && e.place() != null) {
			report(e.code(), e.getMessage(), e.place(), NumberValidator.feature(e), e.data());
		}
	}
}
