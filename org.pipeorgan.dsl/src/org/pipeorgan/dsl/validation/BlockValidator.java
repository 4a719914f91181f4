package org.pipeorgan.dsl.validation;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.eclipse.xtext.validation.Check;
import org.eclipse.xtext.validation.CheckType;
import org.pipeorgan.dsl.pipeorgan.Argument;
import org.pipeorgan.dsl.pipeorgan.Block;
import org.pipeorgan.dsl.pipeorgan.BlockUse;
import org.pipeorgan.dsl.pipeorgan.Graph;
import org.pipeorgan.dsl.pipeorgan.Parameter;
import org.pipeorgan.dsl.pipeorgan.PipeorganPackage.Literals;
import org.pipeorgan.dsl.pipeorgan.Value;
import org.pipeorgan.dsl.translation.Graphs;
import org.pipeorgan.dsl.translation.WorkloadTranslator;

/** Blocks compute something, are not made of themselves, and are used with what they need. */
public class BlockValidator extends AreaValidator {
	/** A block computes something. */
	@Check(CheckType.FAST)
	public void checkNotEmpty(Block block) {
		if (block.getName() != null && Graphs.values(block).skip(block.getInputs().size()).findAny().isEmpty()) {
			report(IssueCode.EMPTY_WORKLOAD, "block '" + block.getName() + "' has no operator; add one, such as 'y = conv(x) K 8 R 3 S 3 pad 1'", block,
					Literals.NAMED_ELEMENT__NAME);
		}
	}

	/** A use of a block does not end up in that block. */
	@Check(CheckType.NORMAL)
	public void checkNoCycle(BlockUse use) {
		if (!(use.eContainer() instanceof Block around)) {
			return;
		}
		// a longer way round than blocks may be deep is an error where they are used
		Set<Block> seen = new HashSet<>();
		Set<Block> level = Set.of(use.getBlock());
		for (int depth = 0; depth <= WorkloadTranslator.DEEPEST && !level.contains(around); depth++) {
			seen.addAll(level);
			level = level.stream().flatMap(block -> block.getMembers().stream()).filter(BlockUse.class::isInstance).map(member -> ((BlockUse) member).getBlock())
					.filter(block -> !block.eIsProxy() && !seen.contains(block)).collect(Collectors.toSet());
		}
		if (level.contains(around)) {
			report(IssueCode.BLOCK_CYCLE, "block '" + around.getName() + "' ends up using itself; a block is made of operators and of other blocks", use,
					Literals.BLOCK_USE__BLOCK);
		}
	}

	/** As many values and names as the block has inputs and results. */
	@Check(CheckType.NORMAL)
	public void checkCounts(BlockUse use) {
		Block block = use.getBlock();
		if (block.eIsProxy()) {
			return;
		}
		String inputs = block.getInputs().stream().map(Value::getName).collect(Collectors.joining(", "));
		if (!use.getOperands().isEmpty() && use.getOperands().size() != block.getInputs().size()) {
			report(IssueCode.OPERAND_COUNT, "block '" + block.getName() + "' reads " + block.getInputs().size() + " values (" + inputs + "), not " + use.getOperands().size(), use,
					Literals.BLOCK_USE__OPERANDS);
		}
		List<Value> results = Graphs.results(block);
		if (!results.isEmpty() && results.size() != use.getResults().size()) {
			String names = results.stream().map(value -> value == null ? "?" : value.getName()).collect(Collectors.joining(", "));
			report(IssueCode.OPERAND_COUNT, "block '" + block.getName() + "' computes " + results.size() + " values (" + names + "), but there " + (use.getResults().size() == 1
					? "is 1 name" : "are " + use.getResults().size() + " names") + "; write, for example, '" + (results.size() == 1 ? "y" : "[" + names + "]") + " = "
					+ block.getName() + "(...)'", use, Literals.BLOCK_USE__RESULTS, 0);
		}
	}

	/** Each argument once, and every parameter without a default. */
	@Check(CheckType.NORMAL)
	public void checkArguments(BlockUse use) {
		Set<Parameter> given = new HashSet<>();
		for (Argument argument : use.getArguments()) {
			Parameter parameter = argument.getParameter();
			if (parameter != null && !parameter.eIsProxy() && !given.add(parameter)) {
				report(IssueCode.DUPLICATE_OPTION, "'" + parameter.getName() + "' is given twice; keep one of them", argument, null, parameter.getName());
			}
		}
		Block block = use.getBlock();
		if (!block.eIsProxy()) {
			Graphs.parameters(block).filter(parameter -> parameter.getValue() == null && parameter.getName() != null && !given.contains(parameter))
					.forEach(parameter -> report(IssueCode.MISSING_OPTION, "block '" + block.getName() + "' needs '" + parameter.getName() + "'; add '" + parameter.getName() + " = 8' behind the values",
							use, Literals.BLOCK_USE__BLOCK, parameter.getName() + " = 8"));
		}
	}

	/** Only a block leaves the value of a parameter to its uses. */
	@Check(CheckType.FAST)
	public void checkHasValue(Parameter parameter) {
		if (parameter.eContainer() instanceof Graph graph && !(graph instanceof Block) && parameter.getName() != null) {
			checkPresent(parameter.getValue(), parameter, Literals.NAMED_ELEMENT__NAME, "the value of the parameter", "param " + parameter.getName() + " = 8");
		}
	}
}
