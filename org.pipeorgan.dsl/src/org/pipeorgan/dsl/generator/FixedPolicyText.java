package org.pipeorgan.dsl.generator;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.pipeorgan.engine.cost.OperatorChoice;
import org.pipeorgan.engine.result.RunResult;
import org.pipeorgan.engine.search.FixedMapping;
import org.pipeorgan.engine.search.Policy;
import org.pipeorgan.engine.search.Restriction;

/**
 * Mappings as fixed policies, in the language and laid out as the formatter does it: a start for changing them. A study
 * with such a policy gives the same numbers. Names are given once; keep one object for one file.
 */
public final class FixedPolicyText {
	private static final String LOOPS = "KPQC";
	private final Set<String> names = new HashSet<>();

	/**
	 * The mapping of a run.
	 *
	 * @param policy the policy that made it
	 * @param full   whether to print tile, share and split of each operator too, which otherwise follow
	 */
	public String of(Policy policy, RunResult run, boolean full) {
		Policy fixed = policy.fixed(name(run), run, full);
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
		segment.operators().forEach(operator -> operator(text, operator));
		text.append("  }\n");
	}

	private static void operator(StringBuilder text, FixedMapping.NamedChoice named) {
		OperatorChoice choice = named.choice();
		OperatorChoice.Parts parts = choice.parts();
		text.append("    operator ").append(named.operator()).append(" {\n");
		extents(text, "tile", choice.tile().k(), choice.tile().p(), choice.tile().q(), 0);
		extents(text, "share", choice.share());
		extents(text, "split", parts.k(), parts.p(), parts.q(), parts.c());
		text.append("    }\n");
	}

	/** Those that are stated, each behind its loop; a single one has none. */
	private static void extents(StringBuilder text, String section, long... extents) {
		String stated = IntStream.range(0, extents.length).filter(i -> extents[i] > 0).mapToObj(i -> (extents.length == 1 ? "" : LOOPS.charAt(i) + " ") + extents[i])
				.collect(Collectors.joining(" "));
		if (!stated.isEmpty()) {
			line(text, "  " + section, stated);
		}
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
