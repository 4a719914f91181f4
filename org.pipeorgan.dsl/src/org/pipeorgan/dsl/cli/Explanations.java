package org.pipeorgan.dsl.cli;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import org.pipeorgan.engine.cost.MappingPoint.WeightLevel;
import org.pipeorgan.engine.pipelining.OrderClass;
import org.pipeorgan.engine.result.NextBest;
import org.pipeorgan.engine.result.RunResult;
import org.pipeorgan.engine.result.SegmentResult;

/** A run in words, segment by segment. */
final class Explanations {
	private Explanations() {
	}

	static String of(RunResult run) {
		StringBuilder text = new StringBuilder();
		text.append(run.workloadLabel()).append(" on ").append(run.accelerator()).append(" with ").append(run.interconnect()).append(", policy ").append(run.policy())
				.append(run.restricted() ? " (restricted)" : "").append(": ").append(amounts(run.latencyCycles(), run.energyPicojoules(), run.memoryBytes())).append('\n');
		if (run.lowerBoundCycles() > 0) {
			line(text, 1, "%.2f times the lower bound of any mapping, %,d cycles", (double) run.latencyCycles() / run.lowerBoundCycles(), run.lowerBoundCycles());
		}
		for (int i = 0; i < run.segments().size(); i++) {
			segment(text, i + 1, run.segments().get(i), run.latencyCycles());
		}
		return text.toString();
	}

	private static void segment(StringBuilder text, int number, SegmentResult segment, long cycles) {
		List<String> operators = segment.operators();
		line(text, 1, "%d. %s", number, operators.size() <= 4 ? String.join(", ", operators)
				: operators.get(0) + " .. " + operators.get(operators.size() - 1) + " (" + operators.size() + " operators)");
		line(text, 2, "costs         %s; %.1f %% of the time", amounts(segment.latencyCycles(), segment.energyPicojoules(), segment.memoryBytes()),
				100.0 * segment.latencyCycles() / Math.max(1, cycles));
		line(text, 2, "organization  %s; PEs: %s", segment.organization(), numbers(segment.pes()));
		line(text, 2, "granularity   %s, chunks %d, %s: %d intervals of %s cycles%s", segment.orderClass(), segment.chunks(),
				waiting(segment), segment.intervals(), cycles(segment.intervalCycles()),
				segment.granularityElements().isEmpty() ? "" : "; elements handed over: " + numbers(segment.granularityElements()));
		line(text, 2, "bound by      %s", segment.bottleneck());
		if (!segment.heldTensors().isEmpty()) {
			line(text, 2, "in the buffer %s", String.join(", ", segment.heldTensors()));
		}
		line(text, 2, "next best     %s", nextBest(segment.nextBest(), segment.latencyCycles()));
		line(text, 2, "ends here     %s", segment.depthEnd());
	}

	/** The weight level; for weight-outer orders, which walk each weight once, it says where the inputs wait. */
	private static String waiting(SegmentResult segment) {
		if (segment.orderClass().equals(OrderClass.WEIGHT_OUTER.keyword())) {
			boolean streamed = segment.weightLevel().equals(WeightLevel.MEMORY.keyword()) || segment.weightLevel().equals(WeightLevel.REGISTERS_OR_MEMORY.keyword());
			return streamed ? "inputs streamed" : "inputs staged";
		}
		return "weights in " + segment.weightLevel().replace('_', ' ');
	}

	private static String nextBest(NextBest next, long cycles) {
		if (next == null) {
			return "none: the policy has no other choice";
		}
		return String.format(Locale.ROOT, "%s, %s, %d intervals: %s (%+.1f %% cycles)", next.organization(), next.order(), next.intervals(),
				amounts(next.latencyCycles(), next.energyPicojoules(), next.memoryBytes()), 100.0 * (next.latencyCycles() - cycles) / Math.max(1, cycles));
	}

	private static String amounts(long cycles, double picojoules, long memoryBytes) {
		return String.format(Locale.ROOT, "%,d cycles, %.4g uJ, %,d B of memory traffic", cycles, picojoules / 1e6, memoryBytes);
	}

	private static String cycles(double value) {
		return value == Math.rint(value) ? String.format(Locale.ROOT, "%,d", (long) value) : String.format(Locale.ROOT, "%,.2f", value);
	}

	/** Numbers in order; many equal ones once. */
	private static String numbers(List<? extends Number> values) {
		return values.stream().distinct().count() == 1 && values.size() > 2 ? values.size() + " x " + values.get(0)
				: values.stream().map(String::valueOf).collect(Collectors.joining(" "));
	}

	private static void line(StringBuilder text, int depth, String format, Object... values) {
		text.append("  ".repeat(depth)).append(String.format(Locale.ROOT, format, values)).append('\n');
	}
}
