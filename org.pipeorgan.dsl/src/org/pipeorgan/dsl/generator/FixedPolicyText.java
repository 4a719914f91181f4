package org.pipeorgan.dsl.generator;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

import org.pipeorgan.engine.result.RunResult;
import org.pipeorgan.engine.search.FixedMapping;
import org.pipeorgan.engine.search.Policy;
import org.pipeorgan.engine.search.Restriction;

/**
 * Mappings as fixed policies, in the language and laid out as the formatter does it: a start for changing them. A study
 * with such a policy gives the same numbers. Names are given once; keep one object for one file.
 */
public final class FixedPolicyText {
	private final Set<String> names = new HashSet<>();

	/**
	 * The mapping of a run.
	 *
	 * @param policy the policy that made it
	 */
	public String of(Policy policy, RunResult run) {
		Policy fixed = policy.fixed(name(run), run);
		StringBuilder text = new StringBuilder();
		text.append(String.format(Locale.ROOT, "/**\n * The mapping that policy %s gives %s on %s with %s: %,d cycles,\n", policy.name(), run.workloadLabel(), run.accelerator(),
				run.interconnect(), run.latencyCycles()));
		text.append(String.format(Locale.ROOT, " * %.6g pJ, %,d B of memory traffic. Printed by 'pipeorgan explain --as-fixed'.\n */\n", run.energyPicojoules(), run.memoryBytes()));
		text.append("policy ").append(fixed.name()).append(" {\n  strategy fixed\n");
		if (!fixed.restrictions().isEmpty()) {
			text.append("  restrict ").append(fixed.restrictions().stream().map(Restriction::keyword).collect(Collectors.joining(", "))).append('\n');
		}
		fixed.mapping().segments().forEach(segment -> segment(text, segment));
		return text.append("}\n").toString();
	}

	private static void segment(StringBuilder text, FixedMapping.Segment segment) {
		boolean alone = segment.first().equals(segment.last());
		text.append("\n  segment {\n");
		line(text, "operators", alone ? segment.first() : segment.first() + " .. " + segment.last());
		line(text, "order", segment.orderClass().keyword());
		line(text, "chunks", String.valueOf(segment.chunks()));
		if (!alone) {
			line(text, "organization", segment.organization().label());
		}
		line(text, "weights", segment.weightLevel().keyword());
		if (!segment.kept().isEmpty()) {
			line(text, "keep", String.join(", ", segment.kept()));
		}
		text.append("  }\n");
	}

	private static void line(StringBuilder text, String section, String value) {
		text.append("    ").append(section).append(' ').append(value).append('\n');
	}

	private String name(RunResult run) {
		String name = String.join("_", run.policy(), run.workloadLabel().replace('.', '_'), run.accelerator(), run.interconnect());
		String free = name;
		for (int i = 2; !names.add(free); i++) {
			free = name + "_" + i;
		}
		return free;
	}
}
