package org.pipeorgan.tests.reference;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;

import org.pipeorgan.engine.cost.MappingPoint;
import org.pipeorgan.engine.cost.MappingPoint.WeightLevel;
import org.pipeorgan.engine.cost.OperatorChoice;
import org.pipeorgan.engine.hardware.Accelerator;
import org.pipeorgan.engine.hardware.Energies;
import org.pipeorgan.engine.hardware.GlobalBuffer;
import org.pipeorgan.engine.hardware.Rational;
import org.pipeorgan.engine.interconnect.BufferPorts;
import org.pipeorgan.engine.interconnect.ExpressLinks;
import org.pipeorgan.engine.interconnect.Interconnect;
import org.pipeorgan.engine.interconnect.Topology;
import org.pipeorgan.engine.organization.Organization;
import org.pipeorgan.engine.organization.Placement;
import org.pipeorgan.engine.organization.SplitRule;
import org.pipeorgan.engine.pipelining.Dataflow;
import org.pipeorgan.engine.pipelining.OrderClass;
import org.pipeorgan.engine.workload.Operand;
import org.pipeorgan.engine.workload.Operator;
import org.pipeorgan.engine.workload.Tensor;
import org.pipeorgan.engine.workload.TensorShape;
import org.pipeorgan.engine.workload.Window;
import org.pipeorgan.engine.workload.Workload;
import org.pipeorgan.engine.workload.WorkloadBuilder;
import org.pipeorgan.engine.workload.WorkloadBuilder.NormalizedAxis;

/** Small random graphs of every kind of operator and view, hardware of odd sizes, and points of their mapping spaces. */
final class RandomSegments {
	private static final int[] BITS = { 0, 0, 4, 8, 16 };

	private final Random random;

	RandomSegments(Random random) {
		this.random = random;
	}

	Accelerator accelerator() {
		int lanes = 1 + random.nextInt(4);
		int registers = 24 + random.nextInt(16 << random.nextInt(6));
		int buffer = 200 + random.nextInt(256 << random.nextInt(8));
		return new Accelerator("random", Rational.ONE, 1 + random.nextInt(5), 1 + random.nextInt(6), lanes, registers, 4 << random.nextInt(3),
				1 + random.nextInt(4), buffer(buffer), bandwidth(16), Energies.DEFAULT);
	}

	/** Half of them in banks, a third with a bandwidth for writes. */
	private GlobalBuffer buffer(int bytes) {
		int banks = random.nextBoolean() ? 1 : 2 + random.nextInt(15);
		return new GlobalBuffer(bytes / banks * banks, bandwidth(32), random.nextInt(3) > 0 ? Optional.empty() : Optional.of(bandwidth(16)), banks);
	}

	Interconnect interconnect() {
		Topology topology = List.of(Topology.MESH, Topology.MESH, Topology.MESH, Topology.TORUS, Topology.RING, Topology.FLATTENED_BUTTERFLY)
				.get(random.nextInt(6));
		boolean amp = topology == Topology.MESH && random.nextBoolean();
		return new Interconnect("random", topology, amp ? List.of(ExpressLinks.every(2)) : List.of(), bandwidth(6), bandwidth(6), random.nextInt(4),
				random.nextBoolean(), random.nextInt(3) > 0 ? Optional.empty() : Optional.of(ports()));
	}

	/** On one side or two. */
	private BufferPorts ports() {
		List<BufferPorts.Side> sides = new ArrayList<>(List.of(BufferPorts.Side.values()));
		Collections.shuffle(sides, random);
		return new BufferPorts(sides.subList(0, 1 + random.nextInt(2)), 1 + random.nextInt(3));
	}

	/** Halves and thirds of a byte a cycle too. */
	private Rational bandwidth(int most) {
		return new Rational(1 + random.nextInt(3 * most), 1 + random.nextInt(3));
	}

	/** A graph of so many operators; most read the value before, some an earlier one. */
	Workload workload(int operators) {
		WorkloadBuilder builder = new WorkloadBuilder("random", "", 0);
		builder.input("x", new TensorShape(1 + random.nextInt(5) / 4, 2 * (1 + random.nextInt(4)), 3 + random.nextInt(8), random.nextInt(4) == 0 ? 1 : 3 + random.nextInt(8)), bits());
		List<String> values = new ArrayList<>(List.of("x"));
		for (int i = 0; i < operators; i++) {
			String name = "o" + i;
			String input = values.get(random.nextInt(3) == 0 ? random.nextInt(values.size()) : values.size() - 1);
			String other = values.get(random.nextInt(values.size()));
			append(builder, name, view(builder, name, input), other);
			values.add(name);
			if (random.nextInt(8) == 0) {
				builder.output(name);
			}
		}
		return builder.build();
	}

