package org.pipeorgan.dsl.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

import org.pipeorgan.dsl.generator.FixedPolicyText;
import org.pipeorgan.engine.result.RunResult;
import org.pipeorgan.engine.search.Policy;
import org.pipeorgan.engine.search.Study;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says why mappings are as they are, or prints them for changing. */
@Command(name = "explain", description = "Compute studies of a .pog file and say, for each segment, what bounds it, what the next-best choice costs and why "
		+ "it ends where it does.")
final class ExplainCommand implements Callable<Integer> {
	private final Console console;
	@Mixin
	private StudyOptions options;
	@Mixin
	private RunOptions runs;
	@Option(names = "--as-fixed", description = "Print each mapping as a fixed policy, which evaluates to the same numbers.")
	private boolean asFixed;
	@Option(names = "--full", description = "With --as-fixed: print tile, share and split of each operator too, which otherwise follow from the rest.")
	private boolean full;
	@Option(names = { "-h", "--help" }, usageHelp = true, description = "Print this text.")
	private boolean help;

	ExplainCommand(Console console) {
		this.console = console;
	}

	@Override
	public Integer call() {
		if (full && !asFixed) {
			throw new UsageException("--full says how much --as-fixed prints; write both");
		}
		Optional<FileStudies> loaded = options.load(console);
		if (loaded.isEmpty()) {
			return ExitCode.INPUT_WRONG.code();
		}
		FileStudies studies = loaded.get();
		var narrowed = studies.narrowed(studies.named(options.names()), runs);
		if (narrowed.isEmpty()) {
			return ExitCode.INPUT_WRONG.code();
		}
		FixedPolicyText fixed = new FixedPolicyText();
		List<String> texts = new ArrayList<>();
		narrowed.get().forEach((study, rest) -> {
			for (RunResult run : studies.run(study, rest).runs()) {
				texts.add(asFixed ? fixed.of(policyOf(run, rest), run, full) : Explanations.of(run));
			}
		});
		console.out().print(String.join("\n", texts));
		return studies.done().code();
	}

	private static Policy policyOf(RunResult run, Study study) {
		return study.policies().stream().filter(p -> p.name().equals(run.policy())).findFirst().orElseThrow();
	}
}
