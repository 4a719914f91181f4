package org.pipeorgan.dsl.translation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

import org.pipeorgan.dsl.pipeorgan.Accelerator;
import org.pipeorgan.dsl.pipeorgan.Interconnect;
import org.pipeorgan.dsl.pipeorgan.Mapping;
import org.pipeorgan.dsl.pipeorgan.PolicyUse;
import org.pipeorgan.dsl.pipeorgan.Study;
import org.pipeorgan.dsl.pipeorgan.Workload;
import org.pipeorgan.engine.search.Objective;
import org.pipeorgan.engine.search.Policy;
import org.pipeorgan.engine.search.Study.Target;

/** Translates a study with everything that it names; each workload and each piece of hardware once. */
public final class StudyTranslator {
	private final Consumer<Problem> problems;
	private final Map<Workload, Optional<org.pipeorgan.engine.workload.Workload>> workloads = new HashMap<>();
	private final Map<Accelerator, Optional<org.pipeorgan.engine.hardware.Accelerator>> accelerators = new HashMap<>();

	private StudyTranslator(Consumer<Problem> problems) {
		this.problems = problems;
	}

	/** The engine's study; empty if a problem was found, in the study or in something that it names. */
	public static Optional<org.pipeorgan.engine.search.Study> translate(Study study, Consumer<Problem> problems) {
		return new StudyTranslator(problems).study(study);
	}

	/** The interconnects of a line of a study on one accelerator: those written, else the accelerator's own. */
	public static List<Interconnect> interconnects(Mapping mapping, Accelerator accelerator) {
		if (!mapping.getInterconnects().isEmpty()) {
			return mapping.getInterconnects();
		}
		Interconnect own = AcceleratorParts.of(accelerator).interconnect();
		return own == null ? List.of() : List.of(own);
	}

	private Optional<org.pipeorgan.engine.search.Study> study(Study study) {
		List<Target> targets = new ArrayList<>();
		boolean complete = true;
		for (Mapping mapping : study.getMappings()) {
			for (Workload workload : mapping.getWorkloads()) {
				for (Accelerator accelerator : mapping.getAccelerators()) {
					for (Interconnect interconnect : interconnects(mapping, accelerator)) {
						complete &= target(workload, accelerator, interconnect).map(targets::add).orElse(false);
					}
				}
			}
		}
		List<Policy> policies = new ArrayList<>();
		Policy baseline = null;
		String baselineInterconnect = null;
		for (PolicyUse use : study.getPolicies()) {
			Optional<Policy> policy = PolicyTranslator.translate(use.getPolicy(), problems);
			complete &= policy.map(policies::add).orElse(false);
			if (use.isBaseline() && policy.isPresent()) {
				baseline = policy.get();
				baselineInterconnect = use.getBaselineInterconnect() == null ? null : use.getBaselineInterconnect().getName();
			}
		}
		if (!complete || targets.isEmpty() || policies.isEmpty()) {
			return Optional.empty();
		}
		return Optional.of(new org.pipeorgan.engine.search.Study(study.getName(), targets, policies, baseline, baselineInterconnect,
				objective(study), study.isSimulated()));
	}

	private Optional<Target> target(Workload workload, Accelerator accelerator, Interconnect interconnect) {
		Optional<org.pipeorgan.engine.workload.Workload> w = workloads.computeIfAbsent(workload,
				key -> WorkloadTranslator.translate(key, problems));
		Optional<org.pipeorgan.engine.hardware.Accelerator> a = accelerators.computeIfAbsent(accelerator,
				key -> HardwareTranslator.accelerator(key, problems));
		if (w.isEmpty() || a.isEmpty()) {
			return Optional.empty();
		}
		return HardwareTranslator.interconnect(interconnect, a.get().clockHertz(), problems)
				.map(i -> new Target(w.get(), a.get(), i));
	}

	/** What the policies of a study minimise. */
	public static Objective objective(Study study) {
		return switch (study.getObjective()) {
		case LATENCY -> Objective.LATENCY;
		case ENERGY -> Objective.ENERGY;
		case EDP -> Objective.ENERGY_DELAY;
		case MEMORY -> Objective.MEMORY_TRAFFIC;
		};
	}
}
