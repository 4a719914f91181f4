package org.pipeorgan.engine.cost;

import java.util.List;

import org.pipeorgan.engine.hardware.Accelerator;
import org.pipeorgan.engine.interconnect.LinkLoads;
import org.pipeorgan.engine.interconnect.Network;
import org.pipeorgan.engine.organization.Distribution;
import org.pipeorgan.engine.organization.Traffic;
import org.pipeorgan.engine.workload.Operand;
import org.pipeorgan.engine.workload.Operator;
import org.pipeorgan.engine.workload.Tensor;
import org.pipeorgan.engine.workload.Workload;

/** What the operators of a segment put on the network between the PEs (section 4 of the model). Safe for many threads. */
final class SegmentTraffic {
	private static final long[] NOTHING = {};

	private final Workload workload;
	private final Accelerator accelerator;
	private final DataMovement movement;
	private final boolean carriesDistribution;
	private final Traffic traffic = new Traffic();
	private final Distribution distribution = new Distribution();

	/** @param carriesDistribution whether what the buffer delivers and gets travels over the same links */
	SegmentTraffic(Workload workload, Accelerator accelerator, DataMovement movement, boolean carriesDistribution) {
		this.workload = workload;
		this.accelerator = accelerator;
		this.movement = movement;
		this.carriesDistribution = carriesDistribution;
	}

	/** What of a plan, besides its layout and its forwarded hand-overs, the traffic depends on: how often weights are delivered, if that travels over the same links. */
	long[] dependsOn(SegmentPlan plan) {
		return carriesDistribution ? plan.weightPasses : NOTHING;
	}

	/** Whether an operator puts anything on the network when it has the whole array to itself. */
	boolean isBusyAlone(Layout layout, int i) {
		return carriesDistribution || layout.operators[i].split().cParts() > 1;
	}

	/** Whether that depends on nothing but its dataflow and split. */
	boolean isLocal() {
		return !carriesDistribution;
	}

	/**
	 * Adds what operator i takes from other PEs.
	 *
	 * @param forwarded a bit for each hand-over: whether it goes from PE to PE
	 * @param hops      for each hand-over the hops of its longest route, added to
	 */
	void addHandOvers(SegmentPlan plan, List<Operator> operators, int i, long forwarded, long[] hops, LinkLoads loads) {
		Layout layout = plan.layout;
		for (int e = 0; e < layout.handOvers.size(); e++) {
			HandOver edge = layout.handOvers.get(e);
			if (edge.consumer() == i && (forwarded >> e & 1) == 1) {
				loads.takeLongestRoute();
				traffic.forward(side(layout, operators, edge.producer()), side(layout, operators, i), edge.operand(), edge.tensor(), layout.placement, loads);
				hops[e] += loads.takeLongestRoute();
			}
		}
	}

	/** Adds what operator i takes from the buffer, its reductions, and what of its result goes to the buffer; the parameters are those of {@link #addHandOvers}. */
	void addOwn(SegmentPlan plan, List<Operator> operators, int i, long forwarded, long[] hops, LinkLoads loads) {
		Layout layout = plan.layout;
		Traffic.Side own = side(layout, operators, i);
		Traffic.reduce(own, 8 * accelerator.partialSumBytes(), layout.placement, loads);
		if (!carriesDistribution) {
			return;
		}
		boolean stored = workload.outputOf(operators.get(i)).leaves(plan.point.first() + operators.size());
		for (int e = 0; e < layout.handOvers.size(); e++) {
			HandOver edge = layout.handOvers.get(e);
			boolean forwards = (forwarded >> e & 1) == 1;
			stored |= edge.producer() == i && !forwards;
			if (edge.consumer() == i && !forwards) {
				loads.takeLongestRoute();
				deliver(plan, own, edge.operand(), loads);
				hops[e] += loads.takeLongestRoute();
			}
		}
		for (Operand operand : own.operator().operands()) {
			if (workload.tensors().get(operand.tensor()).producer() < plan.point.first()) {
				deliver(plan, own, operand, loads);
			}
		}
		if (own.operator().weights() > 0) {
			Distribution.weights(own, plan.weightPasses[i], layout.placement, loads);
		}
		if (stored) {
			store(layout, own, forwarded, hops, loads);
		}
	}

	/** Hops that the longest route of each hand-over of a sketched plan has at least; 0 of those that may go through the buffer yet, as leads of joins grow. */
	long[] leastHops(SegmentPlan plan, List<Operator> operators, Network network) {
		Layout layout = plan.layout;
		long[] hops = new long[layout.handOvers.size()];
		for (int e = 0; e < hops.length; e++) {
			HandOver edge = layout.handOvers.get(e);
			boolean forwards = edge.bounded() && (plan.forwarded >> e & 1) == 1;
			if (forwards && layout.leastHops[e] < 0) {
				layout.leastHops[e] = traffic.leastHops(side(layout, operators, edge.producer()), side(layout, operators, edge.consumer()), edge.operand(), edge.tensor(), layout.placement, network);
			}
			hops[e] = forwards ? layout.leastHops[e] : 0;
		}
		return hops;
	}

	private void deliver(SegmentPlan plan, Traffic.Side to, Operand operand, LinkLoads loads) {
		distribution.deliver(to, operand, workload.tensors().get(operand.tensor()), movement.deliveries(to.operator(), to.split(), operand), plan.layout.placement, loads);
	}

	private void store(Layout layout, Traffic.Side own, long forwarded, long[] hops, LinkLoads loads) {
		loads.takeLongestRoute();
		Distribution.store(own, workload.outputOf(own.operator()), layout.placement, loads);
		int longest = loads.takeLongestRoute();
		for (int e = 0; e < layout.handOvers.size(); e++) {
			if (layout.handOvers.get(e).producer() == own.share() && (forwarded >> e & 1) == 0) {
				hops[e] += longest;
			}
		}
	}

	private static Traffic.Side side(Layout layout, List<Operator> operators, int i) {
		return new Traffic.Side(operators.get(i), layout.dataflows.get(i), layout.operators[i].split(), i);
	}
}
