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

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pipeorgan.engine.cost.CostModel;
import org.pipeorgan.engine.cost.MappingPoint;
import org.pipeorgan.engine.cost.MappingPoint.WeightLevel;
import org.pipeorgan.engine.cost.OperatorChoice;
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
import org.pipeorgan.engine.search.Constraints;
import org.pipeorgan.engine.search.FixedMapping;
import org.pipeorgan.engine.search.GranularityClass;
import org.pipeorgan.engine.search.Objective;
import org.pipeorgan.engine.search.Policy;
import org.pipeorgan.engine.search.PolicyKind;
import org.pipeorgan.engine.search.Progress;
import org.pipeorgan.engine.search.Study;
import org.pipeorgan.engine.search.StudyRunner;
import org.pipeorgan.engine.workload.Operator;
import org.pipeorgan.engine.workload.TensorShape;
import org.pipeorgan.engine.workload.Workload;

/**
 * The optimum, against walking the whole declared space: every cut, every point of every segment, every residence. The
 * walk keeps the best values of each different state - held tensors and room for fetching ahead - and compares no states.
 */
class OptimalTest {

	@ParameterizedTest
	@EnumSource(Objective.class)
	void noMappingOfTheDeclaredSpaceIsBetter(Objective objective) {
		// with seed 128 no mapping is left beside the best one
		for (int seed : IntStream.concat(IntStream.rangeClosed(1, 20), IntStream.of(128)).toArray()) {
			Random random = new Random(seed);
			Workload workload = RandomWorkloads.graph(random, 2 + random.nextInt(2));
			// small buffers and slow memory, so that residence and fetching ahead matter
			Accelerator accelerator = new Accelerator("small", Rational.ONE, 2, 3, 2, 128, 8, 4, 512 << random.nextInt(5), Rational.of(16),
					Rational.of(1 + random.nextInt(4)), Energies.DEFAULT);
			Interconnect mesh = Inputs.interconnect(Topology.MESH, 0);
			assertBest(workload, accelerator, mesh, Constraints.NONE, objective, "seed " + seed);
		}
	}

	/** Whatever a user fixes at random: the search ranges over just what is left. */
	@ParameterizedTest
	@EnumSource(Objective.class)
	void noMappingWithinConstraintsIsBetter(Objective objective) {
		int mapped = 0;
		for (int seed = 1; seed <= 40; seed++) {
			Random random = new Random(100 + seed);
			Workload workload = RandomWorkloads.graph(random, 2 + random.nextInt(2));
			Accelerator accelerator = new Accelerator("small", Rational.ONE, 2, 3, 2, 128, 8, 4, 1024 << random.nextInt(5), Rational.of(16),
					Rational.of(1 + random.nextInt(4)), Energies.DEFAULT);
			Constraints constraints = RandomWorkloads.constraints(random, workload);
			if (constraints.conflicts(PolicyKind.OPTIMAL, 32, Set.of()).isEmpty() && constraints.faults(workload, 32).isEmpty()) {
				mapped += assertBest(workload, accelerator, Inputs.interconnect(Topology.MESH, 0), constraints, objective, "seed " + seed + ": " + constraints) ? 1 : 0;
			}
		}
		assertTrue(mapped > 15, "few could be mapped: " + mapped);
	}

	/** @return whether there is a mapping */
	private static boolean assertBest(Workload workload, Accelerator accelerator, Interconnect mesh, Constraints constraints, Objective objective, String message) {
		double walked = walk(new CostModel(workload, accelerator, new Network(mesh, 2, 3), SplitRule.ALL_RANKS), constraints, objective);
		Policy policy = new Policy("optimal", PolicyKind.OPTIMAL, 32, Set.of(), constraints);
		Study study = new Study("s", List.of(new Study.Target(workload, accelerator, mesh)), List.of(policy), null, null, objective);
		if (walked == Double.POSITIVE_INFINITY) {
			assertEquals(1, StudyRunner.run(study, 1, Progress.NONE).infeasible().size(), message);
			return false;
		}
		RunResult run = StudyRunner.run(study, 1, Progress.NONE).runs().get(0);
		double found = switch (objective) {
			case LATENCY -> run.latencyCycles();
			case ENERGY -> run.energyPicojoules();
			case MEMORY_TRAFFIC -> run.memoryBytes();
			case ENERGY_DELAY -> run.energyPicojoules() * run.latencyCycles();
		};
		assertEquals(walked, found, walked * 1e-9, message);
		assertTrue(run.search().exhaustive());
		return true;
	}

	/** What decides over what may follow. */
	private record State(Set<Integer> held, long room) {
	}

	/** What a way to a cut has cost. */
	private record Spent(long cycles, double picojoules, long bytes) {
		Spent and(SegmentCost cost) {
			return new Spent(cycles + cost.latencyCycles(), picojoules + cost.energyPicojoules(), bytes + cost.memoryReadBytes() + cost.memoryWriteBytes());
		}

		double value(Objective objective) {
			return switch (objective) {
				case LATENCY -> cycles;
				case ENERGY -> picojoules;
				case MEMORY_TRAFFIC -> bytes;
				case ENERGY_DELAY -> picojoules * cycles;
			};
		}

		/** Of a product either factor counts. */
		boolean beats(Spent other, Objective objective) {
			return objective == Objective.ENERGY_DELAY ? cycles <= other.cycles && picojoules <= other.picojoules : value(objective) <= other.value(objective);
		}
	}