	/** Now and then a slice of the channels, or a reshape. */
	private String view(WorkloadBuilder builder, String name, String input) {
		TensorShape in = builder.shapeOf(input);
		switch (random.nextInt(9)) {
			case 0 -> {
				int from = random.nextInt((int) in.c());
				return slice(builder, name, input, from, from + random.nextInt((int) in.c() - from));
			}
			case 1 -> builder.reshape(name + "_view", input, new TensorShape(in.n(), in.c(), in.h() * in.w(), 1));
			case 2 -> builder.reshape(name + "_view", input, new TensorShape(in.n(), in.c(), in.w(), in.h()));
			case 3 -> {
				String part = slice(builder, name + "_slice", input, random.nextInt((int) in.c()), (int) in.c() - 1);
				builder.reshape(name + "_view", part, new TensorShape(in.n(), builder.shapeOf(part).c(), in.w(), in.h()));
			}
			case 4 -> {
				if (random.nextInt(3) > 0) {
					return input;
				}
				builder.reshape(name + "_view", input, new TensorShape(in.n(), in.h(), in.c(), in.w()));
			}
			default -> {
				return input;
			}
		}
		return name + "_view";
	}

	private static String slice(WorkloadBuilder builder, String name, String input, int from, int to) {
		builder.slice(name + "_part", input, from, to);
		return name + "_part";
	}

	private void append(WorkloadBuilder builder, String name, String input, String other) {
		TensorShape in = builder.shapeOf(input);
		int filterRows = (int) Math.min(1 + random.nextInt(4), in.h());
		int filterColumns = (int) Math.min(1 + random.nextInt(4), in.w());
		Window window = Window.of(filterRows, filterColumns).stride(1 + random.nextInt(3), 1 + random.nextInt(2)).pad(random.nextInt(filterRows),
				random.nextInt(filterRows), random.nextInt(filterColumns), random.nextInt(filterColumns));
		if (random.nextInt(4) == 0) {
			// dilated, and padded so that it fits
			window = window.dilation(2, 1).pad(filterRows, random.nextInt(2 * filterRows), filterColumns, random.nextInt(filterColumns));
		}
		switch (random.nextInt(14)) {
			case 0 -> builder.depthwise(name, input, window, bits());
			case 1 -> builder.pool(name, input, window, bits());
			case 2 -> builder.globalPool(name, input, bits());
			case 3 -> builder.linear(name, input, 1 + random.nextInt(9), bits());
			case 4 -> builder.resize(name, input, 1 + random.nextInt(12), 1 + random.nextInt(12), bits());
			case 5 -> concat(builder, name, input, other);
			case 6 -> builder.softmax(name, input, random.nextBoolean() ? NormalizedAxis.CHANNELS : NormalizedAxis.SPATIAL, 1, bits());
			case 7 -> builder.normalization(name, input, NormalizedAxis.CHANNELS, in.c() % 2 == 0 ? 2 : 1, bits());
			case 8, 9 -> sum(builder, name, input, other);
			case 10 -> product(builder, name, input);
			case 11 -> builder.convolution(name, input, 2 * (1 + random.nextInt(3)), window, in.c() % 2 == 0 ? 2 : 1, bits());
			default -> builder.convolution(name, input, 1 + random.nextInt(8), window, 1, bits());
		}
	}

	private void concat(WorkloadBuilder builder, String name, String input, String other) {
		TensorShape in = builder.shapeOf(input);
		TensorShape second = builder.shapeOf(other);
		boolean fit = in.n() == second.n() && in.h() == second.h() && in.w() == second.w();
		builder.concat(name, fit ? List.of(input, other) : List.of(input, input), bits());
	}

	/** A sum of equal shapes, or one that repeats the mean of rows and columns. */
	private void sum(WorkloadBuilder builder, String name, String input, String other) {
		TensorShape in = builder.shapeOf(input);
		TensorShape second = builder.shapeOf(other);
		boolean fit = (in.c() == second.c() || second.c() == 1) && (in.h() == second.h() || second.h() == 1) && (in.w() == second.w() || second.w() == 1);
		builder.elementwise(name, fit ? List.of(input, other) : random.nextBoolean() ? List.of(input) : List.of(input, input, input), bits());
	}

