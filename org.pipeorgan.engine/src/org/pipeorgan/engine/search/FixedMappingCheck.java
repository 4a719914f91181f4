package org.pipeorgan.engine.search;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.pipeorgan.engine.cost.OperatorChoice;
import org.pipeorgan.engine.organization.Organization;
import org.pipeorgan.engine.organization.Traffic;
import org.pipeorgan.engine.pipelining.Dataflow;
import org.pipeorgan.engine.search.FixedMapping.Fault;
import org.pipeorgan.engine.search.FixedMapping.NamedChoice;
import org.pipeorgan.engine.search.FixedMapping.Part;
import org.pipeorgan.engine.search.FixedMapping.Segment;
import org.pipeorgan.engine.search.FixedMapping.Topic;
import org.pipeorgan.engine.workload.Operand;
import org.pipeorgan.engine.workload.Operator;
import org.pipeorgan.engine.workload.Tensor;
import org.pipeorgan.engine.workload.TensorShape;
import org.pipeorgan.engine.workload.Workload;

/** Holds a mapping that the user wrote against a workload. */
final class FixedMappingCheck {
	private final Workload workload;
	private final FixedMapping mapping;
	private final Map<String, Operator> operators = new HashMap<>();
	private final Map<String, Tensor> tensors = new HashMap<>();
	private final List<Fault> faults = new ArrayList<>();

	FixedMappingCheck(Workload workload, FixedMapping mapping) {
		this.workload = workload;
		this.mapping = mapping;
		workload.operators().forEach(operator -> operators.put(operator.name(), operator));
		workload.tensors().forEach(tensor -> tensors.put(tensor.name(), tensor));
	}

	List<Fault> faults() {
		int next = 0;
		boolean known = true;
		for (int i = 0; i < mapping.segments().size(); i++) {
			Segment segment = mapping.segments().get(i);
			Operator first = operator(i, Part.FIRST, 0, segment.first());
			Operator last = segment.last().equals(segment.first()) ? first : operator(i, Part.LAST, 0, segment.last());
			known &= first != null && last != null;
			if (first == null || last == null) {
				continue;
			}
			if (last.index() < first.index()) {
				fault(i, Part.LAST, 0, Topic.COVERAGE, "'" + last.name() + "' stands before '" + first.name() + "' in " + shown() + "; write '" + last.name()
						+ " .. " + first.name() + "'");
				known = false;
				continue;
			}
			if (known) {
				coverage(i, first.index(), next);
			}
			next = Math.max(next, last.index() + 1);
			together(i, first.index(), last.index());
			kept(i, segment, first.index(), last.index());
			choices(i, segment, first.index(), last.index());
		}
		if (known && next < workload.operators().size()) {
			fault(mapping.segments().size() - 1, Part.LAST, 0, Topic.COVERAGE, uncovered(next, workload.operators().size()) + " behind '"
					+ workload.operators().get(next - 1).name() + "'; go on with a segment that begins with '" + workload.operators().get(next).name() + "'");
		}
		return List.copyOf(faults);
	}

	private Operator operator(int segment, Part part, int index, String name) {
		Operator operator = operators.get(name);
		if (operator == null) {
			fault(segment, part, index, Topic.NAME, shown() + " has no operator '" + name + "'" + (tensors.containsKey(name) ? ", it is an input"
					: "; an operator has the name of its result, and views (reshape, slice) are none"));
		}
		return operator;
	}

	private void coverage(int segment, int first, int next) {
		String name = workload.operators().get(first).name();
		if (first < next) {
			fault(segment, Part.FIRST, 0, Topic.COVERAGE, "operator '" + name + "' of " + shown() + " is in an earlier segment already; "
					+ (next == workload.operators().size() ? "remove it here" : "begin this one with '" + workload.operators().get(next).name() + "'"));
		} else if (first > next) {
			fault(segment, Part.FIRST, 0, Topic.COVERAGE, uncovered(next, first) + " before '" + name + "'; the segments cover all operators, in file order");
		}
	}

	private String uncovered(int from, int to) {
		String names = "'" + workload.operators().get(from).name() + "'" + (to - from == 1 ? "" : " .. '" + workload.operators().get(to - 1).name() + "'");
		return (to - from == 1 ? "operator " : to - from + " operators ") + names + " of " + shown() + (to - from == 1 ? " is" : " are") + " in no segment,";
	}

	private void together(int segment, int first, int last) {
		int most = PolicyKind.FIXED.defaultDepth();
		if (last - first + 1 > most) {
			fault(segment, Part.LAST, 0, Topic.TOGETHER, "the segment has " + (last - first + 1) + " operators; at most " + most + " can be on the array together");
		}
		for (int i = first + 1; i <= last; i++) {
			for (Operand operand : workload.operators().get(i).operands()) {
				Tensor tensor = workload.tensors().get(operand.tensor());
				if (tensor.producer() >= first && !Traffic.forwardable(operand, tensor)) {
					fault(segment, Part.LAST, 0, Topic.TOGETHER, "'" + workload.operators().get(i).name() + "' reads '" + tensor.name()
							+ "' with its channels regrouped, so both cannot be in one segment; end the segment before '" + workload.operators().get(i).name() + "'");
					return;
				}
			}
		}
	}

