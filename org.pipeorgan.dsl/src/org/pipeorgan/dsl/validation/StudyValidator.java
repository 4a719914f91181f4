package org.pipeorgan.dsl.validation;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;

import org.eclipse.emf.ecore.EObject;
import org.eclipse.xtext.validation.Check;
import org.eclipse.xtext.validation.CheckType;
import org.pipeorgan.dsl.pipeorgan.Accelerator;
import org.pipeorgan.dsl.pipeorgan.Interconnect;
import org.pipeorgan.dsl.pipeorgan.Mapping;
import org.pipeorgan.dsl.pipeorgan.PipeorganPackage.Literals;
import org.pipeorgan.dsl.pipeorgan.PolicyUse;
import org.pipeorgan.dsl.pipeorgan.Study;
import org.pipeorgan.dsl.pipeorgan.Workload;
import org.pipeorgan.dsl.translation.FixedMappings;
import org.pipeorgan.dsl.translation.PolicyConstraints;
import org.pipeorgan.dsl.translation.StudyTranslator;

/** Studies can be run and compared. */
public class StudyValidator extends AreaValidator {
	/** What is mapped, and how. */
	@Check(CheckType.FAST)
	public void checkComplete(Study study) {
		if (study.getMappings().isEmpty()) {
			checkPresent(null, study, Literals.NAMED_ELEMENT__NAME, "what is mapped", "map structured.ES_RITNet on EdgeXR with mesh, amp");
		}
		if (study.getPolicies().isEmpty()) {
			checkPresent(null, study, Literals.NAMED_ELEMENT__NAME, "the list of policies", "policies pipeorgan, tangram as baseline");
		}
	}

	/** One objective. */
	@Check(CheckType.FAST)
	public void checkSectionsOnce(Study study) {
		checkOnce(study, Literals.STUDY__OBJECTIVE, "objective");
	}

	/** Every accelerator has an interconnect. */
	@Check(CheckType.NORMAL)
	public void checkInterconnects(Mapping mapping) {
		for (int i = 0; i < mapping.getAccelerators().size(); i++) {
			Accelerator accelerator = mapping.getAccelerators().get(i);
			if (accelerator != null && !accelerator.eIsProxy() && StudyTranslator.interconnects(mapping, accelerator).isEmpty()) {
				report(IssueCode.MISSING_INTERCONNECT, "accelerator '" + accelerator.getName()
						+ "' names no interconnect; write 'with mesh' after it, or 'interconnect mesh' in its declaration", mapping,
						Literals.MAPPING__ACCELERATORS, i, "with mesh");
			}
		}
	}

	/** Nothing runs twice. */
	@Check(CheckType.NORMAL)
	public void checkTargetsAreUnique(Study study) {
		Set<String> seen = new HashSet<>();
		for (Mapping mapping : study.getMappings()) {
			for (int i = 0; i < mapping.getWorkloads().size(); i++) {
				Workload workload = mapping.getWorkloads().get(i);
				for (Accelerator accelerator : mapping.getAccelerators()) {
					if (isMissing(workload) || isMissing(accelerator)) {
						continue;
					}
					for (Interconnect interconnect : StudyTranslator.interconnects(mapping, accelerator)) {
						if (!isMissing(interconnect) && !seen.add(label(workload) + "\n" + accelerator.getName() + "\n" + interconnect.getName())) {
							report(IssueCode.DUPLICATE_RUN, "workload '" + workload.getName() + "' on '" + accelerator.getName() + "' with '"
									+ interconnect.getName() + "' is already in this study; remove one of them", mapping, Literals.MAPPING__WORKLOADS, i);
						}
					}
				}
			}
		}
	}

	/** No policy twice. */
	@Check(CheckType.NORMAL)
	public void checkPoliciesAreUnique(Study study) {
		Set<String> seen = new HashSet<>();
		for (PolicyUse use : study.getPolicies()) {
			if (!isMissing(use.getPolicy()) && !seen.add(use.getPolicy().getName())) {
				report(IssueCode.DUPLICATE_RUN, "policy '" + use.getPolicy().getName() + "' is already in this study; remove one of them", use,
						Literals.POLICY_USE__POLICY);
			}
		}
	}

	/** What policies name is in each workload that they map. */
	@Check(CheckType.NORMAL)
	public void checkFixedMappings(Study study) {
		FixedMappings.problems(study).forEach(this::report);
		PolicyConstraints.problems(study).forEach(this::report);
	}

	/** A fixed policy cuts tensors into no more parts than they have rows and columns, or channels. */
	@Check(CheckType.NORMAL)
	public void checkChunks(Study study) {
		FixedMappings.excessChunks(study).forEach(this::report);
	}

	/** One baseline, on an interconnect of the study. */
	@Check(CheckType.NORMAL)
	public void checkBaseline(Study study) {
		Set<Interconnect> interconnects = new LinkedHashSet<>();
		for (Mapping mapping : study.getMappings()) {
			mapping.getAccelerators().stream().filter(accelerator -> !isMissing(accelerator))
					.forEach(accelerator -> interconnects.addAll(StudyTranslator.interconnects(mapping, accelerator)));
		}
		boolean found = false;
		for (PolicyUse use : study.getPolicies()) {
			if (!use.isBaseline()) {
				continue;
			}
			if (found) {
				report(IssueCode.INVALID_BASELINE, "a study has one baseline; remove 'as baseline' from all policies but one", use, Literals.POLICY_USE__BASELINE);
			}
			found = true;
			Interconnect interconnect = use.getBaselineInterconnect();
			if (!isMissing(interconnect) && !interconnects.contains(interconnect)) {
				report(IssueCode.INVALID_BASELINE, "nothing is mapped with '" + interconnect.getName() + "', so the baseline cannot run on it; add it after 'with'",
						use, Literals.POLICY_USE__BASELINE_INTERCONNECT);
			}
		}
	}

	private static boolean isMissing(EObject object) {
		return object == null || object.eIsProxy();
	}

	private static String label(Workload workload) {
		return workload.eResource() == null ? workload.getName() : workload.eResource().getURI() + "#" + workload.getName();
	}
}
