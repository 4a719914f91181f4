package org.pipeorgan.tests.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.pipeorgan.engine.cost.CostModel;
import org.pipeorgan.engine.cost.MappingPoint;
import org.pipeorgan.engine.cost.MappingPoint.WeightLevel;
import org.pipeorgan.engine.cost.SegmentCost;
import org.pipeorgan.engine.cost.SegmentPlan;
import org.pipeorgan.engine.hardware.Accelerator;
import org.pipeorgan.engine.hardware.Energies;
import org.pipeorgan.engine.hardware.GlobalBuffer;
import org.pipeorgan.engine.hardware.Rational;
import org.pipeorgan.engine.interconnect.Interconnect;
import org.pipeorgan.engine.interconnect.Network;
import org.pipeorgan.engine.interconnect.Topology;
import org.pipeorgan.engine.organization.Organization;
import org.pipeorgan.engine.organization.SplitRule;
import org.pipeorgan.engine.pipelining.OrderClass;
import org.pipeorgan.engine.result.RunResult;
import org.pipeorgan.engine.search.Objective;
import org.pipeorgan.engine.search.Policy;
import org.pipeorgan.engine.search.PolicyKind;
import org.pipeorgan.engine.search.Progress;
import org.pipeorgan.engine.search.Study;
import org.pipeorgan.engine.search.StudyRunner;
import org.pipeorgan.engine.workload.TensorShape;
import org.pipeorgan.engine.workload.Workload;

/**
 * The optimum, against walking the whole declared space: every cut, every point of every segment, every residence. The
 * walk keeps one value for each different state - held tensors and room for fetching ahead - and compares none of them.
 */
class OptimalTest {

	@RepeatedTest(20)
	void noMappingOfTheDeclaredSpaceIsFaster(RepetitionInfo repetition) {
		Random random = new Random(repetition.getCurrentRepetition());
		Workload workload = RandomWorkloads.graph(random, 2 + random.nextInt(2));
		// small buffers and slow memory, so that residence and fetching ahead matter
		Accelerator accelerator = new Accelerator("small", Rational.ONE, 2, 3, 2, 128, 8, 4,
				new GlobalBuffer(512 << random.nextInt(5), Rational.of(16), random.nextInt(4) > 0 ? Optional.empty() : Optional.of(Rational.of(4)), 1 << random.nextInt(4)),
				Rational.of(1 + random.nextInt(4)), Energies.DEFAULT);
		Interconnect mesh = Inputs.interconnect(Topology.MESH, 0);
		long walked = walk(new CostModel(workload, accelerator, new Network(mesh, 2, 3), SplitRule.ALL_RANKS));
		Study study = new Study("s", List.of(new Study.Target(workload, accelerator, mesh)), List.of(Policy.of(PolicyKind.OPTIMAL)), null, null,
				Objective.LATENCY);
		if (walked == Long.MAX_VALUE) {
			org.junit.jupiter.api.Assertions.assertThrows(org.pipeorgan.engine.search.InfeasibleException.class,
					() -> StudyRunner.run(study, 1, Progress.NONE));
			return;
		}
		RunResult run = StudyRunner.run(study, 1, Progress.NONE).runs().get(0);
		assertEquals(walked, run.latencyCycles());
		assertTrue(run.search().exhaustive());
	}

	private record State(Set<Integer> held, long room) {
	}

	private static long walk(CostModel model) {
		Workload workload = model.workload();
		int operators = workload.operators().size();
		List<Map<State, Long>> cuts = new ArrayList<>();
		IntStream.rangeClosed(0, operators).forEach(i -> cuts.add(new HashMap<>()));
		cuts.get(0).put(new State(Set.of(), 0), 0L);
		CostModel.Scratch scratch = model.scratch();
		for (int first = 0; first < operators; first++) {
			for (int depth = 1; first + depth <= operators; depth++) {
				int last = first + depth - 1;
				if (depth > 1 && (!model.sharesTensor(first, last) || !model.canJoin(first, last))) {
					break;
				}
				int end = first + depth;
				for (MappingPoint point : points(workload, first, depth)) {
					SegmentPlan plan = model.plan(point, scratch);
					if (plan == null) {
						continue;
					}
					List<Integer> keepable = plan.outputTensors().stream().filter(t -> workload.tensors().get(t).lastConsumer() >= end).toList();
					for (Map.Entry<State, Long> label : cuts.get(first).entrySet()) {
						Set<Integer> before = label.getKey().held();
						long bytes = before.stream().mapToLong(t -> workload.tensors().get(t).bytes()).sum();
						for (int subset = 0; subset < 1 << keepable.size(); subset++) {
							Set<Integer> kept = new TreeSet<>();
							for (int i = 0; i < keepable.size(); i++) {
								if ((subset >> i & 1) == 1) {
									kept.add(keepable.get(i));
								}
							}
							SegmentCost cost = SegmentCost.of(model, plan, before::contains, kept::contains, bytes, label.getKey().room());
							if (cost != null) {
								Set<Integer> held = new TreeSet<>(kept);
								before.stream().filter(t -> workload.tensors().get(t).lastConsumer() >= end).forEach(held::add);
								cuts.get(end).merge(new State(held, end == operators ? 0 : cost.prefetchRoom()), label.getValue() + cost.latencyCycles(), Math::min);
							}
						}
					}
				}
			}
		}
		return cuts.get(operators).values().stream().mapToLong(v -> v).min().orElse(Long.MAX_VALUE);
	}

	/** The declared space of a segment, as the documentation lists it. */
	private static List<MappingPoint> points(Workload workload, int first, int depth) {
		List<MappingPoint> points = new ArrayList<>();
		Set<Long> parts = new TreeSet<>();
		Set<Long> channels = new TreeSet<>();
		long tallest = 1;
		long pixels = 1;
		long widest = 1;
		for (int i = first; i < first + depth; i++) {
			TensorShape shape = workload.outputOf(workload.operators().get(i)).shape();
			parts.add(shape.h());
			tallest = Math.max(tallest, shape.h() == 1 ? shape.w() : shape.h());
			pixels = Math.max(pixels, shape.h() * shape.w());
			widest = Math.max(widest, shape.c());
		}
		for (long divisor : new long[] { 1, 2, 4, 8 }) {
			parts.add(Math.max(1, tallest / divisor));
		}
		for (long c = 1; c <= Math.min(256, pixels); c *= 2) {
			parts.add(c);
		}
		for (long c = 1; c <= widest; c *= 2) {
			channels.add(c);
		}
		for (Organization organization : depth == 1 ? List.of(Organization.BLOCKED_ROWS) : List.of(Organization.values())) {
			for (long chunks : parts) {
				for (WeightLevel level : WeightLevel.values()) {
					points.add(new MappingPoint(first, depth, OrderClass.ACTIVATION_OUTER, chunks, organization, level));
				}
			}
			for (long chunks : channels) {
				for (WeightLevel level : List.of(WeightLevel.BUFFER, WeightLevel.MEMORY)) {
					points.add(new MappingPoint(first, depth, OrderClass.WEIGHT_OUTER, chunks, organization, level));
				}
			}
		}
		return points;
	}
}
