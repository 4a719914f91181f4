package org.pipeorgan.dsl.cli;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.pipeorgan.engine.search.Study;
import org.pipeorgan.engine.search.Study.Target;

import picocli.CommandLine.Option;

/** The options that choose among the runs of a study. */
final class RunOptions {
	@Option(names = "--workload", paramLabel = "NAME", description = "This workload only, with its form or without, such as structured.ES_RITNet.")
	private String workload;
	@Option(names = "--accelerator", paramLabel = "NAME", description = "This accelerator only.")
	private String accelerator;
	@Option(names = "--interconnect", paramLabel = "NAME", description = "This interconnect only.")
	private String interconnect;
	@Option(names = "--policy", paramLabel = "NAME", description = "This policy only.")
	private String policy;

	/** What the options leave of a study; it compares nothing. @throws UsageException if that is nothing */
	Study narrow(Study study) {
		List<Target> targets = chosen(study.name(), "workload", workload, study.targets(), target -> Stream.of(target.workload().label(), target.workload().name()));
		targets = chosen(study.name(), "accelerator", accelerator, targets, target -> Stream.of(target.accelerator().name()));
		targets = chosen(study.name(), "interconnect", interconnect, targets, target -> Stream.of(target.interconnect().name()));
		return new Study(study.name(), targets, chosen(study.name(), "policy", policy, study.policies(), p -> Stream.of(p.name())), null, null, study.objective());
	}

	private static <T> List<T> chosen(String study, String what, String name, List<T> all, Function<T, Stream<String>> names) {
		List<T> chosen = all.stream().filter(each -> name == null || names.apply(each).anyMatch(name::equals)).toList();
		if (chosen.isEmpty()) {
			throw new UsageException("study '" + study + "' has no " + what + " '" + name + "'; it has "
					+ all.stream().map(each -> names.apply(each).findFirst().orElseThrow()).distinct().collect(Collectors.joining(", ")));
		}
		return chosen;
	}
}
