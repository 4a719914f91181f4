package org.pipeorgan.engine.result;

import java.util.List;

/**
 * Everything that a study computed; the writers for reports and simulator files read only this.
 *
 * @param study       name of the study
 * @param objective   what the policies minimised, as in the language
 * @param runs        ordered by workload, accelerator, interconnect, policy as the study lists them
 * @param comparisons against the baseline; empty if the study names none
 */
public record StudyResult(String study, String objective, List<RunResult> runs, List<Comparison> comparisons) {
	/** Version of the result format, as in {@code result.json}. */
	public static final String SCHEMA = "pipeorgan-result/1";

	/** Copies its lists. */
	public StudyResult {
		runs = List.copyOf(runs);
		comparisons = List.copyOf(comparisons);
	}
}