	private void kept(int segment, Segment written, int first, int last) {
		Set<String> seen = new HashSet<>();
		for (int i = 0; i < written.kept().size(); i++) {
			String name = written.kept().get(i);
			Tensor tensor = tensors.get(name);
			if (tensor == null) {
				fault(segment, Part.KEPT, i, Topic.NAME, shown() + " has no tensor '" + name + "'; a tensor has the name of the operator that makes it");
			} else if (tensor.producer() < first || tensor.producer() > last) {
				fault(segment, Part.KEPT, i, Topic.RESIDENCE, tensor.producer() < 0 ? "'" + name + "' is an input of " + shown() + ", and inputs are not kept; remove it"
						: "'" + name + "' is made by another segment; keep it there");
			} else if (tensor.lastConsumer() <= last) {
				fault(segment, Part.KEPT, i, Topic.RESIDENCE, "no later segment reads '" + name + "', so there is nothing to keep it for; remove it");
			} else if (!seen.add(name)) {
				fault(segment, Part.KEPT, i, Topic.RESIDENCE, "'" + name + "' is kept twice; remove one of them");
			}
		}
	}

	private void choices(int segment, Segment written, int first, int last) {
		Set<String> seen = new HashSet<>();
		boolean alone = first == last;
		long shared = written.operators().stream().filter(named -> named.choice().share() > 0).count();
		for (int i = 0; i < written.operators().size(); i++) {
			NamedChoice named = written.operators().get(i);
			Operator operator = operator(segment, Part.OPERATOR, i, named.operator());
			if (operator == null) {
				continue;
			}
			if (operator.index() < first || operator.index() > last) {
				fault(segment, Part.OPERATOR, i, Topic.COVERAGE, "operator '" + operator.name() + "' is in another segment; say there what it is like");
			} else if (!seen.add(operator.name())) {
				fault(segment, Part.OPERATOR, i, Topic.COVERAGE, "operator '" + operator.name() + "' is written twice; keep one of them");
			} else if (tile(segment, i, operator, named.choice().tile()) && named.choice().parts().stated()) {
				Dataflow dataflow = Dataflow.of(written.orderClass(), workload.outputOf(operator).shape(), written.chunks());
				parts(segment, i, operator, named.choice().tile().of(dataflow), named.choice().parts());
			}
			if (named.choice().share() > 0 && !alone && written.organization() == Organization.TURN_TAKING) {
				fault(segment, Part.SHARE, i, Topic.CONFLICT, "in turn-taking each operator has the whole array, but '" + operator.name() + "' has a share of "
						+ named.choice().share() + " PEs; remove it, or take another organization");
			} else if (named.choice().share() > 0 && shared <= last - first) {
				fault(segment, Part.SHARE, i, Topic.CONFLICT, shared + " of the " + (last - first + 1) + " operators of the segment have a share; state the shares of all, or of none");
				shared = last - first + 1;
			}
		}
	}

	private boolean tile(int segment, int index, Operator operator, OperatorChoice.Tile tile) {
		TensorShape out = workload.outputOf(operator).shape();
		return extent(segment, index, operator, "K", tile.k(), out.c()) & extent(segment, index, operator, "P", tile.p(), out.h())
				& extent(segment, index, operator, "Q", tile.q(), out.w());
	}

	private boolean extent(int segment, int index, Operator operator, String rank, long tile, long extent) {
		if (tile > extent) {
			fault(segment, Part.TILE, index, Topic.VALUE, "the tile of '" + operator.name() + "' has " + rank + " " + tile + ", but its result in " + shown() + " has "
					+ rank + " " + extent + "; take at most that");
		}
		return tile <= extent;
	}

	private void parts(int segment, int index, Operator operator, Dataflow dataflow, OperatorChoice.Parts parts) {
		part(segment, index, operator, "K", parts.k(), dataflow.kTile(), "channels of its tile");
		part(segment, index, operator, "P", parts.p(), dataflow.pTile(), "rows of its tile");
		part(segment, index, operator, "Q", parts.q(), dataflow.qTile(), "columns of its tile");
		if (parts.c() > 1 && !operator.kind().splitsContraction()) {
			fault(segment, Part.SPLIT, index, Topic.VALUE, "'" + operator.name() + "' is split into C " + parts.c()
					+ ", but only convolutions and matrix products with weights sum along C in parts; write 'C 1'");
		} else {
			part(segment, index, operator, "C", parts.c(), operator.kind().splitsContraction() ? operator.contracted() : 1, "channels that an output sums over");
		}
	}

	private void part(int segment, int index, Operator operator, String rank, long parts, long extent, String what) {
		long slice = Math.ceilDiv(extent, parts);
		long fewest = Math.ceilDiv(extent, slice);
		if (parts > extent) {
			fault(segment, Part.SPLIT, index, Topic.VALUE, "'" + operator.name() + "' is split into " + rank + " " + parts + ", but there are " + extent + " " + what
					+ "; take at most that");
		} else if (fewest < parts) {
			fault(segment, Part.SPLIT, index, Topic.VALUE, "'" + operator.name() + "' is split into " + rank + " " + parts + " of " + slice + " each, but " + extent + " " + what
					+ " give only " + fewest + " such parts; write '" + rank + " " + fewest + "'");
		}
	}

	private void fault(int segment, Part part, int index, Topic topic, String message) {
		faults.add(new Fault(segment, part, index, topic, message));
	}

	private String shown() {
		return "workload '" + workload.label() + "'";
	}
}
