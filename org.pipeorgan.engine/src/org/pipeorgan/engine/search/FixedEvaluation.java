package org.pipeorgan.engine.search;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.pipeorgan.engine.cost.CostModel;
import org.pipeorgan.engine.cost.MappingPoint;
import org.pipeorgan.engine.cost.OperatorChoice;
import org.pipeorgan.engine.cost.ResidenceCost;
import org.pipeorgan.engine.cost.SegmentCost;
import org.pipeorgan.engine.cost.SegmentPlan;
import org.pipeorgan.engine.hardware.Accelerator;
import org.pipeorgan.engine.organization.Organization;
import org.pipeorgan.engine.organization.Placement;
import org.pipeorgan.engine.pipelining.Dataflow;
import org.pipeorgan.engine.search.FixedMapping.Fault;
import org.pipeorgan.engine.search.FixedMapping.NamedChoice;
import org.pipeorgan.engine.search.FixedMapping.Segment;
import org.pipeorgan.engine.workload.Operator;
import org.pipeorgan.engine.workload.Workload;

/** Evaluates the mapping that a policy holds, with the model by which searched ones are costed, or says why it cannot be. */
final class FixedEvaluation {
	private final CostModel model;
	private final Workload workload;
	private final Policy policy;
	private final CostModel.Scratch scratch;
	private final Map<String, Operator> operators = new HashMap<>();

	FixedEvaluation(CostModel model, Policy policy) {
		this.model = model;
		this.policy = policy;
		workload = model.workload();
		scratch = model.scratch();
		workload.operators().forEach(operator -> operators.put(operator.name(), operator));
	}

	/** The mapping with its costs. @throws InfeasibleException if it is none of the workload's or does not fit */
	Mapping mapping() {
		List<Fault> faults = policy.mapping().faults(workload);
		if (!faults.isEmpty()) {
			Fault fault = faults.get(0);
			throw infeasible(fault.segment(), fault.message());
		}
		List<Mapping.Step> steps = new ArrayList<>();
		Held held = Held.NONE;
		long room = 0;
		for (int i = 0; i < policy.mapping().segments().size(); i++) {
			Mapping.Step step = step(i, held, room);
			steps.add(step);
			held = step.held();
			room = step.cost().prefetchRoom();
		}
		return new Mapping(steps);
	}

	private Mapping.Step step(int index, Held held, long room) {
		Segment segment = policy.mapping().segments().get(index);
		int first = operators.get(segment.first()).index();
		int end = operators.get(segment.last()).index() + 1;
		Organization organization = end - first == 1 ? Organization.BLOCKED_ROWS : segment.organization();
		MappingPoint point = new MappingPoint(first, end - first, segment.orderClass(), segment.chunks(), organization, segment.weightLevel(),
				choices(index, segment, first, end, organization));
		SegmentPlan plan = model.plan(point, scratch);
		if (plan == null) {
			throw infeasible(index, noLayout(point));
		}
		List<Integer> results = segment.kept().stream().map(name -> operators.get(name).output()).toList();
		boolean nothing = policy.restrictions().contains(Restriction.NO_RESIDENCE);
		if (nothing && !results.isEmpty()) {
			throw infeasible(index, "the policy is restricted to no residence, but its mapping keeps '" + segment.kept().get(0) + "'; remove one of them");
		}
		Held kept = Held.of(results);
		long heldBytes = held.bytes(workload);
		SegmentCost cost = SegmentCost.of(model, plan, held, kept, heldBytes, room);
		if (cost == null) {
			throw infeasible(index, noSpace(heldBytes + ResidenceCost.spaceBytes(plan, held, kept), heldBytes));
		}
		return new Mapping.Step(plan, cost, held.readFrom(workload, end).and(kept));
	}

