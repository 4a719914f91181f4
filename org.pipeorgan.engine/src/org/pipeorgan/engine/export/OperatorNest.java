package org.pipeorgan.engine.export;

import java.util.ArrayList;
import java.util.List;

import org.pipeorgan.engine.cost.SegmentPlan;
import org.pipeorgan.engine.organization.Split;
import org.pipeorgan.engine.pipelining.Dataflow;
import org.pipeorgan.engine.search.MappedRun;
import org.pipeorgan.engine.workload.AxisAccess;
import org.pipeorgan.engine.workload.Operand;
import org.pipeorgan.engine.workload.Operator;
import org.pipeorgan.engine.workload.OperatorKind;
import org.pipeorgan.engine.workload.TensorShape;
import org.pipeorgan.engine.workload.Workload;

/**
 * An operator that multiplies, as a loop nest over the ranks {@link Rank}, with what its mapping says about it. A matrix
 * product with M rows is a convolution of M x 1 pixels with a filter of 1 x 1; one of two activations has a filter of its own for each image.
 *
 * @param name           for tools: letters, digits, underscores
 * @param operator       the operator
 * @param segment        number of its segment, from 1
 * @param extents        of the loops, in the order of {@link Rank}
 * @param strideRows     rows of the input from one output row to the next
 * @param strideColumns  columns likewise
 * @param dilationRows   rows of the input from one filter row to the next
 * @param dilationColumns columns likewise
 * @param dataflow       its output tile of an interval
 * @param split          how its PEs share that
 * @param computeCycles  cycles of the segment's computation: intervals times the cycles of the largest slice, nothing else taking time
 * @param stallFree      whether its intervals take no longer than their computation
 */
record OperatorNest(String name, Operator operator, int segment, long[] extents, long strideRows, long strideColumns, long dilationRows,
		long dilationColumns, Dataflow dataflow, Split split, long computeCycles, boolean stallFree) {

	/** The loops; K and C count within a group. */
	enum Rank {
		N, G, K, C, P, Q, R, S
	}

	/** Number of iterations of a loop. */
	long extent(Rank rank) {
		return extents[rank.ordinal()];
	}

	/** Rows of the input that the output sees, padding included: (P − 1) · stride + (R − 1) · dilation + 1. */
	long inputRows() {
		return (extent(Rank.P) - 1) * strideRows + (extent(Rank.R) - 1) * dilationRows + 1;
	}

	/** Columns of the input that the output sees, padding included. */
	long inputColumns() {
		return (extent(Rank.Q) - 1) * strideColumns + (extent(Rank.S) - 1) * dilationColumns + 1;
	}

	/** Whether its second operand is an activation. */
	boolean hasTwoActivations() {
		return operator.kind() == OperatorKind.MATMUL;
	}

	/** Whether one stride and no dilation say its windows. */
	boolean isPlain() {
		return strideRows == strideColumns && dilationRows == 1 && dilationColumns == 1;
	}

	/** The operators of a run that multiply, in file order. */
	static List<OperatorNest> of(MappedRun run) {
		ToolNames names = new ToolNames();
		Workload workload = run.model().workload();
		List<OperatorNest> nests = new ArrayList<>();
		for (int s = 0; s < run.segments().size(); s++) {
			SegmentPlan plan = run.segments().get(s).plan();
			for (int i = 0; i < plan.point().depth(); i++) {
				Operator operator = workload.operators().get(plan.point().first() + i);
				if (operator.kind().multiplies()) {
					nests.add(of(names.of(operator.name()), operator, s + 1, plan, i, workload, run.model().unitsPerCycle()));
				}
			}
		}
		return nests;
	}

	/** Names of the operators that no tool for loop nests of products takes. */
	static List<String> leftOut(MappedRun run) {
		return run.model().workload().operators().stream().filter(operator -> !operator.kind().multiplies()).map(Operator::name).toList();
	}

	private static OperatorNest of(String name, Operator operator, int segment, SegmentPlan plan, int i, Workload workload, long unitsPerCycle) {
		TensorShape out = workload.outputOf(operator).shape();
		Operand operand = operator.operands().get(0);
		long groups = operand.channels() instanceof AxisAccess.Group group ? Math.ceilDiv(out.c(), group.outputs()) : 1;
		long[] extents = { out.n(), groups, out.c() / groups, operator.contracted(), out.h(), out.w(), operator.filterRows(), operator.filterColumns() };
		long[] rows = window(operand.rows());
		long[] columns = window(operand.columns());
		Dataflow dataflow = plan.dataflows().get(i);
		long compute = plan.computeUnits().get(i);
		return new OperatorNest(name, operator, segment, extents, rows[0], columns[0], rows[1], columns[1], dataflow, plan.splits().get(i),
				compute / unitsPerCycle * dataflow.intervals(), plan.intervalUnits().get(i) <= compute);
	}

	/** Stride and dilation. */
	private static long[] window(AxisAccess access) {
		return access instanceof AxisAccess.Window window ? new long[] { window.stride(), window.dilation() } : new long[] { 1, 1 };
	}
}
