package org.pipeorgan.dsl.translation;

import java.util.List;
import java.util.stream.Stream;

import org.pipeorgan.dsl.pipeorgan.Block;
import org.pipeorgan.dsl.pipeorgan.BlockUse;
import org.pipeorgan.dsl.pipeorgan.Graph;
import org.pipeorgan.dsl.pipeorgan.Output;
import org.pipeorgan.dsl.pipeorgan.Parameter;
import org.pipeorgan.dsl.pipeorgan.Value;

/** What workloads and blocks consist of. */
public final class Graphs {
	private Graphs() {
	}

	/** Everything that operators of the graph may read, in file order: inputs, operators, results of blocks. */
	public static Stream<Value> values(Graph graph) {
		Stream<Value> members = graph.getMembers().stream().flatMap(member -> switch (member) {
		case Value value -> Stream.of(value);
		case BlockUse use -> use.getResults().stream().map(Value.class::cast);
		default -> Stream.empty();
		});
		return graph instanceof Block block ? Stream.concat(block.getInputs().stream(), members) : members;
	}

	/** The parameters of a graph. */
	public static Stream<Parameter> parameters(Graph graph) {
		return graph.getMembers().stream().filter(Parameter.class::isInstance).map(Parameter.class::cast);
	}

	/** What a block computes: its outputs in the order written, else its last value; empty if it computes nothing. */
	public static List<Value> results(Block block) {
		List<Value> outputs = block.getMembers().stream().filter(Output.class::isInstance).map(member -> ((Output) member).getValue()).toList();
		if (!outputs.isEmpty()) {
			return outputs;
		}
		List<Value> values = values(block).skip(block.getInputs().size()).toList();
		return values.isEmpty() ? List.of() : List.of(values.get(values.size() - 1));
	}
}
