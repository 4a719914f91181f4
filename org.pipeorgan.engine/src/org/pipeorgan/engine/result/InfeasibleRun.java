package org.pipeorgan.engine.result;

/**
 * A run of a study that has no mapping.
 *
 * @param workload     name of the workload
 * @param form         reading of the workload, or empty
 * @param accelerator  name of the accelerator
 * @param interconnect name of the interconnect
 * @param policy       name of the policy
 * @param restricted   whether the policy is kept from its best choices
 * @param operator     name of the operator that is at fault, or empty
 * @param segment      position of the segment at fault in the policy's fixed mapping; -1 for none
 * @param reason       what does not fit, with both numbers, and what would mend it
 */
public record InfeasibleRun(String workload, String form, String accelerator, String interconnect, String policy, boolean restricted, String operator, int segment,
		String reason) {

	/** Name of the workload with its form: {@code structured.ES_RITNet}. */
	public String workloadLabel() {
		return form.isEmpty() ? workload : form + "." + workload;
	}
}
