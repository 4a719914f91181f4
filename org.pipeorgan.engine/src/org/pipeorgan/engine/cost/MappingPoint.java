package org.pipeorgan.engine.cost;

import java.util.List;

import org.pipeorgan.engine.organization.Organization;
import org.pipeorgan.engine.pipelining.OrderClass;

/**
 * One point of the mapping space of a segment: everything that is chosen about it but for the residence of its boundary tensors.
 *
 * @param first        index of its first operator
 * @param depth        number of operators
 * @param orderClass   class of the loop orders
 * @param chunks       parts into which each operator's output is cut, an image: the chunk size of the segment
 * @param organization how its operators are laid out
 * @param weightLevel  where weights wait between intervals; for weight-outer orders, where each weight is walked once, it
 *                     says instead where the inputs wait: {@code MEMORY} and {@code REGISTERS_OR_MEMORY} stream them anew for each part of K, the others stage
 *                     them whole
 * @param choices      what is stated about each operator; empty for nothing, as in all spaces that are searched
 */
public record MappingPoint(int first, int depth, OrderClass orderClass, long chunks, Organization organization,
		WeightLevel weightLevel, List<OperatorChoice> choices) {

	/** @throws IllegalArgumentException if the choices are not one for each operator */
	public MappingPoint {
		choices = List.copyOf(choices);
		if (!choices.isEmpty() && choices.size() != depth) {
			throw new IllegalArgumentException(choices.size() + " choices for " + depth + " operators");
		}
	}

	/** A point that states nothing about single operators. */
	public MappingPoint(int first, int depth, OrderClass orderClass, long chunks, Organization organization, WeightLevel weightLevel) {
		this(first, depth, orderClass, chunks, organization, weightLevel, List.of());
	}

	/** The same for another segment. */
	public MappingPoint startingAt(int other) {
		return new MappingPoint(other, depth, orderClass, chunks, organization, weightLevel, choices);
	}

	/** What is stated about the i-th operator. */
	public OperatorChoice choice(int i) {
		return choices.isEmpty() ? OperatorChoice.NONE : choices.get(i);
	}

	/** Where the weights of a segment wait between intervals. */
	public enum WeightLevel {
		/** In register files where they fit there, else in the global buffer. */
		REGISTERS("registers"),
		/** In the global buffer. */
		BUFFER("buffer"),
		/** In register files where they fit there, else in memory. */
		REGISTERS_OR_MEMORY("registers_or_memory"),
		/** In memory; two tiles of them in the buffer. */
		MEMORY("memory");

		private final String keyword;

		WeightLevel(String keyword) {
			this.keyword = keyword;
		}

		/** Name in the language and in results. */
		public String keyword() {
			return keyword;
		}

		boolean registers() {
			return this == REGISTERS || this == REGISTERS_OR_MEMORY;
		}

		/** Whether they may wait in memory. */
		public boolean memory() {
			return this == MEMORY || this == REGISTERS_OR_MEMORY;
		}
	}
}
