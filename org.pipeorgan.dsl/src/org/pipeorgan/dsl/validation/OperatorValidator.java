package org.pipeorgan.dsl.validation;

import static org.pipeorgan.dsl.pipeorgan.PipeorganPackage.Literals.NAMED_ELEMENT__NAME;
import static org.pipeorgan.dsl.pipeorgan.PipeorganPackage.Literals.OPERATOR__OPERANDS;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.eclipse.xtext.validation.Check;
import org.eclipse.xtext.validation.CheckType;
import org.pipeorgan.dsl.pipeorgan.AxisOption;
import org.pipeorgan.dsl.pipeorgan.Operator;
import org.pipeorgan.dsl.pipeorgan.OperatorOption;
import org.pipeorgan.dsl.pipeorgan.PipeorganPackage.Literals;
import org.pipeorgan.dsl.pipeorgan.RangeOption;
import org.pipeorgan.dsl.pipeorgan.Rank;
import org.pipeorgan.dsl.pipeorgan.Resize;
import org.pipeorgan.dsl.pipeorgan.ScaleOption;
import org.pipeorgan.dsl.pipeorgan.SizeOption;
import org.pipeorgan.dsl.translation.OperatorOptions;

/** Operators have the operands and options that their kind takes, each once. */
public class OperatorValidator extends AreaValidator {
	/** Number of operands. */
	@Check(CheckType.FAST)
	public void checkOperandCount(Operator operator) {
		OperatorSignature signature = OperatorSignature.of(operator);
		int count = operator.getOperands().size();
		if (count > 0 && (count < signature.leastOperands() || count > signature.mostOperands())) {
			String wanted = signature.mostOperands() == OperatorSignature.ANY ? "at least " + signature.leastOperands() : String.valueOf(signature.leastOperands());
			report(IssueCode.OPERAND_COUNT, signature.keyword() + " takes " + wanted + (wanted.equals("1") ? " operand" : " operands") + ", not " + count
					+ "; write, for example, '" + signature.example() + "'", operator, OPERATOR__OPERANDS);
		}
	}

	/** Each option once, and only those that the kind takes. */
	@Check(CheckType.FAST)
	public void checkOptionsFit(Operator operator) {
		OperatorSignature signature = OperatorSignature.of(operator);
		Set<String> seen = new HashSet<>();
		for (OperatorOption option : operator.getOptions()) {
			String keyword = OperatorSignature.keyword(option);
			if (!signature.takes(keyword)) {
				String taken = Stream.concat(signature.required().stream(), signature.optional().stream()).collect(Collectors.joining(", "));
				report(IssueCode.UNEXPECTED_OPTION, signature.keyword() + " takes no '" + keyword + "'; "
						+ (taken.isEmpty() ? "it takes no options" : "it takes " + taken), option, null, keyword);
			} else if (!seen.add(keyword)) {
				report(IssueCode.DUPLICATE_OPTION, "'" + keyword + "' is written twice; keep one of them", option, null, keyword);
			}
		}
	}

	/** Required options are there. */
	@Check(CheckType.FAST)
	public void checkRequiredOptions(Operator operator) {
		OperatorSignature signature = OperatorSignature.of(operator);
		Set<String> there = operator.getOptions().stream().map(OperatorSignature::keyword).collect(Collectors.toSet());
		for (String required : signature.required()) {
			if (!there.contains(required)) {
				report(IssueCode.MISSING_OPTION, signature.keyword() + " needs '" + required + "'; write, for example, '" + signature.example() + "'", operator,
						NAMED_ELEMENT__NAME, required);
			}
		}
	}

	/** A resize has one of its two options. */
	@Check(CheckType.FAST)
	public void checkResizeTarget(Resize resize) {
		boolean scale = OperatorOptions.find(resize, ScaleOption.class).isPresent();
		boolean size = OperatorOptions.find(resize, SizeOption.class).isPresent();
		if (!scale && !size) {
			report(IssueCode.MISSING_OPTION, "resize needs 'scale' or 'to'; write, for example, 'y = resize(x) scale 2' or 'y = resize(x) to 14 x 14'", resize,
					NAMED_ELEMENT__NAME, "scale");
		} else if (scale && size) {
			report(IssueCode.CONFLICTING_OPTIONS, "resize takes 'scale' or 'to', not both; remove one of them", resize, NAMED_ELEMENT__NAME);
		}
	}

	/** Softmax and normalisation run over C or H. */
	@Check(CheckType.FAST)
	public void checkAxis(AxisOption option) {
		if (option.getRank() != Rank.C && option.getRank() != Rank.H) {
			report(IssueCode.UNEXPECTED_OPTION, "'over " + option.getRank() + "' is not possible; write 'over C' for channels or 'over H' for rows and columns",
					option, Literals.AXIS_OPTION__RANK, "C", "H");
		}
	}

	/** A slice is along C. */
	@Check(CheckType.FAST)
	public void checkRange(RangeOption option) {
		if (option.getRank() != Rank.C) {
			report(IssueCode.UNEXPECTED_OPTION, "a slice is along C, not along " + option.getRank() + "; write, for example, 'C 0 .. 31'", option,
					Literals.RANGE_OPTION__RANK, "C");
		}
	}
}
