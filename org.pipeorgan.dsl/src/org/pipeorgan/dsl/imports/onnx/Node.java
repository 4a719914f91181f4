package org.pipeorgan.dsl.imports.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A node of a graph.
 *
 * @param op         operator, with its domain in front unless that is ONNX's own
 * @param name       as written; may be empty
 * @param inputs     names of tensors; an empty one is absent
 * @param outputs    names of tensors; an empty one is absent
 * @param attributes by name
 */
record Node(String op, String name, List<String> inputs, List<String> outputs, Map<String, AttributeProto> attributes) {

	static Node of(NodeProto node) {
		Map<String, AttributeProto> attributes = new HashMap<>();
		node.getAttributeList().forEach(attribute -> attributes.put(attribute.getName(), attribute));
		boolean own = node.getDomain().isEmpty() || node.getDomain().equals("ai.onnx");
		return new Node((own ? "" : node.getDomain() + ".") + node.getOpType(), node.getName(), List.copyOf(node.getInputList()), List.copyOf(node.getOutputList()), attributes);
	}

	/** Name of an input; empty if it is absent. */
	String input(int i) {
		return i < inputs.size() ? inputs.get(i) : "";
	}

	/** Name of the first output. */
	String output() {
		return outputs.get(0);
	}

	boolean has(String attribute) {
		return attributes.containsKey(attribute);
	}

	long number(String attribute, long absent) {
		return has(attribute) ? attributes.get(attribute).getI() : absent;
	}

	String text(String attribute, String absent) {
		return has(attribute) ? attributes.get(attribute).getS().toStringUtf8() : absent;
	}

	/** Whole numbers; {@code null} if the attribute is absent. */
	long[] numbers(String attribute) {
		return has(attribute) ? attributes.get(attribute).getIntsList().stream().mapToLong(Long::longValue).toArray() : null;
	}

	/** Whole numbers, or so many ones. */
	long[] numbers(String attribute, int count, long absent) {
		long[] numbers = numbers(attribute);
		if (numbers == null || numbers.length == 0) {
			numbers = new long[count];
			java.util.Arrays.fill(numbers, absent);
		}
		return numbers;
	}

	double[] decimals(String attribute) {
		return has(attribute) ? attributes.get(attribute).getFloatsList().stream().mapToDouble(Float::doubleValue).toArray() : null;
	}

	Optional<TensorProto> tensor(String attribute) {
		return has(attribute) && attributes.get(attribute).hasT() ? Optional.of(attributes.get(attribute).getT()) : Optional.empty();
	}

	GraphProto graph(String attribute) {
		return attributes.get(attribute).getG();
	}

	/** For people: what the node is called, or makes. */
	String label() {
		return "node '" + (name.isEmpty() ? outputs.isEmpty() ? "" : output() : name) + "' (" + op + ")";
	}
}
