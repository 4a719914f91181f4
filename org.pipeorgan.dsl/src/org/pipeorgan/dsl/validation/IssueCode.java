package org.pipeorgan.dsl.validation;

import java.util.Arrays;
import java.util.Optional;

import org.eclipse.xtext.diagnostics.Severity;

/**
 * Every problem that the language reports. The code is stable: it stands in messages, in the reference and in the
 * preferences that change a severity.
 */
public enum IssueCode {
	/** Text that the grammar does not allow. */
	SYNTAX_ERROR("syntax-error"),
	/** A number that is too large or not a number. */
	NUMBER_OUT_OF_RANGE("number-out-of-range"),
	/** A reference to something that does not exist or is not visible. */
	UNRESOLVED_NAME("unresolved-name"),
	/** An import that finds nothing. */
	UNRESOLVED_IMPORT("unresolved-import"),
	/** Two declarations, or two values of a workload, of the same name. */
	DUPLICATE_NAME("duplicate-name"),
	/** A quantity without a unit. */
	MISSING_UNIT("missing-unit"),
	/** A unit that does not exist. */
	UNKNOWN_UNIT("unknown-unit"),
	/** A unit of another dimension than the place wants. */
	WRONG_DIMENSION("wrong-dimension"),
	/** Zero or less where only more makes sense. */
	NON_POSITIVE_VALUE("non-positive-value"),
	/** A value outside the range that the engine accepts. */
	VALUE_OUT_OF_RANGE("value-out-of-range"),
	/** A value that is read before the line that defines it. */
	USED_BEFORE_DEFINITION("used-before-definition"),
	/** The same option or section twice. */
	DUPLICATE_OPTION("duplicate-option"),
	/** An option that the operator does not take. */
	UNEXPECTED_OPTION("unexpected-option"),
	/** An option or section that has to be there. */
	MISSING_OPTION("missing-option"),
	/** Too few or too many operands. */
	OPERAND_COUNT("operand-count"),
	/** Options or sections that exclude each other. */
	CONFLICTING_OPTIONS("conflicting-options"),
	/** Shapes of operands that do not fit each other or the operator. */
	SHAPE_MISMATCH("shape-mismatch"),
	/** A workload without an operator. */
	EMPTY_WORKLOAD("empty-workload"),
	/** A declaration that refines itself. */
	REFINEMENT_CYCLE("refinement-cycle"),
	/** A parameter that is computed from itself. */
	PARAMETER_CYCLE("parameter-cycle"),
	/** A block that is made of itself. */
	BLOCK_CYCLE("block-cycle"),
	/** An accelerator without an interconnect in a study that names none. */
	MISSING_INTERCONNECT("missing-interconnect"),
	/** A baseline that cannot be compared with. */
	INVALID_BASELINE("invalid-baseline"),
	/** Values of a varied parameter that cannot be listed. */
	INVALID_VARIATION("invalid-variation"),
	/** A sample that cannot be drawn. */
	INVALID_SAMPLING("invalid-sampling"),
	/** The same workload, accelerator and interconnect, or the same policy, twice in a study. */
	DUPLICATE_RUN("duplicate-run"),
	/** A fixed mapping whose segments do not cover a workload's operators once, in file order. */
	INCOMPLETE_MAPPING("incomplete-mapping"),
	/** A tensor of a fixed mapping that cannot be kept in the buffer. */
	INVALID_RESIDENCE("invalid-residence"),
	/** A workload that no mapping of a policy fits on an accelerator, or not the one that is fixed; mostly found when a study is run. */
	INFEASIBLE_MAPPING("infeasible-mapping"),
	/** An operator that needs more of the buffer, alone, than there is. */
	TIGHT_BUFFER("tight-buffer", Severity.WARNING),
	/** A fixed mapping, or a share or split of an operator, for which an accelerator of a study has no room. */
	UNFIT_MAPPING("unfit-mapping", Severity.WARNING),
	/** More chunks than there are parts of a tensor to cut. */
	EXCESS_CHUNKS("excess-chunks", Severity.WARNING),
	/** Long links of a pattern that the array is too small for. */
	UNREACHABLE_LINKS("unreachable-links", Severity.WARNING),
	/** A bandwidth that something next to it cannot use. */
	UNUSABLE_BANDWIDTH("unusable-bandwidth", Severity.WARNING),
	/** A value far from everything that is built, mostly a wrong unit. */
	SUSPICIOUS_VALUE("suspicious-value", Severity.WARNING),
	/** A parameter that nothing is computed from. */
	UNUSED_PARAMETER("unused-parameter", Severity.WARNING),
	/** An input, or a value of a block, that nothing reads. */
	UNUSED_VALUE("unused-value", Severity.WARNING),
	/** An import of which nothing is used. */
	UNUSED_IMPORT("unused-import", Severity.WARNING),
	/** A declaration in a file with studies that no study needs, or a block in a file with workloads that none uses. */
	UNUSED_DECLARATION("unused-declaration", Severity.INFO),
	/** A settings file with a line that means nothing. */
	INVALID_SETTINGS("invalid-settings", Severity.WARNING);

	private final String id;
	private final Severity severity;

	IssueCode(String id) {
		this(id, Severity.ERROR);
	}

	IssueCode(String id, Severity severity) {
		this.id = id;
		this.severity = severity;
	}

	/** The stable code. */
	public String id() {
		return id;
	}

	/** The severity unless the user sets another. */
	public Severity severity() {
		return severity;
	}

	/** Whether users may choose the severity. What is an error of its own leaves nothing to compute, so it stays one. */
	public boolean isConfigurable() {
		return severity != Severity.ERROR;
	}

	/** The issue code of this id. */
	public static Optional<IssueCode> of(String id) {
		return Arrays.stream(values()).filter(code -> code.id.equals(id)).findFirst();
	}
}
