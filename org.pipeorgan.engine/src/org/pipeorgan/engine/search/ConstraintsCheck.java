package org.pipeorgan.engine.search;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.pipeorgan.engine.cost.OperatorChoice;
import org.pipeorgan.engine.organization.Traffic;
import org.pipeorgan.engine.search.Constraints.Fault;
import org.pipeorgan.engine.search.Constraints.Section;
import org.pipeorgan.engine.search.Constraints.Together;
import org.pipeorgan.engine.search.FixedMapping.Topic;
import org.pipeorgan.engine.workload.Operand;
import org.pipeorgan.engine.workload.Operator;
import org.pipeorgan.engine.workload.Tensor;
import org.pipeorgan.engine.workload.TensorShape;
import org.pipeorgan.engine.workload.Workload;

/** Holds what a policy fixes against a workload. */
final class ConstraintsCheck {
	private final Workload workload;
	private final Constraints constraints;
	private final int maxDepth;
	private final Map<String, Operator> operators = new HashMap<>();
	private final List<Fault> faults = new ArrayList<>();

	ConstraintsCheck(Workload workload, Constraints constraints, int maxDepth) {
		this.workload = workload;
		this.constraints = constraints;
		this.maxDepth = maxDepth;
		workload.operators().forEach(operator -> operators.put(operator.name(), operator));
	}

	List<Fault> faults() {
		for (int i = 0; i < constraints.cuts().size(); i++) {
			operator(Section.CUT, i, constraints.cuts().get(i));
		}
		for (int i = 0; i < constraints.together().size(); i++) {
			together(i, constraints.together().get(i));
		}
		residence(Section.KEEP, constraints.kept());
		residence(Section.SPILL, constraints.spilled());
		for (int i = 0; i < constraints.operators().size(); i++) {
			Operator operator = operator(Section.OPERATOR, i, constraints.operators().get(i).operator());
			if (operator != null) {
				choice(i, operator, constraints.operators().get(i).choice());
			}
		}
		return List.copyOf(faults);
	}

	private Operator operator(Section section, int index, String name) {
		Operator operator = operators.get(name);
		if (operator == null) {
			boolean input = workload.tensors().stream().anyMatch(tensor -> tensor.name().equals(name));
			faults.add(new Fault(section, index, Topic.NAME, shown() + " has no operator '" + name + "'"
					+ (input ? ", it is an input" : "; an operator has the name of its result, and views (reshape, slice) are none")));
		}
		return operator;
	}

	private void together(int index, Together written) {
		Operator first = operator(Section.TOGETHER, index, written.first());
		Operator last = operator(Section.TOGETHER, index, written.last());
		if (first == null || last == null) {
			return;
		}
		int count = last.index() - first.index() + 1;
		if (count < 2) {
			together(index, Topic.VALUE, "'" + last.name() + "' does not stand behind '" + first.name() + "' in " + shown() + "; write the earlier one first");
		} else if (count > maxDepth) {
			together(index, Topic.TOGETHER, count + " operators are to be together, but the policy allows a depth of " + maxDepth + "; take fewer, or allow more");
		}
		for (String cut : constraints.cuts()) {
			Operator before = operators.get(cut);
			if (before != null && before.index() >= first.index() && before.index() < last.index()) {
				together(index, Topic.CONFLICT, "a segment is to end behind '" + cut + "', which is in the middle of '" + first.name() + " .. " + last.name() + "'; remove one of them");
			}
		}
		for (int i = first.index() + 1; i <= last.index(); i++) {
			for (Operand operand : workload.operators().get(i).operands()) {
				Tensor tensor = workload.tensors().get(operand.tensor());
				if (tensor.producer() >= first.index() && !Traffic.forwardable(operand, tensor)) {
					together(index, Topic.TOGETHER, "'" + workload.operators().get(i).name() + "' reads '" + tensor.name() + "' with its channels regrouped, so both cannot be in one segment");
					return;
				}
			}
		}
	}

	private void together(int index, Topic topic, String message) {
		faults.add(new Fault(Section.TOGETHER, index, topic, message));
	}

	private void residence(Section section, List<String> names) {
		for (int i = 0; i < names.size(); i++) {
			Operator operator = operator(section, i, names.get(i));
			if (operator != null && workload.outputOf(operator).consumers().isEmpty()) {
				faults.add(new Fault(section, i, Topic.RESIDENCE, "no operator of " + shown() + " reads '" + operator.name() + "', so it leaves for memory in any case; remove it"));
			}
		}
	}

	private void choice(int index, Operator operator, OperatorChoice choice) {
		TensorShape out = workload.outputOf(operator).shape();
		OperatorChoice.Tile tile = choice.tile();
		extent(Section.TILE, index, operator, "tile", "K", tile.k(), out.c());
		extent(Section.TILE, index, operator, "tile", "P", tile.p(), out.h());
		extent(Section.TILE, index, operator, "tile", "Q", tile.q(), out.w());
		OperatorChoice.Parts parts = choice.parts();
		extent(Section.SPLIT, index, operator, "split", "K", parts.k(), tile.k() == 0 ? out.c() : tile.k());
		extent(Section.SPLIT, index, operator, "split", "P", parts.p(), tile.p() == 0 ? out.h() : tile.p());
		extent(Section.SPLIT, index, operator, "split", "Q", parts.q(), tile.q() == 0 ? out.w() : tile.q());
		if (parts.c() > 1 && !operator.kind().splitsContraction()) {
			faults.add(new Fault(Section.SPLIT, index, Topic.VALUE, "'" + operator.name() + "' is split into C " + parts.c()
					+ ", but only convolutions and matrix products with weights sum along C in parts; write 'C 1'"));
		} else if (parts.c() > 1) {
			extent(Section.SPLIT, index, operator, "split", "C", parts.c(), operator.contracted());
		}
	}

	private void extent(Section section, int index, Operator operator, String what, String rank, long value, long extent) {
		if (value > extent) {
			faults.add(new Fault(section, index, Topic.VALUE, "the " + what + " of '" + operator.name() + "' has " + rank + " " + value + ", but there are " + extent + " in " + shown()
					+ "; take at most that"));
		}
	}

	private String shown() {
		return "workload '" + workload.label() + "'";
	}
}