	/** A matrix product of a value with itself, scaled now and then to other rows; plain where the extents allow it. */
	private void product(WorkloadBuilder builder, String name, String input) {
		TensorShape in = builder.shapeOf(input);
		String right = name + "_tokens";
		String left = right;
		builder.reshape(right, input, new TensorShape(in.n(), in.c(), in.h() * in.w(), 1));
		if (random.nextBoolean()) {
			left = name + "_left";
			builder.resize(left, right, 1 + random.nextInt(4), 1, bits());
		}
		long heads = in.c() % 2 == 0 ? 1 + random.nextInt(2) : 1;
		builder.matmul(name, left, right, in.c() / heads != in.h() * in.w() || random.nextBoolean(), heads, bits());
	}

	/** 0 leaves the precision to the accelerator. */
	private int bits() {
		return BITS[random.nextInt(BITS.length)];
	}

	MappingPoint point(Workload workload, Accelerator accelerator, SplitRule rule) {
		int operators = workload.operators().size();
		int first = random.nextInt(operators);
		int deepest = 1;
		while (first + deepest < operators && joins(workload, first, first + deepest)) {
			deepest++;
		}
		int depth = Math.max(1 + random.nextInt(deepest), 1 + random.nextInt(deepest));
		OrderClass order = random.nextInt(3) == 0 ? OrderClass.WEIGHT_OUTER : OrderClass.ACTIVATION_OUTER;
		TensorShape output = workload.outputOf(workload.operators().get(first + random.nextInt(depth))).shape();
		long most = order == OrderClass.WEIGHT_OUTER ? output.c() : output.h() * (random.nextBoolean() ? 1 : output.w());
		WeightLevel level = WeightLevel.values()[random.nextInt(4)];
		Organization organization = Organization.values()[random.nextInt(Organization.values().length)];
		long chunks = 1 + random.nextInt((int) Math.min(100, most));
		return new MappingPoint(first, depth, order, chunks, organization, level,
				random.nextInt(3) > 0 ? List.of() : choices(workload.operators().subList(first, first + depth), workload, organization, accelerator, rule, order, chunks));
	}

	/** Tiles of some operators, parts of some, and the shares of all or none; they mostly fit on the array. */
	private List<OperatorChoice> choices(List<Operator> operators, Workload workload, Organization organization, Accelerator accelerator, SplitRule rule,
			OrderClass order, long chunks) {
		int unitPes = Placement.unitPes(organization, accelerator.rows(), accelerator.columns());
		int units = Placement.units(organization, accelerator.rows(), accelerator.columns()) / operators.size();
		boolean shares = organization.spatial() && units > 0 && random.nextBoolean();
		List<OperatorChoice> choices = new ArrayList<>();
		for (Operator operator : operators) {
			TensorShape out = workload.outputOf(operator).shape();
			OperatorChoice.Tile tile = new OperatorChoice.Tile(some(out.c()), some(out.h()), some(out.w()));
			Dataflow dataflow = tile.of(Dataflow.of(order, out, chunks));
			int share = shares ? (1 + random.nextInt(units)) * unitPes : 0;
			boolean spatial = rule == SplitRule.ALL_RANKS;
			OperatorChoice.Parts parts = random.nextBoolean() ? OperatorChoice.Parts.NONE
					: new OperatorChoice.Parts(parts(dataflow.kTile(), true), parts(dataflow.pTile(), spatial), parts(dataflow.qTile(), spatial),
							parts(operator.contracted(), operator.kind().splitsContraction()));
			choices.add(new OperatorChoice(tile, share, parts));
		}
		return choices;
	}

	private long some(long extent) {
		return random.nextBoolean() ? 0 : 1 + random.nextInt((int) extent);
	}

	/** A small number of parts, the smallest that gives its slice. */
	private int parts(long extent, boolean cut) {
		long slice = Math.ceilDiv(extent, cut ? 1 + random.nextInt(3) : 1);
		return (int) Math.ceilDiv(extent, slice);
	}

	/** Whether an operator reads no result of the segment so far with its channels regrouped. */
	private static boolean joins(Workload workload, int first, int operator) {
		for (Operand operand : workload.operators().get(operator).operands()) {
			Tensor tensor = workload.tensors().get(operand.tensor());
			if (tensor.producer() >= first && operand.viewKind(tensor.shape()) == Operand.ViewKind.SCATTERED) {
				return false;
			}
		}
		return true;
	}
}