	/** What is stated about each operator, in order; what contradicts the accelerator or the policy is refused. */
	private List<OperatorChoice> choices(int index, Segment segment, int first, int end, Organization organization) {
		if (segment.operators().isEmpty()) {
			return List.of();
		}
		List<OperatorChoice> choices = new ArrayList<>(Collections.nCopies(end - first, OperatorChoice.NONE));
		Accelerator accelerator = model.accelerator();
		int unitPes = Placement.unitPes(organization, accelerator.rows(), accelerator.columns());
		long shares = 0;
		for (NamedChoice named : segment.operators()) {
			OperatorChoice choice = named.choice();
			choices.set(operators.get(named.operator()).index() - first, choice);
			shares += choice.share();
			if (choice.share() % unitPes != 0) {
				throw infeasible(index, "the share of '" + named.operator() + "' is " + choice.share() + " PEs, but organization " + organization.label()
						+ " hands the " + array() + " out in units of " + unitPes + "; take a multiple");
			}
			if (policy.channelsOnly() && Math.max(choice.parts().p(), choice.parts().q()) > 1) {
				throw infeasible(index, "the policy is restricted to channel splits, but '" + named.operator() + "' is split into P " + choice.parts().p() + " Q "
						+ choice.parts().q() + "; write 'P 1 Q 1', or remove the restriction");
			}
		}
		if (shares > accelerator.pes()) {
			throw infeasible(index, "the shares add up to " + shares + " PEs, but the " + array() + " has " + accelerator.pes() + "; take fewer");
		}
		return choices;
	}

	private String array() {
		return model.accelerator().rows() + " x " + model.accelerator().columns() + " array of '" + model.accelerator().name() + "'";
	}

	private String noLayout(MappingPoint point) {
		List<Dataflow> dataflows = model.dataflows(point);
		for (int i = 0; i < point.depth(); i++) {
			long intervals = dataflows.get(i).intervals();
			if (intervals > CostModel.MAX_INTERVALS) {
				boolean tiled = !point.choice(i).tile().equals(OperatorChoice.Tile.NONE);
				return "with " + (tiled ? "its tile" : point.chunks() + " chunks") + " operator '" + workload.operators().get(point.first() + i).name() + "' has " + intervals
						+ " intervals; at most " + CostModel.MAX_INTERVALS + " are possible, so take " + (tiled ? "a larger tile" : "fewer chunks");
			}
		}
		long handOvers = model.handOvers(point.first(), point.depth());
		if (handOvers > CostModel.MAX_HAND_OVERS) {
			return "its operators hand over " + handOvers + " operands; at most " + CostModel.MAX_HAND_OVERS + " are possible, so take fewer operators";
		}
		Optional<Placement> placement = model.placement(point);
		for (int i = 0; placement.isPresent() && i < point.depth(); i++) {
			if (point.choice(i).parts().pes() > placement.get().size(i)) {
				return "operator '" + workload.operators().get(point.first() + i).name() + "' is split into " + point.choice(i).parts().pes() + " parts, but has "
						+ placement.get().size(i) + " PEs; take fewer parts or a larger share";
			}
		}
		Accelerator accelerator = model.accelerator();
		int units = Placement.units(point.organization(), accelerator.rows(), accelerator.columns());
		return "organization " + point.organization().label() + " cannot give each of " + point.depth() + " operators a part of the " + array() + (point.depth() > units ? ", which it hands out in " + units + " units" : "")
				+ "; take fewer operators or another organization";
	}

	private String noSpace(long bytes, long heldBytes) {
		return "it needs " + bytes + " B of the global buffer" + (heldBytes == 0 ? "" : ", " + heldBytes + " B of them for tensors that earlier segments keep")
				+ ", but accelerator '" + model.accelerator().name() + "' has " + model.accelerator().bufferBytes() + " B; take more chunks, let weights or results wait elsewhere, or enlarge the buffer";
	}

	private InfeasibleException infeasible(int index, String reason) {
		Segment segment = policy.mapping().segments().get(index);
		String shown = segment.first().equals(segment.last()) ? "'" + segment.first() + "'" : "'" + segment.first() + "' .. '" + segment.last() + "'";
		return new InfeasibleException(segment.first(), index,
				"segment " + shown + " of policy '" + policy.name() + "' cannot run workload '" + workload.name() + "': " + reason);
	}
}
