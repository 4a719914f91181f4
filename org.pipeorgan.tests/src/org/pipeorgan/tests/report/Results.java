package org.pipeorgan.tests.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.pipeorgan.engine.cost.OperatorChoice;
import org.pipeorgan.engine.result.Comparison;
import org.pipeorgan.engine.result.InfeasibleRun;
import org.pipeorgan.engine.result.NextBest;
import org.pipeorgan.engine.result.RunResult;
import org.pipeorgan.engine.result.SearchEffort;
import org.pipeorgan.engine.result.SegmentDetail;
import org.pipeorgan.engine.result.SegmentDetail.Use;
import org.pipeorgan.engine.result.SegmentResult;
import org.pipeorgan.engine.result.StudyResult;

/** Results made by hand, so that tests of writers don't depend on what the engine computes. */
final class Results {
	/** Ends a script, opens a tag, quotes, holds both line separators that old JavaScript breaks at, a placeholder and a group reference. */
	static final String HOSTILE = "a</script><b onclick='x()'>\"&amp;\u2028\u2029{{css}}$1\\ \u00fc\u6f22\ud83c\udfb9";

	private Results() {
	}

	/** One workload on a 4 x 6 array by two policies, the baseline second. */
	static StudyResult small() {
		return study("small", "pipeorgan", "tangram", "latency", 0.25);
	}

	static StudyResult small(String objective, double seconds) {
		return study("small", "pipeorgan", "tangram", objective, seconds);
	}

	/** One run has a mapping, the other none. */
	static StudyResult infeasible(String reason) {
		StudyResult small = small();
		return new StudyResult("partly", "latency", small.runs().subList(0, 1),
				List.of(new InfeasibleRun("Tiny", "structured", "test", "mesh", "tangram", false, "conv1", -1, reason)), List.of());
	}

	static StudyResult hostile() {
		return study(HOSTILE, HOSTILE, "tangram", "latency", 0.25);
	}

	private static StudyResult study(String name, String policy, String baseline, String objective, double seconds) {
		String workload = name.equals("small") ? "Tiny" : name;
		List<SegmentResult> deep = List.of(segment(List.of(name + "_conv1", "conv2"), "blocked-1d", "link (0,1)->(1,1)", 700, blocked(4, 6, 2)),
				segment(List.of("fc"), "whole-array", "compute", 300, blocked(4, 6, 1)));
		List<SegmentResult> shallow = List.of(segment(List.of(name + "_conv1"), "whole-array", "memory", 1100, blocked(4, 6, 1)),
				segment(List.of("conv2", "fc"), "striped", "buffer", 400, blocked(4, 6, 2)));
		List<RunResult> runs = List.of(run(workload, 4, 6, "mesh", policy, 1000, seconds, deep), run(workload, 4, 6, "mesh", baseline, 1500, seconds, shallow));
		return new StudyResult(name, objective, runs, List.of(new Comparison("test", baseline, "mesh", policy, "mesh", 1.5, 1.875, 1.25, 0.8,
				Map.of(runs.get(0).workloadLabel(), new Comparison.Ratios(1.5, 1.875, 1.25, 0.8)))));
	}

	/** Six runs of so many operators on a square array, in segments of three on a checkerboard that never repeats, which compresses badly. */
	static StudyResult large(int operators, int side) {
		List<RunResult> runs = new ArrayList<>();
		for (String policy : new String[] { "pipeorgan", "tangram", "layer_by_layer" }) {
			for (String interconnect : new String[] { "mesh", "amp" }) {
				List<SegmentResult> segments = new ArrayList<>();
				for (int i = 0; i < operators; i += 3) {
					int first = i;
					List<Integer> owners = IntStream.range(0, side * side).mapToObj(pe -> (int) ((pe / side + pe % side + first) * 0.618034 * 3) % 3).toList();
					segments.add(segment(List.of("operator_" + i, "operator_" + (i + 1), "operator_" + (i + 2)), "checkerboard", i % 2 == 0 ? "buffer" : "compute", 1000 + i, owners));
				}
				runs.add(run("Large", side, side, interconnect, policy, segments.stream().mapToLong(SegmentResult::latencyCycles).sum(), 1, segments));
			}
		}
		return new StudyResult("large", "latency", runs, List.of());
	}

