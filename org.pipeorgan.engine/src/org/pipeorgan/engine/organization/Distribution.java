package org.pipeorgan.engine.organization;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.pipeorgan.engine.interconnect.LinkLoads;
import org.pipeorgan.engine.organization.Traffic.Side;
import org.pipeorgan.engine.pipelining.Dataflow;
import org.pipeorgan.engine.workload.AxisAccess;
import org.pipeorgan.engine.workload.Operand;
import org.pipeorgan.engine.workload.Tensor;
import org.pipeorgan.engine.workload.TensorShape;

/**
 * Transfers between the global buffer and the PEs of an operator where they share the network between the PEs. All
 * amounts are bits, summed over the whole segment. An interval's operands are delivered anew in each interval, so that
 * what is needed is a product over the axes again, of pairs of an interval's part and a coordinate. Safe for many threads.
 */
public final class Distribution {
	private record Axis(AxisAccess access, long viewExtent, long outExtent, long tile, long slice, int cParts, long cSlice) {
	}

	/** Coordinates, counted once for each part of the output's axis that needs them, with the slices that do. */
	private record Needs(int[] slices, long count) {
	}

	private final Map<Axis, List<Needs>> known = new ConcurrentHashMap<>();

	/**
	 * Delivers an operand to the PEs, in each interval what its outputs need.
	 *
	 * @param repeats how often each is delivered
	 */
	public void deliver(Side consumer, Operand operand, Tensor tensor, long repeats, Placement placement, LinkLoads loads) {
		Dataflow to = consumer.dataflow();
		Split split = consumer.split();
		TensorShape view = operand.view();
		int cParts = split.cParts();
		long each = Math.multiplyExact(Math.multiplyExact(Math.min(view.n(), to.out().n()), (long) tensor.bits()), repeats);
		int[] destinations = new int[split.pes()];
		for (Needs row : needs(new Axis(operand.rows(), view.h(), to.out().h(), to.pTile(), split.pSlice(), 1, 1))) {
			for (Needs column : needs(new Axis(operand.columns(), view.w(), to.out().w(), to.qTile(), split.qSlice(), 1, 1))) {
				for (Needs channel : needs(new Axis(operand.channels(), view.c(), to.out().c(), to.kTile(), split.kSlice(), cParts, split.cSlice()))) {
					int count = 0;
					for (int p : row.slices()) {
						for (int q : column.slices()) {
							for (int kc : channel.slices()) {
								destinations[count++] = placement.pe(consumer.share(), (p * split.qParts() + q) * split.kParts() * cParts + kc);
							}
						}
					}
					loads.distribute(destinations, count, Math.multiplyExact(each, Math.multiplyExact(row.count() * column.count(), channel.count())));
				}
			}
		}
	}

	/**
	 * Delivers the weights of an operator: those of a slice of K and a part of C to all PEs that work on them.
	 *
	 * @param passes how often each weight is delivered
	 */
	public static void weights(Side side, long passes, Placement placement, LinkLoads loads) {
		Split split = side.split();
		Dataflow dataflow = side.dataflow();
		long each = Math.multiplyExact(side.operator().filterRows() * side.operator().filterColumns() * side.operator().weightBits(), passes);
		int[] destinations = new int[split.pParts() * split.qParts()];
		for (int k = 0; k < split.kParts(); k++) {
			long channels = Traffic.owned(dataflow.out().c(), dataflow.kTile(), split.kSlice(), k);
			for (int c = 0; c < split.cParts(); c++) {
				long contracted = Math.min(split.cSlice(), side.operator().contracted() - c * split.cSlice());
				int count = 0;
				for (int p = 0; p < split.pParts(); p++) {
					for (int q = 0; q < split.qParts(); q++) {
						destinations[count++] = placement.pe(side.share(), split.position(k, p, q, c));
					}
				}
				loads.distribute(destinations, count, Math.multiplyExact(each, channels * contracted));
			}
		}
	}

	/** Collects an operator's result: each element from the PE that owns it. */
	public static void store(Side side, Tensor result, Placement placement, LinkLoads loads) {
		Split split = side.split();
		for (int p = 0; p < split.pParts(); p++) {
			for (int q = 0; q < split.qParts(); q++) {
				for (int k = 0; k < split.kParts(); k++) {
					loads.collect(placement.pe(side.share(), split.position(k, p, q, 0)),
							Math.multiplyExact(Traffic.ownedElements(side, k, p, q), (long) result.bits()));
				}
			}
		}
	}

	private List<Needs> needs(Axis axis) {
		return known.computeIfAbsent(axis, Distribution::count);
	}

	/** A needing slice is {@code slice * cParts + part of C}. */
	private static List<Needs> count(Axis axis) {
		Map<List<Integer>, Long> counts = new LinkedHashMap<>();
		for (long from = 0; from < axis.outExtent(); from += axis.tile()) {
			long to = Math.min(axis.outExtent(), from + axis.tile());
			if (axis.access() instanceof AxisAccess.Whole) {
				int slices = Math.toIntExact(Math.ceilDiv(to - from, axis.slice()));
				for (int part = 0; part < axis.cParts(); part++) {
					List<Integer> needing = new ArrayList<>(slices);
					for (int slice = 0; slice < slices; slice++) {
						needing.add(slice * axis.cParts() + part);
					}
					long coordinates = axis.cParts() == 1 ? axis.viewExtent() : Math.min(axis.cSlice(), axis.viewExtent() - part * axis.cSlice());
					counts.merge(needing, coordinates, Long::sum);
				}
			} else {
				countPart(axis, from, to, counts);
			}
		}
		return counts.entrySet().stream().map(e -> new Needs(e.getKey().stream().mapToInt(Integer::intValue).toArray(), e.getValue())).toList();
	}

	private static void countPart(Axis axis, long from, long to, Map<List<Integer>, Long> counts) {
		AxisFlow.Collector collector = new AxisFlow.Collector(Math.toIntExact(axis.viewExtent()));
		int taps = axis.access().taps(axis.viewExtent());
		for (long out = from; out < to; out++) {
			int slice = (int) ((out - from) / axis.slice());
			for (int tap = 0; tap < taps; tap++) {
				long in = axis.access().need(out, tap, axis.viewExtent());
				if (in >= 0) {
					collector.owner((int) in, 0);
					// for a group the tap is the channel's number in the contracted rank
					collector.need((int) in, slice * axis.cParts() + (axis.cParts() == 1 ? 0 : (int) (tap / axis.cSlice())));
				}
			}
		}
		for (AxisFlow.Class needed : collector.classes().classes()) {
			counts.merge(java.util.Arrays.stream(needed.needs()).boxed().toList(), needed.count(), Long::sum);
		}
	}
}
