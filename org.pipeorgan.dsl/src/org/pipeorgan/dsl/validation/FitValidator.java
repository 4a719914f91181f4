package org.pipeorgan.dsl.validation;

import java.util.List;

import org.eclipse.emf.ecore.EObject;
import org.eclipse.emf.ecore.EStructuralFeature;
import org.eclipse.xtext.validation.Check;
import org.eclipse.xtext.validation.CheckType;
import org.pipeorgan.dsl.pipeorgan.OperatorMapping;
import org.pipeorgan.dsl.pipeorgan.PipeorganPackage.Literals;
import org.pipeorgan.dsl.pipeorgan.PolicyUse;
import org.pipeorgan.dsl.pipeorgan.Segment;
import org.pipeorgan.dsl.pipeorgan.Study;
import org.pipeorgan.dsl.translation.FixedMappings;
import org.pipeorgan.dsl.translation.PolicyConstraints;
import org.pipeorgan.dsl.translation.Problem;
import org.pipeorgan.dsl.translation.StudyTranslator;
import org.pipeorgan.engine.result.InfeasibleRun;
import org.pipeorgan.engine.search.Capacity;
import org.pipeorgan.engine.search.Policy;
import org.pipeorgan.engine.search.PolicyKind;

/** What policies state about mappings fits on what a study maps onto, as the engine evaluates it. */
public class FitValidator extends AreaValidator {
	/** Fixed mappings have room in the array and the buffer, and so have shares and splits of single operators. */
	@Check(CheckType.EXPENSIVE)
	public void checkStatedMappingsFit(Study study) {
		if (!study.getVariations().isEmpty() || study.getPolicies().stream().noneMatch(use -> statesSomething(use)) || !FixedMappings.problems(study).isEmpty()
				|| !PolicyConstraints.problems(study).isEmpty()) {
			return;
		}
		StudyTranslator.translate(study, Problem.IGNORE).ifPresent(translated -> {
			List<Policy> policies = translated.policies();
			for (int i = 0; i < policies.size(); i++) {
				Policy policy = policies.get(i);
				PolicyUse use = study.getPolicies().get(i);
				if (policy.kind() == PolicyKind.FIXED || !policy.constraints().operators().isEmpty()) {
					translated.targets().stream().flatMap(target -> Capacity.misfit(target, policy).stream()).findFirst().ifPresent(misfit -> report(use, misfit));
				}
			}
		});
	}

	private static boolean statesSomething(PolicyUse use) {
		return use.getPolicy() != null && !use.getPolicy().eIsProxy() && (!FixedMappings.segments(use.getPolicy()).isEmpty() || !PolicyConstraints.operators(use.getPolicy()).isEmpty());
	}

	private void report(PolicyUse use, InfeasibleRun misfit) {
		EObject place = use;
		EStructuralFeature feature = Literals.POLICY_USE__POLICY;
		if (misfit.segment() >= 0) {
			Segment segment = FixedMappings.segments(use.getPolicy()).get(misfit.segment());
			if (segment.eResource() == use.eResource()) {
				place = segment;
				feature = Literals.SEGMENT__FIRST;
			}
		} else {
			OperatorMapping stated = PolicyConstraints.operators(use.getPolicy()).stream().filter(operator -> operator.getName().equals(misfit.operator())).findFirst().orElse(null);
			if (stated != null && stated.eResource() == use.eResource()) {
				place = stated;
				feature = Literals.OPERATOR_MAPPING__NAME;
			}
		}
		report(IssueCode.UNFIT_MAPPING, misfit.reason(), place, feature);
	}
}
