package org.pipeorgan.engine.search;

import java.util.List;

import org.pipeorgan.engine.hardware.Accelerator;
import org.pipeorgan.engine.interconnect.Interconnect;
import org.pipeorgan.engine.workload.Workload;

/**
 * What is to be computed: each policy on each target.
 *
 * @param name                 as declared
 * @param targets              workloads on accelerators with interconnects, in the order of the report
 * @param policies             each applied to every target
 * @param baseline             the policy that others are compared with, one of {@code policies}; {@code null} for none
 * @param baselineInterconnect name of the interconnect on which the baseline runs; {@code null} for the first target's
 * @param objective            what the policies minimise
 * @param simulated            whether the mappings are simulated too
 */
public record Study(String name, List<Target> targets, List<Policy> policies, Policy baseline, String baselineInterconnect,
		Objective objective, boolean simulated) {

	/** One workload on one accelerator with one interconnect. */
	public record Target(Workload workload, Accelerator accelerator, Interconnect interconnect) {
	}

	/** A study that simulates nothing. */
	public Study(String name, List<Target> targets, List<Policy> policies, Policy baseline, String baselineInterconnect, Objective objective) {
		this(name, targets, policies, baseline, baselineInterconnect, objective, false);
	}

	/** The same study, with its mappings simulated. */
	public Study withSimulation() {
		return new Study(name, targets, policies, baseline, baselineInterconnect, objective, true);
	}

	/** @throws IllegalArgumentException if there is nothing to run or the baseline is not among the policies */
	public Study {
		targets = List.copyOf(targets);
		policies = List.copyOf(policies);
		if (targets.isEmpty() || policies.isEmpty()) {
			throw new IllegalArgumentException("study " + name + " needs at least one workload on an accelerator and one policy");
		}
		if (baseline != null && !policies.contains(baseline)) {
			throw new IllegalArgumentException("the baseline " + baseline.name() + " is not among the policies of study " + name);
		}
	}
}
