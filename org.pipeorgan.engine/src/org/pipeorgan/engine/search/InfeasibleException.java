package org.pipeorgan.engine.search;

/** No mapping of the policy's space fits on the accelerator; the message names the operator, what it needs and what there is. */
public final class InfeasibleException extends RuntimeException {
	private static final long serialVersionUID = 1L;
	private final String workload;
	private final String operator;

	/** @param operator name of the operator that does not fit, or empty */
	public InfeasibleException(String workload, String operator, String message) {
		super(message);
		this.workload = workload;
		this.operator = operator;
	}

	/** Name of the workload. */
	public String workload() {
		return workload;
	}

	/** Name of the operator, or empty. */
	public String operator() {
		return operator;
	}
}
