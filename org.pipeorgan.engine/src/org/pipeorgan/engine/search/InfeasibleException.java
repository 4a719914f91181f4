package org.pipeorgan.engine.search;

/**
 * No mapping of the policy's space fits the workload and the accelerator, or the one that the user fixed does not; the
 * message names the element, what it needs and what there is.
 */
public final class InfeasibleException extends RuntimeException {
	private static final long serialVersionUID = 1L;
	private final String workload;
	private final String operator;
	private final String policy;
	private final int segment;

	/** @param operator name of the operator that does not fit, or empty */
	public InfeasibleException(String workload, String operator, String message) {
		this(workload, operator, "", -1, message);
	}

	/**
	 * A segment of a fixed mapping is at fault.
	 *
	 * @param operator name of the segment's first operator
	 * @param policy   name of the policy that holds the mapping
	 * @param segment  position of the segment in it
	 */
	InfeasibleException(String workload, String operator, String policy, int segment, String message) {
		super(message);
		this.workload = workload;
		this.operator = operator;
		this.policy = policy;
		this.segment = segment;
	}

	/** Name of the workload. */
	public String workload() {
		return workload;
	}

	/** Name of the operator, or empty. */
	public String operator() {
		return operator;
	}

	/** Name of the policy whose fixed mapping is at fault, or empty. */
	public String policy() {
		return policy;
	}

	/** Position of the segment at fault in the fixed mapping of {@link #policy()}, or -1. */
	public int segment() {
		return segment;
	}
}
