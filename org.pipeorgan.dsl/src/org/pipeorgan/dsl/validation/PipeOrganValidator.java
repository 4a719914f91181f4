package org.pipeorgan.dsl.validation;

import org.eclipse.xtext.validation.ComposedChecks;

/** All rules of the language: one list for the command line, the language server and the workbench. */
@ComposedChecks(validators = { NameValidator.class, ImportValidator.class, NumberValidator.class, RefinementValidator.class, WorkloadValidator.class, BlockValidator.class,
		OperatorValidator.class, CompletenessValidator.class,
		AcceleratorValidator.class, InterconnectValidator.class, PolicyValidator.class, SegmentValidator.class, StudyValidator.class, SweepValidator.class, PairingValidator.class, FitValidator.class, PlausibilityValidator.class,
		UsageValidator.class })
public class PipeOrganValidator extends AbstractPipeOrganValidator {
	/** Models that were not read from text are checked too. */
	@Override
	public boolean isLanguageSpecific() {
		return false;
	}
}
