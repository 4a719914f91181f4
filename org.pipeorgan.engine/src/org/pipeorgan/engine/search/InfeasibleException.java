package org.pipeorgan.engine.search;

import org.pipeorgan.engine.result.InfeasibleRun;

/**
 * No mapping of the policy's space fits the workload and the accelerator, or the one that the user fixed does not; the
 * message names the element, what it needs and what there is.
 */
final class InfeasibleException extends RuntimeException {
	private static final long serialVersionUID = 1L;
	private final String operator;
	private final int segment;

	/** @param operator name of the operator that does not fit, or empty */
	InfeasibleException(String operator, String message) {
		this(operator, -1, message);
	}

	/**
	 * A segment of a fixed mapping is at fault.
	 *
	 * @param operator name of the segment's first operator
	 * @param segment  position of the segment in it
	 */
	InfeasibleException(String operator, int segment, String message) {
		super(message);
		this.operator = operator;
		this.segment = segment;
	}

	/** The run that has no mapping. */
	InfeasibleRun run(Study.Target target, Policy policy) {
		return new InfeasibleRun(target.workload().name(), target.workload().form(), target.accelerator().name(), target.interconnect().name(), policy.name(), policy.restricted(), operator, segment,
				getMessage());
	}
}
