package org.pipeorgan.tests.engine;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import org.pipeorgan.engine.cost.MappingPoint.WeightLevel;
import org.pipeorgan.engine.cost.OperatorChoice;
import org.pipeorgan.engine.organization.Organization;
import org.pipeorgan.engine.pipelining.OrderClass;
import org.pipeorgan.engine.search.Constraints;
import org.pipeorgan.engine.search.FixedMapping;
import org.pipeorgan.engine.search.GranularityClass;
import org.pipeorgan.engine.workload.Operator;
import org.pipeorgan.engine.workload.TensorShape;
import org.pipeorgan.engine.workload.Window;
import org.pipeorgan.engine.workload.Workload;
import org.pipeorgan.engine.workload.WorkloadBuilder;
import org.pipeorgan.engine.workload.WorkloadBuilder.NormalizedAxis;

/** Small random graphs of every kind of operator. */
final class RandomWorkloads {
	private RandomWorkloads() {
	}

	/** A convolution "a" and one operator that reads it. */
	static Workload pair(Random random) {
		WorkloadBuilder builder = new WorkloadBuilder("pair", "", 8);
		long channels = 2 * (1 + random.nextInt(3));
		TensorShape shape = new TensorShape(1 + random.nextInt(2), channels, 3 + random.nextInt(7), 3 + random.nextInt(7));
		builder.input("x", shape, 0).convolution("a", "x", 2 * (1 + random.nextInt(3)), Window.of(1, 1), 1, 0);
		append(builder, random, "b", "a");
		return builder.build();
	}

	/** A few sections of what a user may fix of a workload's mapping; some contradict each other. */
	static Constraints constraints(Random random, Workload workload) {
		List<String> names = workload.operators().stream().map(Operator::name).toList();
		Supplier<String> name = () -> names.get(random.nextInt(names.size()));
		long least = 1 + random.nextInt(4);
		OperatorChoice choice = new OperatorChoice(random.nextBoolean() ? OperatorChoice.Tile.NONE : new OperatorChoice.Tile(random.nextInt(3), random.nextInt(4), random.nextInt(4)),
				random.nextInt(4), random.nextBoolean() ? OperatorChoice.Parts.NONE : new OperatorChoice.Parts(1 + random.nextInt(2), 1 + random.nextInt(2), 1, 1));
		return new Constraints(some(random, Organization.values()), some(random, OrderClass.values()), some(random, GranularityClass.values()),
				random.nextInt(4) > 0 ? Constraints.Range.OPEN : new Constraints.Range(least, least + random.nextInt(6)), some(random, WeightLevel.values()),
				random.nextInt(4) > 0 ? List.of() : List.of(name.get()), random.nextInt(3) > 0 ? List.of() : List.of(new Constraints.Together(names.get(0), name.get())),
				random.nextInt(3) > 0 ? List.of() : List.of(name.get()), random.nextInt(3) > 0 ? List.of() : List.of(name.get()),
				random.nextBoolean() ? List.of() : List.of(new FixedMapping.NamedChoice(name.get(), choice)));
	}

	/** Mostly none. */
	private static <T> Set<T> some(Random random, T[] values) {
		return random.nextInt(4) > 0 ? Set.of() : Arrays.stream(values).filter(value -> random.nextBoolean()).collect(Collectors.toSet());
	}

	/** A graph of so many operators; later ones read any earlier value, mostly the last. */
	static Workload graph(Random random, int operators) {
		WorkloadBuilder builder = new WorkloadBuilder("graph", "", 8);
		builder.input("x", TensorShape.of(2 * (1 + random.nextInt(4)), 4 + random.nextInt(8), 4 + random.nextInt(8)), 0);
		String last = "x";
		for (int i = 0; i < operators; i++) {
			String name = "o" + i;
			String before = i > 1 && random.nextInt(4) == 0 ? "o" + random.nextInt(i) : last;
			if (i > 1 && random.nextInt(3) == 0) {
				String other = "o" + random.nextInt(i);
				if (builder.shapeOf(other).equals(builder.shapeOf(before))) {
					builder.elementwise(name, List.of(before, other), 0);
				} else {
					append(builder, random, name, before);
				}
			} else {
				append(builder, random, name, before);
			}
			last = name;
		}
		return builder.build();
	}

	private static void append(WorkloadBuilder builder, Random random, String name, String input) {
		TensorShape in = builder.shapeOf(input);
		int filter = (int) Math.min(1 + random.nextInt(4), Math.min(in.h(), in.w()));
		int stride = 1 + random.nextInt(3);
		int pad = random.nextInt(filter);
		Window window = Window.of(filter, filter).stride(stride, 1 + random.nextInt(2)).pad(pad, pad, pad, pad);
		switch (random.nextInt(12)) {
			case 0 -> builder.depthwise(name, input, window, 0);
			case 1 -> builder.pool(name, input, window, 0);
			case 2 -> builder.globalPool(name, input, 0);
			case 3 -> builder.linear(name, input, 1 + random.nextInt(5), 0);
			case 4 -> builder.scale(name, input, 2, 0);
			case 5 -> builder.concat(name, List.of(input, input), 0);
			case 6 -> builder.softmax(name, input, random.nextBoolean() ? NormalizedAxis.CHANNELS : NormalizedAxis.SPATIAL, 1, 0);
			case 7 -> {
				if (in.c() % 2 == 0) {
					builder.convolution(name, input, 4, window, 2, 0);
				} else {
					builder.elementwise(name, List.of(input), 0);
				}
			}
			case 8 -> {
				builder.reshape(name + "_flat", input, new TensorShape(in.n(), in.c(), in.h() * in.w(), 1));
				builder.linear(name, name + "_flat", 1 + random.nextInt(5), 0);
			}
			case 9 -> {
				long from = random.nextInt((int) in.c());
				builder.slice(name + "_part", input, from, in.c() - 1);
				builder.convolution(name, name + "_part", 1 + random.nextInt(4), window, 1, 0);
			}
			default -> builder.convolution(name, input, 1 + random.nextInt(6), window, 1, 0);
		}
	}
}