	private static List<Integer> blocked(int rows, int columns, int operators) {
		int share = rows * columns / operators;
		return IntStream.range(0, rows * columns).mapToObj(pe -> pe / share).toList();
	}

	private static SegmentResult segment(List<String> operators, String organization, String bottleneck, long latency, List<Integer> owners) {
		List<Integer> pes = IntStream.range(0, operators.size()).mapToObj(i -> (int) owners.stream().filter(owner -> owner == i).count()).toList();
		return new SegmentResult(operators, operators.stream().skip(1).map(o -> 64L).toList(), 10, organization, pes,
				operators.stream().map(o -> "N P Q K C R S").toList(), "activation_outer", 10, "registers", latency / 10.0, bottleneck, latency, 2048, 1.5, 2.25, 5e6,
				List.of(operators.get(0)), owners, new NextBest("striped", 20, "N P Q K C R S", latency + 10, 6e6, 2048),
				"forced: 'next' shares no tensor with the segment", List.of(),
				pes.stream().map(share -> new OperatorChoice(new OperatorChoice.Tile(4, 2, 8), share, new OperatorChoice.Parts(2, 1, 8, 1))).toList(),
				detail(operators, latency, owners.size()));
	}

	/** Operators one after the other by a tenth of the time, links to the right and two rows down that differ everywhere. */
	private static SegmentDetail detail(List<String> operators, long latency, int pes) {
		int columns = pes == 24 ? 6 : (int) Math.sqrt(pes);
		List<String> right = IntStream.range(0, pes / columns).mapToObj(r -> IntStream.range(0, columns)
				.mapToObj(c -> c == columns - 1 ? "." : String.valueOf((r * r + c * c + latency) % 10)).collect(Collectors.joining())).toList();
		List<String> down = IntStream.range(0, pes / columns).mapToObj(r -> (r + 2 < pes / columns ? "9" : ".").repeat(columns)).toList();
		return new SegmentDetail(IntStream.range(0, operators.size()).mapToObj(i -> i * latency / 10.0).toList(),
				IntStream.range(0, operators.size()).mapToObj(i -> latency * (10 - operators.size() + i) / 10.0).toList(), operators.stream().map(o -> 10L).toList(),
				List.of(new SegmentDetail.BufferPart(Use.HELD, operators.get(0), 4096), new SegmentDetail.BufferPart(Use.STAGED, "image", 1024),
						new SegmentDetail.BufferPart(Use.WORKING, "", 2048)),
				List.of(new SegmentDetail.TensorTraffic("image", false, 1024, 0), new SegmentDetail.TensorTraffic(operators.get(0), true, 512, 0),
						new SegmentDetail.TensorTraffic(operators.get(operators.size() - 1), false, 0, 512)),
				new SegmentDetail.LinkLoadMap(1.5, List.of(new SegmentDetail.LinkGrid(0, 1, right), new SegmentDetail.LinkGrid(2, 0, down))));
	}

	private static RunResult run(String workload, int rows, int columns, String interconnect, String policy, long latency, double seconds,
			List<SegmentResult> segments) {
		return new RunResult(workload, "structured", "test", rows, columns, 8L * rows * columns, 64, interconnect, policy, false, 76_800, latency,
				latency * 1e-9, segments.size() * 5e6, 2048, 2048, 8192, 4096, 123_456, 1.5, 76_800.0 / (latency * 8 * rows * columns), 800, 3000,
				new SearchEffort(12, 3, true, 1000, seconds), segments, null);
	}
}
