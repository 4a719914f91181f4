package org.pipeorgan.engine.cost;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.pipeorgan.engine.organization.Split;
import org.pipeorgan.engine.organization.Splits;
import org.pipeorgan.engine.pipelining.Dataflow;
import org.pipeorgan.engine.pipelining.Dependence;
import org.pipeorgan.engine.workload.AxisAccess;
import org.pipeorgan.engine.workload.Operand;
import org.pipeorgan.engine.workload.Operator;
import org.pipeorgan.engine.workload.Tensor;
import org.pipeorgan.engine.workload.TensorShape;
import org.pipeorgan.engine.workload.Workload;

/** The operators of a workload under the tilings that are met, each shape and dataflow once. Safe for many threads. */
final class TiledOperators {
	private record Cut(Tiling tiling, OperatorChoice.Tile tile) {
	}

	private record DependenceKey(Dataflow producer, Dataflow consumer, TensorShape view, long channelOffset, AxisAccess channels, AxisAccess rows,
			AxisAccess columns, TensorShape shape) {
	}

	/** Operators of one shape. */
	private static final class Shape {
		final int number;
		final Map<Cut, TiledOperator> cuts = new ConcurrentHashMap<>();
		final Map<Dataflow, TiledOperator> dataflows = new ConcurrentHashMap<>();

		Shape(int number) {
			this.number = number;
		}
	}

	private final Workload workload;
	private final Splits splits;
	private final TimeUnits units;
	private final DataMovement movement;
	private final List<Shape> shapes = new ArrayList<>();
	private final Map<DependenceKey, Dependence> dependences = new ConcurrentHashMap<>();

	TiledOperators(Workload workload, Splits splits, TimeUnits units, DataMovement movement) {
		this.workload = workload;
		this.splits = splits;
		this.units = units;
		this.movement = movement;
		Map<OperatorShape, Shape> known = new HashMap<>();
		for (Operator operator : workload.operators()) {
			shapes.add(known.computeIfAbsent(OperatorShape.of(workload, operator), shape -> new Shape(known.size())));
		}
	}

	/** See {@link CostModel#shape}; from 0 on. */
	int shape(int operator) {
		return shapes.get(operator).number;
	}

	/** An operator under a tiling, but for what is stated of its tile. */
	TiledOperator of(int operator, Tiling tiling, OperatorChoice.Tile tile) {
		Shape shape = shapes.get(operator);
		Cut cut = new Cut(tiling, tile);
		TiledOperator known = shape.cuts.get(cut);
		return known != null ? known : shape.cuts.computeIfAbsent(cut, key -> of(shape, workload.operators().get(operator), tiling, tile));
	}

	private TiledOperator of(Shape shape, Operator operator, Tiling tiling, OperatorChoice.Tile tile) {
		Dataflow dataflow = tile.of(Dataflow.of(tiling.orderClass(), workload.outputOf(operator).shape(), tiling.chunks()));
		return shape.dataflows.computeIfAbsent(dataflow, key -> new TiledOperator(this, operator, dataflow, splits.of(operator, dataflow),
				dataflow.intervals() > CostModel.MAX_INTERVALS ? null : DataMovement.needed(operator, dataflow), movement.registerBits(operator)));
	}

	SlicedOperator slice(TiledOperator tiled, Split split) {
		long compute = Math.multiplyExact(splits.cycles(tiled.operator, split), units.perCycle());
		TimeUnits.check(compute, tiled.intervals);
		return movement.slice(tiled, split, compute);
	}

	Dependence dependence(TiledOperator producer, TiledOperator consumer, int number) {
		Operand operand = consumer.operator.operands().get(number);
		Tensor tensor = workload.tensors().get(operand.tensor());
		DependenceKey key = new DependenceKey(producer.dataflow, consumer.dataflow, operand.view(), operand.channelOffset(), operand.channels(), operand.rows(),
				operand.columns(), tensor.shape());
		return dependences.computeIfAbsent(key, k -> Dependence.of(producer.dataflow, consumer.dataflow, operand, tensor));
	}
}