	private static double walk(CostModel model, Constraints constraints, Objective objective) {
		Workload workload = model.workload();
		int operators = workload.operators().size();
		List<Map<State, List<Spent>>> cuts = new ArrayList<>();
		IntStream.rangeClosed(0, operators).forEach(i -> cuts.add(new HashMap<>()));
		cuts.get(0).put(new State(Set.of(), 0), List.of(new Spent(0, 0, 0)));
		CostModel.Scratch scratch = model.scratch();
		for (int first = 0; first < operators; first++) {
			for (int depth = 1; first + depth <= operators; depth++) {
				int last = first + depth - 1;
				if (depth > 1 && (!model.sharesTensor(first, last) || !model.canJoin(first, last))) {
					break;
				}
				int end = first + depth;
				List<String> names = workload.operators().subList(first, end).stream().map(Operator::name).toList();
				if (constraints.cuts().stream().anyMatch(names.subList(0, depth - 1)::contains) || constraints.together().stream().anyMatch(each -> split(workload, each, names))) {
					continue;
				}
				for (MappingPoint point : points(workload, first, depth, constraints)) {
					SegmentPlan plan = model.plan(point, scratch);
					if (plan == null) {
						continue;
					}
					List<Integer> keepable = plan.outputTensors().stream().filter(t -> workload.tensors().get(t).lastConsumer() >= end).toList();
					cuts.get(first).forEach((state, ways) -> {
						Set<Integer> before = state.held();
						long bytes = before.stream().mapToLong(t -> workload.tensors().get(t).bytes()).sum();
						for (int subset = 0; subset < 1 << keepable.size(); subset++) {
							int chosen = subset;
							if (keepable.stream().anyMatch(t -> (constraints.kept().contains(workload.tensors().get(t).name()) && (chosen >> keepable.indexOf(t) & 1) == 0)
									|| constraints.spilled().contains(workload.tensors().get(t).name()) && (chosen >> keepable.indexOf(t) & 1) == 1)) {
								continue;
							}
							Set<Integer> kept = new TreeSet<>(IntStream.range(0, keepable.size()).filter(i -> (chosen >> i & 1) == 1).mapToObj(keepable::get).toList());
							SegmentCost cost = SegmentCost.of(model, plan, before::contains, kept::contains, bytes, state.room());
							if (cost != null) {
								Set<Integer> held = new TreeSet<>(kept);
								before.stream().filter(t -> workload.tensors().get(t).lastConsumer() >= end).forEach(held::add);
								List<Spent> front = cuts.get(end).computeIfAbsent(new State(held, end == operators ? 0 : cost.prefetchRoom()), s -> new ArrayList<>());
								ways.forEach(way -> offer(front, way.and(cost), objective));
							}
						}
					});
				}
			}
		}
		return cuts.get(operators).values().stream().flatMap(List::stream).mapToDouble(way -> way.value(objective)).min().orElse(Double.POSITIVE_INFINITY);
	}

	private static void offer(List<Spent> front, Spent way, Objective objective) {
		if (front.stream().noneMatch(other -> other.beats(way, objective))) {
			front.removeIf(other -> way.beats(other, objective));
			front.add(way);
		}
	}

	/** Whether a segment has some of the operators that are to be together, and not all. */
	private static boolean split(Workload workload, Constraints.Together together, List<String> segment) {
		List<String> all = workload.operators().stream().map(Operator::name).toList();
		List<String> wanted = all.subList(all.indexOf(together.first()), all.indexOf(together.last()) + 1);
		long inside = wanted.stream().filter(segment::contains).count();
		return inside > 0 && inside < wanted.size();
	}

	private static List<MappingPoint> points(Workload workload, int first, int depth, Constraints constraints) {
		List<OperatorChoice> choices = workload.operators().subList(first, first + depth).stream().map(operator -> constraints.operators().stream()
				.filter(named -> named.operator().equals(operator.name())).findFirst().map(FixedMapping.NamedChoice::choice).orElse(OperatorChoice.NONE)).toList();
		long tallest = workload.operators().subList(first, first + depth).stream().mapToLong(o -> workload.outputOf(o).shape().h()).max().orElseThrow();
		return points(workload, first, depth, constraints.chunks()).stream().filter(point -> allowed(point, tallest, constraints))
				.map(point -> new MappingPoint(first, depth, point.orderClass(), point.chunks(), point.organization(), point.weightLevel(), choices)).toList();
	}

	private static boolean allowed(MappingPoint point, long tallest, Constraints constraints) {
		boolean weightOuter = point.orderClass() == OrderClass.WEIGHT_OUTER;
		GranularityClass granularity = point.chunks() == 1 ? GranularityClass.TENSOR : weightOuter ? GranularityClass.CHANNELS
				: point.chunks() > tallest ? GranularityClass.PIXELS : GranularityClass.ROWS;
		Set<WeightLevel> levels = constraints.weightLevels();
		boolean level = weightOuter ? point.weightLevel() == WeightLevel.MEMORY ? levels.contains(WeightLevel.MEMORY) || levels.contains(WeightLevel.REGISTERS_OR_MEMORY)
				: levels.contains(WeightLevel.BUFFER) || levels.contains(WeightLevel.REGISTERS) : levels.contains(point.weightLevel());
		return (constraints.orders().isEmpty() || constraints.orders().contains(point.orderClass())) && (levels.isEmpty() || level)
				&& (point.depth() == 1 || (constraints.organizations().isEmpty() || constraints.organizations().contains(point.organization()))
						&& (constraints.granularities().isEmpty() || constraints.granularities().contains(granularity))
						&& constraints.chunks().least() <= point.chunks() && point.chunks() <= constraints.chunks().most());
	}

	/** The declared space of a segment, as the documentation lists it. */
	private static List<MappingPoint> points(Workload workload, int first, int depth, Constraints.Range stated) {
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
		if (depth > 1 && !stated.equals(Constraints.Range.OPEN)) {
			parts.addAll(List.of(stated.least(), stated.most()));
			channels.addAll(List.of(stated.least(), stated.most()));
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
