package org.pipeorgan.engine.result;

import java.util.List;

/**
 * Everything that a study computed; the writers for reports and simulator files read only this.
 *
 * @param study       name of the study
 * @param objective   what the policies minimised, as in the language
 * @param runs        those that have a mapping, ordered by workload, accelerator, interconnect, policy as the study lists them
 * @param infeasible  those that have none, in the same order
 * @param comparisons against the baseline; empty if the study names none
 */
public record StudyResult(String study, String objective, List<RunResult> runs, List<InfeasibleRun> infeasible, List<Comparison> comparisons) {
	/** Version of the result format, as in {@code result.json}. */
	public static final String SCHEMA = "pipeorgan-result/1";

	/** A result without infeasible runs. */
	public StudyResult(String study, String objective, List<RunResult> runs, List<Comparison> comparisons) {
		this(study, objective, runs, List.of(), comparisons);
	}

	/** Copies its lists. */
	public StudyResult {
		runs = List.copyOf(runs);
		infeasible = List.copyOf(infeasible);
		comparisons = List.copyOf(comparisons);
	}
}
