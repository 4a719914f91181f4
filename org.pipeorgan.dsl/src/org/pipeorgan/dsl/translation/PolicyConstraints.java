package org.pipeorgan.dsl.translation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.eclipse.emf.ecore.EObject;
import org.eclipse.emf.ecore.EStructuralFeature;
import org.eclipse.xtext.validation.ValidationMessageAcceptor;
import org.pipeorgan.dsl.expressions.Numbers;
import org.pipeorgan.dsl.expressions.Refinement;
import org.pipeorgan.dsl.pipeorgan.OperatorMapping;
import org.pipeorgan.dsl.pipeorgan.PipeorganPackage.Literals;
import org.pipeorgan.dsl.pipeorgan.Policy;
import org.pipeorgan.dsl.pipeorgan.PolicyUse;
import org.pipeorgan.dsl.pipeorgan.Study;
import org.pipeorgan.dsl.pipeorgan.Together;
import org.pipeorgan.dsl.validation.IssueCode;
import org.pipeorgan.engine.search.Constraints;
import org.pipeorgan.engine.search.FixedMapping.NamedChoice;
import org.pipeorgan.engine.search.FixedMapping.Topic;

/** Translates what policies fix of the mappings that they search, and looks up what they name. A section takes the place of the base's. */
public final class PolicyConstraints {
	/** Sections, each with where it stands. */
	private static final List<EStructuralFeature> SECTIONS = List.of(Literals.POLICY__ORGANIZATIONS, Literals.POLICY__ORDERS, Literals.POLICY__GRANULARITIES, Literals.POLICY__LEAST_CHUNKS,
			Literals.POLICY__WEIGHTS, Literals.POLICY__CUTS, Literals.POLICY__TOGETHER, Literals.POLICY__KEPT, Literals.POLICY__SPILLED, Literals.POLICY__OPERATORS);

	private PolicyConstraints() {
	}

	/** The sections that a policy writes itself. */
	public static List<EStructuralFeature> sections(Policy policy) {
		return SECTIONS.stream().filter(policy::eIsSet).toList();
	}

	/** What a policy fixes, of its own or from its base. @throws org.pipeorgan.dsl.expressions.ExpressionException if a number is none */
	static Constraints of(Policy policy) {
		return new Constraints(list(policy, Policy::getOrganizations).stream().map(Enums::of).collect(Collectors.toSet()),
				list(policy, Policy::getOrders).stream().map(Enums::of).collect(Collectors.toSet()),
				list(policy, Policy::getGranularities).stream().map(Enums::of).collect(Collectors.toSet()), chunks(policy),
				list(policy, Policy::getWeights).stream().map(Enums::of).collect(Collectors.toSet()), names(policy, Policy::getCuts),
				list(policy, Policy::getTogether).stream().filter(each -> each.getFirst() != null && each.getLast() != null)
						.map(each -> new Constraints.Together(each.getFirst(), each.getLast())).toList(),
				names(policy, Policy::getKept), names(policy, Policy::getSpilled), operators(policy).stream()
						.map(operator -> new NamedChoice(operator.getName(), FixedMappings.choice(operator, Numbers.of(operator)))).toList());
	}

	private static <T> List<T> list(Policy policy, Function<Policy, List<T>> section) {
		return Refinement.lineage(policy).stream().map(section).filter(list -> !list.isEmpty()).findFirst().orElse(List.of());
	}

	private static List<String> names(Policy policy, Function<Policy, List<String>> section) {
		return list(policy, section).stream().filter(name -> name != null).distinct().toList();
	}

	private static Constraints.Range chunks(Policy policy) {
		Optional<Policy> stating = Refinement.nearestThat(Refinement.lineage(policy), each -> each.getLeastChunks() != null);
		if (stating.isEmpty()) {
			return Constraints.Range.OPEN;
		}
		Numbers numbers = Numbers.of(stating.get());
		long least = numbers.count(stating.get().getLeastChunks());
		return new Constraints.Range(least, stating.get().getMostChunks() == null ? least : numbers.count(stating.get().getMostChunks()));
	}

	/** Of operators that a policy and its base both speak of, what the policy says. */
	public static List<OperatorMapping> operators(Policy policy) {
		List<OperatorMapping> operators = new ArrayList<>();
		Set<String> above = new HashSet<>();
		for (Policy ancestor : Refinement.lineage(policy)) {
			ancestor.getOperators().stream().filter(operator -> operator.getName() != null && !above.contains(operator.getName())).forEach(operators::add);
			ancestor.getOperators().forEach(operator -> above.add(operator.getName()));
		}
		return operators;
	}

	/** What keeps the workloads of a study from meeting what its policies fix. A problem stands at the policy, or, if that is in another file, where the study uses it. */
	public static Set<Problem> problems(Study study) {
		Set<Problem> problems = new LinkedHashSet<>();
		for (PolicyUse use : study.getPolicies()) {
			if (use.getPolicy() != null && !use.getPolicy().eIsProxy()) {
				PolicyTranslator.translate(use.getPolicy(), Problem.IGNORE).filter(policy -> !policy.constraints().isEmpty()).ifPresent(policy -> FixedMappings.workloads(study).stream()
						.flatMap(workload -> policy.constraints().faults(workload, policy.maxDepth()).stream())
						.map(fault -> problem(use.getPolicy(), fault, use, Literals.POLICY_USE__POLICY)).forEach(problems::add));
			}
		}
		return problems;
	}

	/** A fault at the section that is at fault, or, where the policy has that from a base, elsewhere. */
	static Problem problem(Policy policy, Constraints.Fault fault, EObject elsewhere, EStructuralFeature feature) {
		IssueCode code = code(fault.topic());
		EStructuralFeature section = SECTIONS.get(Math.min(fault.section().ordinal(), Constraints.Section.OPERATOR.ordinal()));
		if (policy.eResource() != elsewhere.eResource() || !policy.eIsSet(section)) {
			return Problem.at(elsewhere, feature, code, "policy '" + policy.getName() + "': " + fault.message());
		}
		if (section == Literals.POLICY__OPERATORS) {
			List<OperatorMapping> operators = operators(policy);
			OperatorMapping operator = operators.get(Math.min(fault.index(), operators.size() - 1));
			return operator.eContainer() == policy ? Problem.at(operator, Literals.OPERATOR_MAPPING__NAME, code, fault.message()) : Problem.at(elsewhere, feature, code, fault.message());
		}
		if (section == Literals.POLICY__TOGETHER) {
			Together together = policy.getTogether().get(Math.min(fault.index(), policy.getTogether().size() - 1));
			return Problem.at(together, Literals.TOGETHER__FIRST, code, fault.message());
		}
		return new Problem(policy, section, section.isMany() ? fault.index() : ValidationMessageAcceptor.INSIGNIFICANT_INDEX, code, fault.message());
	}

	/** The issue code of a topic. */
	static IssueCode code(Topic topic) {
		return switch (topic) {
		case NAME -> IssueCode.UNRESOLVED_NAME;
		case COVERAGE -> IssueCode.INCOMPLETE_MAPPING;
		case TOGETHER -> IssueCode.INFEASIBLE_MAPPING;
		case RESIDENCE -> IssueCode.INVALID_RESIDENCE;
		case VALUE -> IssueCode.VALUE_OUT_OF_RANGE;
		case CONFLICT -> IssueCode.CONFLICTING_OPTIONS;
		};
	}
}
